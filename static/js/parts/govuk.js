// The GOV.UK components in use; fetched only by pages that have one.
import { CharacterCount, ErrorSummary, NotificationBanner, createAll } from "govuk-frontend";

export function start(scope = document) {
  document.body.classList.add("govuk-frontend-supported");
  for (const Component of [CharacterCount, ErrorSummary, NotificationBanner]) {
    createAll(Component, undefined, scope);
  }
}
