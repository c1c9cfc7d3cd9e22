"""Who is in: invited by e-mail, accepted, changed, ended; and what each declares."""

import uuid
from datetime import date, timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Answer, Invalid, no, require
from commissioning.ground.digests import derived_token, token_digest
from commissioning.live.publish import recheck
from commissioning.notices.actions import tell
from commissioning.people.models import User
from commissioning.programmes.actions.common import locked, refuse_money_talk
from commissioning.programmes.history import record
from commissioning.programmes.models import (
    Declaration,
    Invitation,
    Membership,
    Programme,
    Role,
)
from commissioning.programmes.rules import (
    invitation_stands,
    may_invite,
    membership_of,
)
from places.directory.models import Organisation

INVITATION_LASTS = timedelta(days=14)
TOKEN_PURPOSE = "programmes.invitation"  # noqa: S105 (the name of a purpose, not a secret)


def invitation_token(invitation_id: uuid.UUID) -> str:
    """The secret in an invitation's link; only its digest is stored."""
    return derived_token(TOKEN_PURPOSE, invitation_id)


@transaction.atomic
def invite(
    user: User,
    programme: Programme,
    email: str,
    role: Role,
    organisation: Organisation | None = None,
) -> Invitation:
    """Invite an address, with or without an account. The link in the mail lasts 14 days."""
    require(may_invite(user, programme, role))
    programme = locked(programme)
    email = email.strip()
    _refuse_member(programme, email)
    _make_room(programme, email)
    if role == Role.PARTNER and organisation is None:
        raise Invalid(_("Choose the organisation that a partner speaks for."), "organisation")
    invitation_id = uuid.uuid4()
    invitation = Invitation.objects.create(
        id=invitation_id,
        programme=programme,
        email=email,
        role=role,
        organisation=organisation,
        invited_by=user,
        token_digest=token_digest(invitation_token(invitation_id)),
        expires_at=timezone.now() + INVITATION_LASTS,
    )
    _send(invitation)
    label = str(Role(role).label).lower()
    record(programme, user, f"invited somebody to be a {label}", is_public=False)
    return invitation


def _refuse_member(programme: Programme, email: str) -> None:
    if programme.memberships.in_force().filter(user__email__iexact=email).exists():
        raise Invalid(_("Somebody with that address is in the programme already."), "email")


