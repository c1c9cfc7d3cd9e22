// The GOV.UK components in use; fetched only by pages that have one.
import {
  Button,
  CharacterCount,
  ErrorSummary,
  NotificationBanner,
  SkipLink,
  Tabs,
  createAll,
} from "govuk-frontend";

export function start(scope = document) {
  document.body.classList.add("govuk-frontend-supported");
  for (const Component of [Button, CharacterCount, ErrorSummary, NotificationBanner, SkipLink, Tabs]) {
    createAll(Component, undefined, scope);
  }
}
