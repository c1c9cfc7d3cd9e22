"""What changed between two versions of a record, section by section. Pure: no Django."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST = 400  # characters of either side that the page of changes shows


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a version says differently: where, what it said, what it says now."""

    where: str
    before: str
    now: str


def changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Change]:
    """The changes, in the order in which the record says things. Both are JSON objects."""
    found: list[Change] = []
    for key in [*now, *(key for key in before if key not in now)]:
        _compare(key, before.get(key), now.get(key), found)
    return found


def _compare(where: str, before: Any, now: Any, found: list[Change]) -> None:
    if before == now:
        return
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for key in [*now, *(key for key in before if key not in now)]:
            _compare(f"{where}: {key}", before.get(key), now.get(key), found)
        return
    if isinstance(before, list) and isinstance(now, list):
        gone = [one for one in before if one not in now]
        come = [one for one in now if one not in before]
        if gone or come:
            found.append(Change(where, _words(gone), _words(come)))
        else:
            found.append(Change(where, "", "in another order"))
        return
    found.append(Change(where, _words(before), _words(now)))


def _words(value: Any) -> str:
    """A value as a reader sees it, cut where it is long."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        text = str(value)
    elif isinstance(value, Mapping):
        text = ", ".join(_words(one) for one in value.values() if _words(one))
    elif isinstance(value, list):
        text = "; ".join(_words(one) for one in value)
    else:
        text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
