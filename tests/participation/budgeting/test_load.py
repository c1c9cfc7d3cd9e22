"""A full hall: 2,000 cards on 40 connections, saves that break off, and a close in the middle."""

import queue
import random
import threading
from collections import Counter
from uuid import uuid4

import pytest
from django.db import connection, transaction

from participation.budgeting import cast, close
from participation.budgeting.cast import NotNow, Voter
from participation.budgeting.choices import Choices
from participation.budgeting.models import Ballot, Closing, Credential, Elector, Round, Sealed
from tests.participation.budgeting.conftest import IDEAS, MakeRound

pytestmark = pytest.mark.django_db(transaction=True)

CARDS, THREADS = 2_000, 40


class BrokenOff(Exception):
    """The phone's connection went, or the process died, before the commit."""


class Hall:
    """People voting at once. Each ballot is different, so that a lost or doubled one shows."""

    def __init__(self, round_: Round, cards: int = CARDS, *, told_too_early: bool = False) -> None:
        self.round = round_
        self.cards = cards
        self.told_too_early = told_too_early
        self.random = random.Random(7)
        self.acknowledged: dict[int, str] = {}
        self.broken_off = self.too_late = 0
        self.work: queue.Queue[tuple[int, Voter]] = queue.Queue()
        listed = Credential.objects.filter(round=round_, active=True).order_by("elector__serial")
        for place, credential in enumerate(listed[:cards]):
            self.work.put((place, Voter(round_.pk, credential.elector_id, credential.pk)))

    def ballot(self, place: int) -> Choices:
        """The place in base 5 as scores: no two people agree."""
        return Choices.of({n: 1 + (place // 5 ** (n - 1)) % 5 for n in range(1, len(IDEAS) + 1)})

    def save(self, place: int, voter: Voter, fate: float) -> None:
        choices = self.ballot(place)
        with transaction.atomic():
            cast.save(voter, lambda _terms: choices, op_id=uuid4(), base_rev=0)
            if self.told_too_early:
                self.acknowledged[place] = choices.line()
            if fate < 0.06:
                raise BrokenOff
            if fate < 0.1:
                connection.connection.close()  # the server sees a dead client
                raise BrokenOff
        self.acknowledged[place] = choices.line()

    def person(self, half: threading.Event) -> None:
        while True:
            try:
                place, voter = self.work.get_nowait()
            except queue.Empty:
                break
            if self.work.qsize() < self.cards // 2:
                half.set()
            try:
                self.save(place, voter, self.random.random())
            except BrokenOff:
                self.broken_off += 1
                connection.close()
            except NotNow:
                self.too_late += 1
        connection.close()

    def vote_and_close_in_the_middle(self) -> None:
        half = threading.Event()
        people = [threading.Thread(target=self.person, args=(half,)) for _ in range(THREADS)]
        for person in people:
            person.start()
        half.wait(60)
        close.stop_voting(self.round.pk)
        for person in people:
            person.join(60)
        close.open_box(self.round.pk)


@pytest.fixture
def full_hall(open_round: MakeRound) -> Round:
    """2,000 cards handed out, every idea to be scored."""
    return open_round(CARDS, style="score", style_options={}, rule_options={"utility": "points"})


def counted() -> Counter[str]:
    return Counter(Ballot.objects.values_list("choices", flat=True))


def test_every_acknowledged_ballot_is_counted_and_none_twice(full_hall: Round) -> None:
    hall = Hall(full_hall)
    hall.vote_and_close_in_the_middle()
    assert counted() == Counter(hall.acknowledged.values())
    assert len(hall.acknowledged) + hall.broken_off + hall.too_late == CARDS
    assert hall.broken_off > 20
    assert hall.too_late > 100
    closing = Closing.objects.get()
    assert closing.ballots == closing.used == len(hall.acknowledged) == Sealed.objects.count()
    assert Elector.objects.filter(used=True).count() == closing.used


def test_mutant_that_answers_before_the_commit_tells_people_of_votes_that_are_not_there(
    full_hall: Round,
) -> None:
    hall = Hall(full_hall, 200, told_too_early=True)
    hall.vote_and_close_in_the_middle()
    assert hall.broken_off > 0
    lost = Counter(hall.acknowledged.values()) - counted()
    assert lost.total() == hall.broken_off
