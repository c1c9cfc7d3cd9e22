"""``migrate``, as the owner of the tables."""

from typing import Any

import environ
from django.conf import settings
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

from commissioning.ground.roles import grant_to_app
from commissioning.ground.trigger_settings import ask_plainly


def _remember_trigger(operation: AddTrigger, app_label: str, state: ProjectState) -> None:
    """Note a trigger in the state, as pgtrigger does, without building every related model anew.

    A model looks the same with a trigger as without; rebuilding what points at it for each of some
    hundred triggers took ten times as long as all the rest.
    """
    options = state.models[app_label, operation.model_name].options
    options["triggers"] = [*options.get("triggers", []), operation.trigger]


class Command(migrate.Command):
    """Django's ``migrate`` run as the owner; the role that serves pages owns no table."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Become the owner, see that the app role may work with what is made, and migrate."""
        database = options.get("database") or DEFAULT_DB_ALIAS
        connection = connections[database]
        app = connection.settings_dict["USER"]
        if settings.DATABASE_OWNER_URL:
            self.become_owner(database)
        owner = connections[database].settings_dict["USER"]
        if owner != app:
            grant_to_app(connections[database], app)
        AddTrigger.state_forwards = _remember_trigger  # type: ignore[method-assign, assignment]
        super().handle(*args, **options)
        ask_plainly(connections[database])

    @staticmethod
    def become_owner(database: str) -> None:
        """Let the alias connect as the owner for the rest of this process."""
        connections[database].close()
        address = environ.Env.db_url_config(settings.DATABASE_OWNER_URL)
        changed = connections.settings[database] | address | {"OPTIONS": {}}
        connections.settings[database] = changed
        del connections[database]