def _make_room(programme: Programme, email: str) -> None:
    """One open invitation an address: a lapsed one gives way, a live one is sent again instead."""
    now = timezone.now()
    earlier = programme.invitations.filter(
        email__iexact=email, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    if earlier.filter(expires_at__gt=now).exists():
        raise Invalid(
            _("That address has an invitation already. Send it again, or withdraw it first."),
            "email",
        )
    earlier.update(withdrawn_at=now)


def _send(invitation: Invitation) -> None:
    """The expiry is part of the key: sent again, it is another notice; pressed twice, it is not."""
    key = f"programmes.invited:{invitation.pk}:{invitation.expires_at.isoformat()}"
    tell("programmes.invited", invitation.email, about={"invitation": str(invitation.pk)}, key=key)


@transaction.atomic
def resend_invitation(user: User, invitation: Invitation) -> Invitation:
    """Mail the same link again and give it another 14 days from now."""
    require(may_invite(user, invitation.programme, invitation.role))
    invitation = _locked_invitation(invitation)
    _require_open(invitation)
    invitation.expires_at = timezone.now() + INVITATION_LASTS
    invitation.invited_by = user
    invitation.save(update_fields=["expires_at", "invited_by"])
    _send(invitation)
    record(invitation.programme, user, "sent an invitation again", is_public=False)
    return invitation


@transaction.atomic
def withdraw_invitation(user: User, invitation: Invitation) -> Invitation:
    """Its link is dead at once."""
    require(may_invite(user, invitation.programme, invitation.role))
    invitation = _locked_invitation(invitation)
    _require_open(invitation)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(invitation.programme, user, "withdrew an invitation", is_public=False)
    return invitation


def _locked_invitation(invitation: Invitation) -> Invitation:
    return (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("programme", "organisation", "invited_by")
        .get(pk=invitation.pk)
    )


def _require_open(invitation: Invitation) -> None:
    if invitation.accepted_at:
        raise Invalid(_("It has been accepted already."))
    if invitation.withdrawn_at:
        raise Invalid(_("It has been withdrawn already."))


def may_accept(user: User, invitation: Invitation) -> Answer:
    """Whoever signed in with the very address that it was sent to, while it stands."""
    if user.email.casefold() != invitation.email.casefold():
        return no(
            _(
                "This invitation was sent to another address than the one you signed in with. "
                "Sign in with the address that the mail came to."
            )
        )
    return invitation_stands(invitation)


@transaction.atomic
def accept_invitation(user: User, invitation: Invitation) -> Membership:
    """Take up the role. Once, by that address, while whoever invited could still give it."""
    programme = locked(invitation.programme)
    invitation = _locked_invitation(invitation)
    answer = may_accept(user, invitation)
    if not answer:
        raise Invalid(answer.reason)
    if membership_of(user, programme):
        raise Invalid(_("You are in this programme already."))
    membership, _new = Membership.objects.update_or_create(
        programme=programme,
        user=user,
        defaults={
            "role": invitation.role,
            "organisation": invitation.organisation,
            "since": Now(),
            "ends_on": None,
            "removed_at": None,
        },
    )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    record(programme, user, f"joined {_as_role(invitation.role, invitation.organisation)}")
    membership.refresh_from_db()
    return membership


@transaction.atomic
def change_membership(
    user: User,
    membership: Membership,
    *,
    role: Role,
    organisation: Organisation | None,
    ends_on: date | None,
) -> Membership:
    """Change what a member is, for whom they speak, and until when."""
    programme = locked(membership.programme)
    membership = _locked_membership(membership)
    require(may_invite(user, programme, membership.role) & may_invite(user, programme, role))
    if role == Role.PARTNER and organisation is None:
        raise Invalid(_("Choose the organisation that a partner speaks for."), "organisation")
    if ends_on and ends_on < timezone.localdate():
        raise Invalid(_("That day has gone. To end it now, remove them instead."), "ends_on")
    if role != Role.LEAD or ends_on:
        _keep_a_lead(programme, membership)
    anew = role != membership.role or organisation != membership.organisation
    membership.role, membership.organisation, membership.ends_on = role, organisation, ends_on
    membership.save(update_fields=["role", "organisation", "ends_on"])
    if anew:
        # A declaration was made in the old role: it is asked for again.
        Membership.objects.filter(pk=membership.pk).update(since=Now())
    until = f" until {ends_on:%-d %B %Y}" if ends_on else ""
    said = f"made {membership.user.short_name} {_as_role(role, organisation)[3:]}{until}"
    record(programme, user, said)
    recheck(membership.user_id)
    return membership


@transaction.atomic
def remove_member(user: User, membership: Membership) -> Membership:
    """End a membership now. What the person said and decided stays, with their name on it."""
    programme = locked(membership.programme)
    membership = _locked_membership(membership)
    if membership.user_id != user.pk:
        require(may_invite(user, programme, membership.role))
    if membership.removed_at:
        raise Invalid(_("They are not in the programme any more."))
    _keep_a_lead(programme, membership)
    membership.removed_at = timezone.now()
    membership.save(update_fields=["removed_at"])
    if membership.user_id == user.pk:
        record(programme, user, "left the programme")
    else:
        record(programme, user, f"ended the membership of {membership.user.short_name}")
    recheck(membership.user_id)
    return membership


def _locked_membership(membership: Membership) -> Membership:
    return (
        Membership.objects.select_for_update(of=("self",))
        .select_related("user", "organisation")
        .get(pk=membership.pk)
    )


def _keep_a_lead(programme: Programme, leaving: Membership) -> None:
    if leaving.role != Role.LEAD:
        return
    others = programme.memberships.in_force().filter(role=Role.LEAD, ends_on__isnull=True)
    if not others.exclude(pk=leaving.pk).exists():
        raise Invalid(_("A programme always has a lead. Make somebody else lead first."))


@transaction.atomic
def declare(user: User, programme: Programme, *, could_gain: bool, words: str) -> Declaration:
    """Say what you or your organisation could gain. It stands beside everything you say."""
    membership = membership_of(user, programme)
    if membership is None:
        raise Invalid(_("Only members of the programme make a declaration."))
    if could_gain and not words.strip():
        raise Invalid(_("Say in a sentence what you or your organisation could gain."), "words")
    refuse_money_talk(programme, words=words)
    declaration = Declaration.objects.create(
        membership=membership, could_gain=could_gain, words=words
    )
    said = "could gain" if could_gain else "could not gain"
    record(programme, user, f"declared that they {said} from the programme", reason=words)
    return declaration


def _as_role(role: str, organisation: Organisation | None) -> str:
    label = str(Role(role).label).lower()
    if role == Role.PARTNER and organisation:
        return f"as a partner, for {organisation.name}"
    article = "an" if label[0] in "aeiou" else "a"
    return f"as {article} {label}"
