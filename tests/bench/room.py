"""A session that is open at ideas, with so many people in it, made through the real actions."""

from datetime import date

from django.test import Client
from django.utils import timezone

from commissioning.people.models import User
from commissioning.programmes.actions.members import declare
from commissioning.programmes.actions.programme import About, create_programme
from commissioning.programmes.models import Programme
from participation.workshops.actions import joining, preparing, running
from participation.workshops.agendas import ready
from participation.workshops.models import Workshop
from participation.workshops.room import cookie_name
from places.directory.models import Organisation, Place


def make_room(people: int) -> dict[str, object]:
    """The workshop's id, code and first open activity; a cookie for each phone and for a wall."""
    ada = User.objects.create_user("ada@example.org", "Ada Nwosu", is_staff=True)
    place = Place.objects.create(slug="rivermead", name="Rivermead", prefix="RIV")
    council = Organisation.objects.create(
        slug="council",
        name="Rivermead Council",
        kind=Organisation.Kind.COUNCIL,
        place=place,
        confirmed_at=timezone.now(),
    )
    programme = create_programme(
        ada, council, place, About("Growing older together", "Company for all.", date(2027, 1, 1))
    )
    declare(ada, programme, could_gain=False, words="")
    programme = Programme.objects.get(pk=programme.pk)
    workshop = preparing.make_workshop(ada, programme, ready("whole-place"), "The bench's session")
    values = {name: getattr(workshop, name) for name in preparing.SETTINGS}
    preparing.write_settings(ada, workshop, values | {"safeguarding_lead": ada})
    workshop = running.open_workshop(ada, Workshop.objects.get(pk=workshop.pk))
    ideas = workshop.activities.get(kind="ideas")
    while workshop.current_id != ideas.pk:
        workshop = running.go_on(ada, workshop, workshop.current_id or "")
    tokens = [joining.come_in(workshop, name="")[1] for _ in range(people)]
    browser = Client()
    browser.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    session = next(iter(browser.cookies.values()))
    return {
        "workshop": str(workshop.pk),
        "code": workshop.code,
        "activity": str(ideas.pk),
        "phones": [f"{cookie_name(workshop.code)}={token}" for token in tokens],
        "wall": f"{session.key}={session.value}",
        "wall_path": f"{workshop.get_absolute_url()}wall/",
    }
