"""What each way of choosing costs and whom."""

from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from commissioning.ground.answers import Text
from commissioning.ground.money import money_text
from decisions.costs.costed import AS_IT_IS, SHARED, QuestionCosts
from decisions.costs.grounds import (
    Grounds,
    grounds_of,
    in_words,
    inputs_that_count,
    method,
    source_of,
)
from decisions.costs.labels import BOUGHT, BUYS, CHOSEN, CLOSED, PURSES, SEEN_BY
from decisions.costs.model.inputs import Unit
from decisions.costs.model.lines import When
from decisions.costs.model.rounding import Three
from decisions.costs.rows import RouteCost, SaidInput
from decisions.costs.rules import is_valued
from decisions.costs.said import others_parts, own_parts, price_in_words, told_lines
from decisions.questions.closed import FORMS
from decisions.records import blocks, pictures
from decisions.records.blocks import Block, Section
from decisions.records.models import Decision
from decisions.records.sections.of_the_kind import is_of_the_kind
from decisions.records.sections.walk import rests_on

MOST_BARS: Final = 8  # a picture of more says less; the table has them all
FEW_HOURS: Final = 10


def costs(decision: Decision) -> Section | None:
    """Every route: those that are open, best first, then what was compared and the closed ones
    that are for things of this kind. One that is left out is named."""
    question = decision.question
    title = _("What each way of choosing costs, and whom")
    valued = is_valued(question)
    if not valued:
        return blocks.section("costs", title, blocks.text(valued.reason))
    costed = QuestionCosts(question)
    compared = costed.compare(_routes(decision, costed))
    return blocks.section(
        "costs",
        title,
        blocks.text(
            _(
                "Estimates, in round figures, of what it takes to choose and to look after what "
                "was chosen: on top of what the thing itself is worth. The authority's cash and "
                "staff time, other people's time, and the wait of those who need help are three "
                "purses and are not added up."
            )
        ),
        pictures.bars(_that_fit(decision, compared), _marks(decision, compared)),
        blocks.table(
            _("Costs of every route"),
            [
                _("Route"),
                _("The authority: cash and staff time"),
                _("of which looking after it while it runs"),
                _("Other people's time"),
                _("of which borne by those who get nothing"),
                _("How long it takes"),
            ],
            [_row(one, decision) for one in compared],
        ),
        *_uncounted(compared),
        *_who_waits(costed, compared, decision),
        blocks.text(_nothing_now(costed)),
        blocks.text(_("What competition buys stands against that, route by route.")),
        blocks.table(
            _("What each route buys beside its cost, and whether its price pays the provider"),
            [_("Route"), *BUYS.values(), _("Does the price pay the provider's true cost?")],
            [
                (
                    _name(one, decision),
                    *(BOUGHT[one.route.buys[key]][0] for key in BUYS),
                    price_in_words(one, question.who_buys.name, _amount),
                )
                for one in compared
                if one.key == decision.way_chosen or not _is_closed(one, decision)
            ],
        ),
        blocks.text(str(SEEN_BY)),
        blocks.text(_decided(costed)),
        *_chosen(decision, costed),
        blocks.text(_in_parts(decision)),
        blocks.heading(_("Where these figures come from")),
        blocks.text(_grounds(decision, costed)),
        blocks.text(method()),
        _reported(decision, costed),
        *_not_costed(decision, costed, compared),
    )


def inputs(decision: Decision) -> Section | None:
    """What the chosen route's costs were worked out from, each with its source."""
    costed = QuestionCosts(decision.question)
    if not is_valued(decision.question) or not costed.is_costed(decision.way_chosen):
        return None
    rows = [
        (
            _input_name(one, decision),
            *(_point(point, one.unit) for point in one.shown),
            source_of(one),
        )
        for one in inputs_that_count(costed, decision.way_chosen)
    ]
    return blocks.section(
        "cost_inputs",
        _("What the costs of the chosen route were worked out from"),
        blocks.table(
            _("Inputs of %s") % costed.name_of(decision.way_chosen),
            [_("Input"), _("Low"), _("Likely"), _("High"), _("Where it comes from")],
            rows,
        ),
    )


def _point(value: float, unit: Unit) -> str:
    """Of an estimate of hours no part of an hour is said, but where there are few."""
    whole = unit in {Unit.HOURS, Unit.HOURS_A_YEAR} and value >= FEW_HOURS
    return f"{round(value)}" if whole else f"{value:g}"


def _input_name(one: SaidInput, decision: Decision) -> str:
    """Of the purchase that follows a pilot it is said that it is the purchase's."""
    if one.route in {SHARED, decision.way_chosen}:
        return f"{one.name} ({one.unit_name})"
    return _("The purchase that follows: %s") % f"{one.name} ({one.unit_name})"


