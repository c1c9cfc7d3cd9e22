"""Pages of a vote ask the database as often for many ideas and cards as for a few."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commissioning.people.models import User
from participation.budgeting import close, count, links, register, results
from participation.budgeting.models import Round
from participation.budgeting.roll import Roll
from tests.cast import SignIn
from tests.participation.budgeting.conftest import MakeRound, save_marks, voter_of

pytestmark = pytest.mark.django_db(transaction=True)

OPEN_PAGES = ["round", "desk", "projects", "cards", "links", "hall", "hall_turnout"]
RESULT_PAGES = ["result", "other", "adoption", "desk"]


def filled(open_round: MakeRound, ada: User, *, ideas: int, batches: int) -> Round:
    """An open round with so many ideas, and so many batches of cards and addresses."""
    listed = [(f"Idea {number}", 100 + number) for number in range(1, ideas + 1)]
    round_ = open_round(1, ideas=listed, budget=Decimal(1000))
    for batch in range(batches):
        register.make_cards(ada, round_, 5, f"Door {batch}")
        addresses = [f"voter{place}-{batch}@example.org" for place in range(5)]
        links.load_roll(ada, round_, Roll(addresses=addresses))
    save_marks(voter_of(round_, 1), {1: 1, 2: 1})
    return round_


def queries(browser: Client, name: str, round_: Round) -> int:
    """How often the page asks the database."""
    url = reverse(f"budgeting:{name}", args=[round_.pk])
    browser.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_pages_of_an_open_vote_ask_no_more_for_many(
    name: str, open_round: MakeRound, ada: User, sign_in: SignIn
) -> None:
    few = filled(open_round, ada, ideas=3, batches=1)
    many = filled(open_round, ada, ideas=24, batches=6)
    browser = sign_in(ada)
    asked = queries(browser, name, many)
    assert asked == queries(browser, name, few)
    assert asked <= 25


@pytest.mark.parametrize("name", RESULT_PAGES)
def test_pages_of_a_result_ask_no_more_for_many(
    name: str, open_round: MakeRound, ada: User, sign_in: SignIn
) -> None:
    few, many = (
        published(filled(open_round, ada, ideas=ideas, batches=1), ada) for ideas in (3, 24)
    )
    browser = sign_in(ada)
    asked = queries(browser, name, many)
    assert asked == queries(browser, name, few)
    assert asked <= 25


def published(round_: Round, ada: User) -> Round:
    """The round, closed, counted and published."""
    close.close_now(ada, round_, "Everybody had voted.")
    close.resume(round_.pk)
    count.count_round(round_.pk)
    round_.refresh_from_db()
    results.review(ada, round_)
    results.tell_owners(ada, round_)
    results.publish(ada, round_)
    round_.refresh_from_db()
    return round_


def test_the_list_of_votes_asks_no_more_for_many(
    prepared: MakeRound, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    url = reverse("budgeting:rounds", args=[prepared().programme.slug])
    counts = []
    for _ in range(2):
        browser.get(url)
        with CaptureQueriesContext(connection) as asked:
            browser.get(url)
        counts.append(len(asked))
        for number in range(5):
            prepared(title=f"Vote {number}")
    assert counts[0] == counts[1]
