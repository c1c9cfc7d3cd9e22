# Fixtures are imported by name, and named again by the tests that take them.
# ruff: noqa: F811
"""Every page of programmes and of the directory, at three widths: nothing for axe to find."""

import json

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from commissioning.people.models import User
from commissioning.programmes.actions.members import invitation_token, invite
from commissioning.programmes.actions.openness import add_level_field_entry, say_given
from commissioning.programmes.actions.vision import add_outcome, endorse, write_draft
from commissioning.programmes.models import Given, LevelFieldEntry, Programme, Role
from places.directory.actions import ask_to_join, invite_to_organisation
from places.directory.measure_actions import Measured, say_measure
from places.directory.models import Area, Organisation, Place
from places.directory.place_actions import upload_boundaries, use_boundaries
from tests.browser.conftest import Axe, Console, PageFor, Site
from tests.browser.looking import Look, look  # noqa: F401
from tests.browser.test_people import code_for
from tests.cast import make_person
from tests.places.directory.shapes import collection, square

pytestmark = pytest.mark.django_db(transaction=True)


def fill(programme: Programme, ada: User, lanes: Organisation, priya: User) -> None:
    """Something on every page of the programme."""
    say_given(ada, programme, Given.Kind.FIXED, "The day centre's lease ends in June.")
    say_given(ada, programme, Given.Kind.OPEN, "Everything else: said at every workshop.")
    add_level_field_entry(
        ada, programme, lanes, LevelFieldEntry.Kind.ATTENDED, "The workshop of 16 October."
    )
    invite(ada, programme, "new.person@example.org", Role.CITIZEN)


def test_pages_of_a_programme_in_delivery(
    programme: Programme,
    ada: User,
    lanes: Organisation,
    priya: User,
    page_for: PageFor,
    look: Look,
) -> None:
    fill(programme, ada, lanes, priya)
    endorse(priya, programme, lanes, "We will open our doors on Sundays.")
    invitation = programme.invitations.get()
    addresses = [
        programme.get_absolute_url(),
        *(
            reverse(f"programmes:{name}", args=[programme.slug])
            for name in ("vision", "fixed_and_open", "people", "level_field", "history")
        ),
        reverse("programmes:invitation", args=[invitation_token(invitation.pk)]),
        reverse("programmes:list"),
    ]
    stranger, lead = page_for(None), page_for(ada)
    for address in addresses:
        look(lead, address)
        if "level-field" not in address:
            look(stranger, address)


def test_pages_of_the_lead_in_the_vision_stage(
    vision_programme: Programme,
    ada: User,
    lanes: Organisation,
    priya: User,
    page_for: PageFor,
    look: Look,
) -> None:
    lead = page_for(ada)
    look(lead, vision_programme.get_absolute_url())
    look(lead, reverse("programmes:vision", args=[vision_programme.slug]))
    look(lead, reverse("programmes:sign_off", args=[vision_programme.slug]))
    fill(vision_programme, ada, lanes, priya)
    write_draft(ada, vision_programme, "Children play out on every street of Rivermead.")
    for title in ("Streets close to cars on Sundays", "Neighbours know the children's names"):
        add_outcome(ada, vision_programme, title)
    member = vision_programme.memberships.get(role=Role.CITIZEN)
    names = ("vision", "vision_draft", "vision_agree", "outcome_new", "lift", "edit")
    for name in (*names, "given_new", "invite", "declare", "leave", "level_field_new", "publish"):
        look(lead, reverse(f"programmes:{name}", args=[vision_programme.slug]))
    look(lead, reverse("programmes:member", args=[vision_programme.slug, member.pk]))
    look(lead, reverse("programmes:begin"))