def _who_waits(
    costed: QuestionCosts, compared: list[RouteCost], decision: Decision
) -> list[Block | None]:
    """Of the chosen route, of letting it end and of what comes too late, where it is open: in
    words, since waiting is people's time."""
    told = [
        one
        for one in compared
        if one.key == decision.way_chosen
        or costed.lets_end(one.key)
        or (one.waits.is_too_late and not _is_closed(one, decision))
    ]
    return [blocks.items(f"{_name(one, decision)}: {one.waits.words}" for one in told)]


def _chosen(decision: Decision, costed: QuestionCosts) -> list[Block | None]:
    """The chosen route line by line, with its cash."""
    if not costed.is_costed(decision.way_chosen):
        return []
    (one,) = costed.compare([decision.way_chosen])
    figures, lines = one.costed.figures, told_lines(costed, decision.way_chosen)
    rows: list[tuple[object, ...]] = []
    for purse, total in (("authority", figures.authority), ("others", figures.others)):
        mine = [line for line in lines if line.is_of_others == (purse == "others")]
        rows += [(line.name, line.stage, line.bearer, _pounds(line.cell.worth)) for line in mine]
        if mine:
            rows.append((PURSES[purse], _("Altogether"), "", _pounds(total)))
    cash = {"cash": _middle(figures.cash), "authority": _middle(figures.authority)}
    return [
        blocks.table(
            _("The chosen route, line by line; each figure is rounded by itself"),
            [_("What"), _("When"), _("Who bears it"), _("How much")],
            rows,
        ),
        blocks.text(
            _(
                "Of the authority's %(authority)s, %(cash)s is cash, with the chance of a legal "
                "challenge in it on average; the rest is the time of staff who are paid already."
            )
            % cash
        ),
    ]


def _decided(costed: QuestionCosts) -> str:
    """Of another amount than was asked for, the check of the price is on the one decided."""
    decided = costed.paid.decided
    if decided is None or decided == costed.frame.value:
        return ""
    return _("The price is held against the provider's true cost on the %s that was decided.") % (
        _amount(decided)
    )


def _in_parts(decision: Decision) -> str:
    """The model has one agreement: of lots there are several to get ready for and look after."""
    if decision.form != "lots":
        return ""
    return _(
        "It is costed as one agreement. In lots there is more than one to bid for, to get ready "
        "for, to look after and to report on, and that is not counted here."
    )


def _grounds(decision: Decision, costed: QuestionCosts) -> str:
    if not decision.way_chosen:
        return _("No route is chosen yet.")
    if not costed.is_costed(decision.way_chosen):
        return _("The chosen route is not costed.")
    where = _("Each stands with its source at the end of this record.")
    return f"{in_words(grounds_of(costed, decision.way_chosen))} {where}"


def _by_defaults(found: Grounds) -> str:
    if found.judged == found.all:
        return _("An estimate, all of it from defaults not checked here.")
    if found.judged * 2 > found.all:
        return _("An estimate, mostly from defaults not checked here.")
    return _("An estimate.")


def in_a_sentence(decision: Decision) -> str:
    """What the chosen route costs each purse, for the first page; nothing where it is not known."""
    costed = QuestionCosts(decision.question)
    if not is_valued(decision.question) or not costed.is_costed(decision.way_chosen):
        return ""
    (one,) = costed.compare([decision.way_chosen])
    if costed.lets_end(one.key):
        return one.waits.words
    figures, found = one.costed.figures, grounds_of(costed, one.key)
    return f"{_by_defaults(found)} " + _(
        "The authority %(authority)s in cash and staff time (%(ours)s). Other people "
        "%(others)s of their time (%(theirs)s)."
    ) % {
        "authority": _middle(figures.authority),
        "ours": own_parts(one, _amount),
        "others": _middle(figures.others),
        "theirs": others_parts(one, _amount),
    }


def _amount(value: float) -> str:
    return money_text(Decimal(str(round(value, 2))))


def _middle(three: Three) -> str:
    return _amount(three.middle)


def _routes(decision: Decision, costed: QuestionCosts) -> list[str]:
    """The open routes as the walk ranked them, then those that are closed or were not ranked; of
    the closed ones those that somebody picked, or that are for things of this kind.

    Choosing one of them moves none: the chosen one is marked where it stands.
    """
    ranked = _ranked(decision)
    opened = [row["option"] for row in ranked if row["standing"] != "excluded"]
    rest = [*costed.chosen, *(key for key in _closed(ranked) if is_of_the_kind(decision, key))]
    wanted = opened
    if FORMS.get(decision.way_chosen, decision.way_chosen) not in opened:
        wanted = [decision.way_chosen, *opened]
    elif decision.way_chosen not in opened:
        place = opened.index(FORMS[decision.way_chosen])
        wanted = [*opened[:place], decision.way_chosen, *opened[place:]]
    return [key for key in dict.fromkeys([*wanted, *rest]) if key]


