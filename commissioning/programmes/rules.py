"""Who may do what in a programme, and what each stage opens. Every answer carries a reason."""

from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import YES, Answer, no
from commissioning.people.models import User
from commissioning.programmes.models import (
    Declaration,
    Invitation,
    Membership,
    Programme,
    Role,
    Stage,
)
from places.directory.models import Organisation
from places.directory.rules import acts_for, may_lead_programmes, runs_installation

Person = User | AnonymousUser

STAFF_ROLES = frozenset({Role.LEAD, Role.COMMISSIONER})
STAGE_ORDER = list(Stage)

# The money gate as a table: which stages may show and ask for amounts. One rule reads it
# (money_gate), one template tag prints through it ({% money %}).
SHOWS_AMOUNTS: Final[dict[Stage, bool]] = {
    Stage.VISION: False,
    Stage.RESOURCES: True,
    Stage.OPTIONS: True,
    Stage.DELIVERY: True,
    Stage.LEARNING: True,
}

# What a person may invite others to be: nothing above what they hold.
MAY_INVITE: Final[dict[Role, frozenset[Role]]] = {
    Role.LEAD: frozenset(Role),
    Role.COMMISSIONER: frozenset(Role) - {Role.LEAD},
    Role.FACILITATOR: frozenset({Role.FACILITATOR, Role.PARTNER, Role.CITIZEN, Role.OBSERVER}),
}

NEVER_FIRST = _(
    "Never ever start by talking about the money: amounts open when the vision is agreed."
)


def membership_of(user: Person, programme: Programme) -> Membership | None:
    """The person's membership that is in force today, or None."""
    if not user.is_authenticated:
        return None
    return (
        Membership.objects.in_force()
        .filter(programme=programme, user=user)
        .select_related("organisation", "user")
        .first()
    )


def may_see(user: Person, programme: Programme) -> Answer:
    """Anyone reads a public programme; members read theirs."""
    if programme.is_public or membership_of(user, programme):
        return YES
    return no(_("This programme is not public yet, and you are not a member of it."))


def is_member(user: Person, programme: Programme) -> Answer:
    """Whether the person is in the programme, in any role."""
    if membership_of(user, programme):
        return YES
    return no(_("This is for the members of the programme."))


def has_role(user: Person, programme: Programme, *roles: Role) -> Answer:
    """Whether the person holds one of the roles in this programme."""
    member = membership_of(user, programme)
    if member and member.role in roles:
        return YES
    names = _(" or ").join(str(Role(role).label).lower() for role in roles)
    return no(_("This is for the %s of the programme.") % names)


def may_run(user: Person, programme: Programme) -> Answer:
    """Leads and commissioners run the programme's parts."""
    return has_role(user, programme, Role.LEAD, Role.COMMISSIONER)


def may_lead(user: Person, programme: Programme) -> Answer:
    """What only the lead commissioner does."""
    return has_role(user, programme, Role.LEAD)


def may_draft(user: Person, programme: Programme) -> Answer:
    """Leads, commissioners and facilitators write the vision and what is fixed and open."""
    return has_role(user, programme, Role.LEAD, Role.COMMISSIONER, Role.FACILITATOR)


def may_endorse(user: Person, programme: Programme, organisation: Organisation | None) -> Answer:
    """Whoever is signed in and sees the programme; for an organisation, who acts for it."""
    if not user.is_authenticated:
        return no(_("Sign in first, so that people know who stands behind the vision."))
    if not may_see(user, programme):
        return no(_("This is for the members of the programme."))
    return acts_for(user, organisation) if organisation else YES


def may_invite_at_all(user: Person, programme: Programme) -> Answer:
    """Leads, commissioners and facilitators look after who is in."""
    return has_role(user, programme, *MAY_INVITE)


def may_invite(user: Person, programme: Programme, role: str) -> Answer:
    """Nobody invites, changes or removes a role above what they hold themselves."""
    member = membership_of(user, programme)
    allowed = MAY_INVITE.get(Role(member.role), frozenset()) if member else frozenset()
    if role in allowed:
        return YES
    return no(
        _("Only somebody who holds that role or a higher one can give it: %s.") % Role(role).label
    )


def invitation_stands(invitation: Invitation) -> Answer:
    """Not used, not withdrawn, not lapsed, and whoever invited could still give that role."""
    if invitation.accepted_at:
        return no(_("This invitation has been used. If that was you, just sign in."))
    if invitation.withdrawn_at:
        return no(_("This invitation was withdrawn."))
    if invitation.expires_at <= timezone.now():
        return no(_("This invitation has lapsed. Ask whoever invited you to send it again."))
    if not may_invite(invitation.invited_by, invitation.programme, invitation.role):
        return no(_("Whoever sent this invitation can no longer give that role. Ask the lead."))
    return YES


def may_create(user: Person, organisation: Organisation) -> Answer:
    """Who acts for a confirmed council, NHS body or support body starts a programme led by it."""
    if runs_installation(user):
        return may_lead_programmes(organisation)
    if not Organisation.objects.acted_for_by(user).filter(pk=organisation.pk).exists():
        return no(_("You do not act for %s.") % organisation.name)
    return may_lead_programmes(organisation)


def standing_declaration(membership: Membership) -> Declaration | None:
    """The declaration that counts: the latest since the present role and organisation began."""
    return membership.declarations.filter(created_at__gte=membership.since).first()


def may_decide(user: Person, programme: Programme) -> Answer:
    """Those who could gain give evidence and do not decide; who has not declared cannot either."""
    member = membership_of(user, programme)
    if member is None:
        return no(_("Only members of the programme take part in its decisions."))
    if member.role == Role.OBSERVER:
        return no(_("Observers watch; they do not take part in decisions."))
    declaration = standing_declaration(member)
    if declaration is None:
        return no(
            _("Say first whether you or your organisation could gain: make your declaration."),
            reverse("programmes:declare", args=[programme.slug]),
        )
    if declaration.could_gain:
        return no(_("You declared that you or your organisation could gain, so you do not decide."))
    return YES


def money_gate(programme: Programme) -> Answer:
    """Whether this programme may show or ask for amounts of money.

    Open once the vision is agreed and its stage signed off, or lifted early with a reason.
    """
    if SHOWS_AMOUNTS[Stage(programme.stage)] or hasattr(programme, "gate_lift"):
        return YES
    return no(NEVER_FIRST)


def stage_open(programme: Programme, stage: Stage) -> Answer:
    """Whether the programme has come to a stage; why it is locked, if it has not."""
    now = Stage(programme.stage)
    if now.number >= stage.number:
        return YES
    before = STAGE_ORDER[stage.number - 2]
    return no(
        _("The %(stage)s stage opens when the lead signs off the %(before)s stage.")
        % {"stage": str(stage.label).lower(), "before": str(before.label).lower()}
    )


def may_read_level_field(user: Person, programme: Programme) -> Answer:
    """Everyone once it is published; before that, members."""
    if programme.level_field_published_at is not None or membership_of(user, programme):
        return YES
    return no(_("The level-playing-field file has not been published yet."))


def leading_organisations(user: Person) -> QuerySet[Organisation]:
    """The bodies that the person may begin a programme for."""
    confirmed = Organisation.objects.filter(
        kind__in=Organisation.LEADING_KINDS, confirmed_at__isnull=False
    )
    return confirmed if runs_installation(user) else confirmed.acted_for_by(user)
