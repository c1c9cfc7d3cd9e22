// The ballot: saves the whole of it as people choose, one save at a time, and always says whether
// the vote is in. Without this module the form's own button does the same.
//
// A save carries an operation id and the revision it builds on. A lost answer is asked for again
// with the same id; a newer vote from another device is never overwritten (409: the person chooses).
import { tallies } from "./ballot/tallies.js";
import { Keeper } from "./ballot/keeper.js";
import { touched } from "./parts/touched.js";

const form = document.getElementById("ballot");
const status = document.getElementById("ballot-status");
const trouble = document.getElementById("ballot-trouble");
const conflict = document.getElementById("ballot-conflict");
const WAITS = [1000, 2000, 4000, 8000, 15000];

let changes = 0; // choices made on this page
let sending = null; // the save under way, or waiting to be tried again
let tries = 0;
let timer = 0;

const field = (name) => form.elements[name];
const keeper = new Keeper(form.dataset.kept);

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function choices() {
  return [...new FormData(form)].filter(([name]) => name.startsWith("p-") || name === "blank");
}

function say(element, text) {
  element.textContent = text;
  element.hidden = !text;
}

function changed() {
  changes += 1;
  keeper.keep(field("base_rev").value, choices());
  show();
  say(document.getElementById("ballot-saving"), form.dataset.saving);
  later(350);
}

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

async function save() {
  if (sending?.busy || !conflict.hidden) return;
  if (!sending) {
    if (!changes) return;
    changes = 0;
    field("op_id").value = newId();
    // One object of texts: the server reads that many times as fast as a form of thirty fields.
    sending = { body: JSON.stringify(Object.fromEntries(new FormData(form))) };
  }
  sending.busy = true;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: sending.body,
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": field("csrfmiddlewaretoken").value,
      },
      redirect: "error",
      keepalive: true,
    });
    if (answer.status >= 500) throw new Error("try again");
    answered(answer.status, await answer.json());
  } catch {
    sending.busy = false;
    say(trouble, form.dataset.offline);
    later(WAITS[Math.min(tries, WAITS.length - 1)]);
    tries += 1;
  }
}

function answered(code, reply) {
  sending = null;
  tries = 0;
  say(trouble, "");
  if (code === 409 && reply.theirs !== reply.mine) {
    ask(reply);
    return;
  }
  if (code === 409) {
    // Saved already, and the answer was lost: build on it.
    field("base_rev").value = reply.rev;
    changes += 1;
  } else if (code === 200) {
    field("base_rev").value = reply.rev;
    status.innerHTML = reply.html;
    keeper.forget();
  } else {
    refused(reply);
  }
  if (changes) later(0);
  show();
}

function refused(reply) {
  say(trouble, reply.reason);
  if (reply.leave) location.assign(reply.leave);
  const card = reply.number && document.getElementById(`idea-${reply.number}`);
  if (card) card.scrollIntoView({ block: "center" });
}

function ask(reply) {
  conflict.hidden = false;
  conflict.querySelector("[data-theirs]").textContent = reply.theirs;
  conflict.querySelector("[data-mine]").textContent = reply.mine;
  conflict.dataset.rev = reply.rev;
  conflict.focus();
}

conflict.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-keep]")?.dataset.keep;
  if (!chosen) return;
  if (chosen === "theirs") {
    keeper.forget();
    location.reload();
    return;
  }
  field("base_rev").value = conflict.dataset.rev;
  conflict.hidden = true;
  changes += 1;
  save();
});

function show() {
  tallies(form, document);
}

function inputs() {
  return [...form.querySelectorAll("[name^='p-'], [name='blank']")];
}

function fill(input, value) {
  if (input.type === "radio" || input.type === "checkbox") input.checked = value === input.value;
  else input.value = value ?? "";
}

function restore() {
  const kept = keeper.kept();
  if (!kept) return;
  // Built on the revision that it was chosen on: if that is not the newest, the person is asked.
  field("base_rev").value = kept.rev;
  for (const input of inputs()) fill(input, kept.choices.get(input.name));
  changes += 1;
  later(0);
}

form.addEventListener("change", changed);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  changes += 1;
  save();
});
form.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  if (!step) return;
  const input = form.elements[step.dataset.for];
  const value = Number(input.value || 0) + Number(step.dataset.step);
  const most = Number(input.max);
  if (value < 0 || value > most) return;
  input.value = value || "";
  changed();
});
addEventListener("online", () => later(0));
addEventListener("pagehide", () => save());
document.addEventListener("visibilitychange", () => document.hidden || later(0));
document.getElementById("ballot-finish")?.addEventListener("submit", () => keeper.forget());

document.documentElement.classList.add("has-ballot-js");
// What was chosen while this module was still on its way is newer than what was kept.
const early = inputs().filter(touched).map((input) => input.name);
const chosenEarly = new Map(choices().filter(([name]) => early.includes(name)));
restore();
for (const input of inputs()) if (early.includes(input.name)) fill(input, chosenEarly.get(input.name));
if (early.length) changed();
show();
