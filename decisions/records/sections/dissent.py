"""Who disagreed, in their own words, and when they said so."""

from datetime import datetime

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.design.when import day
from commissioning.programmes.voices import voices_of
from decisions.records import blocks
from decisions.records.blocks import Block, Section
from decisions.records.models import Decision, Dissent
from decisions.records.sections.walk import rests_on


def dissent(decision: Decision) -> Section | None:
    """Members of the programme who disagree, in their own words, and when they said so."""
    voices = voices_of(decision.question.programme, AnonymousUser())
    written = _written_down(decision)
    said: list[Block | None] = []
    for one in decision.dissents.select_related("by"):
        voice = voices.of(one.by)
        about = ", ".join(part for part in (voice.name, voice.organisation, voice.gain) if part)
        said.append(blocks.quote(one.words, f"{about}. {_when(one, written)}"))
    return blocks.section(
        "dissent",
        _("Who disagreed, in their own words")
        if decision.is_decided
        else _("Who disagrees so far, in their own words"),
        blocks.text(
            _("Members of the programme, which prepared the decision and does not take it.")
        )
        if said
        else None,
        *(said or [blocks.text(f"{_('Nobody recorded dissent.')} {_differed(decision)}".strip())]),
    )


def _differed(decision: Decision) -> str:
    """How often seats answered otherwise in the walk, where that was settled or carried."""
    found = rests_on(decision.question)
    path = (found.result or {}).get("path", []) if found else []
    number = sum(
        bool(step["settled"]) and len({seat["said"] for seat in step["seats"]}) > 1 for step in path
    )
    if not number:
        return ""
    return (
        ngettext(
            "Seats answered %d question differently; the path says where, and how it was settled.",
            "Seats answered %d questions differently; the path says where, and how each was "
            "settled.",
            number,
        )
        % number
    )


def _written_down(decision: Decision) -> datetime | None:
    """When what was decided was first written down here; None before that."""
    if not decision.is_decided:
        return None
    rows = apps.get_model("records", "DecisionEvent").objects.filter(
        pgh_obj_id=decision.pk, status=Decision.Status.DECIDED, decided_on=decision.decided_on
    )
    found: datetime | None = (
        rows.order_by("pgh_id").values_list("pgh_created_at", flat=True).first()
    )
    return found


def _when(one: Dissent, written: datetime | None) -> str:
    """On which day they said so; and, where it is so, that it was decided by then."""
    if written is not None and one.created_at > written:
        return _("Said on %s, after the decision was written down.") % day(one.created_at)
    return _("Said on %s.") % day(one.created_at)
