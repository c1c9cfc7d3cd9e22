"""The demo place's people, bodies and wards."""

from dataclasses import dataclass

from commissioning.demo.content import Content
from commissioning.people.models import User
from commissioning.programmes.actions import members
from commissioning.programmes.models import Programme, Role
from places.directory.actions import Profile, confirm_organisation, create_organisation
from places.directory.measure_actions import Measured, say_measure
from places.directory.models import Area, Organisation, OrganisationMember, Place

PLACE = "rivermead"


@dataclass(frozen=True, slots=True)
class Town:
    """Rivermead: people and bodies by key, areas by name."""

    content: Content
    place: Place
    people: dict[str, User]
    bodies: dict[str, Organisation]
    areas: dict[str, Area]


def make_town(content: Content) -> Town:
    """Everybody and everything that the programmes of the demo place need."""
    place = Place.objects.create(
        slug=PLACE,
        name="Rivermead",
        prefix="RIV",
        kind=Place.Kind.COUNCIL,
        about="A river town with six wards. It is made up, like everybody in it.",
        is_demo=True,
    )
    areas = {
        ward.name: Area.objects.create(place=place, name=ward.name, boundary=ward.boundary)
        for ward in content.wards
    }
    people = {
        person.key: User.objects.create_user(
            person.email, person.name, is_demo=True, is_staff=person.key == "kit"
        )
        for person in content.people
    }
    town = Town(content, place, people, {}, areas)
    for body in content.bodies:
        profile = Profile(name=body.name, kind=body.kind, place=place, about=body.about)
        made = create_organisation(people[body.keeper], profile)
        Organisation.objects.filter(pk=made.pk).update(is_demo=True)
        town.bodies[body.key] = made
    for key in ("council", "health", "rva", "weir"):
        town.bodies[key] = confirm_organisation(people["kit"], town.bodies[key])
    OrganisationMember.objects.create(organisation=town.bodies["lanes"], user=people["tomos"])
    _say_measures(town)
    return town


def _say_measures(town: Town) -> None:
    keepers = {body.key: town.people[body.keeper] for body in town.content.bodies}
    for word in town.content.measures:
        measured = Measured(
            what=word.what,
            figure=word.figure,
            unit=word.unit,
            period=word.period,
            how_known=word.how_known,
        )
        say_measure(keepers[word.body], town.bodies[word.body], measured)


def bring_in(
    town: Town,
    programme: Programme,
    who: str,
    role: Role,
    body: str | None = None,
    *,
    gains: str = "",
) -> None:
    """Invite somebody, have them accept and declare. ``gains``: what they could gain, in words."""
    lead, person = programme.memberships.get(role=Role.LEAD).user, town.people[who]
    organisation = town.bodies[body] if body else None
    invitation = members.invite(lead, programme, person.email, role, organisation)
    members.accept_invitation(person, invitation)
    members.declare(person, programme, could_gain=bool(gains), words=gains)
