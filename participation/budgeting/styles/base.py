"""What a ballot style knows how to do. Pure: forms in, choices out, no database.

Every style posts the same way, so that one page and one address save them all: ``p-<number>`` is
the value given to the project with that number (1 when ticked, the score, the points, the place)
and ``blank=1`` is a blank ballot on purpose.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.ground.answers import Text
from participation.budgeting.choices import NOTHING, BadBallot, Choices, Mark
from participation.budgeting.terms import Terms

PREFIX = "p-"
BLANK = "blank"
_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Option:
    """A number that the round declares for its ballots."""

    name: str
    label: Text
    least: int
    most: int
    default: int


def _whole_number(text: str, number: int | None) -> int:
    cleaned = text.strip()
    if not cleaned.isascii() or not cleaned.isdigit() or len(cleaned) > _LONGEST_NUMBER:
        raise BadBallot(_("Use a whole number."), number)
    return int(cleaned)


def ideas(number: int) -> str:
    """So many ideas, in words: "1 idea", "3 ideas"."""
    return ngettext("%(n)d idea", "%(n)d ideas", number) % {"n": number}


def most_first(choices: Choices) -> list[Mark]:
    """The marks with the greatest value first; of equals the lower number."""
    return sorted(choices.marks, key=lambda mark: (-mark[1], mark[0]))


class Style(ABC):
    """A way of voting."""

    name: ClassVar[str]
    label: ClassVar[Text]
    about: ClassVar[Text]
    # Its word in the VOTES section of a Pabulib file.
    vote_type: ClassVar[str]
    # Whether a ballot says how much, and not only which.
    has_points: ClassVar[bool] = False
    options: ClassVar[tuple[Option, ...]] = ()

    def clean_options(self, given: Mapping[str, int], projects: int) -> dict[str, int]:
        """The declared numbers, checked and completed.

        Raises ``ValueError`` naming the option that does not do.
        """
        cleaned = {}
        for option in self.options:
            value = given.get(option.name, option.default)
            if not option.least <= value <= option.most:
                raise ValueError(
                    _("%(label)s: use a number from %(least)d to %(most)d.")
                    % {"label": option.label, "least": option.least, "most": option.most}
                )
            cleaned[option.name] = value
        return cleaned

    def parse(self, posted: Mapping[str, str], terms: Terms) -> Choices:
        """The choices in a posted form, checked. Raises :class:`BadBallot`.

        A field left empty is no mark. Whatever is not of the ballot is refused, not dropped:
        nobody is told that a vote is in that says less than they meant.
        """
        marks: dict[int, int] = {}
        for field, text in posted.items():
            if not field.startswith(PREFIX) or not text.strip():
                continue
            number = _whole_number(field.removeprefix(PREFIX), None)
            marks[number] = _whole_number(text, number)
        choices = Choices.of(self.keep(marks), blank=posted.get(BLANK, "") == "1")
        self.check(choices, terms)
        return choices

    def keep(self, marks: dict[int, int]) -> dict[int, int]:
        """The marks that say something (0 points say nothing)."""
        return marks

    def check(self, choices: Choices, terms: Terms) -> None:
        """Refuse what may never be stored, draft or not. Raises :class:`BadBallot`."""
        if choices.blank and choices.marks:
            raise BadBallot(_("Either leave the ballot blank or choose ideas, not both."))
        unknown = [number for number in choices.numbers if number not in terms.numbers]
        if unknown:
            raise BadBallot(_("Idea %(n)d is not on this ballot.") % {"n": unknown[0]}, unknown[0])
        self.check_marks(choices, terms)

    @abstractmethod
    def check_marks(self, choices: Choices, terms: Terms) -> None:
        """The style's own limits. Raises :class:`BadBallot`."""

    def is_whole(
        self, choices: Choices, terms: Terms, withdrawn: frozenset[int] = frozenset()
    ) -> bool:
        """Whether these choices count as a vote. ``withdrawn`` left the ballot after opening."""
        return choices.blank or not self.wanting(choices, terms, withdrawn)

    def missing(
        self, choices: Choices, terms: Terms, withdrawn: frozenset[int] = frozenset()
    ) -> str:
        """What is missing, in words; nothing when the choices are whole."""
        return "" if choices.blank else self.wanting(choices, terms, withdrawn)

    @abstractmethod
    def wanting(self, choices: Choices, terms: Terms, withdrawn: frozenset[int]) -> str:
        """What a ballot that is not blank still needs, in words; nothing when it is whole."""

    @abstractmethod
    def instructions(self, terms: Terms) -> str:
        """How to vote, in a sentence or two."""

    @abstractmethod
    def largest(self, terms: Terms) -> tuple[int, int]:
        """The most marks that a ballot can hold, and the greatest value of one."""

    def longest(self, terms: Terms) -> int:
        """The length in bytes of the longest canonical ballot that can be stored."""
        marks, value = self.largest(terms)
        numbers = sorted(terms.numbers, key=lambda number: len(str(number)), reverse=True)
        pairs = tuple((number, value) for number in numbers[:marks])
        return max(len(Choices(pairs).canonical()), len(NOTHING.canonical()))

    def pb_meta(self, terms: Terms) -> dict[str, str]:
        """The style's own keys of a Pabulib file's META section."""
        return {}

    def pb_vote(self, choices: Choices) -> list[int]:
        """The project numbers of the ``vote`` column, in the order in which they are published.

        Decided by the content alone, so that no order of ticking can be used as a receipt.
        """
        return choices.numbers

    def pb_points(self, choices: Choices) -> list[int] | None:
        """The ``points`` column beside :meth:`pb_vote`, where the style has one."""
        return None
