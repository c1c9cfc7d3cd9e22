"""The write door of organisations: who they are and who acts for them."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Answer, Invalid, no, require
from commissioning.ground.digests import derived_token, token_digest
from commissioning.live.publish import recheck
from commissioning.notices.actions import tell
from commissioning.people.models import User
from places.directory.identifiers import BadIdentifierError, tidied
from places.directory.models import (
    Identifier,
    JoinRequest,
    Organisation,
    OrganisationInvitation,
    OrganisationMember,
    Place,
)
from places.directory.names import free_slug
from places.directory.rules import (
    acts_for,
    keeps,
    organisation_invitation_stands,
    runs_installation,
)

INVITATION_LASTS = timedelta(days=14)
KEEPER, EDITOR = OrganisationMember.Role.KEEPER, OrganisationMember.Role.EDITOR


@dataclass(frozen=True, slots=True)
class Profile:
    """What an organisation says of itself. ``identifiers`` are (scheme, number) pairs."""

    name: str
    kind: str
    place: Place | None = None
    about: str = ""
    email: str = ""
    telephone: str = ""
    website: str = ""
    address: str = ""
    identifiers: list[tuple[str, str]] = field(default_factory=list)

    def columns(self) -> dict[str, Any]:
        """The organisation's own columns."""
        return {name: getattr(self, name) for name in _COLUMNS}


_COLUMNS = ("name", "kind", "place", "about", "email", "telephone", "website", "address")


def locked(organisation: Organisation) -> Organisation:
    """The organisation's row, held until the transaction ends: one change at a time."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


@transaction.atomic
def create_organisation(user: User, profile: Profile) -> Organisation:
    """Put an organisation in the directory; whoever does so is its first keeper."""
    if not user.is_active:
        raise Invalid(_("Sign in first."))
    organisation = Organisation.objects.create(
        slug=free_slug(
            profile.name, Organisation.objects.all(), longest=80, fallback="organisation"
        ),
        **profile.columns(),
    )
    _set_identifiers(organisation, profile.identifiers)
    OrganisationMember.objects.create(organisation=organisation, user=user, role=KEEPER)
    return organisation


@transaction.atomic
def edit_organisation(user: User, organisation: Organisation, profile: Profile) -> Organisation:
    """Say anew who the organisation is. A confirmed one that changes its kind is asked again."""
    require(acts_for(user, organisation))
    organisation = locked(organisation)
    if profile.kind != organisation.kind:
        organisation.confirmed_at = None
    for name, value in profile.columns().items():
        setattr(organisation, name, value)
    organisation.save()
    _set_identifiers(organisation, profile.identifiers)
    return organisation


def _set_identifiers(organisation: Organisation, pairs: list[tuple[str, str]]) -> None:
    wanted = set()
    for scheme, value in pairs:
        try:
            wanted.add((scheme, tidied(scheme, value)))
        except BadIdentifierError as error:
            raise Invalid(error.reason, "identifiers") from error
    for identifier in organisation.identifiers.all():
        if (identifier.scheme, identifier.value) in wanted:
            wanted.remove((identifier.scheme, identifier.value))
        else:
            identifier.delete()
    for scheme, value in sorted(wanted):
        _add_identifier(organisation, scheme, value)


def _add_identifier(organisation: Organisation, scheme: str, value: str) -> None:
    try:
        with transaction.atomic():
            Identifier.objects.create(organisation=organisation, scheme=scheme, value=value)
    except IntegrityError as error:
        other = Organisation.objects.get(identifiers__scheme=scheme, identifiers__value=value)
        raise Invalid(
            _("%(scheme)s %(value)s is %(name)s already. If you act for it, ask to join it.")
            % {"scheme": scheme, "value": value, "name": other.name},
            "identifiers",
        ) from error


@transaction.atomic
def confirm_organisation(user: User, organisation: Organisation) -> Organisation:
    """Those who run the installation confirm that a body is what it says, so that it may lead."""
    require(runs_installation(user))
    organisation = locked(organisation)
    organisation.confirmed_at = organisation.confirmed_at or timezone.now()
    organisation.save(update_fields=["confirmed_at"])
    return organisation


def invitation_token(invitation_id: uuid.UUID) -> str:
    """The secret in an invitation's link; only its digest is stored."""
    return derived_token("directory.invitation", invitation_id)


