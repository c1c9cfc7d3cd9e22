"""Several people answer at once: each page hears of it, and shows no answer before its own."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
import redis
from django.conf import settings
from django.test import Client
from django.urls import reverse

from commissioning.live.publish import topic
from commissioning.people.models import User
from decisions.trees.models import Appraisal
from tests.cast import SignIn
from tests.decisions.walks.conftest import say, settle

pytestmark = pytest.mark.django_db(transaction=True)


def page(name: str, walk: Appraisal, *more: str) -> str:
    question = walk.question
    return reverse(f"trees:{name}", args=[question.programme.slug, question.pk, walk.pk, *more])


def now(client: Client, walk: Appraisal | str) -> Any:
    return client.get(reverse("live:now", args=[f"walk:{getattr(walk, 'pk', walk)}"]))


def listen_once(channel: str, told: list[bytes], happen: Callable[[], object]) -> None:
    """What a channel is told while something happens."""
    subscription: Any = redis.Redis.from_url(settings.REDIS_URL).pubsub()  # type: ignore[no-untyped-call]
    with subscription:
        subscription.subscribe(channel)
        subscription.get_message(timeout=2)
        happen()
        heard = subscription.get_message(timeout=2)
        told.extend([heard["data"]] if heard else [])


def test_when_sami_answers_the_open_pages_of_the_walk_are_told_that_and_nothing_of_what(
    walk: Appraisal, sami: User
) -> None:
    told: list[bytes] = []
    listen_once(topic(f"walk:{walk.pk}"), told, lambda: say(sami, walk, "need_to_buy", "yes"))
    assert [json.loads(each) for each in told] == [{"event": "room", "data": {"rev": 2}}]


def test_a_settlement_is_told_too(walk: Appraisal, ada: User, sami: User, sign_in: SignIn) -> None:
    as_ada = sign_in(ada)
    say(ada, walk, "need_to_buy", "yes")
    say(sami, walk, "need_to_buy", "no")
    before = now(as_ada, walk).json()["room"]["rev"]
    settle(ada, walk, "need_to_buy", "yes")
    assert now(as_ada, walk).json()["room"]["rev"] > before


def test_members_listen_and_nobody_else(
    walk: Appraisal, ada: User, sami: User, nell: User, sign_in: SignIn, client: Client
) -> None:
    as_ada, as_sami, as_nell = sign_in(ada), sign_in(sami), sign_in(nell)
    assert now(as_ada, walk).status_code == now(as_sami, walk).status_code == 200
    for other in (as_nell, client):
        assert now(other, walk).status_code == 404
    for nothing in (str(uuid4()), "not-a-walk"):
        assert now(as_ada, nothing).status_code == 404


def test_the_page_looked_at_again_counts_the_other_seat_and_hides_what_it_said(
    walk: Appraisal, ada: User, sami: User, sign_in: SignIn
) -> None:
    as_ada = sign_in(ada)
    ask = page("ask", walk, "need_to_buy")
    first = as_ada.get(ask).content.decode()
    assert f'data-room="walk:{walk.pk}"' in first
    assert 'id="seats" data-live' in first
    assert "other seat has answered" not in first
    say(sami, walk, "need_to_buy", "no", "My mother says so.")
    again = as_ada.get(ask).content.decode()
    assert "1 other seat has answered" in again
    assert "My mother says so." not in again
    say(ada, walk, "need_to_buy", "yes")
    assert "My mother says so." in as_ada.get(ask).content.decode()


def test_the_picture_beside_a_question_hides_it_too(
    walk: Appraisal, ada: User, sami: User, sign_in: SignIn
) -> None:
    say(ada, walk, "need_to_buy", "perhaps_not")
    as_sami = sign_in(sami)
    for key in ("need_to_buy", "need_evidence"):
        shown = as_sami.get(page("ask", walk, key)).content.decode()
        picture = shown[shown.index('class="cc-here"') : shown.index("Answers for each route")]
        assert "Perhaps not" not in picture
        assert "Buy nothing" not in picture, "nor which routes it speaks for"
    tried = as_sami.get(page("effect", walk, "need_evidence"), {"value": "weak"}).content.decode()
    assert "Perhaps not" not in tried
    assert "Weak" in tried
    say(sami, walk, "need_to_buy", "perhaps_not")
    assert "Perhaps not" in as_sami.get(page("effect", walk, "need_evidence")).content.decode()


def test_the_way_so_far_hides_it_too_until_you_have_answered(
    walk: Appraisal, ada: User, sami: User, olu: User, sign_in: SignIn
) -> None:
    as_ada, as_olu = sign_in(ada), sign_in(olu)
    say(sami, walk, "need_to_buy", "perhaps_not")
    shown = as_ada.get(page("walk", walk)).content.decode()
    assert "Perhaps not" not in shown
    assert "1 seat has answered. You see what it said once you have." in shown
    # Who only watches has no answer of their own to give.
    assert "Perhaps not" in as_olu.get(page("walk", walk)).content.decode()
    say(ada, walk, "need_to_buy", "perhaps_not")
    assert "Perhaps not" in as_ada.get(page("walk", walk)).content.decode()


def test_two_answers_that_do_not_go_together_are_asked_about_at_once(
    walk: Appraisal, ada: User, sami: User, sign_in: SignIn
) -> None:
    as_ada, as_sami = sign_in(ada), sign_in(sami)
    for key, value in (
        *(("need_to_buy", "yes"), ("need_evidence", "strong"), ("what_works", "known")),
        *(("present_works", "partly"), ("local_knowledge", "some"), ("capable_providers", "none")),
        *(("small_provider_risk", "low"), ("collaboration", "some"), ("shape_of_need", "both")),
        *(("market_opening", "some"), ("residents_ready", "some"), ("history", "good")),
        *(("community_lead", "no"), ("intermediary", "no"), ("personal_choice", "little")),
        *(("own_staff", "no"), ("framework_available", "yes")),
    ):
        say(ada, walk, key, value)
    following = as_ada.get(page("ask", walk, "effort_in_proportion")).content.decode()
    assert "Two answers do not go together." in following
    assert page("ask", walk, "capable_providers") in following
    assert "Two answers do not" not in as_ada.get(page("ask", walk, "history")).content.decode()
    # Sami has answered neither, so the note would tell him what Ada said.
    watching = as_sami.get(page("ask", walk, "framework_available")).content.decode()
    assert "Two answers do not go together." not in watching
    assert "Two answers do not" in as_ada.get(page("walk", walk)).content.decode()
    say(ada, walk, "framework_available", "no")
    assert "Two answers do not" not in as_ada.get(page("walk", walk)).content.decode()
