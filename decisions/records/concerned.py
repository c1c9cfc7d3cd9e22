"""Which duties can concern a decision: by the law it is under, and by who buys and decides."""

from typing import Final

from django.utils.translation import gettext as _

from commissioning.ground.answers import YES, Answer, no
from decisions.questions.models import Question
from decisions.records.duties import DUTIES, Duty
from decisions.records.models import Body, Decision
from decisions.records.sections.walk import rests_on
from places.directory.models import Organisation

# Best value and consent under a direction bind principal councils: no parish, and no NHS body.
OF_PRINCIPAL_COUNCILS: Final = frozenset({"best_value", "reorganisation"})
OF_THE_HEALTH_REGIME: Final = frozenset({"key_criteria"})
# A contract is divided, or not, before its tender notice: by no other route is there one to divide.
OF_A_TENDER_NOTICE: Final = frozenset({"lots"})
WITH_LOTS: Final = frozenset({"light_touch_competition", "framework", "open_competition"})

_OF_A_COUNCIL: Final = (Body.CABINET, Body.COMMITTEE, Body.OFFICER)
_EVERY: Final = tuple(Body)
# Who decides for an organisation of the directory, and for what a walk says of who buys.
_OF_KIND: Final[dict[str, tuple[Body, ...]]] = {
    Organisation.Kind.HEALTH: (Body.NHS_BOARD,),
    Organisation.Kind.COUNCIL: (*_OF_A_COUNCIL, Body.PARISH),
}
_OF_BUYER: Final[dict[str, tuple[Body, ...]]] = {
    "council": _OF_A_COUNCIL,
    "best_value_authority": _OF_A_COUNCIL,
    "parish_council": (Body.PARISH,),
    "nhs_body": (Body.NHS_BOARD,),
}


def bodies_of(question: Question) -> list[Body]:
    """The kinds of body that may decide for who buys: by the directory, and by what the walk says.

    Where the two do not go together, the directory counts.
    """
    by_kind = _OF_KIND.get(question.who_buys.kind, _EVERY)
    found = rests_on(question)
    path = (found.result or {}).get("path", []) if found else []
    said = next((step["answer"] for step in path if step["question"] == "buyer"), "")
    by_walk = [one for one in by_kind if one in _OF_BUYER.get(said, _EVERY)]
    return by_walk or list(by_kind)


def body_fits(question: Question, kind: str) -> Answer:
    """Whether this kind of body can decide for who buys: no council's body for an NHS body.

    The directory's councils hold other public bodies too, so nothing else is refused.
    """
    is_nhs = question.who_buys.kind == Organisation.Kind.HEALTH
    if not kind or not is_nhs or kind == Body.NHS_BOARD:
        return YES
    return no(
        _("%(body)s does not decide for %(buyer)s. Choose the kind of body that does.")
        % {"body": Body(kind).label, "buyer": question.who_buys.name}
    )


def binds_as_principal_council(decision: Decision) -> bool:
    """Whether a council buys or gives, and one of its own bodies or officers decides."""
    is_council = decision.question.who_buys.kind == Organisation.Kind.COUNCIL
    return is_council and decision.body_kind in {Body.CABINET, Body.COMMITTEE, Body.OFFICER}


def duties_of(decision: Decision) -> list[Duty]:
    """The duties that are asked and printed; one that was answered stays, whatever changed."""
    left_out: set[str] = set()
    if not decision.route.startswith("health_"):
        left_out |= OF_THE_HEALTH_REGIME
    if decision.route not in WITH_LOTS:
        left_out |= OF_A_TENDER_NOTICE
    is_nhs = decision.question.who_buys.kind == Organisation.Kind.HEALTH
    if is_nhs or decision.body_kind in {Body.PARISH, Body.NHS_BOARD}:
        left_out |= OF_PRINCIPAL_COUNCILS
    if not left_out:
        return list(DUTIES)
    answered = {one.key for one in decision.duties.all()}
    return [duty for duty in DUTIES if duty.key not in left_out or duty.key in answered]