def _that_fit(decision: Decision, compared: list[RouteCost]) -> list[RouteCost]:
    """As many as a picture holds, and the chosen one always."""
    fit = compared[:MOST_BARS]
    chosen = [one for one in compared if one.key == decision.way_chosen]
    return fit if not chosen or chosen[0] in fit else [*fit[:-1], *chosen]


def _marks(decision: Decision, compared: list[RouteCost]) -> dict[str, Text]:
    closed: dict[str, Text] = {one.key: CLOSED for one in compared if _is_closed(one, decision)}
    return closed | {decision.way_chosen: CHOSEN}


def _ranked(decision: Decision) -> list[dict[str, Any]]:
    """The routes as the walk ranked them; its result is kept with the question, once asked for."""
    found = rests_on(decision.question)
    return list((found.result or {})["ranked"]) if found else []


def _is_closed(one: RouteCost, decision: Decision) -> bool:
    return any(
        row["option"] == one.key and row["standing"] == "excluded" for row in _ranked(decision)
    )


def _nothing_now(costed: QuestionCosts) -> str:
    """To go on as it is is no way to get what nobody does: that it is left out is said."""
    if not costed.nothing_now:
        return ""
    return _(
        "There is nothing now. So “Change nothing” is not costed: nobody would be served by it; "
        "and no way is charged with taking over from somebody."
    )


def _closed(ranked: list[dict[str, Any]]) -> list[str]:
    return [row["option"] for row in ranked if row["standing"] == "excluded"]


def _not_costed(
    decision: Decision, costed: QuestionCosts, compared: list[RouteCost]
) -> list[Block | None]:
    """A route that has no figures is named, not left out in silence: the model has no lines for
    it, or it is for things of another kind."""
    keys = {one.key for one in compared}
    if costed.nothing_now:
        keys |= AS_IT_IS
    left = [row for row in _ranked(decision) if row["option"] not in keys]
    other = [row for row in left if not is_of_the_kind(decision, row["option"])]
    return [
        blocks.note(words % "; ".join(row["title"] for row in rows))
        for words, rows in (
            (_("Not costed, since they are not for a thing of this kind: %s."), other),
            (_("Not costed: %s."), [row for row in left if row not in other]),
        )
        if rows
    ]


def _uncounted(compared: list[RouteCost]) -> list[Block | None]:
    """What a way takes that is in none of the figures above."""
    return [blocks.note(f"{one.name}: {one.uncounted}") for one in compared if one.uncounted]


def _reported(decision: Decision, costed: QuestionCosts) -> Block:
    """What organisations here told, and of which ways: none of it is passed off as this one's."""
    told = sorted((str(costed.name_of(key)), len(hours)) for key, hours in costed.reports.items())
    if not told:
        return blocks.note(
            _("Fewer than five organisations here have said what it took them to bid or apply.")
        )
    said = "; ".join(f"{name} ({number})" for name, number in told)
    if decision.way_chosen in costed.reports:
        return blocks.note(
            _("Organisations here have told what it took them to bid or apply: %s.") % said
        )
    return blocks.note(
        _(
            "Organisations here have told what it took them to bid or apply for other ways, and "
            "none of it is in the figures of the chosen one: %s."
        )
        % said
    )


def _name(one: RouteCost, decision: Decision) -> str:
    """Of a closed route it is said that it is costed only to compare: nobody may choose it."""
    if one.key == decision.way_chosen:
        return _("%s (chosen)") % one.name
    if _is_closed(one, decision):
        return _("%s (closed here: costed only to compare)") % one.name
    return str(one.name)


def _row(one: RouteCost, decision: Decision) -> tuple[str, ...]:
    figures = one.costed.figures
    return (
        _name(one, decision),
        _pounds(figures.authority),
        _pounds(figures.authority_when[When.RUNNING]),
        _pounds(figures.others),
        _pounds(figures.losers),
        one.waits.short,
    )


def _pounds(three: Three) -> str:
    low, middle, high = (
        money_text(Decimal(str(round(point, 2)))) for point in (three.low, three.middle, three.high)
    )
    if low == high:
        return middle
    return _("%(middle)s (%(low)s to %(high)s)") % {"middle": middle, "low": low, "high": high}
