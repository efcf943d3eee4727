// Reads {name: html} and says per mail which features some mail program lacks or has only in part.
import { text } from "node:stream/consumers";
import { caniemail } from "caniemail";

const CLIENTS = ["gmail.*", "outlook.*", "apple-mail.*"];

const lacking = (html) => {
  const { errors, warnings } = caniemail({ clients: CLIENTS, html }).issues;
  return [...errors.values(), ...warnings.values()].flat().map((issue) => issue.title);
};

const mails = JSON.parse(await text(process.stdin));
const found = Object.entries(mails).map(([name, html]) => [name, [...new Set(lacking(html))].sort()]);
console.log(JSON.stringify(Object.fromEntries(found)));