@transaction.atomic
def invite_to_organisation(
    user: User, organisation: Organisation, email: str, role: str
) -> OrganisationInvitation:
    """Invite an address to act for the organisation. The link in the mail lasts 14 days."""
    require(keeps(user, organisation))
    organisation = locked(organisation)
    email, now = email.strip(), timezone.now()
    if organisation.members.filter(user__email__iexact=email).exists():
        raise Invalid(_("Somebody with that address acts for it already."), "email")
    earlier = organisation.invitations.filter(
        email__iexact=email, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    if earlier.filter(expires_at__gt=now).exists():
        raise Invalid(_("That address has an invitation already. Withdraw it first."), "email")
    earlier.update(withdrawn_at=now)
    invitation_id = uuid.uuid4()
    invitation = OrganisationInvitation.objects.create(
        id=invitation_id,
        organisation=organisation,
        email=email,
        role=role,
        invited_by=user,
        token_digest=token_digest(invitation_token(invitation_id)),
        expires_at=now + INVITATION_LASTS,
    )
    about = {"invitation": str(invitation.pk)}
    tell("directory.invited", email, about=about, key=f"directory.invited:{invitation.pk}")
    return invitation


@transaction.atomic
def withdraw_organisation_invitation(user: User, invitation: OrganisationInvitation) -> None:
    """Its link is dead at once."""
    require(keeps(user, invitation.organisation))
    open_still = OrganisationInvitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    if not open_still.update(withdrawn_at=timezone.now()):
        raise Invalid(_("It has been accepted or withdrawn already."))


def may_accept(user: User, invitation: OrganisationInvitation) -> Answer:
    """Whoever signed in with the very address that it was sent to, while it stands."""
    if user.email.casefold() != invitation.email.casefold():
        return no(
            _(
                "This invitation was sent to another address than the one you signed in with. "
                "Sign in with the address that the mail came to."
            )
        )
    return organisation_invitation_stands(invitation)


@transaction.atomic
def accept_organisation_invitation(
    user: User, invitation: OrganisationInvitation
) -> OrganisationMember:
    """Act for the organisation from now on. Once, by that address."""
    organisation = locked(invitation.organisation)
    invitation = OrganisationInvitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    answer = may_accept(user, invitation)
    if not answer:
        raise Invalid(answer.reason)
    member, _new = OrganisationMember.objects.get_or_create(
        organisation=organisation, user=user, defaults={"role": invitation.role}
    )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    return member


@transaction.atomic
def ask_to_join(user: User, organisation: Organisation, words: str) -> JoinRequest:
    """Say that you act for an organisation that is in the directory; its keepers answer."""
    if acts_for(user, organisation):
        raise Invalid(_("You act for it already."))
    organisation = locked(organisation)
    if organisation.join_requests.filter(user=user, answered_at__isnull=True).exists():
        raise Invalid(_("You have asked already. Its keepers have been told."))
    request = JoinRequest.objects.create(organisation=organisation, user=user, words=words)
    keepers = OrganisationMember.objects.filter(organisation=organisation, role=KEEPER)
    for keeper in keepers.select_related("user"):
        about = {"request": str(request.pk)}
        tell("directory.asks_to_join", keeper.user, about=about, key=f"join:{request.pk}")
    return request


@transaction.atomic
def answer_join_request(user: User, request: JoinRequest, *, accept: bool) -> JoinRequest:
    """A keeper lets somebody in, as an editor, or says no."""
    require(keeps(user, request.organisation))
    request = (
        JoinRequest.objects.select_for_update(of=("self",))
        .select_related("organisation", "user")
        .get(pk=request.pk)
    )
    if request.answered_at:
        raise Invalid(_("It has been answered already."))
    request.answered_at, request.answered_by, request.accepted = timezone.now(), user, accept
    request.save()
    if accept:
        OrganisationMember.objects.get_or_create(
            organisation=request.organisation, user=request.user, defaults={"role": EDITOR}
        )
    about = {"request": str(request.pk)}
    tell("directory.join_answered", request.user, about=about, key=f"join:{request.pk}:answer")
    return request


@transaction.atomic
def change_member(user: User, member: OrganisationMember, role: str) -> OrganisationMember:
    """Make an editor a keeper, or a keeper an editor. The last keeper stays one."""
    require(keeps(user, member.organisation))
    organisation = locked(member.organisation)
    if role != KEEPER:
        _keep_a_keeper(organisation, member)
    member.role = role
    member.save(update_fields=["role"])
    recheck(member.user_id)
    return member


@transaction.atomic
def remove_organisation_member(user: User, member: OrganisationMember) -> None:
    """Somebody no longer acts for the organisation. People may leave by themselves."""
    if member.user_id != user.pk:
        require(keeps(user, member.organisation))
    _keep_a_keeper(locked(member.organisation), member)
    member.delete()
    recheck(member.user_id)


def _keep_a_keeper(organisation: Organisation, leaving: OrganisationMember) -> None:
    others = organisation.members.filter(role=KEEPER).exclude(pk=leaving.pk)
    if leaving.role == KEEPER and not others.exists():
        raise Invalid(
            _("Somebody has to look after %s. Make another person its keeper first.")
            % organisation.name
        )
