// Reads {documents: {name: html}, off: [rules]} and says per document what is not good HTML.
import { text } from "node:stream/consumers";
import { HtmlValidate } from "html-validate";

const { documents, off } = JSON.parse(await text(process.stdin));
const rules = Object.fromEntries(off.map((rule) => [rule, "off"]));
const judge = new HtmlValidate({ extends: ["html-validate:recommended"], rules });

const faults = async (html) => {
  const { results } = await judge.validateString(html);
  return results.flatMap((each) => each.messages).map((m) => `${m.line}: ${m.ruleId}: ${m.message}`);
};

const found = Object.entries(documents).map(async ([name, html]) => [name, await faults(html)]);
console.log(JSON.stringify(Object.fromEntries(await Promise.all(found))));
