// Drafts that save themselves: says what is saved, tries again, and asks before words are lost.
// The form itself says when and where to (hx-post, hx-trigger); htmx sends it.
import { say } from "./say.js";
import { touched } from "./touched.js";

const FIRST_RETRY = 3000;
const LAST_RETRY = 60000;

class Draft {
  constructor(form) {
    this.form = form;
    this.note = form.querySelector("[data-saved]");
    this.typed = 0; // counts changes, so that a late answer cannot claim what it did not carry
    this.sent = 0;
    this.saved = 0;
    this.wait = FIRST_RETRY;
    form.addEventListener("input", () => (this.typed += 1));
    form.addEventListener("submit", () => (this.saved = this.typed));
    form.addEventListener("htmx:beforeRequest", (event) => event.target === form && this.sending());
    form.addEventListener("htmx:afterRequest", (event) => event.target === form && this.answered(event.detail));
    addEventListener("online", () => this.retry());
    addEventListener("beforeunload", (event) => {
      if (this.typed > this.saved) event.preventDefault();
    });
    const fields = form.querySelectorAll("input:not([type=hidden]), textarea, select");
    if ([...fields].some(touched)) {
      this.typed += 1;
      this.retry();
    }
  }

  tell(state) {
    if (!this.note) return;
    this.note.dataset.state = state;
    this.note.textContent = say(state);
  }

  sending() {
    clearTimeout(this.timer);
    this.sent = this.typed;
    if (this.note?.dataset.state !== "failed") this.tell("saving");
  }

  answered({ xhr }) {
    if (xhr.status >= 200 && xhr.status < 300) {
      this.saved = this.sent;
      this.wait = FIRST_RETRY;
      this.tell("saved");
    } else if (xhr.status >= 400 && xhr.status < 500) {
      // The server read it and says no: the button shows why, trying again would not help.
      if (this.note) this.note.dataset.state = "failed";
      if (this.note) this.note.textContent = say("refused");
    } else {
      this.tell("failed");
      this.timer = setTimeout(() => this.retry(), this.wait);
      this.wait = Math.min(this.wait * 2, LAST_RETRY);
    }
  }

  retry() {
    if (this.typed === this.saved && this.note?.dataset.state !== "failed") return;
    // What became of it is heard by answered(); htmx rejects besides, with nothing.
    window.htmx?.ajax("POST", this.form.getAttribute("hx-post"), { source: this.form, swap: "none" }).catch(() => {});
  }
}

export function start(scope) {
  for (const form of scope.querySelectorAll("[data-autosave]:not([data-watched])")) {
    form.dataset.watched = "";
    new Draft(form);
  }
}
