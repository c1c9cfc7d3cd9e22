"""What the front page and the journey say of votes: nobody has to look for what waits for them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.budgeting.journey import next_step
from tests.participation.budgeting.conftest import MakeRound

pytestmark = pytest.mark.django_db


def test_an_open_vote_stands_on_the_front_page_and_a_draft_does_not(
    client: Client, prepared: MakeRound, open_round: MakeRound
) -> None:
    prepared(title="Not ready yet")
    round_ = open_round(title="Quayside decides")
    html = client.get("/").content.decode()
    assert f"/votes/{round_.pk}/" in html
    assert "Quayside decides" in html
    assert "Not ready yet" not in html
    assert "£" not in html


def test_what_closes_next_stands_first_and_a_crowd_never_hides_it(
    client: Client, open_round: MakeRound
) -> None:
    for days in (*range(30, 36), 1):
        closes_at = timezone.now() + timedelta(days=days)
        open_round(cards=0, title=f"Closes in {days}", closes_at=closes_at)
    html = client.get("/").content.decode()
    order = [html.find(f"Closes in {days}<") for days in (1, 30, 31, 34)]
    assert -1 not in order
    assert order == sorted(order)
    assert "Closes in 35<" not in html


def test_a_vote_of_a_programme_that_is_not_public_stays_off_it(
    client: Client, open_round: MakeRound, programme: Programme
) -> None:
    open_round(title="Quayside decides")
    Programme.objects.filter(pk=programme.pk).update(is_public=False)
    assert "Quayside decides" not in client.get("/").content.decode()


def test_officers_are_told_what_to_do_and_residents_that_they_can_vote(
    ada: User, programme: Programme, open_round: MakeRound
) -> None:
    begin = next_step(programme, ada)
    assert begin is not None
    assert begin.other_label == "Prepare a vote"
    assert next_step(programme, AnonymousUser()) is None
    round_ = open_round(title="Quayside decides")
    run, cast = next_step(programme, ada), next_step(programme, AnonymousUser())
    assert run is not None
    assert run.url == f"/votes/{round_.pk}/desk/"
    assert cast is not None
    assert cast.url == "/v/"
