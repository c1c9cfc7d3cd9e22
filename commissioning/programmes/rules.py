"""Who may do what in a programme. Every answer carries a reason that people are shown."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from commissioning.ground.answers import YES, Answer, no
from commissioning.people.models import User
from commissioning.programmes.models import Membership, Programme, Role, Stage

Person = User | AnonymousUser

STAFF_ROLES = frozenset({Role.LEAD, Role.COMMISSIONER})
STAGE_ORDER = list(Stage)


def membership_of(user: Person, programme: Programme) -> Membership | None:
    """The person's membership that is in force today, or None."""
    if not user.is_authenticated:
        return None
    today = timezone.localdate()
    return (
        Membership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
        .filter(programme=programme, user=user)
        .select_related("organisation", "user")
        .first()
    )


def may_see(user: Person, programme: Programme) -> Answer:
    """Anyone reads a public programme; members read theirs."""
    if programme.is_public or membership_of(user, programme):
        return YES
    return no("This programme is not public yet, and you are not a member of it.")


def has_role(user: Person, programme: Programme, *roles: Role) -> Answer:
    """Whether the person holds one of the roles in this programme."""
    member = membership_of(user, programme)
    if member and member.role in roles:
        return YES
    names = " or ".join(Role(role).label.lower() for role in roles)
    return no(f"This is for the {names} of the programme.")


def may_run(user: Person, programme: Programme) -> Answer:
    """Leads and commissioners run the programme's parts."""
    return has_role(user, programme, Role.LEAD, Role.COMMISSIONER)


def may_lead(user: Person, programme: Programme) -> Answer:
    """What only the lead commissioner does."""
    return has_role(user, programme, Role.LEAD)


def may_decide(user: Person, programme: Programme) -> Answer:
    """Those who could gain give evidence and do not decide; who has not declared cannot either."""
    member = membership_of(user, programme)
    if member is None:
        return no("Only members of the programme take part in its decisions.")
    declaration = member.declarations.first()
    if declaration is None:
        return no("Say first whether you or your organisation could gain: make your declaration.")
    if declaration.could_gain:
        return no("You declared that you or your organisation could gain, so you do not decide.")
    return YES


def money_gate(programme: Programme) -> Answer:
    """Whether this programme may show or ask for amounts of money.

    Open once the vision is agreed (the stage has moved on), or lifted early with a reason.
    """
    if programme.stage != Stage.VISION or hasattr(programme, "gate_lift"):
        return YES
    return no("Never ever start by talking about the money: amounts open when the vision is agreed.")
