"""Conflicts and fairness on paper: assessment, level-playing-field file, draft notice."""

from collections import Counter
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.design.when import day
from commissioning.documents.types import DocumentType, Person, document_types
from commissioning.ground.answers import Answer
from commissioning.programmes.level_field import together
from commissioning.programmes.rules import is_member
from commissioning.programmes.voices import Voices, voices_of
from decisions.questions.conflicts import unknown_bodies
from decisions.questions.early_sessions import sessions_in_words, sessions_of
from decisions.questions.issuer import Issuer, issuer_of
from decisions.questions.level_field import how_chosen, lines_of
from decisions.trees.fairness import (
    SeatRow,
    by_its_law,
    seats_of,
    takes_part,
)
from decisions.trees.models import Appraisal
from decisions.trees.results import result_of
from decisions.trees.standpoint import Standing
from decisions.trees.without import without_in_words

PAPER: Final = "trees.fairness"
TEMPLATE: Final = "decisions/trees/documents/fairness.html"


def _walk(walk_id: UUID) -> Appraisal:
    return Appraisal.objects.select_related(
        "question__programme__place",
        "question__who_buys",
        "question__present_provider",
        "question__goes_to",
        "tree",
        "sheet__place",
    ).get(pk=walk_id)


def data(walk_id: UUID) -> dict[str, Any]:
    """What the paper says; an allow list. Those who give their own time are not named."""
    walk = _walk(walk_id)
    programme, standing = walk.question.programme, Standing(walk)
    voices = voices_of(programme, AnonymousUser())
    result = walk.result or result_of(standing)
    seats, lines = seats_of(walk, standing), lines_of(walk.question)
    law, published = by_its_law(walk, lines), programme.level_field_published_at
    return {
        "question": walk.question.title,
        "walk": walk.title,
        "programme": programme.title,
        "buyer": walk.question.who_buys.name,
        "begins": day(walk.begins_on),
        "seats": [
            {
                "who": voices.of(seat.user).name,
                "organisation": seat.organisation,
                "declared": seat.declared,
                "words": seat.words,
                "answered": seat.answered,
                "gains": seat.gains,
            }
            for seat in seats
            if takes_part(seat)
        ],
        "silent": _silent([seat for seat in seats if not takes_part(seat)], voices),
        "unknown": unknown_bodies(walk.question),
        "keep": law["keep"],
        "talks": law["talks"],
        "about": how_chosen(walk.question, lines),
        "complete": result["complete"],
        "same_without": result["same_without"],
        "said_without": without_in_words(result),
        "nobody_gains": not any(seat.gains and seat.answered for seat in seats),
        "ranked": _open(result["ranked"]),
        "without": _open(result["without"]),
        "published": day(published) if published else "",
        "entries": [
            [day(one.at), ", ".join(one.names), str(one.kind.label), one.what]
            for one in together(line.entry for line in lines if line.belongs)
        ],
        "sessions": sessions_in_words(sessions_of(walk.question, lines)),
        "nothing": law["nothing"],
        "differ": law["differ"],
        "draft": law["draft"].splitlines(),
    }


def _silent(seats: list[SeatRow], voices: Voices) -> list[str]:
    """Members who neither answered nor could gain, counted by who they are and what they declared.

    Observers of one organisation are told apart by their number, not by three rows that are alike.
    """
    counted = Counter(
        (
            ", ".join(part for part in (voices.of(seat.user).name, seat.organisation) if part),
            seat.declared,
        )
        for seat in seats
    )
    return [
        f"{who}: {declared}" if number == 1 else f"{who} ({number}): {declared}"
        for (who, declared), number in counted.items()
    ]


def _open(ranked: list[dict[str, Any]]) -> list[str]:
    """The routes that are not excluded, in order."""
    return [one["title"] for one in ranked if one["standing"] != "excluded"]


def may_print(user: Person, walk_id: UUID) -> Answer:
    """The members of the programme, who read the same on the page."""
    return is_member(user, _walk(walk_id).question.programme)


def _place(walk_id: UUID) -> Issuer:
    return issuer_of(_walk(walk_id).question)


def _page(walk_id: UUID) -> str:
    question = _walk(walk_id).question
    return reverse("trees:fairness", args=[question.programme.slug, question.pk, walk_id])


def register() -> None:
    """Fill the registry; called when the application is ready."""
    document_types.register(
        PAPER,
        DocumentType(
            name=PAPER,
            label=gettext_lazy("Conflicts and fairness"),
            template=TEMPLATE,
            data=data,
            rule=may_print,
            place=_place,
            title=lambda said: str(_("Conflicts and fairness: %s") % said["question"]),
            page=_page,
            mark=gettext_lazy("Working paper"),
        ),
    )
