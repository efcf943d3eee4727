// Sends the form without leaving the page, and shows each error at its field. The form also works without this file.
"use strict";

const form = document.querySelector("form");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  clear();
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(new FormData(form)),
    });
    const result = await answer.json();
    if (answer.ok) location.assign("/bedankt?reference=" + encodeURIComponent(result.reference));
    else show(result.errors || [], result.detail || result.title);
  } catch {
    show([], "Het versturen lukte niet. Je gegevens staan er nog. Probeer het zo nog eens.");
  }
  button.disabled = false;
});

function clear() {
  for (const old of form.querySelectorAll(".wrong, .summary")) old.remove();
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    describe(input, input.id + "-hint");
  }
}

function show(errors, otherwise) {
  const summary = element("div", "summary");
  summary.tabIndex = -1;
  summary.setAttribute("role", "alert");
  summary.append(element("h3", "", errors.length ? "Er klopt nog iets niet" : "Je aanmelding is niet verstuurd"));
  if (errors.length) summary.append(element("ul"));
  else summary.append(element("p", "", otherwise));
  for (const { field, message } of errors) summary.lastChild.append(at(field, message));
  form.prepend(summary);
  summary.focus();
}

function at(field, message) {
  const item = element("li");
  const input = [...form.elements].find((e) => e.name === field || e.dataset.field === field);
  if (!input) {
    item.textContent = message;
    return item;
  }
  const note = element("span", "wrong", message);
  note.id = input.id + "-wrong";
  input.after(note);
  input.setAttribute("aria-invalid", "true");
  describe(input, note.id, input.id + "-hint");
  const link = element("a", "", message);
  link.href = "#" + input.id;
  item.append(link);
  return item;
}

function describe(input, ...ids) {
  const present = ids.filter((id) => document.getElementById(id));
  if (present.length) input.setAttribute("aria-describedby", present.join(" "));
  else input.removeAttribute("aria-describedby");
}

function element(name, className = "", text = "") {
  return Object.assign(document.createElement(name), { className, textContent: text });
}
