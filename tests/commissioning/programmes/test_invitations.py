"""Invitations by e-mail (requirement 2): looking changes nothing, and nothing is granted twice."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.ground.answers import Invalid, Refused
from commissioning.notices.models import Notice
from commissioning.people.models import User
from commissioning.programmes.actions.members import (
    accept_invitation,
    change_membership,
    invitation_token,
    invite,
    remove_member,
    resend_invitation,
    withdraw_invitation,
)
from commissioning.programmes.models import Invitation, Membership, Programme, Role
from commissioning.programmes.notices import INVITED
from places.directory.models import Organisation
from tests.cast import SignIn, make_person


@pytest.fixture
def nora(db: None) -> User:
    """Somebody who is not in the programme yet."""
    return make_person("Nora Eld")


def link(invitation: Invitation) -> str:
    return reverse("programmes:invitation", args=[invitation_token(invitation.pk)])


def everything() -> list[tuple[object, ...]]:
    """Every row that an invitation could change, and every session."""
    tables = [
        "programmes_invitation",
        "programmes_membership",
        "programmes_historyentry",
        "people_user",
        "django_session",
        "notices_notice",
    ]
    rows: list[tuple[object, ...]] = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT '{table}', t::text FROM \"{table}\" t ORDER BY t::text")
            rows += cursor.fetchall()
    return rows


def test_ada_invites_an_address_that_has_no_account(programme: Programme, ada: User) -> None:
    invitation = invite(ada, programme, "New.Person@example.org", Role.CITIZEN)
    notice = Notice.objects.get(kind="programmes.invited")
    assert notice.email == "New.Person@example.org"
    assert notice.about == {"invitation": str(invitation.pk)}
    assert invitation_token(invitation.pk) not in str(invitation.__dict__)


def test_the_mail_says_who_invites_and_holds_the_link(programme: Programme, ada: User) -> None:
    invitation = invite(ada, programme, "new@example.org", Role.CITIZEN)
    said = INVITED.context({"invitation": str(invitation.pk)})
    assert said is not None
    assert said["link"].endswith(link(invitation))
    withdraw_invitation(ada, invitation)
    assert INVITED.context({"invitation": str(invitation.pk)}) is None


def test_a_scanner_that_opens_the_link_twice_changes_no_row(
    programme: Programme, ada: User
) -> None:
    invitation = invite(ada, programme, "new@example.org", Role.CITIZEN)
    before = everything()
    for _ in range(2):
        assert Client().get(link(invitation)).status_code == 200
        assert Client().head(link(invitation)).status_code == 200
    assert everything() == before


def test_nora_signs_in_and_accepts_and_is_asked_what_she_could_gain(
    programme: Programme, ada: User, nora: User, sign_in: SignIn
) -> None:
    invitation = invite(ada, programme, "NORA@example.org", Role.CITIZEN)
    browser = sign_in(nora)
    assert "Accept the invitation" in browser.get(link(invitation)).content.decode()
    response = browser.post(link(invitation), follow=True)
    assert response.redirect_chain[-1][0] == reverse("programmes:declare", args=[programme.slug])
    assert programme.memberships.in_force().get(user=nora).role == Role.CITIZEN


def test_an_invitation_is_used_once(
    programme: Programme, ada: User, nora: User, sign_in: SignIn
) -> None:
    invitation = invite(ada, programme, nora.email, Role.CITIZEN)
    member = accept_invitation(nora, invitation)
    remove_member(ada, member)
    with pytest.raises(Invalid, match="has been used"):
        accept_invitation(nora, invitation)
    assert sign_in(nora).get(link(invitation)).status_code == 410
    assert not programme.memberships.in_force().filter(user=nora).exists()


def test_an_invitation_is_bound_to_its_address(
    programme: Programme, ada: User, nell: User, sign_in: SignIn
) -> None:
    invitation = invite(ada, programme, "nora@example.org", Role.CITIZEN)
    page = sign_in(nell).get(link(invitation)).content.decode()
    assert "another address" in page
    assert "nora@example.org" not in page
    with pytest.raises(Invalid, match="another address"):
        accept_invitation(nell, invitation)


def test_a_person_who_is_not_signed_in_cannot_accept(programme: Programme, ada: User) -> None:
    invitation = invite(ada, programme, "nora@example.org", Role.CITIZEN)
    assert Client().post(link(invitation)).status_code == 403
    assert "Sign in to accept" in Client().get(link(invitation)).content.decode()


def test_a_withdrawn_invitation_is_dead_at_once(
    programme: Programme, ada: User, nora: User
) -> None:
    invitation = invite(ada, programme, nora.email, Role.CITIZEN)
    withdraw_invitation(ada, invitation)
    response = Client().get(link(invitation))
    assert response.status_code == 410
    assert "withdrawn" in response.content.decode()
    with pytest.raises(Invalid, match="withdrawn"):
        accept_invitation(nora, invitation)


def test_an_invitation_lapses_after_fourteen_days(
    programme: Programme, ada: User, nora: User
) -> None:
    invitation = invite(ada, programme, nora.email, Role.CITIZEN)
    assert invitation.expires_at - timezone.now() > timedelta(days=13, hours=23)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Invalid, match="lapsed"):
        accept_invitation(nora, invitation)


def test_sent_again_it_lives_again_and_mails_once_more(
    programme: Programme, ada: User, nora: User
) -> None:
    invitation = invite(ada, programme, nora.email, Role.CITIZEN)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    resend_invitation(ada, invitation)
    assert Notice.objects.filter(kind="programmes.invited").count() == 2
    assert accept_invitation(nora, invitation).role == Role.CITIZEN


def test_an_address_has_one_open_invitation(programme: Programme, ada: User) -> None:
    invite(ada, programme, "new@example.org", Role.CITIZEN)
    with pytest.raises(Invalid, match="invitation already"):
        invite(ada, programme, "NEW@example.org", Role.OBSERVER)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    invite(ada, programme, "NEW@example.org", Role.OBSERVER)
    assert Invitation.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_the_database_keeps_one_open_invitation_an_address(programme: Programme, ada: User) -> None:
    first = invite(ada, programme, "new@example.org", Role.CITIZEN)
    first.pk, first.email, first.token_digest = None, "NEW@example.org", "0" * 64
    with pytest.raises(IntegrityError, match="one_open_invitation"), transaction.atomic():
        first.save(force_insert=True)


def test_nobody_is_invited_who_is_in_already(programme: Programme, ada: User, sami: User) -> None:
    with pytest.raises(Invalid, match="in the programme already"):
        invite(ada, programme, sami.email.upper(), Role.OBSERVER)


@pytest.mark.parametrize(
    ("who", "role", "allowed"),
    [
        ("ada", Role.LEAD, True),
        ("cora", Role.LEAD, False),
        ("cora", Role.COMMISSIONER, True),
        ("femi", Role.COMMISSIONER, False),
        ("femi", Role.CITIZEN, True),
        ("priya", Role.OBSERVER, False),
        ("sami", Role.OBSERVER, False),
        ("olu", Role.OBSERVER, False),
        ("nell", Role.OBSERVER, False),
    ],
)
def test_nobody_invites_above_what_they_hold(
    who: str, role: Role, allowed: bool, programme: Programme, request: pytest.FixtureRequest
) -> None:
    inviter = request.getfixturevalue(who)
    if allowed:
        assert invite(inviter, programme, "new@example.org", role).role == role
        return
    with pytest.raises(Refused):
        invite(inviter, programme, "new@example.org", role)


def test_an_invitation_dies_with_the_power_of_who_sent_it(
    programme: Programme, ada: User, cora: User, nora: User
) -> None:
    invitation = invite(cora, programme, nora.email, Role.COMMISSIONER)
    coras = programme.memberships.get(user=cora)
    change_membership(ada, coras, role=Role.OBSERVER, organisation=None, ends_on=None)
    with pytest.raises(Invalid, match="no longer give that role"):
        accept_invitation(nora, invitation)


def test_a_partner_is_invited_for_an_organisation(
    programme: Programme, ada: User, lanes: Organisation
) -> None:
    with pytest.raises(Invalid, match="organisation"):
        invite(ada, programme, "new@example.org", Role.PARTNER)
    assert invite(ada, programme, "new@example.org", Role.PARTNER, lanes).organisation == lanes


def test_an_unknown_token_is_not_found(db: None, client: Client) -> None:
    assert client.get(reverse("programmes:invitation", args=["A" * 32])).status_code == 404


def test_the_page_of_an_invitation_tells_no_other_site_its_address(
    programme: Programme, ada: User, client: Client
) -> None:
    response = client.get(link(invite(ada, programme, "new@example.org", Role.CITIZEN)))
    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_an_invitation_makes_one_member(
    programme: Programme, ada: User, nora: User
) -> None:
    invitation = invite(ada, programme, nora.email, Role.CITIZEN)
    at_once(8, lambda: accept_invitation(nora, invitation))
    assert Membership.objects.filter(programme=programme, user=nora).count() == 1
    assert programme.history.filter(sentence__startswith="joined").count() == 1


def at_once(times: int, act: object) -> list[BaseException | None]:
    """Run something in that many threads that start together; what each raised."""
    start = threading.Barrier(times)
    raised: list[BaseException | None] = []

    def run() -> None:
        try:
            start.wait(timeout=20)
            act()  # type: ignore[operator]
            raised.append(None)
        except (Invalid, Refused) as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return raised
