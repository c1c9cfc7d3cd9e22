"""The plan as an iCalendar file (RFC 5545), which Outlook, Google and Apple calendars read."""

from datetime import datetime
from typing import Final

from icalendar import Calendar, Event

from decisions.questions.plan.backward import Plan
from decisions.questions.plan.working_days import ONE

LATEST: Final = (
    "The latest day on which this can begin, counted back from the end. Earlier is fine."
)
AS_COUNTED: Final = (
    "Counted from the day that the procurement or award begins; nothing else sets it."
)
SINCE: Final = "Counted from the day of the decision, as soon as it can be; nothing else sets it."


def calendar_file(plan: Plan, title: str, uid: str, stamp: datetime, link: str) -> bytes:
    """One all-day event a step. ``uid`` names the plan for good, so that a newer file replaces
    what an older one put in; ``stamp`` is when the plan was last changed."""
    calendar = Calendar()
    calendar.add("prodid", "-//Collaborative Commissioning//Backward plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    how = SINCE if plan.counted_from else AS_COUNTED if plan.is_new else LATEST
    for step in plan.steps:
        event = Event()
        event.add("uid", f"{step.key}.{uid}")
        event.add("dtstamp", stamp)
        event.add("summary", f"{title}: {step.title}")
        event.add("dtstart", step.starts)
        # The day after the last, as the standard counts.
        event.add("dtend", step.ends + ONE)
        event.add("transp", "TRANSPARENT")
        checked = "" if step.seen else "Check before relying on it."
        said = ["" if step.done else how, step.length, step.source, checked]
        event.add("description", "\n".join(part for part in [*said, link] if part))
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
