"""The write door of rounds: preparing, opening, and what may still change afterwards.

The other doors of this room: ``register`` (cards), ``cast`` (ballots), ``close``, ``count``,
``results`` (review, publish, adopt).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.ground.digests import sha256_hex
from commissioning.ground.locks import lock
from commissioning.ground.uploads import CleanUpload, random_path
from commissioning.people.models import User
from commissioning.programmes.history import record
from commissioning.programmes.models import Programme
from participation.budgeting import codes, keyring, rules, terms
from participation.budgeting.counting.options import GREEDY
from participation.budgeting.declared import declaration, draft_terms
from participation.budgeting.envelope import padded_length
from participation.budgeting.lot import drawn
from participation.budgeting.models import AreaBudget, ClosesMoved, Project, Round
from participation.budgeting.styles import styles
from participation.budgeting.tally import options_of
from participation.calls.models import BallotEntry
from places.directory.models import Area

MOST_PROJECTS = 1000


def make_round(user: User, programme: Programme, fields: Mapping[str, Any]) -> Round:
    """A round being prepared. ``fields`` are those of the round's form, cleaned."""
    require(rules.may_make_round(user, programme))
    with transaction.atomic():
        round_ = Round(programme=programme, **fields)
        _check_declared(round_)
        round_.save()
        record(programme, user, f"began to prepare a vote: {round_.title}", is_public=False)
    return round_


def change_round(user: User, round_: Round, fields: Mapping[str, Any]) -> Round:
    """Change what a round will declare."""
    with transaction.atomic():
        round_ = _prepared(user, round_)
        before = round_.style
        for name, value in fields.items():
            setattr(round_, name, value)
        if fields.keys() & {"style", "rule"}:
            round_.rule_options = _fitting(round_, before)
        _check_declared(round_)
        round_.save()
    return round_


def _fitting(round_: Round, before: str) -> dict[str, Any]:
    """The rule's options for the ballot style: whoever changes one page need not know the other.

    Counting by most votes counts points exactly where people give points; else a vote in which
    everybody scores every idea would be a tie. What a vote is worth under equal shares is a choice
    that stands, until people begin or cease to give points (``before`` is the style that was).
    """
    given: dict[str, Any] = dict(round_.rule_options)
    if round_.style not in styles:
        return given
    points = styles[round_.style].has_points
    if round_.rule == "equal-shares":
        changed = points != styles[before].has_points and "utility" in given
        return given | ({"utility": "points" if points else "cost"} if changed else {})
    if round_.rule not in GREEDY:
        return given
    kept = {name: value for name, value in given.items() if name != "utility"}
    return kept | ({"utility": "points"} if points else {})


def set_area_budgets(user: User, round_: Round, budgets: Mapping[Area, Any]) -> None:
    """Give areas their own parts of the budget (none: one purse for all)."""
    with transaction.atomic():
        round_ = _prepared(user, round_)
        if sum(budgets.values()) > round_.budget:
            raise Invalid(_("The areas' parts add up to more than the budget."))
        round_.area_budgets.all().delete()
        AreaBudget.objects.bulk_create(
            AreaBudget(round=round_, area=area, budget=budget) for area, budget in budgets.items()
        )


def add_project(
    user: User, round_: Round, fields: Mapping[str, Any], picture: CleanUpload | None = None
) -> Project:
    """Put a project on the ballot under the next number."""
    with transaction.atomic():
        round_ = _prepared(user, round_)
        project = Project(round=round_, number=_next_number(round_), **fields)
        _keep_picture(project, picture)
        project.save()
    return project


def entries_waiting(round_: Round) -> "QuerySet[BallotEntry]":
    """The approved expressions of the programme that are ready and not on this ballot yet."""
    return (
        BallotEntry.objects.filter(expression__call__programme=round_.programme, ready=True)
        .exclude(projects__round=round_)
        .select_related("expression")
        .order_by("title")
    )


def take_entries(user: User, round_: Round) -> list[Project]:
    """Put every approved expression that is ready, and not on it yet, on the ballot."""
    with transaction.atomic():
        round_ = _prepared(user, round_)
        return [_from_entry(round_, entry) for entry in entries_waiting(round_)]


