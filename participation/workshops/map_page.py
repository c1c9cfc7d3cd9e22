"""The opinion map as a page tells it: sentences, tables, and a picture of the same."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from commissioning.ground.answers import Text
from participation.workshops import maps
from participation.workshops.map_figures import HEIGHT, WIDTH, Figures
from participation.workshops.models import Activity
from participation.workshops.opinion.grouping import SMALLEST_GROUP

WORDS: Final[dict[str, Text]] = {
    "nearly_agree": _("Nearly all agree"),
    "most_agree": _("Most agree"),
    "nearly_disagree": _("Nearly all disagree"),
    "most_disagree": _("Most disagree"),
    "unsure": _("Many pass"),
    "mixed": _("Mixed"),
    "few": _("Too few answered"),
}
LETTERS: Final = "ABCDE"
SIDES: Final[dict[str, Text]] = {"agree": _("agrees"), "disagree": _("disagrees")}
WHY_ONE: Final[dict[str, Text]] = {
    "few": _("There are too few people to tell groups apart, so we show one group."),
    "chance": _(
        "We show everybody as one group. When you know what somebody thinks of one statement, you "
        "still cannot guess what they think of the others."
    ),
    "cloud": _("We see one group, with many shades of opinion and no gap between people."),
}
FIRMNESS: Final[dict[str, Text]] = {
    "firm": _(
        "This grouping is firm: had one person in five stayed at home, the groups would be the "
        "same."
    ),
    "loose": _(
        "This grouping is loose: had one person in five stayed at home, the groups might be "
        "others. Take it as a hint."
    ),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """How a group (by its letter) took a statement; ``mark`` names its look."""

    letter: str
    words: Text
    percent: int | None
    mark: str


@dataclass(frozen=True, slots=True)
class Row:
    """A statement (``key`` is its id), and a cell for each group."""

    key: str
    text: str
    cells: list[Cell]
    side: Text = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Statements that tell the same thing; ``nothing`` is said where there are none."""

    title: Text
    rows: list[Row]
    nothing: Text


@dataclass(frozen=True, slots=True)
class Words:
    """What stands above a table of statements, in its caption, and where there are none."""

    title: Text
    caption: Text
    nothing: Text


EVERY_GROUP_AGREES: Final = Words(
    _("What every group agrees with"),
    _("What every group agrees with, the strongest first"),
    _("Nothing that every group agrees with."),
)
EVERY_GROUP_DISAGREES: Final = Words(
    _("What every group disagrees with"),
    _("What every group disagrees with, the strongest first"),
    "",
)
MOST_AGREE: Final = Words(
    _("What most people agree with"),
    _("What most people agree with, the strongest first"),
    _("Nothing that most people agree with."),
)
MOST_DISAGREE: Final = Words(
    _("What most people disagree with"),
    _("What most people disagree with, the strongest first"),
    "",
)


@dataclass(frozen=True, slots=True)
class Group:
    """A group: its letter, how many people, what sets it apart, and its shape in the picture."""

    letter: str
    size: int
    holds: list[Row]
    shape: Figures


