"""The write door of results: review, tell the owners, publish, adopt or decline, award."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.ground.locks import lock
from commissioning.notices.actions import tell
from commissioning.people.models import User
from commissioning.programmes.history import record
from participation.budgeting import rules
from participation.budgeting.ballot_page import purse_of
from participation.budgeting.crowd import is_small
from participation.budgeting.declared import terms_of
from participation.budgeting.models import Adoption, Award, Count, OwnerTold, Project, Round
from participation.budgeting.styles import budget

OWNER_KIND: Final = "budgeting.owner_result"
Decision = Adoption.Decision
AWARDED: Final = frozenset({Decision.ADOPTED, Decision.PART_ACCEPTED, Decision.RESERVE_CALLED})
_WITHOUT_MONEY: Final = frozenset({Decision.DECLINED, Decision.PART_REFUSED, Decision.WITHDRAWN})


def review(user: User, round_: Round) -> None:
    """The lead has looked at the count and finds nothing amiss."""
    with transaction.atomic():
        fresh = _locked(round_)
        require(rules.may_publish(user, fresh))
        _count_of(fresh)
        if fresh.reviewed_at is None:
            Round.objects.filter(pk=fresh.pk).update(reviewed_at=Now())
            record(fresh.programme, user, f"reviewed the count of {fresh.title}", is_public=False)


def tell_owners(user: User, round_: Round) -> int:
    """Tell every project's owner how it did, before anybody else. How many people are told."""
    with transaction.atomic():
        fresh = _locked(round_)
        require(rules.may_publish(user, fresh))
        _count_of(fresh)
        if fresh.reviewed_at is None:
            raise Invalid(_("Review the count first."))
        if fresh.owners_told_at is not None:
            raise Invalid(_("The owners were told already."))
        told = sum(_tell_owner(project) for project in _owned(fresh))
        Round.objects.filter(pk=fresh.pk).update(owners_told_at=Now())
        record(
            fresh.programme,
            user,
            f"told the groups behind the ideas of {fresh.title} how they did",
            is_public=False,
        )
    return told


def publish(user: User, round_: Round) -> None:
    """Show everybody the result. The owners were told before."""
    with transaction.atomic():
        fresh = _locked(round_)
        require(rules.may_publish(user, fresh))
        _count_of(fresh)
        if fresh.owners_told_at is None:
            raise Invalid(
                _("Tell the groups behind the ideas first: they should not read it here.")
            )
        if fresh.published_at is None:
            Round.objects.filter(pk=fresh.pk).update(published_at=Now())
            record(fresh.programme, user, f"published the result of {fresh.title}")


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the body with the power decided about one project."""

    decision: Decision
    reason: str
    decided_on: date
    amount: Decimal | None = None
    body: str = ""
    power: str = ""


def decide(user: User, project: Project, ruling: Ruling) -> Adoption:
    """Write down what the named body decided about a project; an award follows where it funds."""
    with transaction.atomic():
        round_ = _locked(project.round)
        require(rules.may_adopt(user, round_))
        adoption = _write(user, round_, project, ruling)
        record(
            round_.programme,
            user,
            f"wrote down what {adoption.body} decided about “{project.title}”: "
            f"{adoption.get_decision_display().lower()}",
            reason=adoption.reason,
        )
    return adoption


def adopt_all(user: User, round_: Round, reason: str, decided_on: date) -> int:
    """The body adopts the result as it stands: every winner without a decision. How many."""
    with transaction.atomic():
        fresh = _locked(round_)
        require(rules.may_adopt(user, fresh))
        waiting = fresh.projects.filter(
            number__in=_count_of(fresh).winners, adoptions__isnull=True
        ).order_by("number")
        listed = list(waiting)
        for project in listed:
            ruling = Ruling(Decision.ADOPTED, reason, decided_on, amount=project.cost)
            _write(user, fresh, project, ruling)
        if listed:
            # One decision of the body, so one line: each idea has its own row of decision.
            record(
                fresh.programme,
                user,
                f"wrote down that {fresh.adopting_body} adopted the result of {fresh.title} as it "
                f"stands (ideas funded: {len(listed)})",
                reason=reason.strip(),
            )
    return len(listed)


def _write(user: User, round_: Round, project: Project, ruling: Ruling) -> Adoption:
    """The row of one decision, and the award that follows from it. The round is locked."""
    _check_ruling(round_, project, ruling)
    adoption = Adoption.objects.create(
        project=project,
        decision=ruling.decision,
        amount=ruling.amount,
        body=ruling.body.strip() or round_.adopting_body,
        power=ruling.power.strip() or round_.adopting_power,
        reason=ruling.reason.strip(),
        decided_on=ruling.decided_on,
        by=user,
    )
    _award(round_, project, adoption)
    return adoption


def standing(round_: Round) -> dict[int, Adoption]:
    """The decision that stands about each project that has one, by number."""
    decisions = Adoption.objects.filter(project__round=round_).select_related("project")
    return {decision.project.number: decision for decision in decisions.order_by("at", "id")}


def owner_context(about: dict[str, str]) -> dict[str, Any] | None:
    """What an owner's mail shows; None where there is no count any more."""
    project = (
        Project.objects.select_related("round__programme__place", "owner")
        .filter(pk=about["project"])
        .first()
    )
    made = None if project is None else Count.objects.filter(round=project.round_id).first()
    if project is None or made is None:
        return None
    return {
        "project": project,
        "round": project.round,
        "owner": project.owner,
        "place": project.round.programme.place,
        "figures": figures_of(made, project.number),
    }


