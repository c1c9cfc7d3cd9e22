"""What a decision still lacks, each as the section to go to and a sentence."""

import re
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.design.when import day
from decisions.criteria.base import at_odds
from decisions.criteria.models import CriteriaSet
from decisions.questions.conflicts import unknown_bodies
from decisions.records.before_it import power_not_confirmed, too_late_after
from decisions.records.binding import denied, still_to_do
from decisions.records.concerned import body_fits, duties_of
from decisions.records.deciders import may_have_decided, within_the_power
from decisions.records.freshness import out_of_date
from decisions.records.models import NAMED, Body, Decision
from decisions.records.posts import lower_first, posts_heard
from decisions.records.powers import names_a_law
from decisions.records.routes import name_of_route
from decisions.records.rules import KEY_BODIES, asks_why_not_key
from decisions.records.sections.walk import (
    answer_in_walk,
    equal_with,
    in_doubt,
    key_by_own_sum,
    recommended_by_walk,
    rests_on,
)
from decisions.records.small_assistance import met_before_it_is_known, other_year
from decisions.records.suggested import paragraph_of_another
from decisions.records.suggested_duties import no_longer_so
from decisions.records.talks import (
    DUTIES,
    TALKS,
    contradictions,
    met_by_nothing_written,
    sessions_nobody_judged,
)
from decisions.records.what_next import parted
from decisions.records.worked import not_met

Missing = tuple[str, str]
# What no officer is called.
_NAME_OF_A_BODY: Final = re.compile(r"^(the )?(cabinet|full council)\b", re.IGNORECASE)
# From so many on they are counted and not named: their page begins with all of them.
MANY_DUTIES = 4


def missing_to_consult(decision: Decision) -> list[Missing]:
    """What people need in front of them before they can comment."""
    found: list[Missing] = []
    if not decision.route:
        found.append(("route", _("Say which route you mean to recommend.")))
    if decision.form == NAMED and not decision.question.one_group:
        found.append(("route", _("Say which group the grant goes to.")))
    if decision.form == NAMED and not decision.no_call.strip():
        found.append(("route", _("Say why nobody else is asked.")))
    if not decision.summary.strip():
        found.append(("words", _("Say in plain words what would be decided.")))
    if not decision.reasons.strip():
        found.append(("words", _("Say why this way.")))
    return found


def missing_to_recommend(decision: Decision) -> list[Missing]:
    """What the body with the power needs in front of it.

    Officers' comments that were not given stop nothing; the record says so (ADR 0043).
    """
    return [
        *_power(decision),
        *missing_to_consult(decision),
        *(("route", sentence) for sentence in out_of_date(decision)),
        *_another_route(decision),
        *_publicity(decision),
        *_duties(decision),
        *_comments(decision),
    ]


def cautions(decision: Decision) -> list[str]:
    """What stops nothing, and is to be looked at first: so that nobody is surprised by it."""
    return [sentence for _kind, sentence in cautions_by_officer(decision)]


def cautions_by_officer(decision: Decision) -> list[tuple[str, str]]:
    """The same, each with what it is about: an officer's comments, early talks; "" for neither."""
    walked = rests_on(decision.question) is not None
    said = [] if walked else [_("No walk of a decision tree was finished for this question.")]
    said += unknown_bodies(decision.question)
    # What changes between the recommendation and the decision is said to whoever enters it.
    late = out_of_date(decision) if decision.status == Decision.Status.RECOMMENDED else []
    doubt, judged = in_doubt(decision), criteria_at_odds(decision)
    first = [one for one in (doubt, _given_or_bought(decision), other_year(decision)) if one]
    told = [
        *first,
        *said,
        *late,
        *judged,
        *parted(decision),
        *nothing_that_ends(decision),
        *_left(decision),
    ]
    return [
        *(("", sentence) for sentence in told),
        *contradictions(decision),
        *((DUTIES, words) for words in [met_by_nothing_written(decision)] if words),
        *((TALKS, words) for words in [sessions_nobody_judged(decision)] if words),
        *((DUTIES, words) for words in [power_not_confirmed(decision)] if words),
        *((DUTIES, words) for words in [met_before_it_is_known(decision)] if words),
        *of_advice(decision),
    ]


def _given_or_bought(decision: Decision) -> str:
    """Where nobody has settled whether the money gives or buys; "" where somebody has."""
    if answer_in_walk(decision, "payment_for") != "not_sure":
        return ""
    return _(
        "The walk says that it is not clear what the money would pay for. Settle whether it is "
        "given or bought before anybody decides."
    )


def _left(decision: Decision) -> list[str]:
    """Duties that are still to be done when whoever decides has it in front of them."""
    left = [_("Still to be done. %s") % one for one in still_to_do(decision)]
    return [*too_late_after(decision), *left]


def nothing_that_ends(decision: Decision) -> list[str]:
    """A question with a day on which what there is now ends, where the walk found nothing there."""
    found, ends = rests_on(decision.question), decision.question.present_ends_on
    path = (found.result or {}).get("path", []) if found else []
    nothing = any((step["question"], step["answer"]) == ("present", "nothing") for step in path)
    if ends is None or not nothing:
        return []
    return [
        _(
            "The question says that the present arrangement ends on %s, and the walk that there is "
            "nothing now: one of the two is not so."
        )
        % day(ends)
    ]


