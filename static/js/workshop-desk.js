// The facilitator's desk: looks again by itself, and presses buttons without leaving the page.
import { apply } from "./workshops/regions.js";
import { screen } from "./workshops/screen.js";

const { look } = screen({ every: 700 });

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.closest("[data-live]") || form.method !== "post" || event.defaultPrevented) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter ?? undefined);
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(body) });
    if (new URL(answer.url).pathname === location.pathname || answer.status === 409) {
      apply(await answer.text(), { force: () => true });
      document.querySelector("#ws-main [role=alert]")?.scrollIntoView({ block: "center" });
    } else {
      location.assign(answer.url);
    }
  } catch {
    // No connection: as if there were no script.
    form.submit();
  }
});

document.addEventListener("focusout", () => setTimeout(look, 300));
