// The facilitator's desk: looks again by itself, and presses buttons without leaving the page.
import { board } from "./workshops/board.js";
import { applyAnswer } from "./workshops/regions.js";
import { screen } from "./workshops/screen.js";

const { look } = screen({ every: 700 });
// How many phones are connected changes without anybody doing anything.
setInterval(look, 15000);

// A press that is confirmed first is answered with a page: go to it, as if there were no script.
function leaveWith(form, body) {
  for (const [name, value] of new URLSearchParams(body)) {
    if (form.querySelector(`:is(input, textarea, select)[name="${name}"]`)) continue;
    const kept = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(kept);
  }
  form.submit();
}

async function press(form, body, after = () => {}) {
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(body) });
    if (new URL(answer.url).pathname === location.pathname || answer.status === 409) {
      applyAnswer(await answer.text(), form);
      document.querySelector("#ws-main [role=alert]")?.scrollIntoView({ block: "center" });
      after();
    } else if (answer.redirected) {
      location.assign(answer.url);
    } else {
      leaveWith(form, body);
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
