"""Every fact that the walk relied on, with its days; and what has changed since it was locked."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from commissioning.design.when import day
from decisions.records import blocks
from decisions.records.blocks import Section
from decisions.records.freshness import out_of_date
from decisions.records.models import Decision
from decisions.records.sections.walk import rests_on

Row = Mapping[str, Any]


def facts(decision: Decision) -> Section | None:
    """Every fact relied on, with the days between which it holds and where it is written."""
    found = rests_on(decision.question)
    if found is None:
        return None
    rows = [
        (
            one["title"],
            one["amount"],
            _span(one),
            one["source"] + (_(" Check before relying on it.") if one["check"] else ""),
        )
        for one in (found.result or {})["facts"]
    ]
    return blocks.section(
        "facts",
        _("Facts relied on"),
        *(blocks.note(sentence) for sentence in out_of_date(decision)),
        blocks.text(
            _(
                "For a procurement or award that begins on %s; one that begins on another day goes "
                "by the facts of that day."
            )
            % day(found.begins_on)
        ),
        blocks.table(
            _("Facts in force on the day that it begins"),
            [_("Fact"), _("Amount"), _("In force"), _("Source")],
            rows,
            whole=(1,),
        ),
    )


def _span(one: Row) -> str:
    if one["from"] and one["to"]:
        return _("%(from)s to %(to)s") % {"from": one["from"], "to": one["to"]}
    return _("from %s") % one["from"] if one["from"] else ""
