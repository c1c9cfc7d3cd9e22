"""Organisations: found, put in once, their numbers checked, and who acts for them."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commissioning.ground.answers import Invalid, Refused
from commissioning.ground.exports import plain_cell, safe_cell
from commissioning.notices.models import Notice
from commissioning.people.models import User
from places.directory.actions import (
    Profile,
    accept_organisation_invitation,
    answer_join_request,
    ask_to_join,
    change_member,
    confirm_organisation,
    create_organisation,
    edit_organisation,
    invitation_token,
    invite_to_organisation,
    remove_organisation_member,
    withdraw_organisation_invitation,
)
from places.directory.alike import alike
from places.directory.identifiers import SCHEMES, BadIdentifierError, tidied
from places.directory.models import Organisation, OrganisationMember, Place
from places.directory.names import sort_key
from places.directory.rules import acts_for, keeps, may_lead_programmes
from tests.cast import SignIn, make_person

KEEPER, EDITOR = OrganisationMember.Role.KEEPER, OrganisationMember.Role.EDITOR


@pytest.fixture
def nora(db: None) -> User:
    """Somebody who acts for nobody yet."""
    return make_person("Nora Eld")


def profile(name: str, **fields: object) -> Profile:
    return Profile(name=name, kind="charity", **fields)  # type: ignore[arg-type]


def typed(name: str, **fields: str) -> dict[str, str]:
    return {"name": name, "kind": "charity"} | fields


def test_every_scheme_takes_its_own_example() -> None:
    for scheme in SCHEMES.values():
        assert tidied(scheme.prefix, scheme.example) == scheme.example


@pytest.mark.parametrize(
    ("scheme", "value", "tidy"),
    [
        ("GB-CHC", " 1 234 567 ", "1234567"),
        ("GB-CHC", "GB-CHC-1234567", "1234567"),
        ("GB-COH", "1234567", "01234567"),
        ("GB-COH", "sc123456", "SC123456"),
        ("GB-SC", "sc012345", "SC012345"),
        ("GB-LAE", "lbh", "LBH"),
    ],
)
def test_numbers_are_tidied_as_their_register_writes_them(
    scheme: str, value: str, tidy: str
) -> None:
    assert tidied(scheme, value) == tidy


@pytest.mark.parametrize(
    ("scheme", "value", "sentence"),
    [
        ("GB-CHC", "12345", "six or seven figures"),
        ("GB-CHC", "", "six or seven figures"),
        ("GB-CHC", "=1+1", "six or seven figures"),
        ("GB-CHC", "١٢٣٤٥٦٧", "six or seven figures"),
        ("GB-COH", "1234", "eight figures"),
        ("GB-SC", "12345", "SC0"),
        ("GB-NIC", "200123", "begins with 1"),
        ("XX-YY", "1", "Choose which list"),
    ],
)
def test_a_slip_of_the_pen_is_caught_with_a_sentence(
    scheme: str, value: str, sentence: str
) -> None:
    with pytest.raises(BadIdentifierError, match=sentence):
        tidied(scheme, value)


def test_names_sort_without_the_and_accents(place: Place, nora: User) -> None:
    for name in ("Zebra Trust", "The Apple Trust", "Éclair Club", "bees"):
        create_organisation(nora, profile(name))
    names = list(Organisation.objects.values_list("name", flat=True))
    assert names == ["The Apple Trust", "bees", "Éclair Club", "Zebra Trust"]
    assert sort_key("The") == "the"


def test_found_by_the_beginning_of_a_word_an_accent_a_number_and_what_it_does(
    place: Place, nora: User, client: Client
) -> None:
    cafe = create_organisation(
        nora, profile("Siân's Café", about="Hot lunches", identifiers=[("GB-CHC", "1234567")])
    )
    create_organisation(nora, profile("Other Trust"))
    for words in ("cafe", "CAF", "sian caf", "1234567", "gb-chc-1234567", "lunch", "sians"):
        assert list(Organisation.objects.matching(words)) == [cafe], words
        page = client.get(reverse("directory:organisations"), {"q": words}).content.decode()
        assert "Siân&#x27;s Café" in page
        assert "Other Trust" not in page
    for words in ("' | 1", "!!", "a & b:*", "\\", "(", "\x00", "cafe:*|other"):
        assert Organisation.objects.matching(words).count() >= 0


def test_search_uses_its_index(db: None) -> None:
    query = Organisation.objects.matching("lunch").order_by()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "organisation_search" in query.only("id").explain()


def test_the_list_is_paged_sorted_and_takes_the_same_queries_however_long(
    place: Place, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Organisation.objects.bulk_create(
        Organisation(slug=f"o{n}", name=f"Organisation {n:03}", kind="charity", place=place)
        for n in range(60)
    )
    with django_assert_max_num_queries(4):
        first = client.get(reverse("directory:organisations"), {"sort": "-name"})
    said = first.content.decode()
    assert "Organisation 059" in said
    assert "Organisation 010" not in said
    assert "60 organisations" in said
    filtered = client.get(reverse("directory:organisations"), {"kind": "business"})
    assert "No organisation matches" in filtered.content.decode()


@pytest.mark.parametrize("page", ["places", "place"])
def test_pages_of_places_take_the_same_queries_however_much_is_there(
    page: str, place: Place, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(20):
        Place.objects.create(slug=f"p{n}", name=f"Place {n}", prefix="AA" + chr(65 + n))
        Organisation.objects.create(
            slug=f"o{n}", name=f"Organisation {n}", kind="charity", place=place
        )
    address = reverse("directory:places") if page == "places" else place.get_absolute_url()
    with django_assert_max_num_queries(8):
        assert client.get(address).status_code == 200


def test_bulk_created_rows_have_their_sort_key_too(place: Place) -> None:
    Organisation.objects.bulk_create(
        [Organisation(slug="o", name="The Órchard", kind="charity", place=place)]
    )
    assert Organisation.objects.get(slug="o").sort_key == "orchard"
    assert Organisation.objects.matching("orch").exists()


def test_who_puts_an_organisation_in_keeps_it(place: Place, nora: User, sign_in: SignIn) -> None:
    sign_in(nora).post(reverse("directory:organisation_new"), typed("Dockside Choir"))
    choir = Organisation.objects.get(name="Dockside Choir")
    assert keeps(nora, choir)
    assert list(Organisation.objects.acted_for_by(nora)) == [choir]


def test_an_organisation_that_is_there_under_a_like_name_is_pointed_out_first(
    lanes: Organisation, nora: User, sign_in: SignIn
) -> None:
    browser, page = sign_in(nora), reverse("directory:organisation_new")
    response = browser.post(page, typed("The Lanes Neighbours Ltd"))
    assert response.status_code == 422
    assert "Is it one of these?" in response.content.decode()
    assert "The Lanes Neighbours Ltd" in response.content.decode()
    assert Organisation.objects.filter(name__contains="Ltd").count() == 0
    browser.post(page, typed("The Lanes Neighbours Ltd", sure="1"))
    assert Organisation.objects.filter(name__contains="Ltd").count() == 1


def test_the_same_number_is_the_same_organisation(
    lanes: Organisation, priya: User, nora: User
) -> None:
    numbered = profile("Lanes Neighbours", identifiers=[("GB-CHC", "1234567")])
    edit_organisation(priya, lanes, numbered)
    (found,) = alike("Quite Another Name", [("GB-CHC", "GB-CHC-1234567")])
    assert found.organisation == lanes
    with pytest.raises(Invalid, match="is Lanes Neighbours already"):
        create_organisation(nora, profile("Other", identifiers=[("GB-CHC", "1234567")]))
    assert not Organisation.objects.filter(name="Other").exists()


def test_a_bad_number_stands_beside_its_field_and_nothing_typed_is_lost(
    nora: User, sign_in: SignIn
) -> None:
    page = reverse("directory:organisation_new")
    response = sign_in(nora).post(
        page, typed("Choir", scheme_1="GB-CHC", number_1="12", about="We sing on Tuesdays.")
    )
    said = response.content.decode()
    assert response.status_code == 422
    assert "six or seven figures" in said
    assert "We sing on Tuesdays." in said


def test_only_its_own_people_change_a_profile(
    lanes: Organisation, sami: User, sign_in: SignIn, client: Client
) -> None:
    with pytest.raises(Refused, match="act for Lanes Neighbours"):
        edit_organisation(sami, lanes, profile("Mine now"))
    page = reverse("directory:organisation_edit", args=[lanes.slug])
    assert sign_in(sami).post(page, typed("Mine now")).status_code == 403
    assert client.get(page).status_code == 403
    assert client.get(lanes.get_absolute_url()).status_code == 200


def test_a_stranger_who_founds_a_council_leads_nothing_until_it_is_confirmed(
    nora: User, ada: User
) -> None:
    fake = create_organisation(nora, Profile(name="Rivermead Borough", kind="council"))
    assert "not been confirmed" in str(may_lead_programmes(fake).reason)
    with pytest.raises(Refused):
        confirm_organisation(nora, fake)
    ada.is_staff = True
    ada.save()
    assert may_lead_programmes(confirm_organisation(ada, fake))
    changed = edit_organisation(nora, fake, Profile(name="Rivermead Borough", kind="health"))
    assert changed.confirmed_at is None


def test_priya_lets_nora_in(lanes: Organisation, priya: User, nora: User, sign_in: SignIn) -> None:
    request = ask_to_join(nora, lanes, "I am the treasurer.")
    assert Notice.objects.get(kind="directory.asks_to_join").user == priya
    assert not acts_for(nora, lanes)
    page = reverse("directory:people", args=[lanes.slug])
    assert "I am the treasurer." in sign_in(priya).get(page).content.decode()
    answer = reverse("directory:answer", args=[lanes.slug, request.pk])
    sign_in(priya).post(answer, {"answer": "yes"})
    assert acts_for(nora, lanes)
    assert not keeps(nora, lanes)
    assert Notice.objects.get(kind="directory.join_answered").user == nora
    with pytest.raises(Invalid, match="answered already"):
        answer_join_request(priya, request, accept=False)


def test_nobody_lets_themselves_in(lanes: Organisation, nora: User, sign_in: SignIn) -> None:
    request = ask_to_join(nora, lanes, "Trust me.")
    with pytest.raises(Invalid, match="asked already"):
        ask_to_join(nora, lanes, "Again.")
    answer = reverse("directory:answer", args=[lanes.slug, request.pk])
    assert sign_in(nora).post(answer, {"answer": "yes"}).status_code == 404
    assert not acts_for(nora, lanes)


def test_the_last_keeper_cannot_leave(lanes: Organisation, priya: User, nora: User) -> None:
    priyas = lanes.members.get(user=priya)
    with pytest.raises(Invalid, match="Somebody has to look after"):
        remove_organisation_member(priya, priyas)
    with pytest.raises(Invalid, match="Somebody has to look after"):
        change_member(priya, priyas, EDITOR)
    noras = OrganisationMember.objects.create(organisation=lanes, user=nora, role=EDITOR)
    change_member(priya, noras, KEEPER)
    remove_organisation_member(priya, priyas)
    assert not acts_for(priya, lanes)


def test_an_invitation_is_for_one_address_once(
    lanes: Organisation, priya: User, nora: User, sami: User, client: Client
) -> None:
    invitation = invite_to_organisation(priya, lanes, "NORA@example.org", EDITOR)
    link = reverse("directory:invitation", args=[invitation_token(invitation.pk)])
    assert client.get(link).status_code == 200
    assert client.post(link).status_code == 403
    with pytest.raises(Invalid, match="another address"):
        accept_organisation_invitation(sami, invitation)
    assert accept_organisation_invitation(nora, invitation).role == EDITOR
    with pytest.raises(Invalid, match="has been used"):
        accept_organisation_invitation(nora, invitation)
    assert client.get(link).status_code == 410


def test_an_invitation_dies_when_withdrawn_or_its_sender_goes(
    lanes: Organisation, priya: User, nora: User
) -> None:
    first = invite_to_organisation(priya, lanes, nora.email, EDITOR)
    withdraw_organisation_invitation(priya, first)
    with pytest.raises(Invalid, match="withdrawn"):
        accept_organisation_invitation(nora, first)
    second = invite_to_organisation(priya, lanes, nora.email, EDITOR)
    OrganisationMember.objects.filter(user=priya).update(role=EDITOR)
    with pytest.raises(Invalid, match="no longer looks after"):
        accept_organisation_invitation(nora, second)


@pytest.mark.django_db(transaction=True)
def test_two_last_keepers_who_leave_at_once_leave_one_behind(
    lanes: Organisation, priya: User, nora: User
) -> None:
    OrganisationMember.objects.create(organisation=lanes, user=nora, role=KEEPER)
    start = threading.Barrier(2)

    def go(user: User) -> None:
        try:
            member = OrganisationMember.objects.get(organisation=lanes, user=user)
            start.wait(timeout=20)
            remove_organisation_member(user, member)
        except Invalid:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[user]) for user in (priya, nora)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert lanes.members.filter(role=KEEPER).count() == 1


@pytest.mark.parametrize("text", ["=1+1", "+44", "-5", "@here", "\tx", "\rx", "'quoted", "plain"])
def test_an_exported_cell_runs_nothing_and_comes_back_as_it_was(text: str) -> None:
    assert not safe_cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert plain_cell(safe_cell(text)) == text


def test_numbers_stay_numbers_in_exports() -> None:
    assert safe_cell(-5) == "-5"
    assert safe_cell(None) == ""


def test_signing_in_is_asked_for_where_it_is_needed(client: Client) -> None:
    for name in ("join", "organisation_new"):
        response = client.get(reverse(f"directory:{name}"))
        assert response.status_code == 302
        assert "/account/login/" in response.headers["Location"]
