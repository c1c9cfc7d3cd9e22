"""Who listens, and whether they still may."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db import connections
from django.utils import timezone

from commissioning.live.channels import Guest, Viewer, admitted_guests, may_listen


@dataclass(frozen=True, slots=True)
class Listener:
    """A person in a session, a guest with a token, or somebody who has neither."""

    user_id: str | None = None
    session_key: str | None = None
    guest: Guest | None = None


def refused(asked: Iterable[tuple[Listener, str]]) -> set[tuple[Listener, str]]:
    """Those who may not listen any more: their session or account ended, or a rule says no.

    People and sessions are read in one query each; a rule is asked once for a person and channel,
    once for all who have not signed in, and once for all the guests of a channel.
    """
    asked = set(asked)
    try:
        return _refused_guests(asked) | _refused_people(
            {one for one in asked if one[0].guest is None}
        )
    finally:
        # This runs outside any request, so nobody else gives the connection back.
        connections.close_all()


def _refused_guests(asked: set[tuple[Listener, str]]) -> set[tuple[Listener, str]]:
    by_channel: defaultdict[str, set[Guest]] = defaultdict(set)
    for listener, channel in asked:
        if listener.guest is not None:
            by_channel[channel].add(listener.guest)
    staying = {name: admitted_guests(name, guests) for name, guests in by_channel.items()}
    return {
        (listener, channel)
        for listener, channel in asked
        if listener.guest is not None and listener.guest not in staying[channel]
    }


def _refused_people(asked: set[tuple[Listener, str]]) -> set[tuple[Listener, str]]:
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
