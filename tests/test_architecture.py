"""The house keeps its shape: what points where, migrations that follow one another, no drift."""

from itertools import pairwise

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL
from django.http import HttpResponse
from django.test import RequestFactory
from pghistory import config, runtime

from commissioning.ground.middleware import HistoryMiddleware

# Low to high. A room points only at rooms below it, and at itself.
FLOORS = [
    {"contenttypes", "auth", "sessions", "pghistory"},
    {"ground"},
    {"design", "live", "people", "account", "mfa", "socialaccount", "usersessions"},
    {"notices", "documents"},
    {"witnesses"},
    {"directory"},
    {"programmes"},
    {"imports", "questions"},
    {"resources", "spending", "criteria"},
    {"workshops", "calls"},
    {"budgeting"},
    {"trees", "costs"},
    {"records"},
]
OURS = ("commissioning.", "places.", "participation.", "decisions.")


def floor(label: str) -> int:
    """The floor that an application is on."""
    return next(number for number, labels in enumerate(FLOORS) if label in labels)


def our_models() -> list[type[models.Model]]:
    """Every table of ours, history tables and tables between tables included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if apps.get_app_config(model._meta.app_label).name.startswith(OURS)
    ]


def test_tables_point_down_only() -> None:
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model is not model
        and model._meta.app_label != field.related_model._meta.app_label
        and floor(field.related_model._meta.app_label) >= floor(model._meta.app_label)
    ]
    assert upward == []


def our_migrations() -> MigrationLoader:
    """The migrations as they are on disk."""
    return MigrationLoader(None)


def test_migrations_of_a_room_follow_one_another() -> None:
    graph = our_migrations().graph
    for app in apps.get_app_configs():
        names = sorted(name for label, name in graph.nodes if label == app.label)
        if not app.name.startswith(OURS) or not names:
            continue
        assert len(graph.leaf_nodes(app.label)) == 1, f"{app.label} forks"
        for earlier, later in pairwise(names):
            assert (app.label, earlier) in {
                parent.key for parent in graph.node_map[app.label, later].parents
            }, f"{app.label}: {later} does not follow {earlier}"


def test_migrations_can_be_taken_back() -> None:
    one_way = [
        f"{label}.{name}: {type(operation).__name__}"
        for (label, name), migration in our_migrations().disk_migrations.items()
        if apps.get_app_config(label).name.startswith(OURS)
        for operation in migration.operations
        if isinstance(operation, RunPython | RunSQL) and not operation.reversible
    ]
    assert one_way == []


def test_migrations_say_what_the_models_say(db: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", "--verbosity=0")


def test_the_role_that_serves_pages_owns_nothing_and_switches_nothing_off(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE tableowner = current_user),"
            " count(*) FILTER (WHERE has_table_privilege(current_user,"
            " format('%I.%I', schemaname, tablename), 'TRUNCATE, TRIGGER, REFERENCES')),"
            " count(*) FROM pg_tables WHERE schemaname = 'public'"
        )
        owned, dangerous, tables = cursor.fetchone()
    assert (owned, dangerous) == (0, 0)
    assert tables > 30


@pytest.mark.parametrize(("path", "told"), [("/v/some-card/", False), ("/programmes/", True)])
def test_history_learns_nothing_of_the_voting_pages(
    rf: RequestFactory, path: str, told: bool
) -> None:
    seen: list[bool] = []

    def view(request: object) -> HttpResponse:
        seen.append(hasattr(runtime._tracker, "value"))
        return HttpResponse()

    request = rf.post(path)
    request.user = None  # type: ignore[assignment]
    assert "POST" in config.middleware_methods()
    HistoryMiddleware(view)(request)  # type: ignore[no-untyped-call]
    assert seen == [told]