def test_errors_stand_beside_their_fields_and_keep_what_was_typed(
    vision_programme: Programme, ada: User, page_for: PageFor, axe: Axe, console: Console
) -> None:
    console.expect(422)
    page = page_for(ada)
    page.goto(reverse("programmes:vision_draft", args=[vision_programme.slug]))
    page.get_by_label("The vision, in one or two sentences").fill("We have £4,000 for play.")
    page.get_by_role("button", name="Save the words").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("Never ever start by talking about the money")
    expect(page.get_by_label("The vision, in one or two sentences")).to_have_value(
        "We have £4,000 for play."
    )
    axe(page)


def test_femi_moves_outcomes_without_a_mouse(
    vision_programme: Programme, femi: User, page_for: PageFor
) -> None:
    write_draft(femi, vision_programme, "Children play out.")
    for title in ("First", "Second"):
        add_outcome(femi, vision_programme, title)
    page = page_for(femi, java_script_enabled=False)
    page.goto(reverse("programmes:vision_draft", args=[vision_programme.slug]))
    page.get_by_role("button", name="Move down First").press("Enter")
    expect(page.locator(".cc-outcomes > li > b")).to_have_text(["Second", "First"])


def test_pages_of_the_directory(
    place: Place,
    council: Organisation,
    lanes: Organisation,
    ada: User,
    priya: User,
    programme: Programme,
    page_for: PageFor,
    look: Look,
) -> None:
    data = json.dumps(collection(Northbank=square(-0.1, 51.5), Southbank=square(-0.1, 51.49)))
    upload = upload_boundaries(ada, place, "wards.geojson", data.encode())
    officer, keeper, stranger = page_for(ada), page_for(priya), page_for(None)
    look(officer, reverse("directory:boundaries_preview", args=[place.slug, upload.pk]))
    use_boundaries(ada, upload, "name", replaces=False)
    ask_to_join(make_person("Nora Eld"), lanes, "I am the treasurer.")
    invite_to_organisation(priya, lanes, "new@example.org", "editor")
    for name in ("place", "place_edit", "boundaries", "area_new"):
        look(officer, reverse(f"directory:{name}", args=[place.slug]))
    for name in ("organisation", "organisation_edit", "people", "invite"):
        look(keeper, reverse(f"directory:{name}", args=[lanes.slug]))
    look(keeper, reverse("directory:measure_new", args=[lanes.slug]))
    words = Measured(
        "Calls" * 24, "6" * 40, "October 2026", "Each caller ticks a list." * 8, "a week"
    )
    own = [lanes.slug, say_measure(priya, lanes, words).pk]
    look(keeper, reverse("directory:measure_edit", args=own))
    look(keeper, reverse("directory:measure_withdraw", args=own))
    look(keeper, lanes.get_absolute_url())
    look(stranger, lanes.get_absolute_url())
    look(stranger, reverse("directory:places"))
    look(stranger, place.get_absolute_url())
    look(stranger, reverse("directory:organisations"))
    look(stranger, council.get_absolute_url())
    look(officer, f"{reverse('directory:join')}?q=lanes")
    look(officer, reverse("directory:organisation_new"))
    look(officer, reverse("directory:ask", args=[lanes.slug]))
    assert Area.objects.filter(place=place, boundary__isnull=False).count() == 2


def test_a_newcomer_follows_the_mail_signs_in_and_is_in(
    programme: Programme, ada: User, page: Page, site: Site, axe: Axe
) -> None:
    invitation = invite(ada, programme, "nia@example.org", Role.CITIZEN)
    page.goto(reverse("programmes:invitation", args=[invitation_token(invitation.pk)]))
    page.get_by_role("link", name="Sign in to accept").click()
    page.get_by_label("Your e-mail address").fill("nia@example.org")
    page.get_by_role("button", name="E-mail me a code").click()
    page.get_by_label("Code").fill(code_for(page, site, "nia@example.org"))
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Your full name").fill("Nia Pugh")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.get_by_role("heading", name="What could you gain?")).to_be_visible()
    axe(page)
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Declare").click()
    expect(page.get_by_role("link", name="Who is in")).to_be_visible()
    assert programme.memberships.in_force().filter(user__email="nia@example.org").exists()
