// What every page does, where the browser can. Without it every page still works.
import { copyButtons, goBack, printButtons, sendOnce } from "./parts/buttons.js";
import { connection } from "./parts/connection.js";

document.body.classList.add("js-enabled");

function start(scope) {
  copyButtons(scope);
  printButtons(scope);
  goBack(scope);
  if (scope.querySelector("[data-module^=govuk-]")) {
    import("./parts/govuk.js").then((govuk) => govuk.start(scope));
  }
  if (scope.querySelector("[data-autosave]")) {
    import("./parts/autosave.js").then((autosave) => autosave.start(scope));
  }
}

start(document);
connection();
sendOnce();
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) start(event.target.parentElement ?? event.target);
});
