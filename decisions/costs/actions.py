"""The write door of costs: begun, changed, kept as a version; surveys of what bidding took."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.design.revisions import Stood, hold
from commissioning.ground.answers import Invalid, require
from commissioning.ground.digests import (
    canonical_json,
    derived_token,
    sha256_hex,
    token_digest,
)
from commissioning.ground.locks import lock
from commissioning.people.models import User
from commissioning.programmes.history import record
from decisions.costs import rules, stands
from decisions.costs.costed import PRICE_SHARE, SHARED, USUAL, QuestionCosts
from decisions.costs.labels import INPUT_NAMES, ROUTES
from decisions.costs.model.content import content
from decisions.costs.model.inputs import (
    INPUTS,
    ROUTE_INPUTS,
    SHARED_INPUTS,
    InvalidInputs,
    check_route,
)
from decisions.costs.models import (
    BidLink,
    BidReport,
    BidSurvey,
    CostInput,
    CostModel,
    CostVersion,
)
from decisions.costs.snapshots import snapshot
from decisions.questions.actions import lock_question
from decisions.questions.models import Question

SURVEY_LINK = "costs.bid link"
MOST_LINKS = 60


@dataclass(frozen=True, slots=True)
class Points:
    """Three points as somebody typed them, in the input's own unit (shares between 0 and 1)."""

    low: Decimal
    likely: Decimal
    high: Decimal


# The model -----------------------------------------------------------------------------------


@transaction.atomic
def begin_costs(user: User, question: Question) -> CostModel:
    """The question's model; made with the usual routes where there is none."""
    question = lock_question(question.pk)
    require(rules.may_change(user, question))
    uses = content().uses
    model, made = CostModel.objects.get_or_create(
        question=question,
        defaults={
            "routes": list(USUAL),
            "facilitation_day": Decimal(str(uses.facilitation_day)),
            "citizen_hour": Decimal(str(uses.citizen_hour)),
            "small_grant": Decimal(str(uses.small_grant)),
            "made_by": user,
        },
    )
    if made:
        record(question.programme, user, f"began to cost the ways to answer “{question.title}”")
    return model


@transaction.atomic
def choose_routes(
    user: User, question: Question, routes: Sequence[str], *, stood: Stood = None
) -> CostModel:
    """Which routes are compared, in the order of the list. Change nothing is always among them.

    ``stood``, here and below: what the form behind it was held against.
    """
    _hold(question, stood, stands.routes_of)
    model = begin_costs(user, question)
    known = [key for key in ROUTES if key in {*routes, "change_nothing"}]
    if len(known) < 2:
        raise Invalid(_("Choose at least one other way, or there is nothing to compare."), "routes")
    model.routes = known
    model.save(update_fields=["routes"])
    return model


@transaction.atomic
def set_uses(
    user: User,
    question: Question,
    facilitation_day: Decimal,
    citizen_hour: Decimal,
    small_grant: Decimal,
    *,
    stood: Stood = None,
) -> CostModel:
    """What a pound of the buying body's cash would buy instead."""
    _hold(question, stood, stands.uses_of)
    model = begin_costs(user, question)
    model.facilitation_day = facilitation_day
    model.citizen_hour = citizen_hour
    model.small_grant = small_grant
    model.save(update_fields=["facilitation_day", "citizen_hour", "small_grant"])
    return model


@transaction.atomic
def say_inputs(
    user: User,
    question: Question,
    route: str,
    points: Mapping[str, Points],
    why: str,
    *,
    stood: Stood = None,
) -> None:
    """The place's own figures for some inputs of a route (or shared), and where they come from.

    An input whose points are those of the default goes back to the default.
    """
    model = begin_costs(user, question)
    allowed = SHARED_INPUTS if route == SHARED else (*ROUTE_INPUTS, PRICE_SHARE)
    if route != SHARED and route not in content().routes:
        raise Invalid(_("There is no such way of choosing."))
    if not why.strip():
        raise Invalid(_("Say where the figures come from: everybody can read it."), "why")
    if any(key not in allowed for key in points):
        raise Invalid(_("That figure does not belong here."))
    costs = QuestionCosts(model.question)
    if stood:
        hold(stood, _stands(costs, route, points))
    changed = [key for key in points if _say(user, model, costs, route, key, points[key], why)]
    _check(QuestionCosts(model.question), route)
    if changed:
        names = ", ".join(str(INPUT_NAMES[key]) for key in changed)
        where = ROUTES.get(route, _("all ways"))
        record(
            model.question.programme,
            user,
            f"changed what “{where}” is costed from: {names}",
            reason=why,
        )


def _hold(
    question: Question, stood: Stood, now: Callable[[QuestionCosts], Mapping[str, Any]]
) -> None:
    """Before there is a model, too: what was shown then is what stands without one."""
    if stood:
        hold(stood, now(QuestionCosts(lock_question(question.pk))))


def _stands(costs: QuestionCosts, route: str, points: Mapping[str, Points]) -> Mapping[str, Any]:
    if PRICE_SHARE in points:
        return stands.price_of(costs, route)
    return stands.points_of(stands.inputs_of(costs, route))


