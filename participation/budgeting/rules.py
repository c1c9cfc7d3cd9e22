"""Who may do what with a round. Every answer carries a reason that people are shown."""

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Answer, no
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import (
    Person,
    may_decide,
    may_lead,
    may_run,
    may_see,
    money_gate,
)
from participation.budgeting.models import Round

Status = Round.Status


def may_see_round(user: Person, round_: Round) -> Answer:
    """A draft is for those who prepare it; afterwards whoever sees the programme sees the round."""
    if round_.is_draft:
        return may_run(user, round_.programme)
    return may_see(user, round_.programme)


def may_make_round(user: Person, programme: Programme) -> Answer:
    """Officers, once amounts may be shown."""
    return may_run(user, programme) & money_gate(programme)


def may_prepare(user: Person, round_: Round) -> Answer:
    """Officers, until it opens."""
    if not round_.is_draft:
        return no(_("What a round declares is frozen when voting opens."))
    return may_make_round(user, round_.programme)


def may_open(user: Person, round_: Round) -> Answer:
    """The lead, who could not gain from it."""
    return (
        may_lead(user, round_.programme)
        & may_decide(user, round_.programme)
        & may_prepare(user, round_)
    )


def may_handle_cards(user: Person, round_: Round) -> Answer:
    """Officers, until the close."""
    if round_.is_over:
        return no(_("Voting has closed, and with it the register."))
    return may_run(user, round_.programme) & money_gate(round_.programme)


def may_change_while_open(user: Person, round_: Round) -> Answer:
    """Moving the close and flagging a withdrawn idea: the lead, while voting is open."""
    if not round_.is_open:
        return no(_("This can be done while voting is open."))
    return may_lead(user, round_.programme)


def may_close(user: Person, round_: Round) -> Answer:
    """The lead."""
    if round_.is_draft:
        return no(_("Voting has not opened yet."))
    return may_lead(user, round_.programme)


def may_review(user: Person, round_: Round) -> Answer:
    """Before the result is published only those who run the round see it."""
    if round_.status not in {Status.COUNTED, Status.SEALED}:
        return no(_("There is a result once voting has closed and the ballots are counted."))
    return may_run(user, round_.programme)


def may_see_result(user: Person, round_: Round) -> Answer:
    """Everybody who sees the round, once the result is published; those who run it before."""
    if round_.published_at is not None:
        return may_see_round(user, round_)
    return may_review(user, round_)


def may_publish(user: Person, round_: Round) -> Answer:
    """The lead, who could not gain from it."""
    return (
        may_review(user, round_)
        & may_lead(user, round_.programme)
        & may_decide(user, round_.programme)
    )


def may_adopt(user: Person, round_: Round) -> Answer:
    """Who writes down what the body decided: officers who could not gain, once it is published."""
    if round_.published_at is None:
        return no(_("A result is adopted or declined once it is published."))
    return may_run(user, round_.programme) & may_decide(user, round_.programme)
