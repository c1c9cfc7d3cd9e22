"""What the front page and the journey say of calls, to whom."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.calls.journey import next_step
from participation.calls.models import Call, Expression
from tests.participation.calls.conftest import close

pytestmark = pytest.mark.django_db


def test_an_open_call_stands_on_the_front_page_until_it_closes(client: Client, call: Call) -> None:
    assert call.title in client.get("/").content.decode()
    close(call)
    assert call.title not in client.get("/").content.decode()


def test_a_draft_is_for_those_who_write_it(
    client: Client, draft_call: Call, ada: User, programme: Programme
) -> None:
    assert draft_call.title not in client.get("/").content.decode()
    step = next_step(programme, ada)
    assert step is not None
    assert step.url.endswith("/build/")
    assert next_step(programme, AnonymousUser()) is None


def test_groups_are_told_that_they_can_apply_and_the_lead_what_came_in(
    call: Call, ada: User, programme: Programme
) -> None:
    step = next_step(programme, AnonymousUser())
    assert step is not None
    assert call.title in str(step.title)
    assert next_step(programme, ada) is None
    close(call)
    step = next_step(programme, ada)
    assert step is not None
    assert step.url.endswith("/assess/")


def test_an_applicant_finds_what_they_began_from_the_front_page(
    client: Client, begun: Expression, priya: User
) -> None:
    assert "/expressions/" not in client.get("/").content.decode()
    client.force_login(priya, backend="django.contrib.auth.backends.ModelBackend")
    assert 'href="/expressions/"' in client.get("/").content.decode()
