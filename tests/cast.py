"""The cast: the same few people and bodies in every test, so that tests read like sentences.

``programme`` has reached delivery with an agreed vision (amounts are open), ``vision_programme``
is the same people still in the vision stage (the money gate is closed); both are public.
``other_programme`` is Nell's, private, also in delivery: everyone else is an outsider there, and
she is one here.
"""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from commissioning.people.models import User
from commissioning.programmes.models import (
    Declaration,
    Membership,
    Outcome,
    Programme,
    Role,
    Stage,
    StageSignOff,
    Vision,
    VisionOutcome,
)
from places.directory.models import Area, Organisation, OrganisationMember, Place

SignIn = Callable[[User], Client]


def make_person(name: str) -> User:
    """A person who can sign in; the address is their first name's."""
    return User.objects.create_user(f"{name.split(maxsplit=1)[0].lower()}@example.org", name)


def join(
    programme: Programme,
    user: User,
    role: Role,
    organisation: Organisation | None = None,
    *,
    could_gain: bool | None = False,
) -> Membership:
    """Make somebody a member who has declared (``could_gain=None``: has not declared yet)."""
    membership = Membership.objects.create(
        programme=programme, user=user, role=role, organisation=organisation
    )
    membership.refresh_from_db()
    if could_gain is not None:
        Declaration.objects.create(
            membership=membership,
            could_gain=could_gain,
            words="We might apply for a grant." if could_gain else "",
        )
    return membership


def agree_a_vision(programme: Programme, by: User, *titles: str) -> Vision:
    """A vision agreed at a meeting, with outcomes."""
    vision = Vision.objects.create(
        programme=programme,
        version=1,
        statement="Nobody over 65 in Rivermead goes a week without company.",
        drafted_by=by,
    )
    for position, title in enumerate(titles, start=1):
        outcome = Outcome.objects.create(programme=programme, position=position, title=title)
        VisionOutcome.objects.create(vision=vision, position=position, title=title, outcome=outcome)
    vision.agreed_at = timezone.now()
    vision.agreed_by = by
    vision.how_agreed = "By everyone in the room, at the workshop in the library."
    vision.save()
    return vision


def advance(programme: Programme, by: User, stage: Stage) -> Programme:
    """Sign stages off until the programme has come to ``stage``."""
    while programme.stage != stage:
        now = Stage(programme.stage)
        StageSignOff.objects.create(programme=programme, stage=now, by=by, reason="Done.")
        following = now.following
        assert following is not None
        programme.stage = following
        programme.save(update_fields=["stage"])
    return programme


@pytest.fixture
def ada(db: None) -> User:
    """Lead commissioner, an officer of Rivermead Council."""
    return make_person("Ada Nwosu")


@pytest.fixture
def cora(db: None) -> User:
    """Commissioner, an officer of Rivermead Council."""
    return make_person("Cora Whitfield")


@pytest.fixture
def femi(db: None) -> User:
    """Facilitator."""
    return make_person("Femi Okafor")


@pytest.fixture
def priya(db: None) -> User:
    """Keeper of Lanes Neighbours, which could gain."""
    return make_person("Priya Raman")


@pytest.fixture
def sami(db: None) -> User:
    """Citizen commissioner."""
    return make_person("Sami Haddad")


@pytest.fixture
def olu(db: None) -> User:
    """Observer."""
    return make_person("Olu Adeyemi")


@pytest.fixture
def nell(db: None) -> User:
    """Lead of another programme, an outsider in this one."""
    return make_person("Nell Brady")


@pytest.fixture
def place(db: None) -> Place:
    """Rivermead, with two areas."""
    rivermead = Place.objects.create(slug="rivermead", name="Rivermead", prefix="RIV")
    Area.objects.bulk_create(
        [Area(place=rivermead, name="Northbank"), Area(place=rivermead, name="The Lanes")]
    )
    return rivermead


