// What was typed is not lost when the session has run out: it waits in this tab while the person
// signs in again, and stands in the form when they come back. Never codes, passwords or files.
import { say, strip } from "./say.js";

const KEY = "cc-kept";
const SIGN_IN = "/account/";
const SECRET = "[type=password], [type=file], [type=hidden], .cc-code-input, [autocomplete=one-time-code]";

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
}

function write(kept) {
  try {
    if (kept) sessionStorage.setItem(KEY, JSON.stringify(kept));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage is full or forbidden: then this kindness is not to be had.
  }
}

function typedIn(form) {
  const secret = new Set([...form.querySelectorAll(SECRET)].map((field) => field.name));
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !secret.has(name));
}

function putBack(fields) {
  const names = new Set(fields.map(([name]) => name));
  const form = [...document.forms].find((one) => [...names].every((name) => one.elements[name]));
  if (!form) return false;
  for (const field of form.elements) {
    if (!names.has(field.name)) continue;
    const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else field.value = values.shift() ?? "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return true;
}

export function keepWhatWasTyped() {
  const kept = read();
  const interrupted = location.pathname.startsWith(SIGN_IN) || document.querySelector("[data-keep]");
  if (kept && interrupted) {
    write({ ...kept, interrupted: true });
  } else if (kept) {
    write(null);
    if (kept.interrupted && kept.path === location.pathname && putBack(kept.fields)) {
      strip("cc-kept", say("kept"));
    }
  }
  document.addEventListener("submit", ({ target: form }) => {
    if (form.method !== "post" || location.pathname.startsWith(SIGN_IN)) return;
    const fields = typedIn(form);
    if (fields.length) write({ path: location.pathname, fields });
  });
}
