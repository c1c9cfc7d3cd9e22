"""Template tags of a programme's pages: ``{% load programmes %}``."""

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.people.models import User
from commissioning.programmes.models import HistoryEntry, Programme
from commissioning.programmes.money_talk import AMOUNT
from commissioning.programmes.rules import may_read_level_field, money_gate
from commissioning.programmes.voices import Voice, voices_of

register = template.Library()


@register.inclusion_tag("programmes/_voice.html", takes_context=True)
def voice(
    context: Context, user: User | None, programme: Programme, brief: object = None
) -> dict[str, Any]:
    """``{% voice comment.by programme %}``: the name, and "could gain: declared" beside it.

    Print every member's name with this one tag, and what they declared is never left out. With
    ``brief`` (anything true) role and organisation are left out: the page has said them already.
    """
    found = voices_of(programme, context["request"].user).of(user)
    return {"voice": Voice(found.name, gain=found.gain) if brief else found}


@register.inclusion_tag("programmes/_sections.html", takes_context=True)
def programme_sections(context: Context, programme: Programme, here: str) -> dict[str, Any]:
    """``{% programme_sections programme "vision" %}``: the pages that every programme has."""
    viewer = context["request"].user
    sections = [
        ("journey", _("Journey")),
        ("vision", _("Vision")),
        ("fixed_and_open", _("Fixed and open")),
        ("people", _("Who is in")),
        ("level_field", _("Level playing field")),
        ("history", _("History")),
    ]
    if not may_read_level_field(viewer, programme):
        sections = [section for section in sections if section[0] != "level_field"]
    return {
        "sections": [
            {
                "url": reverse(f"programmes:{name}", args=[programme.slug]),
                "text": text,
                "is_here": name == here,
            }
            for name, text in sections
        ],
        "programme": programme,
    }


@register.filter
def moneyless(words: str, programme: Programme) -> str:
    """People's own words with any amount parked until the programme's money gate opens."""
    if money_gate(programme):
        return words
    parked = _("[an amount, parked until the vision is agreed]")
    # An amount is found with the space, comma or full stop after it: those stay.
    return AMOUNT.sub(lambda found: parked + _after(found.group()), words)


def _after(amount: str) -> str:
    return amount[len(amount.rstrip(" ,.")) :]


@register.inclusion_tag("programmes/_voice.html", takes_context=True)
def who_did(context: Context, entry: HistoryEntry, programme: Programme) -> dict[str, Any]:
    """Who did what a line of history says: short, with what they declared."""
    found = voices_of(programme, context["request"].user).of(entry.actor)
    return {"voice": Voice(name=found.name, gain=found.gain if found.declaration else "")}


@register.filter
def ended(sentence: str, reason: str = "") -> str:
    """The sentence with its full stop; with a colon where a reason follows."""
    if reason:
        return f"{sentence.rstrip('.')}:"
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."