@pytest.fixture
def council(place: Place, ada: User, cora: User) -> Organisation:
    """Rivermead Council, confirmed to be what it says, kept by Ada."""
    council = Organisation.objects.create(
        slug="rivermead-council",
        name="Rivermead Council",
        kind=Organisation.Kind.COUNCIL,
        place=place,
        confirmed_at=timezone.now(),
    )
    keeper, editor = OrganisationMember.Role.KEEPER, OrganisationMember.Role.EDITOR
    OrganisationMember.objects.create(organisation=council, user=ada, role=keeper)
    OrganisationMember.objects.create(organisation=council, user=cora, role=editor)
    return council


@pytest.fixture
def lanes(place: Place, priya: User) -> Organisation:
    """Lanes Neighbours, a charity that Priya keeps."""
    lanes = Organisation.objects.create(
        slug="lanes-neighbours",
        name="Lanes Neighbours",
        kind=Organisation.Kind.CHARITY,
        place=place,
        about="Company and a hot lunch for older people in the Lanes.",
    )
    OrganisationMember.objects.create(
        organisation=lanes, user=priya, role=OrganisationMember.Role.KEEPER
    )
    return lanes


@pytest.fixture
def vision_programme(
    place: Place,
    council: Organisation,
    lanes: Organisation,
    ada: User,
    cora: User,
    femi: User,
    priya: User,
    sami: User,
    olu: User,
) -> Programme:
    """A programme in its vision stage, with the whole cast in it; its money gate is closed."""
    programme = Programme.objects.create(
        slug="streets-that-play",
        place=place,
        title="Streets that play",
        about="Children in Rivermead playing out again, on streets that look after them.",
        led_by=council,
        starts_on=date(2026, 9, 4),
        is_public=True,
    )
    _whole_cast(programme, lanes, council, ada, cora, femi, priya, sami, olu)
    return programme


@pytest.fixture
def programme(
    place: Place,
    council: Organisation,
    lanes: Organisation,
    ada: User,
    cora: User,
    femi: User,
    priya: User,
    sami: User,
    olu: User,
) -> Programme:
    """A programme that has come to delivery, with the whole cast in it; amounts are open."""
    programme = Programme.objects.create(
        slug="growing-older-together",
        place=place,
        title="Growing older together",
        about="Company, and something to go to, for everyone over 65.",
        led_by=council,
        starts_on=date(2026, 9, 4),
        is_public=True,
    )
    _whole_cast(programme, lanes, council, ada, cora, femi, priya, sami, olu)
    agree_a_vision(
        programme,
        ada,
        "People know someone on their street to call on",
        "There is something to go to every day",
    )
    return advance(programme, ada, Stage.DELIVERY)


@pytest.fixture
def other_programme(nell: User) -> Programme:
    """Nell's programme in another place: private, in delivery."""
    place = Place.objects.create(slug="hillcrest", name="Hillcrest", prefix="HIL")
    council = Organisation.objects.create(
        slug="hillcrest-council",
        name="Hillcrest Council",
        kind=Organisation.Kind.COUNCIL,
        place=place,
        confirmed_at=timezone.now(),
    )
    OrganisationMember.objects.create(
        organisation=council, user=nell, role=OrganisationMember.Role.KEEPER
    )
    programme = Programme.objects.create(
        slug="hillcrest-carers",
        place=place,
        title="Hillcrest carers",
        about="A break for everyone who cares for somebody.",
        led_by=council,
        starts_on=date(2026, 9, 4),
    )
    join(programme, nell, Role.LEAD, council)
    agree_a_vision(programme, nell, "Carers get a day off each week")
    return advance(programme, nell, Stage.DELIVERY)


@pytest.fixture
def sign_in() -> SignIn:
    """``sign_in(ada)``: a browser in which Ada is signed in."""

    def signed_in(user: User) -> Client:
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return signed_in


def _whole_cast(
    programme: Programme, lanes: Organisation, council: Organisation, *people: User
) -> None:
    ada, cora, femi, priya, sami, olu = people
    join(programme, ada, Role.LEAD, council)
    join(programme, cora, Role.COMMISSIONER, council)
    join(programme, femi, Role.FACILITATOR)
    join(programme, priya, Role.PARTNER, lanes, could_gain=True)
    join(programme, sami, Role.CITIZEN)
    join(programme, olu, Role.OBSERVER)
