"""What a route's figures rest on: counted, so that nobody takes an estimate for a finding."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.costs.costed import QuestionCosts
from decisions.costs.model.content import INDICATIVE
from decisions.costs.rows import SaidInput


@dataclass(frozen=True, slots=True)
class Grounds:
    """How many inputs rest on what; ``reports`` organisations here have told of this route."""

    published: int
    unread: int
    reported: int
    reports: int
    own: int
    judged: int
    told: int = 0

    @property
    def all(self) -> int:
        """Every input that a figure is worked out from."""
        return self.published + self.reported + self.own + self.judged + self.told


def grounds_of(costs: QuestionCosts, route: str) -> Grounds:
    """Of one route, with what all routes share; an input that is nothing rests on nothing."""
    every = inputs_that_count(costs, route)
    published = [one for one in every if _is_published(one)]
    reported = [one for one in every if one.blend]
    own = sum(1 for one in every if one.own)
    told = sum(1 for one in every if is_told(one))
    return Grounds(
        published=len(published),
        unread=sum(1 for one in published if not one.row.seen),
        reported=len(reported),
        reports=max((one.blend.used for one in reported if one.blend), default=0),
        own=own,
        judged=len(every) - len(published) - len(reported) - own - told,
        told=told,
    )


def inputs_that_count(costs: QuestionCosts, route: str) -> list[SaidInput]:
    """A route's own inputs and the shared ones, without those that are nothing."""
    every = [*costs.inputs_of(route), *costs.inputs_after(route), *costs.shared()]
    return [one for one in every if one.estimate.high > 0]


def is_told(one: SaidInput) -> bool:
    """Whether it is what the walk of the question was told, and nobody has said it otherwise."""
    return one.default.told and not one.own and not one.blend


def in_words(found: Grounds) -> str:
    """The same in sentences."""
    parts = [
        ngettext(
            "The costs of this way are worked out from %d input.",
            "The costs of this way are worked out from %d inputs.",
            found.all,
        )
        % found.all,
        *_known(found),
    ]
    if found.judged:
        parts.append(
            _(
                "Defaults of the software, not checked here and with no published figure behind "
                "them: %d."
            )
            % found.judged
        )
    return " ".join(parts)


def _known(found: Grounds) -> Iterable[str]:
    if found.published:
        yield _("Rest on published figures: %d.") % found.published
    if found.unread:
        yield (
            _("Of these, from a source that its makers have not read themselves: %d.")
            % found.unread
        )
    if found.reported:
        yield _("Rest in part on what %(reports)d organisations here reported: %(n)d.") % {
            "reports": found.reports,
            "n": found.reported,
        }
    else:
        yield _("None rests on what organisations here reported.")
    if found.told:
        yield _("By what the walk was answered: %d.") % found.told
    if found.own:
        yield _("Typed in by the place itself, with where it has them from: %d.") % found.own


def source_of(one: SaidInput) -> str:
    """Where one input comes from: source, year, caveat, and whether to check it."""
    if one.own:
        return _("The place's own: %s") % one.own.why
    if one.blend:
        return ngettext(
            "%(number)d report from here counts for %(share)d in 100, the default for the rest.",
            "%(number)d reports from here count for %(share)d in 100, the default for the rest.",
            one.blend.used,
        ) % {
            "number": one.blend.used,
            "share": round(one.blend.weight * 100),
        }
    if is_told(one):
        return one.default.why
    if not _is_published(one):
        return " ".join(
            [
                _("A default of the software by its makers' judgement, not checked here."),
                one.default.why,
            ]
        ).strip()
    year = f" ({one.row.year})" if one.row.year and str(one.row.year) not in one.row.source else ""
    check = "" if one.row.seen or "Check before" in one.row.caveat else _("Not checked here.")
    said = [f"{one.row.source}{year}.", one.default.why, one.row.caveat, check]
    return " ".join(part for part in said if part)


def _is_published(one: SaidInput) -> bool:
    return not one.own and not one.blend and one.default.row != INDICATIVE


def method() -> str:
    """How the figures come about: the same words on the page and in a record."""
    return _(
        "Each input is three figures: low, likely, high. 10,000 times a value of each is drawn "
        "from the triangle between them, with a fixed seed, so that the same figures come out "
        "each time. What is shown first is the average of all draws; averages add up, but for "
        "rounding. “From low to high” leaves out the lowest tenth and the highest tenth: one time "
        "in ten it would be below, one in ten above. The low figures cannot be added up, nor the "
        "high ones."
    )