def criteria_at_odds(decision: Decision) -> list[str]:
    """Final criteria that are for something else than what this route is judged as."""
    held = (
        CriteriaSet.objects.filter(question=decision.question, finalised_at__isnull=False)
        .order_by("-version")
        .first()
    )
    if held is None:
        return []
    held.question = decision.question
    odds = at_odds(held, decision.way_chosen, name_of_route(decision))
    return [_("The criteria, version %d.") % held.version + f" {odds}"] if odds else []


def said_of_advice(decision: Decision) -> list[str]:
    """What the record will say of whose hand the advice is. Nothing stops it; nothing hides it."""
    return [sentence for _kind, sentence in of_advice(decision)]


def of_advice(decision: Decision) -> list[tuple[str, str]]:
    """The same, each with the officer whose comments it is about."""
    known = {one.kind: one for one in decision.advice.all()}
    found = []
    for kind, named in posts_heard(decision).items():
        post, one = lower_first(str(named)), known.get(kind)
        if one is None:
            found.append((kind.value, _("The comments of the %s were not given.") % post))
        elif one.confirmed_at is None:
            words = _("The comments of the %s were typed in by somebody else and not confirmed.")
            found.append((kind.value, words % post))
    return found


def _named_wrongly(decision: Decision) -> list[str]:
    """An officer with the name of a body; the paragraph by which somebody else decides."""
    found = []
    if decision.body_kind == Body.OFFICER and _NAME_OF_A_BODY.search(decision.body_name):
        words = _("An officer decides, and “%s” is the name of a body: say which officer, by post.")
        found.append(words % decision.body_name)
    if kind := paragraph_of_another(decision):
        words = _("The paragraph that is named lets another decide (%s): name the one for this.")
        found.append(words % Body(kind).label)
    return found


def _power(decision: Decision) -> list[Missing]:
    found: list[Missing] = []
    if not decision.body_kind or not decision.body_name.strip():
        found.append(("power", _("Say which body or person decides.")))
    elif not (fits := body_fits(decision.question, decision.body_kind)):
        found.append(("power", str(fits.reason)))
    else:
        found += [("power", words) for words in _named_wrongly(decision)]
    if not names_a_law(decision.power):
        words = _(
            "Name the law that gives the power. A paragraph of the body’s own rules says who "
            "decides; it gives no power."
        )
        found.append(("power", words))
    # Refused when the decision is written down; said here, while another can still be asked.
    if not (who := may_have_decided(decision, decision.body_name)):
        found.append(("power", str(who.reason)))
    if not (within := within_the_power(decision, None, decision.body_name)):
        found.append(("power", str(within.reason)))
    if not decision.next_steps.strip():
        found.append(("words", _("Say what happens next, and when.")))
    return found


def _another_route(decision: Decision) -> list[Missing]:
    """Why not the route that the walk recommends, or one that it puts first as much."""
    first, equal = recommended_by_walk(decision), equal_with(decision)
    if not decision.route or not first or decision.why_other.strip():
        return []
    if equal:
        words = _("The walk puts another first as much (%s): say why this one and not that one.")
        return [("route", words % "; ".join(equal.values()))]
    if decision.route in first:
        return []
    words = _("The walk recommends another route (%s): say why not that one.")
    return [("route", words % "; ".join(first.values()))]


def _publicity(decision: Decision) -> list[Missing]:
    found: list[Missing] = []
    if decision.is_key is None and decision.body_kind in KEY_BODIES:
        found.append(("publicity", _("Say whether this is a key decision.")))
    if decision.is_key is False and decision.body_kind in KEY_BODIES:
        found += [("publicity", words) for words in key_by_own_sum(decision)]
    if asks_why_not_key(decision) and not decision.why_not_key.strip():
        words = _(
            "It is about the whole place, or several areas of it: say why it is not a key decision."
        )
        found.append(("publicity", words))
    key = decision.is_key and decision.body_kind in KEY_BODIES
    if key and not decision.notice_on and not decision.urgency.strip():
        found.append(("publicity", _("Say when the notice was published, or why it cannot wait.")))
    if decision.is_exempt and not (decision.exemption and decision.public_interest.strip()):
        found.append(
            ("publicity", _("Name the ground of the exemption, and why it serves the public."))
        )
    if decision.is_exempt and not decision.removals.exists():
        found.append(
            (
                "publicity",
                _(
                    "Parts are exempt, and no words are left out yet: until they are, everybody "
                    "reads all of it."
                ),
            )
        )
    return found


def _duties(decision: Decision) -> list[Missing]:
    answered = {one.key for one in decision.duties.all()}
    left = [str(duty.title) for duty in duties_of(decision) if duty.key not in answered]
    named = ", ".join(left) if len(left) < MANY_DUTIES else len(left)
    found = [("duties", _("Duties still to answer: %s.") % named)] if left else []
    if other := no_longer_so(decision):
        words = _("What these duties were answered from says otherwise now: %s.")
        found.append(("duties", words % ", ".join(other)))
    if silent := not_met(decision):
        found.append(("duties", silent))
    titles = {duty.key: str(duty.title) for duty in duties_of(decision)}
    return found + [("duties", words) for words in denied(decision, titles)]


def _comments(decision: Decision) -> list[Missing]:
    found: list[Missing] = []
    last = decision.consult_until
    if last and last >= timezone.localdate():
        found.append(("consult", _("People may still comment: it is open until the last day.")))
    waiting = decision.comments.filter(reply__isnull=True).count()
    if waiting:
        found.append(("comments", _("Comments without an answer: %d.") % waiting))
    return found
