"""Dates and times as people here write them: 14 March 2027, 8:05pm."""

import datetime as dt

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from commissioning.design.fields import write_time

Value = dt.date | dt.datetime | dt.time | None


def _here(value: Value) -> Value:
    is_aware = isinstance(value, dt.datetime) and timezone.is_aware(value)
    return timezone.localtime(value) if is_aware else value  # type: ignore[arg-type]


def day(value: Value) -> str:
    """14 March 2027."""
    value = _here(value)
    return formats.date_format(value, "j F Y") if isinstance(value, dt.date) else ""


def clock(value: Value) -> str:
    """8:05pm, 8pm; noon and midnight are said, since 12pm is read both ways."""
    value = _here(value)
    time = value.time() if isinstance(value, dt.datetime) else value
    if not isinstance(time, dt.time):
        return ""
    spoken = {(0, 0): _("midnight"), (12, 0): _("midday")}
    return spoken.get((time.hour, time.minute)) or write_time(time)


def moment(value: Value) -> str:
    """14 March 2027 at 8:05pm."""
    return _("%(day)s at %(time)s") % {"day": day(value), "time": clock(value)} if value else ""


def moment_zone(value: Value) -> str:
    """14 March 2027 at 8:05pm (UK time, GMT): where a deadline hangs on it."""
    here = _here(value)
    if not isinstance(here, dt.datetime):
        return moment(value)
    return _("%(moment)s (UK time, %(zone)s)") % {"moment": moment(here), "zone": here.tzname()}
