// Sends forms in place. What cannot be sent is kept on the phone and sent when it can be: each
// attempt has a name (op), so that the server keeps it once however often it arrives.
import { applyAnswer } from "./regions.js";

const AGAIN = 4000;

export function sending(words) {
  const code = location.pathname.split("/")[2];
  const queueKey = `ws-queue-${code}`;
  const draftKey = (activity) => `ws-draft-${code}-${activity}`;
  const state = document.querySelector("[data-live-state]");

  const queue = () => JSON.parse(localStorage.getItem(queueKey) ?? "[]");
  const keep = (items) => localStorage.setItem(queueKey, JSON.stringify(items));

  function tell(text) {
    if (state) state.textContent = text;
  }

  function say(text) {
    const aloud = document.querySelector("[data-said]");
    if (aloud) aloud.textContent = text;
  }

  // What the last answer said, when it is not so any more.
  function unsay() {
    document.querySelector("[data-sent]")?.replaceChildren();
    say("");
  }

  const form = () => document.querySelector("form.ws-say");
  const box = () => form()?.querySelector("textarea[name=text]");

  async function post(url, body) {
    const answer = await fetch(url, {
      method: "POST",
      body: new URLSearchParams(body),
      signal: AbortSignal.timeout?.(10000),
    });
    if (answer.status >= 500) throw new Error(String(answer.status));
    return answer;
  }

  const mending = () => document.querySelector("#ws-problem, .ws-say .cc-note");

  // Shows what became of words that were sent; whether they are kept, and not to be mended first.
  async function shown(answer, { url, body }, sentFrom) {
    const text = await answer.text();
    if (!text.includes('id="ws-step"')) {
      // Nothing is taken any more: the page says so, and the words stand on it.
      refuse(url, body);
      location.reload();
      return false;
    }
    applyAnswer(text, sentFrom);
    tell("");
    // Said aloud too: the line itself came with the page, which no screen reader announces.
    say(document.querySelector("[data-sent]")?.textContent.trim() ?? "");
    const mend = mending();
    if (mend) {
      mend.setAttribute("tabindex", "-1");
      mend.focus();
    } else if (sentFrom?.classList.contains("ws-say")) {
      box()?.focus({ preventScroll: true });
    }
    return !mend;
  }

  function refuse(url, body) {
    const fields = Object.fromEntries(body);
    if (!fields.text?.trim()) return;
    const draft = JSON.stringify({ text: fields.text, url, body });
    localStorage.setItem(draftKey(fields.activity), draft);
  }

  async function flush() {
    const items = queue();
    // What waits to be mended is answered first: the next would take its place.
    if (!items.length || mending()) return;
    try {
      const answer = await post(items[0].url, items[0].body);
      keep(queue().slice(1));
      if (!(await shown(answer, items[0]))) return;
      tell(queue().length ? words.sayUnsent : words.saySent);
      if (queue().length) flush();
    } catch {
      tell(words.sayUnsent);
    }
  }

  document.addEventListener("submit", async (event) => {
    const sent = event.target;
    if (!sent.hasAttribute("data-say")) return;
    event.preventDefault();
    const body = [...new FormData(sent, event.submitter ?? undefined)];
    const activity = sent.elements.activity?.value;
    const buttons = [...sent.querySelectorAll("button")];
    for (const button of buttons) button.disabled = true;
    localStorage.removeItem(draftKey(activity));
    try {
      await shown(await post(sent.action, body), { url: sent.action, body }, sent);
    } catch {
      keep([...queue(), { url: sent.action, body }]);
      tell(words.sayUnsent);
      if (sent.classList.contains("ws-say")) {
        sent.querySelector("textarea").value = "";
        if (sent.elements.op && crypto.randomUUID) sent.elements.op.value = crypto.randomUUID();
      }
    }
    for (const button of buttons) button.disabled = false;
  });

  // New words are kept as they are written; those that somebody changes are kept already.
  function keepDraft() {
    if (!box() || form().elements.change) return;
    const draft = { text: box().value, url: form().action, body: [...new FormData(form())] };
    localStorage.setItem(draftKey(form().elements.activity.value), JSON.stringify(draft));
  }

  document.addEventListener("input", (event) => {
    if (event.target === box()) keepDraft();
  });

  function draftOf(activity) {
    try {
      return JSON.parse(localStorage.getItem(draftKey(activity))) ?? {};
    } catch {
      return {};
    }
  }

  // Words from a part that the room has left while this phone was closed or asleep.
  function leftBehind(there) {
    const start = draftKey("");
    const old = Object.keys(localStorage).filter((key) => key.startsWith(start) && key !== draftKey(there));
    for (const key of old) {
      const activity = key.slice(start.length);
      const { text, url, body } = draftOf(activity);
      if (text?.trim()) return { url, body, activity };
      localStorage.removeItem(key);
    }
    return null;
  }

  // The room moves on while somebody types: their words are offered to be sent, not lost. While it
  // is paused, or every screen is cleared, they wait.
  let unsent = null;
  const view = () => document.querySelector("[data-view]")?.dataset.view;
  function keepUnsent() {
    const typed = box();
    if (typed && typed.value.trim() && !form().elements.change) {
      unsent = { url: form().action, body: [...new FormData(form())], activity: form().elements.activity.value };
    }
  }

  function restore() {
    if (unsent && ["paused", "cleared"].includes(view())) return note(words.sayKept);
    const typed = box();
    const there = form()?.elements.activity.value;
    const waited = unsent && unsent.activity === there ? wordsOf(unsent.body) : undefined;
    if (typed && !typed.value) typed.value = waited ?? draftOf(there).text ?? "";
    if (["activity", "closed", "removed"].includes(view())) unsent ??= leftBehind(there ?? "");
    if (unsent && unsent.activity !== there) offerUnsent();
    unsent = null;
  }

  function wordsOf(body) {
    return body.find(([name]) => name === "text")?.[1] ?? "";
  }

  function note(...lines) {
    const made = document.createElement("div");
    made.className = "cc-note cc-note--wait";
    for (const line of lines) {
      const text = document.createElement("p");
      text.textContent = line;
      text.dir = "auto";
      made.append(text);
    }
    document.querySelector("#ws-step h1").after(made);
    return made;
  }

  function offerUnsent() {
    const { url, body, activity } = unsent;
    const what = wordsOf(body);
    // Nothing is taken any more: the words stand here to be copied.
    if (view() !== "activity") return note(words.sayOver, what);
    const made = note(words.sayLate, what);
    const send = document.createElement("button");
    send.textContent = words.saySend;
    send.className = "govuk-button";
    send.addEventListener("click", () => {
      keep([...queue(), { url, body }]);
      localStorage.removeItem(draftKey(activity));
      made.remove();
      flush();
    });
    made.append(send);
  }

  addEventListener("online", flush);
  setInterval(flush, AGAIN);
  // On a slow network people write before this script is there to hear it.
  if (box()?.value) keepDraft();
  restore();
  flush();
  return { keepUnsent, restore, unsay };
}
