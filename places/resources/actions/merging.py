"""Two rows that are one thing, made one; and two again, if that was wrong."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.people.models import User
from places.resources.actions.common import hold_place, locked, tell_history
from places.resources.models import Different, Merge, OutcomeLink, Resource, State
from places.resources.rules import may_look_after


@transaction.atomic
def merge(user: User, kept: Resource, other: Resource) -> Merge:
    """Make ``other`` part of ``kept``: its links to outcomes move over, its own words stay in it.

    Where both help the same outcome, the kept one's words stand.
    """
    require(may_look_after(user, kept.place))
    if kept.pk == other.pk or kept.place_id != other.place_id:
        raise Invalid(_("Choose two different things of the same place."))
    hold_place(kept.place)
    kept, other = locked(kept), locked(other)
    if State.MERGED in (kept.state, other.state):
        raise Invalid(_("One of them is part of another already."))
    if other.merged.exists():
        raise Invalid(_("Another is part of “%s”. Keep that one instead.") % other.what)
    have = set(kept.links.values_list("outcome_id", flat=True))
    moving = [link for link in other.links.all() if link.outcome_id not in have]
    OutcomeLink.objects.filter(pk__in=[link.pk for link in moving]).update(resource=kept)
    done = Merge.objects.create(
        kept=kept,
        merged=other,
        by=user,
        before=other.state,
        moved=[str(link.pk) for link in moving],
    )
    other.state, other.merged_into = State.MERGED, kept
    other.save()
    tell_history(kept.programme, user, f"made “{other.what}” and “{kept.what}” one")
    return done


@transaction.atomic
def undo_merge(user: User, done: Merge) -> Resource:
    """Make them two again, each with the links that it had."""
    require(may_look_after(user, done.kept.place))
    hold_place(done.kept.place)
    done = (
        Merge.objects.select_for_update(of=("self",)).select_related("kept__place").get(pk=done.pk)
    )
    if done.undone_at is not None:
        raise Invalid(_("That has been undone already."))
    other = part(done, user)
    tell_history(other.programme, user, f"made “{other.what}” and “{done.kept.what}” two again")
    return other


def part(done: Merge, user: User) -> Resource:
    """Give the merged one its state and links back. The caller has asked and holds the place."""
    other = locked(done.merged)
    moved = [UUID(pk) for pk in done.moved]
    OutcomeLink.objects.filter(pk__in=moved, resource=done.kept).update(resource=other)
    other.state, other.merged_into = State(done.before), None
    other.save()
    done.undone_at, done.undone_by = timezone.now(), user
    done.save(update_fields=["undone_at", "undone_by"])
    return other


@transaction.atomic
def say_different(user: User, one: Resource, other: Resource) -> None:
    """They only seem alike: do not suggest them again."""
    require(may_look_after(user, one.place))
    if one.place_id != other.place_id:
        raise Invalid(_("Choose two different things of the same place."))
    first, second = sorted((one, other), key=lambda found: str(found.pk))
    Different.objects.get_or_create(one=first, other=second, defaults={"by": user})
