"""Who was in the room, by what they said at the door, and who was missing from the place.

Answers are counters (``JoinCount``): nobody's are kept. Small counts are left out as
``suppression`` says, and whether somebody was missing follows from nothing but what is told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from participation.workshops.models import JoinQuestion, Workshop
from participation.workshops.suppression import LEAST, people, told


@dataclass(frozen=True, slots=True)
class Line:
    """One answer. ``number`` is None where it is left out: ``few`` says that it is below five.

    ``share`` and ``place`` are percentages, of those who answered and of the place; ``expected`` is
    how many of the room there would be, were it like the place.
    """

    words: str
    number: int | None
    few: bool
    share: int | None
    place: float | None
    expected: int | None
    missing: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, how many answered it (None: below five, or left out), and each answer."""

    words: str
    source: str
    answered: int | None
    lines: list[Line]

    @property
    def missing(self) -> list[Line]:
        """Who was missing, or far fewer than in the place."""
        return [line for line in self.lines if line.missing]


def people_of(workshop: Workshop) -> int | None:
    """How many took part; None where they were fewer than five."""
    if workshop.remembered is not None:
        return workshop.remembered["people"]  # type: ignore[no-any-return]
    return people(workshop.participants.filter(state="in").count())


def numbers_of(workshop: Workshop) -> dict[str, Any]:
    """What stays of a session when it is forgotten: what anybody may read here, as JSON values."""
    return {
        "people": people_of(workshop),
        "organisations": list(organisations_of(workshop)),
        "asked": [asdict(one) for one in asked_of(workshop)],
    }


def asked_of(workshop: Workshop) -> list[Asked]:
    """Every question of a session with what may be told of its answers. Two queries."""
    if workshop.remembered is not None:
        return [
            Asked(**one | {"lines": [Line(**line) for line in one["lines"]]})
            for one in workshop.remembered["asked"]
        ]
    found = workshop.join_questions.prefetch_related("counts")
    return [_asked(question) for question in found]


def _asked(question: JoinQuestion) -> Asked:
    names = [str(place) for place in range(len(question.choices))]
    given = {str(count.choice): count.number for count in question.counts.all()}
    said = told({name: given.get(name, 0) for name in names})
    answered = None if said.total is None else people(said.total)
    return Asked(
        words=question.words,
        source=question.source,
        answered=answered,
        lines=[
            _line(
                choice["words"],
                choice.get("percent"),
                said.of(name) if answered else None,
                answered,
                few=name in said.few,
            )
            for name, choice in zip(names, question.choices, strict=True)
        ],
    )


def _line(
    words: str, percent: float | None, number: int | None, answered: int | None, *, few: bool
) -> Line:
    expected = None if percent is None or answered is None else round(answered * percent / 100)
    here = number if number is not None else (0 if few else None)
    return Line(
        words=words,
        number=number,
        few=few,
        share=None if number is None or not answered else round(100 * number / answered),
        place=percent,
        expected=expected,
        missing=expected is not None
        and expected >= LEAST
        and here is not None
        and here * 2 < expected,
    )


def missing_in_words(asked: Iterable[Asked], *, sourced: bool = True) -> list[str]:
    """A sentence for each answer of which far fewer came than live here.

    ``sourced``: it says where the place's figures are from; a table below it may say that.
    """
    return [
        _missing(question, line, question.source if sourced else "")
        for question in asked
        for line in question.missing
    ]


def _missing(question: Asked, line: Line, figures: str) -> str:
    came = _("fewer than 5") if line.number is None else str(line.number)
    source = _(" (%s)") % figures if figures else ""
    return _(
        "“%(words)s”: %(came)s of the %(all)d who answered. In the place it is %(percent)s in "
        "100%(source)s, so about %(expected)d would have been here."
    ) % {
        "words": line.words,
        "came": came,
        "all": question.answered,
        "percent": f"{line.place:g}",
        "source": source,
        "expected": line.expected,
    }


def organisations_of(workshop: Workshop) -> Sequence[str]:
    """Organisations that somebody was in the room for; none where young people take part."""
    if workshop.is_young:
        return []
    if workshop.remembered is not None:
        return workshop.remembered["organisations"]  # type: ignore[no-any-return]
    found = workshop.participants.filter(state="in", organisation__isnull=False)
    return list(
        found.values_list("organisation__name", flat=True).distinct().order_by("organisation__name")
    )
