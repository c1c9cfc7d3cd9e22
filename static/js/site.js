// What every page does, where the browser can. Without it every page still works.
document.body.classList.add("js-enabled");

if (document.querySelector("[data-module^=govuk-]")) {
  import("./parts/govuk.js").then(({ start }) => start());
}