def _say(
    user: User,
    model: CostModel,
    costs: QuestionCosts,
    route: str,
    key: str,
    points: Points,
    why: str,
) -> bool:
    """Keep one input. True if it is another than before."""
    if not 0 <= points.low <= points.likely <= points.high:
        raise Invalid(_("The low figure comes first, then the likely, then the high."), key)
    own = costs.own.get((route, key))
    if key != PRICE_SHARE:
        now = costs.said(key, route).estimate
        same = (now.low, now.likely, now.high) == tuple(
            float(point) for point in (points.low, points.likely, points.high)
        )
        if same:
            return False
    values = {"low": points.low, "likely": points.likely, "high": points.high}
    # Of what the price pays, how it is known stands in its box and may be said better.
    as_known = own is not None and (key != PRICE_SHARE or own.why == why)
    if as_known and all(getattr(own, name) == value for name, value in values.items()):
        return False
    CostInput.objects.update_or_create(
        model=model, route=route, key=key, defaults={**values, "why": why, "by": user}
    )
    return True


@transaction.atomic
def forget_inputs(user: User, question: Question, route: str) -> None:
    """Go back to the defaults, and to what organisations reported."""
    model = begin_costs(user, question)
    gone, _by_table = model.inputs.filter(route=route).delete()
    if gone:
        where = ROUTES.get(route, _("all ways"))
        record(question.programme, user, f"went back to the defaults for “{where}”")


def _check(costs: QuestionCosts, route: str) -> None:
    """Refuse what cannot be, beside its field; where rates changed, every route is asked."""
    for key in costs.chosen if route == SHARED else [route]:
        try:
            check_route(costs.estimates(key), is_grant=costs.content.routes[key].is_grant)
        except InvalidInputs as error:
            field = error.key if error.key in INPUTS else None
            raise Invalid(str(error), field) from error


@transaction.atomic
def keep_version(user: User, question: Question, what_changed: str) -> CostVersion:
    """Keep the model with its figures as they are now, for good."""
    model = begin_costs(user, question)
    if not what_changed.strip():
        raise Invalid(_("Say what changed since the last version, and why."), "what_changed")
    require(rules.is_valued(model.question))
    held = snapshot(QuestionCosts(model.question))
    last = model.versions.first()
    version = CostVersion.objects.create(
        model=model,
        number=(last.number if last else 0) + 1,
        by=user,
        what_changed=what_changed,
        content=held,
        digest=sha256_hex(canonical_json(held)),
    )
    record(
        question.programme,
        user,
        f"kept version {version.number} of the costs of “{question.title}”",
        reason=what_changed,
    )
    return version


# What bidding took ---------------------------------------------------------------------------


@transaction.atomic
def make_survey(user: User, question: Question, title: str, route: str, links: int) -> BidSurvey:
    """A survey with one link for each bidder, those who lost first of all."""
    require(rules.may_survey(user, question))
    if route not in content().routes:
        raise Invalid(_("There is no such way of choosing."), "route")
    survey = BidSurvey.objects.create(question=question, title=title, route=route, made_by=user)
    _add_links(survey, links)
    record(question.programme, user, f"asks those who bid what it took them: {title}")
    return survey


@transaction.atomic
def add_links(user: User, survey: BidSurvey, links: int) -> None:
    """More links, for bidders who were forgotten."""
    lock(f"survey:{survey.pk}")
    require(rules.may_survey(user, survey.question) & rules.takes_answers(survey))
    _add_links(survey, links)


def _add_links(survey: BidSurvey, links: int) -> None:
    already = survey.links.count()
    if not 0 < links <= MOST_LINKS - already:
        raise Invalid(_("A survey has between 1 and %d links.") % MOST_LINKS, "links")
    made = [BidLink(survey=survey, number=already + place + 1) for place in range(links)]
    for link in made:
        link.token_digest = token_digest(link_token(link.pk))
    BidLink.objects.bulk_create(made)


def link_token(link_id: UUID) -> str:
    """The secret of a link: worked out when it is shown, never kept."""
    return derived_token(SURVEY_LINK, link_id)


@transaction.atomic
def close_survey(user: User, survey: BidSurvey) -> None:
    """No more answers; links stop working."""
    require(rules.may_survey(user, survey.question))
    BidSurvey.objects.filter(pk=survey.pk, closed_at__isnull=True).update(closed_at=timezone.now())


@transaction.atomic
def report_hours(link: BidLink, result: str, hours: Decimal, outlay: Decimal) -> None:
    """What one bidder says; the link is used up, and nothing says which link said what."""
    survey = BidSurvey.objects.select_related("question__programme").get(pk=link.survey_id)
    lock(f"reports:{survey.question.programme.place_id}:{survey.route}")
    link = BidLink.objects.select_for_update().get(pk=link.pk)
    require(rules.takes_answers(survey))
    if link.used_on is not None:
        raise Invalid(_("This link has been used. Thank you: your answer is counted."))
    place = survey.question.programme.place_id
    already = BidReport.objects.filter(
        survey__question__programme__place=place, survey__route=survey.route
    ).count()
    BidReport.objects.create(
        survey=survey, result=result, hours=hours, outlay=outlay, five=already // 5
    )
    link.used_on = timezone.localdate()
    link.save(update_fields=["used_on"])
