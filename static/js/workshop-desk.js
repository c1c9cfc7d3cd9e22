// The facilitator's desk: looks again by itself, and presses buttons without leaving the page.
import { board } from "./workshops/board.js";
import { apply } from "./workshops/regions.js";
import { screen } from "./workshops/screen.js";

const { look } = screen({ every: 700 });
// How many phones are connected changes without anybody doing anything.
setInterval(look, 15000);

async function press(form, body, after = () => {}) {
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(body) });
    if (new URL(answer.url).pathname === location.pathname || answer.status === 409) {
      apply(await answer.text(), { sent: form });
      document.querySelector("#ws-main [role=alert]")?.scrollIntoView({ block: "center" });
      after();
    } else {
      location.assign(answer.url);
    }
  } catch {
    // No connection: as if there were no script.
    form.submit();
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("[data-live]") || form.method !== "post" || event.defaultPrevented) return;
  event.preventDefault();
  press(form, new FormData(form, event.submitter ?? undefined));
});

board(press);
