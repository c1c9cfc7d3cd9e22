"""Triggers ask for settings that may lack, and what was set still counts."""

import pghistory
import pgtrigger
import pytest
from django.apps import apps
from django.db import connection

from places.directory.models import Place
from places.spending.models import Payee

pytestmark = pytest.mark.django_db
FUNCTIONS = ("_pgtrigger_should_ignore", "_pgh_attach_context")


def asked(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


@pytest.fixture
def payee(place: Place) -> Payee:
    return Payee.objects.create(place=place, name="Weir Care", key="weir care", match_key="weir")


def contexts_of(payee: Payee) -> list[str | None]:
    events = apps.get_model("spending", "PayeeEvent").objects.filter(pgh_obj=payee)
    contexts = [event.pgh_context for event in events.order_by("pgh_id")]
    return [context and context.metadata["why"] for context in contexts]


def rename(payee: Payee, name: str) -> None:
    Payee.objects.filter(pk=payee.pk).update(name=name)


def test_neither_starts_a_subtransaction_for_a_row() -> None:
    for name in FUNCTIONS:
        assert "EXCEPTION" not in str(asked(f"SELECT pg_get_functiondef(to_regproc('{name}'))"))


def test_a_change_belongs_to_what_is_under_way_and_else_to_nothing(payee: Payee) -> None:
    rename(payee, "Weir Care 1")
    with pghistory.context(why="a file"):
        rename(payee, "Weir Care 2")
        rename(payee, "Weir Care 3")
    # The setting that is over says "" now, where it lacked before.
    asked("SELECT set_config('pghistory.context_id', '', true)")
    rename(payee, "Weir Care 4")
    assert contexts_of(payee) == [None, "a file", "a file", None]
    assert pghistory.models.Context.objects.filter(metadata__why="a file").count() == 1


def test_a_trigger_is_left_out_only_where_somebody_says_so(payee: Payee) -> None:
    with pgtrigger.ignore("spending.Payee:update_update"):
        rename(payee, "Weir Care 1")
    assert contexts_of(payee) == []
    asked("SELECT set_config('pgtrigger.ignore', '', true)")
    rename(payee, "Weir Care 2")
    assert contexts_of(payee) == [None]
