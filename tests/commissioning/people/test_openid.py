"""A council's own sign-in, over OpenID Connect, against a provider on this machine."""

import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client

from commissioning.people.models import User
from tests.commissioning.people.conftest import come_in, is_signed_in
from tests.commissioning.people.provider import CLIENT_ID, CLIENT_SECRET, Provider

pytestmark = pytest.mark.django_db
START = "/account/oidc/organisation/login/"


@pytest.fixture
def council_sign_in(settings: Any) -> Iterator[Provider]:
    """Rivermead Council's provider, switched on as the environment would do it."""
    with Provider() as provider:
        threading.Thread(target=provider.serve_forever, daemon=True).start()
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [
                    {
                        "provider_id": "organisation",
                        "name": "Rivermead Council",
                        "client_id": CLIENT_ID,
                        "secret": CLIENT_SECRET,
                        "settings": {"server_url": provider.address},
                    }
                ],
            }
        }
        yield provider
        provider.shutdown()


def says(provider: Provider, email: str, **claims: Any) -> None:
    """What the provider says of whoever signs in there."""
    person = {"sub": f"id-of-{email}", "email": email, "email_verified": True, "name": "Ada N"}
    provider.council.claims = person | claims


def go_there(client: Client) -> str:
    """Press the button; come back from the provider with the address it sends to."""
    response = client.post(START)
    assert response.status_code == 302
    return requests.get(response.headers["Location"], allow_redirects=False, timeout=5).headers[
        "Location"
    ]


def come_back(client: Client, address: str) -> Any:
    """Follow the provider's redirect."""
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def test_the_button_is_there_only_when_it_is_switched_on(client: Client) -> None:
    assert "Sign in with Rivermead" not in client.get("/account/login/").content.decode()
    assert client.post(START).status_code == 404


def test_a_new_officer_comes_in(client: Client, council_sign_in: Provider) -> None:
    assert "Sign in with Rivermead Council" in client.get("/account/login/").content.decode()
    says(council_sign_in, "bola@rivermead.example", name="Bola Ade")
    come_back(client, go_there(client))
    assert is_signed_in(client)
    user = User.objects.get(email="bola@rivermead.example")
    assert user.name == "Bola Ade"
    assert not user.has_usable_password()
    assert SocialAccount.objects.get().user == user


def test_an_account_is_joined_by_its_verified_address(
    client: Client, council_sign_in: Provider, ada: User
) -> None:
    says(council_sign_in, ada.email.upper())
    come_back(client, go_there(client))
    assert client.session["_auth_user_id"] == str(ada.pk)
    assert "A sign-in of an organisation was connected." in str(mail.outbox[-1].body)
    # From then on by the provider's own id, whatever the address there.
    says(council_sign_in, "renamed@rivermead.example", sub=f"id-of-{ada.email.upper()}")
    again = Client()
    come_back(again, go_there(again))
    assert again.session["_auth_user_id"] == str(ada.pk)


@pytest.mark.parametrize("verified", [False, None, "true", "false", 1])
def test_an_address_that_is_not_verified_opens_nothing(
    client: Client, council_sign_in: Provider, ada: User, verified: object
) -> None:
    says(council_sign_in, ada.email, email_verified=verified)
    page = come_back(client, go_there(client))
    assert page.status_code == 403
    assert "We could not tell who you are" in page.content.decode()
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1


def test_an_answer_to_somebody_elses_question_is_refused(
    client: Client, council_sign_in: Provider, ada: User
) -> None:
    """An attacker cannot make Ada's browser finish what the attacker began."""
    says(council_sign_in, "mallory@rivermead.example")
    attacker = Client()
    address = go_there(attacker)
    page = come_back(client, address)
    assert page.status_code == 401
    assert "did not work" in page.content.decode()
    assert not is_signed_in(client)


def test_the_code_is_exchanged_with_a_proof_of_who_asked(
    client: Client, council_sign_in: Provider
) -> None:
    says(council_sign_in, "bola@rivermead.example")
    response = client.post(START)
    query = parse_qs(urlsplit(response.headers["Location"]).query)
    assert query["code_challenge_method"] == ["S256"]
    assert set(query["scope"][0].split()) == {"openid", "profile", "email"}
    come_back(
        client,
        requests.get(response.headers["Location"], allow_redirects=False, timeout=5).headers[
            "Location"
        ],
    )
    assert council_sign_in.council.exchanged[0]["code_verifier"]


def test_opening_the_address_does_not_leave_at_once(
    client: Client, council_sign_in: Provider
) -> None:
    page = client.get(START)
    assert page.status_code == 200
    assert "Sign in with Rivermead Council" in page.content.decode()


def test_a_closed_account_stays_closed(
    client: Client, council_sign_in: Provider, ada: User
) -> None:
    User.objects.filter(pk=ada.pk).update(is_active=False)
    says(council_sign_in, ada.email)
    come_back(client, go_there(client))
    assert not is_signed_in(client)


def test_a_second_step_is_still_asked_for(
    client: Client, council_sign_in: Provider, ada: User
) -> None:
    from tests.commissioning.people.test_second_steps import add_app

    mine = Client()
    come_in(mine, ada.email)
    add_app(mine)
    says(council_sign_in, ada.email)
    response = come_back(client, go_there(client))
    assert response.headers["Location"] == "/account/ways/second-step/"
    assert not is_signed_in(client)


def test_it_can_be_removed(client: Client, council_sign_in: Provider, ada: User) -> None:
    says(council_sign_in, ada.email)
    come_back(client, go_there(client))
    come_in(client := Client(), ada.email)
    page = client.get("/account/organisation/").content.decode()
    assert "Rivermead Council" in page
    client.post("/account/organisation/", {"account": SocialAccount.objects.get().pk})
    assert not SocialAccount.objects.exists()


def test_no_token_of_the_provider_is_kept(client: Client, council_sign_in: Provider) -> None:
    says(council_sign_in, "bola@rivermead.example")
    come_back(client, go_there(client))
    from allauth.socialaccount.models import SocialToken

    assert not SocialToken.objects.exists()