def change_project(
    user: User, project: Project, fields: Mapping[str, Any], picture: CleanUpload | None = None
) -> Project:
    """Change how a project stands on the ballot, while the round is being prepared."""
    with transaction.atomic():
        _prepared(user, project.round)
        for name, value in fields.items():
            setattr(project, name, value)
        _keep_picture(project, picture)
        project.save()
    return project


def remove_project(user: User, project: Project) -> None:
    """Take a project off the ballot; those after it move up."""
    with transaction.atomic():
        round_ = _prepared(user, project.round)
        project.delete()
        _renumber(round_, list(round_.projects.order_by("number")))


def move_project(user: User, project: Project, place: int) -> None:
    """Give a project another number; the others close up (stage order in a hall)."""
    with transaction.atomic():
        round_ = _prepared(user, project.round)
        listed = list(round_.projects.exclude(pk=project.pk).order_by("number"))
        if not 1 <= place <= len(listed) + 1:
            raise Invalid(_("Use a number from the list."), "number")
        listed.insert(place - 1, project)
        _renumber(round_, listed)


def draw_lot(user: User, round_: Round, seed: str) -> list[int]:
    """Draw the public lot that breaks ties, from a seed that nobody could choose."""
    seed = " ".join(seed.split())
    if len(seed) < 6:
        raise Invalid(_("Write down at least six characters of what was drawn."), "seed")
    with transaction.atomic():
        round_ = _prepared(user, round_)
        round_.tie_seed = seed
        round_.tie_order = drawn(seed, round_.projects.values_list("number", flat=True))
        round_.save(update_fields=["tie_seed", "tie_order"])
        record(round_.programme, user, f"drew the lot that breaks ties in {round_.title}")
    return list(round_.tie_order)


def open_round(user: User, round_: Round) -> Round:
    """Open voting: freeze what is declared, with its digest. The round's key is on disk first."""
    require(rules.may_open(user, round_))
    keyring.make(round_.pk)
    with transaction.atomic():
        round_ = _prepared(user, round_)
        _check_ready(round_)
        if round_.code_symbols is None:
            round_.code_symbols = code_symbols(round_)
        text, digest = terms.written(declaration(round_))
        frozen = terms.read(text)
        Round.objects.filter(pk=round_.pk).update(
            status=Round.Status.OPEN,
            config=text,
            config_sha256=digest,
            code_symbols=round_.code_symbols,
            sealed_len=padded_length(styles[frozen.style].longest(frozen)),
            opened_at=Now(),
        )
        record(round_.programme, user, f"opened voting in {round_.title}")
    round_.refresh_from_db()
    return round_


def move_close(user: User, round_: Round, closes_at: datetime, reason: str) -> Round:
    """Close later than announced, with a reason that is published."""
    with transaction.atomic():
        lock(round_.pk)
        round_.refresh_from_db()
        require(rules.may_change_while_open(user, round_))
        if not reason.strip():
            raise Invalid(_("Say why voting closes later: it is published."), "reason")
        if closes_at <= round_.closes_at:
            raise Invalid(_("Voting can only close later than announced."), "closes_at")
        _check_codes_last(round_, closes_at)
        ClosesMoved.objects.create(
            round=round_,
            moved_from=round_.closes_at,
            moved_to=closes_at,
            reason=reason.strip(),
            by=user,
        )
        Round.objects.filter(pk=round_.pk).update(closes_at=closes_at)
        record(round_.programme, user, f"moved the close of {round_.title} to later", reason=reason)
    round_.refresh_from_db()
    return round_


def withdraw_project(user: User, project: Project, reason: str) -> None:
    """Flag a project that left after voting opened. Ballots stay; it cannot be funded."""
    with transaction.atomic():
        lock(project.round_id, shared=True)
        round_ = Round.objects.select_related("programme").get(pk=project.round_id)
        require(rules.may_change_while_open(user, round_))
        if not reason.strip():
            raise Invalid(_("Say why the idea was withdrawn: it is published."), "reason")
        changed = Project.objects.filter(pk=project.pk, withdrawn_at__isnull=True).update(
            withdrawn_at=Now(), withdrawn_reason=reason.strip()
        )
        if changed:
            record(
                round_.programme, user, f"took “{project.title}” out of {round_.title}",
                reason=reason,
            )  # fmt: skip