@dataclass(frozen=True, slots=True)
class MapPage:
    """All that the page says."""

    people: int
    mapped: int
    groups: list[Group]
    sentence: Text
    agreed: list[Row]
    rejected: list[Row]
    divides: list[Row]
    everything: list[Row]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def agrees(self) -> Words:
        """What stands above the statements that unite: of one group nobody says "every group"."""
        return EVERY_GROUP_AGREES if len(self.groups) > 1 else MOST_AGREE

    @property
    def disagrees(self) -> Words:
        """What stands above those that are turned down together."""
        return EVERY_GROUP_DISAGREES if len(self.groups) > 1 else MOST_DISAGREE

    def as_values(self) -> dict[str, Any]:
        """The same for paper, as JSON values: words without percentages, so that no count of a
        small group can be worked out from them."""
        return {
            "mapped": self.mapped,
            "sentence": str(self.sentence),
            "groups": [
                {
                    "letter": group.letter,
                    "size": group.size,
                    "shape": group.shape,
                }
                for group in self.groups
            ],
            "sections": [
                {
                    "title": str(section.title),
                    "rows": _values(section.rows),
                    "nothing": str(section.nothing),
                }
                for section in self.sections()
            ],
            "box": " ".join(map(str, self._box())),
        }

    def sections(self) -> list[Section]:
        """Every statement once, where it tells most: on paper nothing is said twice."""
        told: set[str] = set()
        made = []
        for title, rows, nothing in self._parts():
            fresh = [row for row in rows if row.key not in told]
            told |= {row.key for row in fresh}
            if fresh or nothing:
                made.append(Section(title, fresh, "" if fresh else nothing))
        return made

    def _parts(self) -> list[tuple[Text, list[Row], Text]]:
        if len(self.groups) < 2:
            return [
                (MOST_AGREE.title, self.agreed, ""),
                (MOST_DISAGREE.title, self.rejected, ""),
                (_("What the room is not of one mind about"), self.everything, ""),
            ]
        return [
            (EVERY_GROUP_AGREES.title, self.agreed, EVERY_GROUP_AGREES.nothing),
            (EVERY_GROUP_DISAGREES.title, self.rejected, ""),
            (
                _("What divides us"),
                self.divides,
                _("No statement has one group for it and another against it."),
            ),
            *(_held_by(group) for group in self.groups),
            (_("Other statements"), self.everything, ""),
        ]

    def _box(self) -> tuple[int, int, int, int]:
        """The part of the picture that has anything in it: x, y, width, height."""
        shapes = [group.shape for group in self.groups]
        reach = [max(shape["rx"], shape["ry"]) + 4 for shape in shapes]
        left = min(shape["x"] - far for shape, far in zip(shapes, reach, strict=True))
        top = min(shape["y"] - far for shape, far in zip(shapes, reach, strict=True))
        right = max(shape["x"] + far for shape, far in zip(shapes, reach, strict=True))
        bottom = max(shape["y"] + far for shape, far in zip(shapes, reach, strict=True))
        return left, top, right - left, bottom - top


def _held_by(group: Group) -> tuple[Text, list[Row], Text]:
    title = _("What group %(letter)s (%(n)d people) holds, and the others do not") % {
        "letter": group.letter,
        "n": group.size,
    }
    nothing = _("Nothing that enough people answered sets this group apart.")
    return title, group.holds, "" if group.holds else nothing


def _values(rows: list[Row]) -> list[dict[str, Any]]:
    return [
        {
            "text": row.text,
            "cells": [
                {"letter": cell.letter, "words": str(cell.words), "mark": cell.mark}
                for cell in row.cells
            ],
        }
        for row in rows
    ]


def page(activity: Activity) -> MapPage | None:
    """The map of an activity; None until five people have answered enough, or while it is drawn."""
    figures = maps.figures(activity)
    if figures is None or figures["mapped"] < SMALLEST_GROUP:
        return None
    texts = dict(activity.contributions.told().values_list("pk", "text"))
    return _page(figures, texts)


def _page(figures: Figures, texts: dict[UUID, str]) -> MapPage:
    def rows(name: str) -> list[Row]:
        return _rows(figures[name], texts)

    return MapPage(
        people=figures["people"],
        mapped=figures["mapped"],
        groups=[
            Group(LETTERS[i], size, _rows(held, texts), shape)
            for i, (size, held, shape) in enumerate(
                zip(figures["groups"], figures["held"], figures["shapes"], strict=True)
            )
        ],
        sentence=_sentence(figures),
        agreed=rows("agreed"),
        rejected=rows("rejected"),
        divides=rows("divides"),
        everything=rows("all"),
    )


def _rows(found: list[dict[str, Any]], texts: dict[UUID, str]) -> list[Row]:
    """Rows of statements that everybody may still see: what was taken down meanwhile is gone."""
    return [
        Row(
            key=one["statement"],
            text=texts[UUID(one["statement"])],
            cells=[
                Cell(LETTERS[i], WORDS[cell["word"]], cell["percent"], cell["word"])
                for i, cell in enumerate(one["cells"])
            ],
            side=SIDES.get(one["side"], ""),
        )
        for one in found
        if UUID(one["statement"]) in texts
    ]


def _sentence(figures: Figures) -> Text:
    if len(figures["groups"]) < 2:
        return WHY_ONE.get(figures["why_one"], "")
    number = len(figures["groups"])
    groups = ngettext("We see %d group.", "We see %d groups.", number) % number
    return f"{groups} {FIRMNESS[figures['firmness']]}"
