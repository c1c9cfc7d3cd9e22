"""Who listens, and whether they still may."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db import connections
from django.utils import timezone

from commissioning.live.channels import Viewer, may_listen


@dataclass(frozen=True, slots=True)
class Listener:
    """A person in a session, or somebody who has not signed in."""

    user_id: str | None
    session_key: str | None


def refused(asked: Iterable[tuple[Listener, str]]) -> set[tuple[Listener, str]]:
    """Those who may not listen any more: their session or account ended, or a rule says no.

    People and sessions are read in one query each; a rule is asked once for a person and channel,
    once for all who have not signed in.
    """
    asked = set(asked)
    try:
        viewers = _viewers({listener for listener, _ in asked})
        answers: dict[tuple[str | None, str], bool] = {}
        for listener, channel in asked:
            viewer = viewers.get(listener)
            if viewer is not None and (listener.user_id, channel) not in answers:
                answers[listener.user_id, channel] = may_listen(viewer, channel)
        return {
            (listener, channel)
            for listener, channel in asked
            if listener not in viewers or not answers[listener.user_id, channel]
        }
    finally:
        # This runs outside any request, so nobody else gives the connection back.
        connections.close_all()


def _viewers(listeners: set[Listener]) -> dict[Listener, Viewer]:
    """Each listener whose session and account still stand, as who they are."""
    people = (
        get_user_model()
        .objects.filter(is_active=True)
        .in_bulk({listener.user_id for listener in listeners if listener.user_id})
    )
    by_id = {str(key): person for key, person in people.items()}
    keys = {listener.session_key for listener in listeners if listener.session_key}
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).values_list(
            "session_key", flat=True
        )
    )
    found: dict[Listener, Viewer] = {}
    for listener in listeners:
        if listener.user_id is None:
            found[listener] = AnonymousUser()
        elif listener.user_id in by_id and listener.session_key in alive:
            found[listener] = by_id[listener.user_id]
    return found