def figures_of(made: Count, number: int) -> dict[str, Any]:
    """How one project did: votes, score, whether funded, its rank, reserve place, part offer."""
    for purse in made.result["purses"]:
        for line in purse["projects"]:
            if line["number"] == number:
                reserves = purse["reserves"]
                offer = purse["part_offer"]
                return {
                    **line,
                    "voters": purse["voters"],
                    "hidden": is_small(made.round, made.result, purse),
                    "reserve": reserves.index(number) + 1 if number in reserves else None,
                    "offered": offer["offered"] if offer and offer["number"] == number else None,
                }
    return {}


def _locked(round_: Round) -> Round:
    lock(round_.pk)
    return Round.objects.select_related("programme__gate_lift").get(pk=round_.pk)


def _count_of(round_: Round) -> Count:
    made = Count.objects.filter(round=round_).first()
    if made is None:
        raise Invalid(_("The ballots are still being counted."))
    return made


def _owned(round_: Round) -> list[Project]:
    return list(round_.projects.filter(owner__isnull=False).select_related("owner"))


def _tell_owner(project: Project) -> int:
    OwnerTold.objects.get_or_create(project=project)
    assert project.owner is not None
    people = [member.user for member in project.owner.members.select_related("user")]
    for person in people:
        tell(OWNER_KIND, person, about={"project": str(project.pk)}, key=str(project.pk))
    return len(people)


def _check_ruling(round_: Round, project: Project, ruling: Ruling) -> None:
    if not ruling.reason.strip():
        raise Invalid(_("Write down the reason: it is published."), "reason")
    if ruling.decision in _WITHOUT_MONEY:
        if ruling.amount is not None:
            raise Invalid(_("No money goes with this decision. Leave the amount empty."), "amount")
        return
    if ruling.amount is None:
        raise Invalid(_("Write down how much."), "amount")
    if ruling.amount > project.cost:
        raise Invalid(_("That is more than the idea asked for."), "amount")
    if ruling.decision in AWARDED:
        _check_award(round_, project, ruling.amount)
    _check_standing(round_, project, ruling.decision)


def _check_standing(round_: Round, project: Project, decision: Decision) -> None:
    """The body adopts what the vote funds, or calls who is on the reserve list: nothing else."""
    made = _count_of(round_)
    reserve = figures_of(made, project.number).get("reserve")
    if decision == Decision.ADOPTED and project.number not in made.winners:
        raise Invalid(
            _("The vote did not fund this idea. It can be called from the reserve list."),
            "decision",
        )
    if decision == Decision.RESERVE_CALLED and reserve is None:
        raise Invalid(_("This idea is not on the reserve list that was declared."), "decision")


def _check_award(round_: Round, project: Project, amount: Decimal) -> None:
    if project.is_withdrawn:
        raise Invalid(_("This idea was withdrawn, so it cannot be funded."), "decision")
    if amount > _left_for(round_, project):
        raise Invalid(_("That is more than what is left of the budget."), "amount")


def _left_for(round_: Round, project: Project) -> Decimal:
    """What the purse that pays for a project still holds beside the other ideas' awards."""
    frozen = terms_of(round_.pk, round_.config_sha256)
    area = purse_of(frozen.by_number[project.number], frozen)
    others = Award.objects.filter(project__round=round_).exclude(project=project)
    spent = (
        award.amount
        for award in others.select_related("project")
        if purse_of(frozen.by_number[award.project.number], frozen) == area
    )
    return budget.purse(frozen, area) - sum(spent, Decimal(0))


def _award(round_: Round, project: Project, adoption: Adoption) -> None:
    """An award follows from the decision that stands; a later no takes it back."""
    Award.objects.filter(project=project).delete()
    if adoption.decision in AWARDED and adoption.amount is not None:
        Award.objects.create(
            project=project,
            adoption=adoption,
            amount=adoption.amount,
            currency=round_.currency,
        )
