// Says when the connection is gone, before somebody types on in vain.
import { say, strip } from "./say.js";

export function connection() {
  const tell = () => strip("cc-offline", navigator.onLine ? "" : say("offline"));
  addEventListener("online", tell);
  addEventListener("offline", tell);
  if (!navigator.onLine) tell();
  // An htmx request that is not a draft saving itself (autosave says it beside the form).
  document.addEventListener("htmx:sendError", (event) => {
    if (!event.target.closest("[data-autosave]")) strip("cc-offline", say("unsent"));
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (!event.target.closest("[data-autosave]")) strip("cc-offline", say("unsent"));
  });
  document.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.successful && navigator.onLine) strip("cc-offline", "");
  });
}
