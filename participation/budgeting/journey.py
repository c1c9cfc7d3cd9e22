"""How votes show themselves on a programme's map."""

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from commissioning.design.when import moment
from commissioning.ground.answers import Text
from commissioning.programmes.journey import NextStep, PartSummary, StagePart, stage_parts
from commissioning.programmes.models import Programme, Stage
from commissioning.programmes.rules import Person, may_run, money_gate
from participation.budgeting.models import Round
from participation.calls.models import BallotEntry, Call


def rounds_page(programme: Programme) -> str:
    """The page of a programme's votes."""
    return reverse("budgeting:rounds", args=[programme.slug])


def summary(programme: Programme, user: Person) -> PartSummary:
    """What the public may know: how many votes, and how the latest stands. One query."""
    rounds = list(
        Round.objects.filter(programme=programme)
        .exclude(status=Round.Status.DRAFT)
        .values_list("status", "published_at")
    )
    if not rounds:
        return PartSummary(_("No vote has been opened yet."))
    text = ngettext("%d vote.", "%d votes.", len(rounds)) % len(rounds)
    if any(status == Round.Status.OPEN for status, _published in rounds):
        return PartSummary(text, _("Open now"), "wait")
    if any(published is None for _status, published in rounds):
        return PartSummary(text, _("Being counted"), "talk")
    return PartSummary(text, _("Result published"))


def next_step(programme: Programme, user: Person) -> NextStep | None:
    """What waits for this person: a vote to prepare, to cast or to finish."""
    rounds = list(Round.objects.filter(programme=programme).defer("config"))
    if not may_run(user, programme):
        return next((_cast(round_) for round_ in rounds if round_.is_open), None)
    if not rounds:
        return _first(programme)
    return next((step for round_ in rounds if (step := _run(round_))), None)


def _cast(round_: Round) -> NextStep:
    return NextStep(
        _("Voting is open: %s") % round_.title,
        _("It closes %s. All you need is a voting card.") % moment(round_.closes_at),
        _("Vote with your card"),
        reverse("vote:enter"),
        _("Read the ideas"),
        reverse("budgeting:round", args=[round_.pk]),
    )


def _first(programme: Programme) -> NextStep | None:
    prepare = _("Prepare a vote"), reverse("budgeting:begin", args=[programme.slug])
    if BallotEntry.objects.filter(expression__call__programme=programme, ready=True).exists():
        return NextStep(
            _("Let residents choose"),
            _("Approved ideas are ready for the ballot."),
            *prepare,
        )
    if Call.objects.filter(programme=programme).exists():
        return None
    return NextStep(
        _("Ask groups for their ideas"),
        _("Make a call, and groups apply. Or put ideas that you have to a vote."),
        _("Make a call"),
        reverse("calls:new_call", args=[programme.slug]),
        *prepare,
    )


def _run(round_: Round) -> NextStep | None:
    """What the officers of a round do next; nothing once its record is issued."""
    desk = reverse("budgeting:desk", args=[round_.pk])
    words: tuple[Text, Text]
    if round_.is_draft:
        words = _("It is being prepared. The list says what is still missing."), _("Go on with it")
    elif round_.is_open:
        words = gettext("Voting is open until %s.") % moment(round_.closes_at), _("Go to its desk")
    elif round_.published_at is None:
        words = _("Voting has closed. The result waits for you."), _("Look at the count")
    elif round_.record_id is None:
        words = (
            _("The result is published. Write down what was decided, and issue the record."),
            _("Finish it"),
        )
    else:
        return None
    return NextStep(round_.title, words[0], words[1], desk)


def register() -> None:
    """Fill the registry; called when the application is ready."""
    stage_parts.register(
        "votes",
        StagePart(
            stage=Stage.DELIVERY,
            title=_("Residents' votes"),
            url=rounds_page,
            summary=summary,
            gate=money_gate,
            next_step=next_step,
        ),
    )