def code_symbols(round_: Round) -> int:
    """How long the codes of this round's cards are: short only for one day in one hall."""
    one_day = bool(round_.hall) and round_.opens_at.date() == round_.closes_at.date()
    return codes.length_for(round_.expected_cards, one_day_in_a_hall=one_day)


def _check_codes_last(round_: Round, closes_at: datetime) -> None:
    """Cards made for one day in a hall have codes too short to stand for longer than that day."""
    if round_.code_symbols == codes.SHORT and round_.opens_at.date() != closes_at.date():
        raise Invalid(
            _("The cards were made for one day in a hall, so voting closes on that day."),
            "closes_at",
        )


def _prepared(user: User, round_: Round) -> Round:
    """The round, locked, if the person may still prepare it."""
    lock(round_.pk)
    fresh = Round.objects.select_related("programme__gate_lift").get(pk=round_.pk)
    require(rules.may_prepare(user, fresh))
    return fresh


def _check_declared(round_: Round) -> None:
    """What is declared must be known and go together. Raises :class:`Invalid` with the field."""
    if round_.closes_at <= round_.opens_at:
        raise Invalid(_("Voting closes after it opens: check the dates."), "closes_at")
    _check_codes_last(round_, round_.closes_at)
    if round_.style not in styles:
        raise Invalid(_("Choose a ballot style from the list."), "style")
    try:
        round_.style_options = styles[round_.style].clean_options(
            round_.style_options, MOST_PROJECTS
        )
    except ValueError as error:
        raise Invalid(str(error), "style") from error
    try:
        options_of(round_.rule, round_.rule_options, round_.part_fit)
    except ValueError as error:
        raise Invalid(str(error), "rule") from error


def _check_ready(round_: Round) -> None:
    _check_declared(round_)
    # Opening cannot be taken back, and the clock would close the round within the minute.
    if round_.closes_at <= timezone.now():
        raise Invalid(_("Voting would close before it opened. Change when it closes."))
    numbers = list(round_.projects.order_by("number").values_list("number", flat=True))
    if len(numbers) < 2:
        raise Invalid(_("A ballot needs at least two ideas."))
    if sorted(round_.tie_order) != numbers:
        raise Invalid(_("Draw the lot that breaks ties: the ideas changed since, or it is new."))
    for name in ("eligibility", "adopting_body", "adopting_power"):
        if not getattr(round_, name).strip():
            raise Invalid(_("Declare who may vote, who adopts the result and under which power."))
    now_terms = draft_terms(round_)
    try:
        styles[round_.style].clean_options(round_.style_options, len(numbers))
    except ValueError as error:
        raise Invalid(str(error)) from error
    if sum(now_terms.areas.values()) > round_.budget:
        raise Invalid(_("The areas' parts add up to more than the budget."))


def _next_number(round_: Round) -> int:
    if round_.projects.count() >= MOST_PROJECTS:
        raise Invalid(_("A ballot has at most 1,000 ideas."))
    highest: int | None = round_.projects.aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def _renumber(round_: Round, listed: list[Project]) -> None:
    for number, project in enumerate(listed, start=1):
        project.number = number
    Project.objects.bulk_update(listed, ["number"])


def _from_entry(round_: Round, entry: BallotEntry) -> Project:
    project = Project(
        round=round_,
        number=_next_number(round_),
        title=entry.title,
        summary=entry.summary,
        cost=entry.cost,
        area_id=entry.area_id,
        outcome_id=entry.outcome_id,
        owner_id=entry.expression.organisation_id,
        picture_alt=entry.picture_alt,
        ballot_entry=entry,
    )
    if entry.picture:
        with entry.picture.open() as file:
            _store(project, file.read())
    project.save()
    return project


def _keep_picture(project: Project, picture: CleanUpload | None) -> None:
    if picture is not None:
        _store(project, picture.content)


def _store(project: Project, content: bytes) -> None:
    # A copy of our own: the frozen terms hold its digest.
    project.picture.save(random_path("projects"), ContentFile(content), save=False)
    project.picture_sha256 = sha256_hex(content)
