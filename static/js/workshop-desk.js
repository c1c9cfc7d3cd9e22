// The facilitator's desk: looks again by itself, and presses buttons without leaving the page.
import { board } from "./workshops/board.js";
import { applyAnswer } from "./workshops/regions.js";
import { screen } from "./workshops/screen.js";

const { look } = screen({ every: 700 });
// How many phones are connected changes without anybody doing anything.
setInterval(look, 15000);

// As if there were no script: to a page that asks first, or when the connection is gone. The form
// that was pressed may have been drawn anew since, so what it held goes with one of its own.
function leaveWith(action, body) {
  const form = Object.assign(document.createElement("form"), { action, method: "post", hidden: true });
  for (const [name, value] of new URLSearchParams(body)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
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
      leaveWith(form.action, body);
    }
  } catch {
    leaveWith(form.action, body);
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("[data-live]") || form.method !== "post" || event.defaultPrevented) return;
  event.preventDefault();
  press(form, new FormData(form, event.submitter ?? undefined));
});

board(press);
