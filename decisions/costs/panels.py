"""What choosing costs, on a question's page and below every question of a walk."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.ground.answers import Text
from commissioning.programmes.rules import Person
from decisions.costs import rules
from decisions.costs.costed import USUAL, QuestionCosts
from decisions.costs.model.lines import When
from decisions.costs.paid import BUYS_NOTHING
from decisions.costs.picture import bars
from decisions.costs.rows import RouteCost
from decisions.costs.said import own_parts
from decisions.costs.templatetags.costs import pounds
from decisions.costs.views.common import url_of
from decisions.questions.closed import FORMS, is_being_walked
from decisions.questions.heading import answers_so_far, heading_of
from decisions.questions.models import Question
from decisions.questions.panels import (
    ChoicePanel,
    Panel,
    QuestionPanel,
    choice_panels,
    question_panels,
)

TEMPLATE: Final = "decisions/costs/panel.html"
# A picture of more says less.
MOST_BARS: Final = 6
OF_THE_HEALTH_REGIME: Final = "health_"
THE_HEALTH_REGIME: Final = "health_regime"
OF_THE_ACT: Final = "open_competition"
# It is open only to those that somebody has put on it, which no walk can know.
FRAMEWORK: Final = "framework"
# Where choosing takes more than this share of what the thing itself is worth, a result says so.
# The share is said to the next twentieth, since the sums are estimates.
DEAR_SHARE: Final = 0.25
STEPS: Final = 20


def on_question(question: Question, user: Person) -> Panel | None:
    """The bars, or why there are none yet."""
    gate = rules.may_read(question)
    if not gate:
        return Panel(locked=gate.reason)
    valued = rules.is_valued(question)
    if not valued:
        return Panel(locked=valued.reason)
    if heading_of(question) is None and is_being_walked(question):
        return Panel(
            lead=_(
                "A walk is being answered. Which ways are open, and what each of them costs, "
                "shows on its result: nobody answers with an eye on it."
            ),
            actions=[(_("Compare what each way costs"), url_of("compare", question))],
        )
    return Panel(
        lead=_("Every way is costed alike, grants and doing it in-house too."),
        actions=[(_("Compare what each way costs"), url_of("compare", question))],
        template="decisions/costs/question_panel.html",
        context=_on_question(QuestionCosts(question)),
    )


def below_choice(
    question: Question, user: Person, open_routes: Sequence[str]
) -> dict[str, Any] | None:
    """The bars of the ways that are still open, best first; else of those that are compared."""
    if not (rules.may_read(question) and rules.is_valued(question)):
        return None
    costs = QuestionCosts(question)
    return _picture(costs, open_routes) | {
        "of_the_first": partial(beside_the_least, costs, open_routes),
        "of_each": partial(dear_to_choose, costs, open_routes),
    }


def dear_to_choose(costs: QuestionCosts, open_routes: Sequence[str]) -> dict[str, tuple[bool, str]]:
    """Of each open route that is dear to choose, beside what the thing itself is worth: whether it
    takes more than the thing, and a sentence. Each purse is held against it alone."""
    value = costs.frame.value
    if value <= 0:
        return {}
    ways = [key for key in open_routes if not (key in BUYS_NOTHING or costs.lets_end(key))]
    known = {one.key: one for one in costs.compare(ways or [""])}
    found = {}
    for key in (key for key in ways if key in known):
        if told := _dear(costs, known[key], value):
            forms = [known[form] for form, way in FORMS.items() if way == key and form in known]
            found[key] = _but_for_a_form(costs, told, forms, value)
    return found


def _but_for_a_form(
    costs: QuestionCosts, told: tuple[bool, str], forms: Sequence[RouteCost], value: float
) -> tuple[bool, str]:
    """A route takes more to choose than the thing is worth only where each of its forms does."""
    less = [one for one in forms if (dear := _dear(costs, one, value)) is None or not dear[0]]
    if not told[0] or not less:
        return told
    words = _("That is by a call. As “%(name)s” it would take %(sums)s.")
    one = less[0]
    return False, f"{told[1]} " + words % {"name": one.name, "sums": _to_choose(costs, one)}


def _dear(costs: QuestionCosts, one: RouteCost, value: float) -> tuple[bool, str] | None:
    """None where neither purse is much beside the value; the two are never added up."""
    ours, theirs = _choosing(one)
    words: dict[str, object] = {
        "ours": pounds(ours, costs.question.programme),
        "theirs": pounds(theirs, costs.question.programme),
        "value": pounds(value, costs.question.programme),
        "who": costs.question.who_buys.name,
    }
    said = []
    if ours > value:
        said.append(_more_than_it(one) % words)
    elif ours > value * DEAR_SHARE:
        words["share"] = _in_hundredths(ours / value)
        said.append(
            _(
                "To choose this way takes about %(ours)s of the cash and time of %(who)s: about "
                "%(share)d%% of the %(value)s itself."
            )
            % words
        )
    if theirs > value:
        said.append(
            _(
                "Other people's time in the choosing alone is worth about %(theirs)s: more than "
                "the %(value)s itself."
            )
            % words
        )
    return (max(ours, theirs) > value, " ".join(said)) if said else None


def _more_than_it(one: RouteCost) -> str:
    """A grant is given; whatever is bought is worth its price."""
    if one.route.is_grant:
        return _(
            "It would cost more to choose than to give: about %(ours)s of the cash and time of "
            "%(who)s, more than the %(value)s itself."
        )
    return _(
        "It would cost more to choose than it is worth: about %(ours)s of the cash and time of "
        "%(who)s, more than the %(value)s itself."
    )


def _choosing(one: RouteCost) -> tuple[float, float]:
    """What choosing takes of the body that buys, and of other people."""
    figures = one.costed.figures
    return (
        figures.authority_when[When.CHOOSING].middle,
        figures.others_when[When.CHOOSING].middle,
    )


def _to_choose(costs: QuestionCosts, one: RouteCost) -> str:
    ours, theirs = (pounds(each, costs.question.programme) for each in _choosing(one))
    words = {"ours": ours, "theirs": theirs, "who": costs.question.who_buys.name}
    return _("about %(ours)s of %(who)s and %(theirs)s of other people's") % words


def _in_hundredths(share: float) -> int:
    """To the nearest twentieth; what is less than all of it is never said to be all."""
    return min(round(share * STEPS), STEPS - 1) * 100 // STEPS


def beside_the_least(
    costs: QuestionCosts, open_routes: Sequence[str], own_rules: Mapping[str, str]
) -> str:
    """What the first open route costs the body that buys, beside the least costly open one.

    Every open route is looked at, and those of the comparison; "" where the first is not costed.
    ``own_rules``: by route, what the body's own rules say of it, which stands with the least.
    """
    first = open_routes[0] if open_routes else ""
    open_routes = [key for key in open_routes if costs.is_costed(key)]
    every = costs.compare(dict.fromkeys([first, *costs.chosen, *open_routes]))
    known = {one.key: one for one in every}
    if first not in known:
        return ""
    ways = {key: one for key, one in known.items() if not costs.lets_end(key)}
    if first not in ways:
        return _let_end(known[first])
    return " ".join(
        [
            *_what_it_costs(costs, ways[first]),
            *_beside(costs, first, ways, open_routes, own_rules),
        ]
    )


def _let_end(one: RouteCost) -> str:
    return _("It is no way to get it: the present arrangement ends. %(waits)s") % {
        "waits": one.waits.words
    }


def _what_it_costs(costs: QuestionCosts, one: RouteCost) -> list[str]:
    """An estimate of the choosing, and of looking after it: never of the thing itself."""

    def shown(value: float) -> str:
        return pounds(value, costs.question.programme)

    words = {
        "who": costs.question.who_buys.name,
        "sum": shown(one.costed.figures.authority.middle),
        "value": shown(costs.frame.value),
        "parts": own_parts(one, shown),
    }
    if costs.paid.pays_nobody(one.key):
        said = _(
            "An estimate: to settle on this way and look after it takes %(who)s about %(sum)s of "
            "cash and staff time (%(parts)s). Nothing is bought or given."
        )
    else:
        said = _(
            "An estimate: to choose this way and look after it takes %(who)s about %(sum)s of "
            "cash and staff time, on top of the %(value)s that it is worth (%(parts)s)."
        )
    return [said % words]


def _beside(
    costs: QuestionCosts,
    first: str,
    ways: Mapping[str, RouteCost],
    open_routes: Sequence[str],
    own_rules: Mapping[str, str],
) -> list[str]:
    """How that stands beside the other ways that were costed, of those by which it is paid for."""
    sums = {
        key: one.costed.figures.authority.middle
        for key, one in ways.items()
        if not costs.paid.pays_nobody(key)
    }
    if len(sums) < 2 or first not in sums:
        return []
    measured = [key for key in open_routes if key in sums and key not in _not_there(costs)]
    least = min(measured or [first], key=lambda key: sums[key])
    uncounted = _uncounted(costs, ways, open_routes)
    asked = [own_rules[least]] if least in own_rules else []
    if sums[first] <= sums[least]:
        return [_("No other possible way costs it less."), *uncounted]
    words = {
        "count": len(sums),
        "name": ways[least].name,
        "least": pounds(sums[least], costs.question.programme),
    }
    beside = (
        _("The least costly possible way is “%(name)s”, where one is open, at about %(least)s.")
        if least == FRAMEWORK
        else _("The least costly possible way is “%(name)s”, at about %(least)s.")
    ) % words
    if sums[first] >= max(sums.values()):
        return [
            _("It is the dearest of the %(count)d that were costed.") % words,
            beside,
            *asked,
            *uncounted,
        ]
    return [beside, *asked, *uncounted]


def _not_there(costs: QuestionCosts) -> frozenset[str]:
    """A framework that would have to be set up first is no cheap way."""
    said = answers_so_far(costs.question).get("framework_available")
    return frozenset({FRAMEWORK}) if said == "no" else frozenset()


def _uncounted(
    costs: QuestionCosts, ways: Mapping[str, RouteCost], open_routes: Sequence[str]
) -> list[str]:
    """Open ways that are no measure of the others: nobody is served, or nobody is paid for it."""
    said = []
    if any(costs.lets_end(key) for key in open_routes):
        said.append(_("To let it end is no way of serving anybody, and not counted here."))
    free = [
        f"“{ways[key].name}”" for key in open_routes if key in ways and costs.paid.pays_nobody(key)
    ]
    if free:
        said.append(
            _("Not compared here, since nobody is paid for doing it: %s.") % "; ".join(free)
        )
    return said


def _on_question(costs: QuestionCosts) -> dict[str, Any]:
    return _picture(costs, [], costs.marks)


def _picture(
    costs: QuestionCosts, open_routes: Sequence[str], marks: Mapping[str, Text] | None = None
) -> dict[str, Any]:
    known = [route for route in open_routes if costs.is_costed(route)]
    chosen = costs.chosen or [key for key in USUAL if costs.is_costed(key)]
    # Those that the place compares come first, so that its own figures are what is seen; and with
    # them what only the walk's own regime has, which nobody compares by habit.
    own = [route for route in known if _is_of_the_health_regime(route, known)][:MOST_BARS]
    own = own or known[:1]  # and what stands first, whether anybody picked it or not
    shown = [route for route in known if route in chosen or route in own]
    shown = [*own, *(one for one in shown if one not in own)] or known or chosen
    return {
        "bars": bars(costs.compare(_that_fit(costs, shown)), marks or {}),
        "question": costs.question,
        "programme": costs.question.programme,
        "nothing_now": costs.nothing_now,
    }


def _is_of_the_health_regime(route: str, known: Sequence[str]) -> bool:
    """One of its processes; the general tree's one word for them only once the Act is ruled out."""
    if route == THE_HEALTH_REGIME:
        return OF_THE_ACT not in known
    return route.startswith(OF_THE_HEALTH_REGIME)


def _that_fit(costs: QuestionCosts, shown: Sequence[str]) -> list[str]:
    """As many as a picture holds; the way that the question is heading for is never left out."""
    fit, heading = list(shown[:MOST_BARS]), heading_of(costs.question)
    if heading is not None and heading.route in shown and heading.route not in fit:
        fit[-1] = heading.route
    return fit


def register() -> None:
    """Fill the registries; called when the application is ready."""
    question_panels.register(
        "costs", QuestionPanel(gettext_lazy("What choosing costs"), on_question, order=40)
    )
    choice_panels.register("costs", ChoicePanel(TEMPLATE, below_choice))
