"""A set of criteria as pages, the paper and the data file read it: loaded once."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Text
from decisions.criteria.base import at_odds, fit_of
from decisions.criteria.judging.proportion import Asked, Hours, Warn, hours_of, warnings
from decisions.criteria.judging.weighing import HUNDRED, PriceMethod, Weighed
from decisions.criteria.judging.whereabouts import Flag, find
from decisions.criteria.models import TOP, CriteriaSet, Criterion
from decisions.criteria.said import scale_of
from decisions.criteria.told import Condition, burden_of, conditions_of, law_of
from decisions.questions.capable import bidders_of

WARNINGS: Final[dict[Warn, Text]] = {
    Warn.COSTS_MUCH_OF_ITS_VALUE: _(
        "One bid costs a bidder more than a hundredth of what it could win. Ask for less."
    ),
    Warn.ALL_BIDS_COST_MUCH: _(
        "All bids together cost more than a twentieth of the value. Ask for less, or fewer to bid "
        "in full."
    ),
    Warn.LONG_FOR_ITS_VALUE: _("The answers are long for a sum of this size."),
    Warn.SHORT_FOR_THE_WORK: _(
        "Bidding takes more than a working week for less than two years. Ask for less, or let it "
        "run longer."
    ),
    Warn.INSURANCE_BEFORE_AWARD: _(
        "Insurance before the award makes everybody buy it, those who lose too. Ask for it from "
        "the winner. At or above the threshold it may not be a condition of taking part "
        "(Procurement Act 2023, s.22: check before relying on it)."
    ),
    Warn.AUDITED_ACCOUNTS: _(
        "Small organisations need no audited accounts by law. At or above the threshold you may "
        "ask only those who must have them (Procurement Act 2023, s.22: check before relying on "
        "it)."
    ),
    Warn.MANY_ACCOUNTS: _("More than two years of accounts shut out young organisations."),
    Warn.MANY_DOCUMENTS: _("More than six documents: ask for most of them from the winner."),
    Warn.NO_LIMIT: _("No answer has a limit. Say how many words, or bids grow without end."),
}
# The Procurement Act's rules are no rules of the health regime.
_PROPORTION: Final = _(
    "What is asked of providers is in proportion to what is bought (SI 2023/1348 reg.19 and "
    "Schedule 16: check before relying on it)."
)
OF_HEALTH: Final[dict[Warn, tuple[Text, ...]]] = {
    Warn.INSURANCE_BEFORE_AWARD: (
        _(
            "Insurance before the award makes everybody buy it, those who are not chosen too. Ask "
            "for it from whoever is."
        ),
        _PROPORTION,
    ),
    Warn.AUDITED_ACCOUNTS: (
        _("Small organisations need no audited accounts by law."),
        _PROPORTION,
    ),
    Warn.COSTS_MUCH_OF_ITS_VALUE: (
        _("Answering costs a provider more than a hundredth of what it could win. Ask for less."),
    ),
    Warn.ALL_BIDS_COST_MUCH: (
        _("All answers together cost more than a twentieth of the value. Ask for less."),
    ),
    Warn.SHORT_FOR_THE_WORK: (
        _(
            "Answering takes more than a working week for less than two years. Ask for less, or "
            "let it run longer."
        ),
    ),
}
# Nothing is bought by a grant, so the Procurement Act's rules are none of it.
OF_GRANTS: Final[dict[Warn, tuple[Text, ...]]] = {
    Warn.COSTS_MUCH_OF_ITS_VALUE: (
        _(
            "One application costs whoever writes it more than a hundredth of what it could get. "
            "Ask for less."
        ),
    ),
    Warn.ALL_BIDS_COST_MUCH: (
        _(
            "All applications together cost more than a twentieth of the value. Ask for less, or "
            "fewer to apply in full."
        ),
    ),
    Warn.SHORT_FOR_THE_WORK: (
        _(
            "Applying takes more than a working week for less than two years. Ask for less, or "
            "let the project run longer."
        ),
    ),
    Warn.INSURANCE_BEFORE_AWARD: (
        _(
            "Insurance before the grant is given makes everybody pay for it, those who get nothing "
            "too. Make it one of the grant's conditions."
        ),
    ),
    Warn.AUDITED_ACCOUNTS: (_("Small organisations need no audited accounts by law."),),
    Warn.MANY_DOCUMENTS: (
        _("More than six documents: ask for most of them from those who get a grant."),
    ),
    Warn.NO_LIMIT: (
        _("No answer has a limit. Say how many words, or applications grow without end."),
    ),
}


@dataclass(frozen=True, slots=True)
class Flagged:
    """A criterion and what in it asks where somebody sits."""

    criterion: Criterion
    flags: Sequence[Flag]


class Reading:
    """The criteria of a set and what follows from them. Five queries at most."""

    def __init__(self, held: CriteriaSet) -> None:
        self.held = held

    @cached_property
    def rows(self) -> list[Criterion]:
        """All criteria and parts, in order."""
        return list(self.held.criteria.all())

    @cached_property
    def tops(self) -> list[tuple[Criterion, list[Criterion]]]:
        """Each criterion with its parts."""
        return [
            (one, [part for part in self.rows if part.parent_id == one.pk])
            for one in self.rows
            if one.parent_id is None
        ]

    @property
    def leaves(self) -> list[Criterion]:
        """What is scored: parts, and criteria that have none."""
        return [leaf for one, parts in self.tops for leaf in (parts or [one])]

    @property
    def named(self) -> list[tuple[str, Criterion]]:
        """What is scored, each by its whole name: a part stands behind what it is a part of."""
        return [
            (f"{one.title}: {leaf.title}" if parts else one.title, leaf)
            for one, parts in self.tops
            for leaf in (parts or [one])
        ]

    @property
    def total(self) -> Decimal:
        """What the criteria weigh together."""
        return sum((one.weight for one, _parts in self.tops), Decimal(0))

    @property
    def left(self) -> Decimal:
        """What is missing to 100; below nothing where it is too much."""
        return HUNDRED - self.total

    @property
    def uneven(self) -> list[Criterion]:
        """Criteria whose parts do not make their weight."""
        return [
            one
            for one, parts in self.tops
            if parts and sum(part.weight for part in parts) != one.weight
        ]

    @property
    def weighed(self) -> list[Weighed]:
        """For the reckoning."""
        return [
            Weighed(str(one.pk), one.title, one.weight, one.is_price, one.minimum)
            for one in self.leaves
            if one.weight
        ]

    @property
    def method(self) -> PriceMethod:
        """How a price becomes points."""
        return PriceMethod(self.held.price_method)

    @cached_property
    def area_names(self) -> list[str]:
        """The place's own areas: naming one is looked at twice."""
        place = self.held.question.programme.place
        return [str(name) for name in place.areas.values_list("name", flat=True)]

    @cached_property
    def flagged(self) -> list[Flagged]:
        """Criteria that ask where somebody sits, or name an area."""
        places = [self.held.question.programme.place.name]
        found = [
            Flagged(one, find(f"{one.title}. {one.asks}. {one.judged}", self.area_names, places))
            for one in self.rows
        ]
        return [one for one in found if one.flags]

    @property
    def asked(self) -> Asked:
        """What each bidder is asked for."""
        held, value = self.held, self.held.question.net_of_everything
        return Asked(
            words=sum(one.words for one in self.leaves if one.weight),
            pages=held.more_pages,
            documents=held.documents,
            has_price=any(one.is_price for one in self.leaves),
            presentation=held.presentation,
            accounts_years=held.accounts_years,
            audited_accounts=held.audited_accounts,
            insurance_before_award=held.insurance_before_award,
            bidders=held.expected_bidders if held.chooses else 1,
            has_bids=held.has_bids,
            value=float(value) if value is not None else None,
            months=held.question.whole_length_months,
        )

    @property
    def hours(self) -> Hours:
        """What one bid takes."""
        return hours_of(self.asked)

    @property
    def warnings(self) -> list[Text]:
        """What is out of proportion, in words."""
        own = OF_HEALTH if self.held.is_health else OF_GRANTS if self.held.is_grant else {}
        said = [
            words for warn in warnings(self.asked) for words in own.get(warn, (WARNINGS[warn],))
        ]
        return list(dict.fromkeys(said))

    @property
    def burden(self) -> str:
        """How long it takes whoever has to answer."""
        return burden_of(self.held, self.hours.low, self.hours.high)

    @cached_property
    def law(self) -> list[str]:
        """What the health regime's process asks of criteria."""
        return law_of(self.held)

    @cached_property
    def conditions(self) -> list[Condition]:
        """The basic selection criteria."""
        return conditions_of(self.held)

    @cached_property
    def scale(self) -> dict[int, str]:
        """What each score means."""
        return scale_of(self.held)

    @cached_property
    def at_odds(self) -> str:
        """How what they are for stands against the route that the question goes by."""
        return at_odds(self.held)

    @property
    def _is_for_what_it_goes_by(self) -> bool:
        fit = fit_of(self.held.question)
        if fit.heading is None or self.held.what_for in fit.own:
            return True
        return self.held.what_for in fit.others and bool(self.held.why_other)

    @property
    def bidders_source(self) -> Text:
        """Where the number of bidders is from, while it is what the walk answered."""
        found = bidders_of(self.held.question)
        return found.source if found and found.likely == self.held.expected_bidders else ""

    def missing(self) -> list[Text]:
        """What still stands against making it final."""
        tests = [*self._of_criteria(), *self._of_price(), *self._of_the_health_regime()]
        tests += [
            (not self.held.chooses or self.held.tie_break, _("Say what breaks a tie.")),
            (self.held.judges.exists(), _("Say who judges.")),
        ]
        return [words for met, words in tests if not met]

    def _of_criteria(self) -> list[tuple[object, Text]]:
        stops = [flag.criterion.title for flag in self.flagged if any(f.stops for f in flag.flags)]
        return [
            (self._is_for_what_it_goes_by, _("Say again what they are for: %s") % self.at_odds),
            (self.rows, _("Add at least one criterion.")),
            (
                not self.left,
                _("The weights make %(total)s, not 100.")
                % {"total": f"{self.total.normalize():f}"},
            ),
            (
                not self.uneven,
                _("The parts do not make the weight of: %s.")
                % ", ".join(one.title for one in self.uneven),
            ),
            (all(one.judged for one in self.leaves), _("Say of each how it is judged.")),
            (
                all(self.scale.get(score) for score in range(TOP + 1)),
                _("Say what each score means, from 0 to %d.") % TOP,
            ),
            (not stops, _("Say without a whereabouts: %s.") % ", ".join(stops)),
        ]

    def _of_price(self) -> list[tuple[object, Text]]:
        """Of grants a price is no part; nobody who is not invited to bid names one."""
        if not self.held.has_price:
            return []
        given = self.held.price_method == CriteriaSet.PriceMethod.FIXED
        judged = any(one.is_price for one in self.rows)
        return [
            (
                given or judged,
                _("Say how price is judged: add a price criterion, or give the price."),
            ),
            (
                not (given and judged),
                _(
                    "The price is given, so it gets no marks: take the price criterion out, or say "
                    "how price is judged."
                ),
            ),
        ]

    def _of_the_health_regime(self) -> list[tuple[object, Text]]:
        held = self.held
        if not held.is_health:
            return []
        return [
            (held.importance, _("Say why each key criterion weighs what it weighs.")),
            (
                self.conditions,
                _("Say what a provider has to meet, without marks: the basic selection criteria."),
            ),
            (
                held.chooses or any(one.minimum for one in self.leaves),
                _("Say the least score that is a sufficient standard, of one criterion at least."),
            ),
        ]
