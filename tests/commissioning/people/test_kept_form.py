"""A session that ends while somebody writes loses nothing."""

import re
from html import unescape

import pytest
from django.test import Client

from commissioning.people.models import User
from tests.commissioning.people.conftest import ask

pytestmark = pytest.mark.django_db
WORDS = 'Ada\n<script>alert(1)</script> & "Lovelace"'


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields of the page's form."""
    found = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.S)
    return {name: unescape(value) for name, value in found}


def test_what_was_typed_waits_until_the_person_is_back(client: Client, ada: User) -> None:
    response = client.post("/you/name/", {"name": WORDS, "csrfmiddlewaretoken": "x"})
    sign_in = response.headers["Location"]
    assert sign_in.startswith("/account/login/?next=%2Fyou%2Funsent%2F")
    back = client.get(sign_in).context["next"]
    code = ask(client, ada.email, next=back)
    response = client.post("/account/login/code/", {"code": code})
    assert response.headers["Location"] == back
    ada.refresh_from_db()
    assert ada.name == "Ada Nwosu"
    page = client.get(back).content.decode()
    assert "Nothing is lost" in page
    assert "<script>alert" not in page
    assert 'action="/you/name/"' in page
    assert fields_of(page) == {"name": WORDS}
    client.post("/you/name/", fields_of(page))
    ada.refresh_from_db()
    assert ada.name == '<script>alert(1)</script> & "Lovelace"'.join(["Ada ", ""])


def test_nobody_else_sees_it(client: Client, ada: User, cora: User) -> None:
    response = client.post("/you/name/", {"name": "A secret"})
    back = client.get(response.headers["Location"]).context["next"]
    other = Client()
    other.force_login(cora)
    page = other.get(back)
    assert page.status_code == 404
    assert "A secret" not in page.content.decode()


def test_htmx_is_sent_to_the_sign_in_page_as_a_whole(client: Client) -> None:
    response = client.post("/you/name/", {"name": "Ada"}, headers={"HX-Request": "true"})
    assert response.status_code == 204
    assert response.headers["HX-Redirect"].startswith("/account/login/?next=%2Fyou%2Funsent%2F")


def test_reading_a_page_signed_out_comes_back_to_it(client: Client) -> None:
    response = client.get("/you/data/?a=1")
    assert response.headers["Location"] == "/account/login/?next=/you/data/%3Fa%3D1"


def test_what_is_too_large_to_keep_still_leads_back(client: Client) -> None:
    response = client.post("/you/name/", {"name": "x" * 600_000})
    assert response.headers["Location"] == "/account/login/?next=%2Fyou%2Fname%2F"


def test_a_post_to_the_sign_in_page_is_not_kept(client: Client) -> None:
    client.post("/account/login/", {"email": "nobody"})
    assert "people.kept_form" not in client.session
