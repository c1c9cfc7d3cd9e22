// Parts of the page with data-live are replaced by the same parts of the page as it is now. What
// somebody is typing, ticking or pointing at stays as it is.
import { tick } from "./clock.js";

const FIELDS = "textarea[id], input[id]:not([type=hidden]), select[id]";

function keyOf(element) {
  if (!element || element === document.body) return "";
  if (element.id) return `#${element.id}`;
  return `${element.form?.getAttribute("action") ?? ""}|${element.name ?? ""}|${element.value ?? ""}|${element.getAttribute("href") ?? ""}`;
}

function refocus(region, key, caret) {
  if (!key) return;
  const candidates = region.querySelectorAll("a, button, input, textarea, select, summary, [tabindex]");
  const again = [...candidates].find((one) => keyOf(one) === key);
  again?.focus({ preventScroll: true });
  if (caret && again?.setSelectionRange) again.setSelectionRange(...caret);
}

// With data-typed, what the page was drawn with was typed as well: it could not be done, or not yet.
function isChanged(field) {
  if (field.dataset.typed !== undefined) return true;
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  if (field.matches("select")) return [...field.options].some((one) => one.selected !== one.defaultSelected);
  return field.value !== field.defaultValue;
}

// What a form is known by when the page was drawn anew between its press and the answer.
function nameOf(form) {
  if (!form) return "";
  const fields = [...form.elements].map(({ name, type, value }) =>
    type === "hidden" && !["csrfmiddlewaretoken", "op"].includes(name) ? `${name}=${value}` : name,
  );
  return [form.id, form.getAttribute("action"), ...fields].join();
}

// What was typed or ticked, by the field's id; not of the form that was sent just now.
function typedIn(region, sent) {
  const gone = nameOf(sent);
  return [...region.querySelectorAll(FIELDS)]
    .filter((field) => isChanged(field) && !(sent && nameOf(field.form) === gone))
    .map(({ id, value, checked }) => ({ id, value, checked }));
}

function typeAgain(region, typed) {
  for (const { id, value, checked } of typed) {
    const field = region.querySelector(`#${CSS.escape(id)}`);
    if (!field) continue;
    if (field.matches("[type=checkbox], [type=radio]")) field.checked = checked;
    else field.value = value;
  }
}

function caretOf(element) {
  return element?.matches?.("textarea, input[type=text], input:not([type])") ? [element.selectionStart, element.selectionEnd] : null;
}

function swap(region, fresh, { carry, sent }) {
  const at = region.contains(document.activeElement) ? document.activeElement : null;
  const key = keyOf(at);
  const caret = caretOf(at);
  const typed = carry ? typedIn(region, sent) : [];
  const open = [...region.querySelectorAll("details")].map((one) => [one.querySelector("summary")?.textContent, one.open]);
  for (const name of region.getAttributeNames()) if (name.startsWith("data-")) region.removeAttribute(name);
  for (const { name, value } of fresh.attributes) region.setAttribute(name, value);
  region.replaceChildren(...fresh.childNodes);
  region.querySelectorAll("details").forEach((one, place) => {
    if (open[place]?.[0] === one.querySelector("summary")?.textContent) one.open ||= open[place][1];
  });
  typeAgain(region, typed);
  refocus(region, key, caret);
}

// Puts in what changed of another version of this page.
export function apply(text, { only = () => true, carry = true, sent = null } = {}) {
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const region of document.querySelectorAll("[data-live]")) {
    const fresh = region.id && page.getElementById(region.id);
    if (!fresh || !only(region)) continue;
    if (fresh.innerHTML === region.innerHTML && fresh.dataset.step === region.dataset.step) continue;
    // Somebody is moving something here: the next change will do.
    if (region.querySelector("[data-dragging]")) continue;
    swap(region, fresh, { carry, sent });
  }
  tick();
}

// How many answers to what this screen sent have been shown: a page that was asked for before one of
// them is older than it, and would take it back.
let answers = 0;
export const answersShown = () => answers;

export function applyAnswer(text, sent) {
  answers += 1;
  apply(text, { sent });
}

export async function fetchPage() {
  // A connection that hangs would keep the screen as it was for good.
  const answer = await fetch(location.pathname, { redirect: "follow", signal: AbortSignal.timeout?.(15000) });
  // A room that is gone: the page says so itself.
  if (answer.status === 404 || answer.status === 410) location.reload();
  // A page that follows the room, and is not this one any more since the room has gone on.
  if (answer.ok && document.querySelector("[data-follows]") && new URL(answer.url).pathname !== location.pathname) {
    location.assign(answer.url);
    return null;
  }
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}
