"""Resources put in, suggested, changed, published, hidden, checked."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.notices.actions import tell
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from places.directory.models import Area, Organisation, Place
from places.resources.actions.common import (
    locate,
    locked,
    refuse_amounts,
    tell_history,
    without_amounts,
)
from places.resources.models import Resource, Source, State, Where, a_year_from
from places.resources.rules import may_add, may_edit, may_look_after, may_suggest


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a resource. The area is chosen only where ``where`` is an area."""

    kind: str
    what: str
    about: str = ""
    organisation: Organisation | None = None
    whose: str = ""
    where: str = Where.EVERYWHERE
    longitude: float | None = None
    latitude: float | None = None
    area: Area | None = None
    address: str = ""
    postcode: str = ""
    when: str = ""
    for_whom: str = ""
    website: str = ""
    email: str = ""
    telephone: str = ""
    source_words: str = ""

    def columns(self) -> dict[str, Any]:
        """Its columns, those that say where fitted to one another."""
        values = {column.name: getattr(self, column.name) for column in fields(self)}
        if self.where != Where.POINT:
            values |= {"longitude": None, "latitude": None}
        if self.where != Where.AREA:
            values["area"] = None
        return values

    def texts(self) -> dict[str, str]:
        """What people wrote, by field."""
        names = ("what", "about", "whose", "when", "for_whom", "source_words")
        return {name: getattr(self, name) for name in names}


def _checked(place: Place, facts: Facts) -> None:
    refuse_amounts(**facts.texts())
    if not facts.what.strip():
        raise Invalid(_("Say what it is."), "what")
    if facts.where == Where.AREA and (facts.area is None or facts.area.place_id != place.pk):
        raise Invalid(_("Choose the area that it is in."), "area")
    if facts.where == Where.POINT and (facts.longitude is None or facts.latitude is None):
        raise Invalid(_("Say where the spot is, or choose an area instead."), "latitude")


@transaction.atomic
def add_resource(
    user: User, place: Place, facts: Facts, programme: Programme | None = None
) -> Resource:
    """Put something on the map. Whoever adds it has checked it, and looks at it in a year."""
    require(may_add(user, place, facts.organisation))
    resource = _made(user, place, facts, programme, State.PUBLISHED)
    tell_history(programme, user, f"put “{resource.what}” among what {place.name} has")
    return resource


@transaction.atomic
def suggest_resource(
    user: User, place: Place, facts: Facts, programme: Programme | None = None
) -> Resource:
    """Say that something is there; whoever looks after the list reads it before others do."""
    require(may_suggest(user))
    return _made(user, place, facts, programme, State.SUGGESTED)


def _made(
    user: User, place: Place, facts: Facts, programme: Programme | None, state: State
) -> Resource:
    _checked(place, facts)
    today = timezone.localdate()
    is_ours = state == State.PUBLISHED
    resource = Resource(
        place=place,
        programme=programme,
        state=state,
        added_by=user,
        owner=user if is_ours else None,
        checked_on=today if is_ours else None,
        review_on=a_year_from(today) if is_ours else None,
        **facts.columns(),
    )
    locate(place, [resource])
    resource.save()
    return resource


@transaction.atomic
def add_from_offer(
    user: User,
    programme: Programme,
    words: str,
    kind: str,
    organisation: Organisation | None = None,
    *,
    source_words: str = "",
    about: str = "",
) -> Resource:
    """Make a workshop's offer ("what can we bring?") a resource, with one click.

    ``user`` facilitates or runs the programme. An amount in the words is left out rather than
    refused; words beyond a name's length go on in ``about``. The same offer twice is one row.
    """
    place = programme.place
    require(may_look_after(user, place))
    said = " ".join(without_amounts(words).split())
    if not said:
        raise Invalid(_("An offer says what somebody can bring."), "words")
    what, rest = (said, "") if len(said) <= 160 else (said[:157].rstrip() + "...", said)
    same = Resource.objects.filter(
        place=place,
        programme=programme,
        source=Source.OFFER,
        what=what,
        kind=kind,
        organisation=organisation,
    ).exclude(state=State.HIDDEN)
    if found := same.first():
        return found
    today = timezone.localdate()
    resource = Resource.objects.create(
        place=place,
        programme=programme,
        kind=kind,
        what=what,
        about=without_amounts(about) or rest,
        organisation=organisation,
        source=Source.OFFER,
        source_words=source_words or f"Offered at a workshop on {today:%-d %B %Y}",
        state=State.PUBLISHED,
        added_by=user,
        owner=user,
        checked_on=today,
        review_on=a_year_from(today),
    )
    tell_history(programme, user, f"kept the offer “{what}” among what {place.name} has")
    return resource


@transaction.atomic
def edit_resource(user: User, resource: Resource, facts: Facts) -> Resource:
    """Say anew what it is. To hand it to another organisation one must look after the place."""
    resource = locked(resource)
    require(may_edit(user, resource))
    _checked(resource.place, facts)
    if facts.organisation != resource.organisation:
        require(may_add(user, resource.place, facts.organisation))
    for name, value in facts.columns().items():
        setattr(resource, name, value)
    locate(resource.place, [resource])
    resource.save()
    return resource


@transaction.atomic
def publish_resource(user: User, resource: Resource) -> Resource:
    """Let everyone see what was suggested or hidden; whoever suggested it is told."""
    resource = locked(resource)
    require(may_look_after(user, resource.place))
    if resource.state not in (State.SUGGESTED, State.HIDDEN):
        raise Invalid(_("It is published already, or part of another."))
    was_suggested = resource.state == State.SUGGESTED
    today = timezone.localdate()
    resource.state, resource.why_hidden = State.PUBLISHED, ""
    resource.owner = resource.owner or user
    resource.checked_on = resource.checked_on or today
    resource.review_on = resource.review_on or a_year_from(today)
    resource.save()
    if was_suggested:
        tell_history(
            resource.programme, user, f"put “{resource.what}” among what {resource.place.name} has"
        )
        _tell_suggester(user, resource)
    return resource


@transaction.atomic
def hide_resource(user: User, resource: Resource, why: str) -> Resource:
    """Take it off every page, with the reason; it can be published again."""
    resource = locked(resource)
    require(may_edit(user, resource))
    if resource.state == State.MERGED:
        raise Invalid(_("It is part of another. Undo that first."))
    if not why.strip():
        raise Invalid(_("Say why."), "why")
    was_suggested = resource.state == State.SUGGESTED
    resource.state, resource.why_hidden = State.HIDDEN, why.strip()[:280]
    resource.save()
    if was_suggested:
        _tell_suggester(user, resource)
    else:
        tell_history(resource.programme, user, f"took “{resource.what}” off the map", reason=why)
    return resource


def _tell_suggester(user: User, resource: Resource) -> None:
    if resource.added_by is None or resource.added_by == user:
        return
    tell(
        "resources.answered",
        resource.added_by,
        about={"resource": str(resource.pk)},
        key=f"resources.answered:{resource.pk}:{resource.state}",
    )


@transaction.atomic
def check_resource(user: User, resource: Resource, review_on: date | None = None) -> Resource:
    """Say that it is still as written, and when to look again (in a year, unless you say)."""
    resource = locked(resource)
    require(may_edit(user, resource))
    today = timezone.localdate()
    if review_on is not None and review_on <= today:
        raise Invalid(_("The day to look again lies ahead."), "review_on")
    resource.checked_on = today
    resource.review_on = review_on or a_year_from(today)
    resource.owner = resource.owner or user
    resource.save()
    return resource
