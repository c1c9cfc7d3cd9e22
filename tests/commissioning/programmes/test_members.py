"""Who is in: roles changed and ended, declarations made, names shown to whom they may be."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
import redis
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.ground.answers import Invalid, Refused
from commissioning.live.publish import RECHECK, topic
from commissioning.people.models import User
from commissioning.programmes.actions.members import (
    accept_invitation,
    change_membership,
    declare,
    invite,
    remove_member,
)
from commissioning.programmes.models import Membership, Programme, Role
from commissioning.programmes.personal import HELD
from commissioning.programmes.rules import (
    is_member,
    may_decide,
    membership_of,
    standing_declaration,
)
from commissioning.programmes.templatetags.money import money
from places.directory.models import Organisation
from tests.cast import SignIn


def member(programme: Programme, user: User) -> Membership:
    return programme.memberships.get(user=user)


def people_page(programme: Programme) -> str:
    return reverse("programmes:people", args=[programme.slug])


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("ada", ""),
        ("cora", ""),
        ("femi", ""),
        ("sami", ""),
        ("priya", "you do not decide"),
        ("olu", "Observers watch"),
        ("nell", "Only members"),
    ],
)
def test_those_who_could_gain_give_evidence_and_do_not_decide(
    who: str, reason: str, programme: Programme, request: pytest.FixtureRequest
) -> None:
    answer = may_decide(request.getfixturevalue(who), programme)
    assert bool(answer) == (reason == "")
    assert reason in str(answer.reason)


def test_who_has_not_declared_in_their_new_role_does_not_decide(
    programme: Programme, ada: User, sami: User
) -> None:
    change_membership(
        ada,
        member(programme, sami),
        role=Role.COMMISSIONER,
        organisation=None,
        ends_on=None,
    )
    assert "make your declaration" in str(may_decide(sami, programme).reason)


def test_a_new_organisation_asks_for_the_declaration_again(
    programme: Programme, ada: User, priya: User, council: Organisation
) -> None:
    assert standing_declaration(member(programme, priya)) is not None
    change_membership(
        ada, member(programme, priya), role=Role.PARTNER, organisation=council, ends_on=None
    )
    assert standing_declaration(member(programme, priya)) is None
    assert member(programme, priya).declarations.count() == 1


def test_a_declaration_stands_beside_the_name_for_everyone(
    programme: Programme, client: Client
) -> None:
    page = client.get(people_page(programme)).content.decode()
    assert "could gain: declared" in page
    assert "We might apply for a grant." in page


def test_residents_are_numbers_to_outsiders_and_names_to_members(
    programme: Programme, client: Client, femi: User, sign_in: SignIn
) -> None:
    outside = client.get(people_page(programme)).content.decode()
    assert "Sami" not in outside
    assert "And 2 residents and observers" in outside
    assert "Sami H." in sign_in(femi).get(people_page(programme)).content.decode()


def test_history_hides_a_residents_name_from_outsiders(
    programme: Programme, sami: User, client: Client, sign_in: SignIn
) -> None:
    declare(sami, programme, could_gain=False, words="")
    page = reverse("programmes:history", args=[programme.slug])
    outside = client.get(page).content.decode()
    assert "A citizen commissioner" in outside
    assert "Sami" not in outside
    assert "Sami H." in sign_in(sami).get(page).content.decode()


def test_invitations_are_not_in_the_public_history(
    programme: Programme, ada: User, client: Client, sign_in: SignIn
) -> None:
    invite(ada, programme, "new@example.org", Role.CITIZEN)
    page = reverse("programmes:history", args=[programme.slug])
    assert "invited somebody" not in client.get(page).content.decode()
    inside = sign_in(ada).get(page).content.decode()
    assert "invited somebody to be a citizen commissioner" in inside
    assert "new@example.org" not in inside


def test_could_gain_without_saying_what_is_asked_for_words(
    programme: Programme, sami: User, sign_in: SignIn
) -> None:
    page = reverse("programmes:declare", args=[programme.slug])
    response = sign_in(sami).post(page, {"could_gain": "yes", "words": ""})
    assert response.status_code == 422
    assert "Say in a sentence" in response.content.decode()
    assert may_decide(sami, programme)


def test_who_has_not_declared_is_nagged_until_they_do(
    programme: Programme, ada: User, nell: User, sign_in: SignIn
) -> None:
    accept_invitation(nell, invite(ada, programme, nell.email, Role.OBSERVER))
    browser = sign_in(nell)
    assert "Make your declaration" in browser.get(programme.get_absolute_url()).content.decode()
    browser.post(reverse("programmes:declare", args=[programme.slug]), {"could_gain": "no"})
    assert "Make your declaration" not in browser.get(programme.get_absolute_url()).content.decode()


def test_a_membership_ends_by_its_date(programme: Programme, sami: User) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=sami, programme=programme).update(ends_on=yesterday)
    assert membership_of(sami, programme) is None
    assert not is_member(sami, programme)


def test_who_is_removed_reads_members_pages_no_more(
    programme: Programme, ada: User, sami: User, sign_in: SignIn
) -> None:
    programme.is_public = False
    programme.save()
    browser = sign_in(sami)
    assert browser.get(people_page(programme)).status_code == 200
    remove_member(ada, member(programme, sami))
    assert browser.get(people_page(programme)).status_code == 404


def test_who_comes_back_declares_anew(programme: Programme, ada: User, sami: User) -> None:
    remove_member(ada, member(programme, sami))
    accept_invitation(sami, invite(ada, programme, sami.email, Role.CITIZEN))
    assert programme.memberships.filter(user=sami).count() == 1
    assert standing_declaration(member(programme, sami)) is None


def test_a_programme_always_has_a_lead(programme: Programme, ada: User, sign_in: SignIn) -> None:
    with pytest.raises(Invalid, match="always has a lead"):
        remove_member(ada, member(programme, ada))
    with pytest.raises(Invalid, match="always has a lead"):
        change_membership(
            ada, member(programme, ada), role=Role.OBSERVER, organisation=None, ends_on=None
        )
    leave = reverse("programmes:leave", args=[programme.slug])
    assert sign_in(ada).post(leave).status_code == 409


@pytest.mark.parametrize(
    ("who", "whom"), [("cora", "ada"), ("femi", "cora"), ("priya", "sami"), ("sami", "olu")]
)
def test_nobody_ends_the_membership_of_somebody_above_them(
    who: str, whom: str, programme: Programme, request: pytest.FixtureRequest
) -> None:
    actor, target = request.getfixturevalue(who), request.getfixturevalue(whom)
    with pytest.raises(Refused):
        remove_member(actor, member(programme, target))


def test_cora_makes_nobody_lead(programme: Programme, cora: User, sami: User) -> None:
    with pytest.raises(Refused):
        change_membership(
            cora, member(programme, sami), role=Role.LEAD, organisation=None, ends_on=None
        )


def test_a_persons_export_holds_their_roles_and_declarations(
    programme: Programme, priya: User
) -> None:
    held = HELD.export(priya)
    assert held["memberships"][0]["role"] == "partner"
    assert held["memberships"][0]["declarations"][0]["words"] == "We might apply for a grant."


@pytest.mark.django_db(transaction=True)
def test_open_streams_are_rechecked_at_once_when_a_membership_ends(
    programme: Programme, ada: User, sami: User, redis_client: redis.Redis
) -> None:
    listening = redis_client.pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
    listening.subscribe(topic(RECHECK))
    listening.get_message(timeout=5)
    remove_member(ada, member(programme, sami))
    heard = listening.get_message(timeout=5)
    assert heard is not None
    assert json.loads(heard["data"])["user"] == str(sami.pk)


def test_the_money_tag_prints_through_the_gate(
    programme: Programme, vision_programme: Programme
) -> None:
    assert money(Decimal(4800), programme) == "£4,800"
    assert money(Decimal(4800), vision_programme) == "amount not shown yet"
    assert money(None, programme) == ""
