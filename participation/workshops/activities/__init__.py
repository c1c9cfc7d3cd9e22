"""The kinds of activity: each a folder here with its slice."""

from participation.workshops.activities.base import ActivityKind, Reply, kinds

__all__ = ["ActivityKind", "Reply", "kinds"]
