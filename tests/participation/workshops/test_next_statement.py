# Fixtures are imported by name, and named again by the tests that take them.
# ruff: noqa: F811
"""Which statement somebody is asked next."""

import re

import pytest

from commissioning.people.models import User
from participation.workshops import maps
from participation.workshops.actions import answering, contributing, moderating
from participation.workshops.models import (
    Activity,
    Workshop,
)
from participation.workshops.opinion.routing import Standing, drawn_next, priority
from tests.participation.workshops.conftest import ComeIn, phone_of
from tests.participation.workshops.stating import answer, nothing_kept, stated, statements  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_kept")]


def test_looking_twice_asks_the_same(statements: Activity, workshop: Workshop) -> None:
    for number in range(9):
        stated(statements, f"Statement {number}")
    phone = phone_of(workshop)
    asked = {phone.get(f"/j/{workshop.code}/").context["next"] for _ in range(3)}
    assert len(asked) == 1


def test_weights_are_those_of_polis() -> None:
    assert priority(Standing()) == pytest.approx((0.5 * 0.5 * 9) ** 2)
    assert priority(Standing(agreed=18, passed=3, seen=20, extremity=1)) == pytest.approx(
        ((1 - 4 / 22) * 2 * (19 / 22) * 1.5) ** 2
    )


def test_new_statements_come_up_before_those_that_everybody_passes() -> None:
    passed, fresh = Standing(agreed=1, passed=19, seen=20), Standing()
    drawn = [drawn_next([passed, fresh], f"person {number}") for number in range(100)]
    assert drawn.count(1) > 95
    assert drawn_next([], "person") is None


def test_the_statement_before_somebody_stays_while_others_answer_and_the_map_is_drawn(
    statements: Activity, workshop: Workshop, femi: User, come_in: ComeIn
) -> None:
    author = come_in()
    for number in range(12):
        contributing.say(author, statements, f"Statement number {number}")
    phone = phone_of(workshop)

    def before_me() -> str:
        page = phone.get(f"/j/{workshop.code}/").content.decode()
        found = re.search(r'id="ws-statement" dir="auto">([^<]+)<', page)
        assert found
        return found[1]

    first = before_me()
    for _person in range(6):
        other = come_in()
        for one in statements.contributions.all():
            answering.answer(other, statements, str(one.pk), "agree")
    answering.show_map(femi, statements, shown=True)
    maps.draw(statements)
    assert before_me() == first
    page = phone.get(f"/j/{workshop.code}/").content.decode()
    # The way to the map comes below the buttons, and pushes nothing.
    assert page.index('id="ws-pass"') < page.index("See what we agree on")
    shown = statements.contributions.get(text=first)
    moderating.hide(femi, workshop, shown.pk, "It names somebody.")
    assert before_me() != first
