"""Votes of people who do not exist, cast through the same action as everybody's."""

import random
from collections.abc import Iterable
from uuid import uuid4

from commissioning.demo.content import Idea
from participation.budgeting import cast
from participation.budgeting.cast import Voter
from participation.budgeting.choices import Choices
from participation.budgeting.models import Credential, Elector, Round


def code_holders(round_: Round, number: int) -> list[Voter]:
    """The first people of the register who hold a card that can vote."""
    held = (
        Credential.objects.filter(round=round_, active=True, elector__state=Elector.State.ACTIVE)
        .order_by("elector__serial")
        .values_list("elector_id", "pk")[:number]
    )
    return [Voter(round_.pk, elector_id, credential_id) for elector_id, credential_id in held]


def cast_scores(round_: Round, ideas: Iterable[Idea], voters: Iterable[Voter]) -> None:
    """Scores that lean as the ideas' warmth says; one person in a hundred hands in a blank."""
    # A demo, not a secret: the dice fall alike each time.
    dice = random.Random(65)  # noqa: S311
    warmth = {idea.title: idea.warmth for idea in ideas}
    numbers = dict(round_.projects.values_list("number", "title"))
    for place, voter in enumerate(voters):
        marks = {n: _score(dice, warmth[title]) for n, title in numbers.items()}
        _cast(voter, Choices.of({}, blank=True) if place % 120 == 7 else Choices.of(marks))


def _score(dice: random.Random, warmth: float) -> int:
    return min(5, max(1, round(dice.gauss(warmth, 1.2))))


def _cast(voter: Voter, choices: Choices) -> None:
    cast.save(voter, lambda _terms: choices, op_id=uuid4(), base_rev=0)
