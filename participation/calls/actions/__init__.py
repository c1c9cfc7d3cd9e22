"""The write door of calls and expressions, and what higher rooms read."""

from participation.calls.actions.ballot import ballot_entries, hours_reported

__all__ = ["ballot_entries", "hours_reported"]
