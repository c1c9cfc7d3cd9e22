// Parts of the page with data-live are replaced by the same parts of the page as it is now.
import { tick } from "./clock.js";

function keyOf(element) {
  if (!element || element === document.body) return "";
  if (element.id) return `#${element.id}`;
  return `${element.form?.getAttribute("action") ?? ""}|${element.name ?? ""}|${element.value ?? ""}|${element.getAttribute("href") ?? ""}`;
}

function refocus(region, key) {
  if (!key) return;
  const candidates = region.querySelectorAll("a, button, input, textarea, select, summary, [tabindex]");
  const again = [...candidates].find((one) => keyOf(one) === key);
  again?.focus({ preventScroll: true });
}

// Somebody is in the middle of typing or moving something here.
export function busy(region) {
  if (region.querySelector("[data-dragging]")) return true;
  const at = document.activeElement;
  if (!region.contains(at)) return false;
  if (at.matches("textarea, input[type=text]")) return at.value !== at.defaultValue;
  return false;
}

function swap(region, fresh) {
  const key = region.contains(document.activeElement) ? keyOf(document.activeElement) : "";
  const open = [...region.querySelectorAll("details")].map((one) => one.open);
  for (const name of [...region.getAttributeNames()]) if (name.startsWith("data-")) region.removeAttribute(name);
  for (const { name, value } of [...fresh.attributes]) region.setAttribute(name, value);
  region.replaceChildren(...fresh.childNodes);
  region.querySelectorAll("details").forEach((one, place) => {
    one.open = open[place] ?? one.open;
  });
  refocus(region, key);
  region.dispatchEvent(new CustomEvent("ws:drawn", { bubbles: true }));
}

// Puts in what changed of another version of this page. Returns the regions left for later.
export function apply(text, { only = () => true, force = () => false } = {}) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const late = [];
  for (const region of document.querySelectorAll("[data-live]")) {
    const fresh = region.id && page.getElementById(region.id);
    if (!fresh || !only(region)) continue;
    if (fresh.innerHTML === region.innerHTML && fresh.dataset.step === region.dataset.step) continue;
    if (busy(region) && !force(region)) {
      late.push(region);
      continue;
    }
    swap(region, fresh);
  }
  tick();
  return { page, late };
}

export async function fetchPage() {
  const answer = await fetch(location.pathname, { headers: { "X-Screen": "1" }, redirect: "follow" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}
