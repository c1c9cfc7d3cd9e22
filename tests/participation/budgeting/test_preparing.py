"""What a round declares fits together, whichever page was filled in last."""

import pytest
from django.test import Client

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.budgeting import actions
from participation.budgeting.models import Round
from tests.participation.budgeting.conftest import MakeRound

pytestmark = pytest.mark.django_db


def test_points_are_counted_where_people_give_points(ada: User, prepared: MakeRound) -> None:
    round_ = prepared(rule_options={"min_votes": 2})
    scoring = {"style": "score", "style_options": {"lowest": 1, "highest": 5}}
    assert actions.change_round(ada, round_, scoring).rule_options == {
        "min_votes": 2,
        "utility": "points",
    }
    ticking = {"style": "approval", "style_options": {"at_most": 3}}
    assert actions.change_round(ada, round_, ticking).rule_options == {"min_votes": 2}


def test_a_vote_under_equal_shares_is_worth_points_only_while_people_give_them(
    ada: User, prepared: MakeRound
) -> None:
    scoring = {"style": "score", "style_options": {"lowest": 1, "highest": 5}}
    ticking = {"style": "approval", "style_options": {"at_most": 3}}
    round_ = prepared(rule="equal-shares", rule_options={"utility": "cardinality"})
    assert actions.change_round(ada, round_, ticking).rule_options == {"utility": "cardinality"}
    assert actions.change_round(ada, round_, scoring).rule_options == {"utility": "points"}
    assert actions.change_round(ada, round_, ticking).rule_options == {"utility": "cost"}


def test_an_idea_that_nobody_chose_is_not_funded_unless_declared(
    ada: User, programme: Programme, client: Client
) -> None:
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    typed = {"title": "Which ideas?", "budget": "2500"}
    for name, clock in (("opens_at", "9am"), ("closes_at", "5pm")):
        typed |= {f"{name}-day": "3", f"{name}-month": "6", f"{name}-year": "2031"}
        typed[f"{name}-time"] = clock
    client.post(f"/programmes/{programme.slug}/votes/new/", typed)
    assert Round.objects.get().rule_options == {"min_votes": 1}
