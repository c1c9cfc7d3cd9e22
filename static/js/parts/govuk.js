// The GOV.UK components in use; fetched only by pages that have one.
import { CharacterCount, ErrorSummary, NotificationBanner, createAll } from "govuk-frontend";

export function start(scope = document) {
  document.body.classList.add("govuk-frontend-supported");
  // Where the page waits for typing, a banner that says "done" must not take the keys away.
  const typing = document.querySelector("[autofocus]") !== null;
  createAll(NotificationBanner, { disableAutoFocus: typing }, scope);
  for (const Component of [CharacterCount, ErrorSummary]) {
    createAll(Component, undefined, scope);
  }
}
