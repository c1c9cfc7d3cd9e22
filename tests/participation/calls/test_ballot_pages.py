"""How approved expressions come to stand on the ballot, with words and a picture."""

import uuid
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from participation.calls.actions import assessing
from participation.calls.models import (
    Call,
    Decision,
    Expression,
    Submission,
)
from places.directory.models import Organisation, OrganisationMember
from tests.cast import SignIn, make_person
from tests.commissioning.ground.test_uploads import picture
from tests.participation.calls.pages import fetched, ours, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(assessing_call: Call, submitted: Submission, ada: User, cora: User) -> Expression:
    """Approved and released."""
    assessing.decide(cora, submitted.expression, Decision.Outcome.APPROVED, "It fits.")
    assessing.release(ada, assessing_call)
    return Expression.objects.get(pk=submitted.expression.pk)


def entry_words(expression: Expression, **changes: object) -> dict[str, object]:
    """A ballot entry as somebody types it."""
    return {
        "title": "Front-room lunches",
        "summary": "Lunch with neighbours.",
        "cost": "4800",
        "area": "",
        "outcome": "",
        "picture_alt": "",
        "ready": "on",
        "base": "0",
    } | changes


def test_an_approved_one_gets_its_words_its_picture_and_its_cost(
    approved: Expression, sign_in: SignIn, priya: User
) -> None:
    from participation.calls.actions import ballot_entries

    browser = sign_in(priya)
    assert 'value="Front-room lunches"' in browser.get(ours(approved, "entry")).content.decode()
    saved = browser.post(
        ours(approved, "entry"),
        entry_words(
            approved,
            picture_file=SimpleUploadedFile("a.jpg", picture(size=(3000, 2000))),
            picture_alt="Four people at a table",
        ),
    )
    assert saved.status_code == 302, text(saved)

    entry = ballot_entries(approved.call.programme).get()
    assert (entry.cost, entry.ready) == (Decimal(4800), True)
    shown = Client().get(reverse("calls:picture", args=[entry.pk]))
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown.getvalue()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"summary": "word " * 141}, "1 word too long"),
        ({"cost": "5000.01"}, "within what the call gives"),
        ({"cost": "0"}, "more than nothing"),
        ({"base": "7"}, "Somebody else saved this"),
        ({"area": str(uuid.uuid4())}, "There is a problem"),
    ],
)
def test_an_entry_that_cannot_stand_says_why(
    approved: Expression, sign_in: SignIn, priya: User, change: dict[str, str], sentence: str
) -> None:
    response = sign_in(priya).post(ours(approved, "entry"), entry_words(approved, **change))
    assert response.status_code == 422
    assert sentence in text(response)


def test_a_picture_needs_words_for_who_cannot_see_it(
    approved: Expression, sign_in: SignIn, priya: User
) -> None:
    response = sign_in(priya).post(
        ours(approved, "entry"),
        entry_words(approved, picture_file=SimpleUploadedFile("a.png", picture("PNG"))),
    )
    assert "Say what the picture shows" in text(response)


def test_a_picture_that_is_not_ready_is_for_those_who_prepare_it(
    approved: Expression, sign_in: SignIn, priya: User, cora: User, gwen: User
) -> None:
    browser = sign_in(priya)
    words = entry_words(
        approved,
        ready="",
        picture_alt="A table",
        picture_file=SimpleUploadedFile("a.png", picture("PNG")),
    )
    browser.post(ours(approved, "entry"), words)
    address = reverse("calls:picture", args=[approved.ballot_entry.pk])

    statuses = [fetched(who, address)[0] for who in (browser, sign_in(cora))]
    assert statuses == [200, 200]
    assert sign_in(gwen).get(address).status_code == 404
    assert Client().get(address).status_code == 404


def test_an_editor_of_the_organisation_does_as_much_as_its_keeper(
    written: Expression, sign_in: SignIn, lanes: Organisation
) -> None:
    helper = make_person("Tess Moor")
    OrganisationMember.objects.create(organisation=lanes, user=helper)
    assert sign_in(helper).get(ours(written)).status_code == 200
