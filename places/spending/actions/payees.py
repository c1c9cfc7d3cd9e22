"""The write door of payees: which organisation each is, and what kind of recipient."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.ground.answers import Invalid, require
from commissioning.ground.locks import lock
from commissioning.people.models import User
from commissioning.programmes.history import record
from commissioning.programmes.models import Programme
from places.directory.models import Organisation
from places.spending import rules
from places.spending.matching import KIND_OF
from places.spending.models import Payee, Suggestion
from places.spending.names import suggested_kind


def _ready(user: User, programme: Programme) -> None:
    require(rules.may_sort(user, programme))
    lock(f"spending:{programme.place_id}")


@transaction.atomic
def confirm_suggestions(user: User, programme: Programme, chosen: Sequence[UUID]) -> int:
    """These payees are the organisations suggested; other suggestions for them are refused."""
    _ready(user, programme)
    waiting = Suggestion.objects.filter(
        pk__in=chosen, state=Suggestion.State.WAITING, payee__place=programme.place_id
    ).select_related("payee", "organisation")
    done = 0
    for suggestion in waiting:
        if suggestion.payee.organisation_id is None:
            _match(user, suggestion.payee, suggestion.organisation, programme)
            done += 1
            suggestion.state, suggestion.decided_by = Suggestion.State.CONFIRMED, user
            suggestion.save(update_fields=["state", "decided_by"])
    _say(
        programme,
        user,
        ngettext(
            "confirmed which organisation %d payee is",
            "confirmed which organisations %d payees are",
            done,
        ),
        done,
    )
    return done


@transaction.atomic
def refuse_suggestions(user: User, programme: Programme, chosen: Sequence[UUID]) -> int:
    """These payees are not the organisations suggested. It is remembered."""
    _ready(user, programme)
    return Suggestion.objects.filter(
        pk__in=chosen, state=Suggestion.State.WAITING, payee__place=programme.place_id
    ).update(state=Suggestion.State.REFUSED, decided_by=user)


@transaction.atomic
def match_by_hand(
    user: User, programme: Programme, payee: Payee, organisation: Organisation
) -> None:
    """Say which organisation a payee is."""
    _ready(user, programme)
    if payee.place_id != programme.place_id or payee.kind == Payee.Kind.REDACTED:
        raise Invalid(_("A name that was held back stands for nobody."))
    _match(user, payee, organisation, programme)
    _say(programme, user, _("confirmed which organisation %d payee is"), 1)


def _match(user: User, payee: Payee, organisation: Organisation, programme: Programme) -> None:
    payee.organisation, payee.how = organisation, Payee.How.CONFIRMED
    kind = KIND_OF.get(Organisation.Kind(organisation.kind))
    if kind is not None and not payee.kind_is_said:
        payee.kind = kind
    if organisation.place_id == programme.place_id and not payee.local_is_said:
        payee.is_local = True
    payee.leave_unmatched = False
    payee.decided_by, payee.decided_at = user, timezone.now()
    payee.save()


@transaction.atomic
def undo_matches(user: User, programme: Programme, chosen: Sequence[UUID]) -> int:
    """These payees are not those organisations after all, however they were matched."""
    _ready(user, programme)
    payees = Payee.objects.filter(
        pk__in=chosen, place=programme.place_id, organisation__isnull=False
    )
    Suggestion.objects.filter(payee__in=payees, state=Suggestion.State.CONFIRMED).update(
        state=Suggestion.State.REFUSED, decided_by=user
    )
    # Whoever is named like a person is hidden again.
    names = payees.values_list("pk", "name")
    people = [pk for pk, name in names if suggested_kind(name) == Payee.Kind.PERSON]
    unsaid = When(kind_is_said=False, then=Value(Payee.Kind.UNKNOWN))
    done = payees.update(
        organisation=None,
        how="",
        leave_unmatched=True,
        kind=Case(unsaid, default=F("kind")),
        is_local=Case(When(local_is_said=False, then=Value(None)), default=F("is_local")),
        decided_by=user,
        decided_at=timezone.now(),
    )
    Payee.objects.filter(pk__in=people, kind=Payee.Kind.UNKNOWN).update(kind=Payee.Kind.PERSON)
    _say(
        programme,
        user,
        ngettext(
            "took back which organisation %d payee is",
            "took back which organisations %d payees are",
            done,
        ),
        done,
    )
    return done


@transaction.atomic
def describe(
    user: User,
    programme: Programme,
    chosen: Sequence[UUID],
    *,
    kind: str = "",
    local: bool | None = None,
    small: bool | None = None,
) -> int:
    """Say what kind of recipient these payees are; what is not given stays as it is."""
    _ready(user, programme)
    said: dict[str, object] = {}
    if kind:
        said |= {"kind": Payee.Kind(kind), "kind_is_said": kind != Payee.Kind.UNKNOWN}
    if local is not None:
        said |= {"is_local": local, "local_is_said": True}
    if small is not None:
        said |= {"is_small": small}
    if not said:
        raise Invalid(_("Choose what to say about the payees."))
    payees = Payee.objects.filter(pk__in=chosen, place=programme.place_id)
    if kind in {Payee.Kind.REDACTED, Payee.Kind.PERSON}:
        payees = payees.filter(organisation=None)
    done = payees.update(**said, decided_by=user, decided_at=timezone.now())
    _say(
        programme,
        user,
        ngettext(
            "said what kind of recipient %d payee is",
            "said what kind of recipients %d payees are",
            done,
        ),
        done,
    )
    return done


def hide_names(user: User, programme: Programme, chosen: Sequence[UUID]) -> int:
    """These payees are people, whose names are shown to nobody else."""
    return describe(user, programme, chosen, kind=Payee.Kind.PERSON)


@transaction.atomic
def accept_kinds(user: User, programme: Programme, chosen: Sequence[UUID]) -> int:
    """Say of these payees the kind that their names hint at."""
    _ready(user, programme)
    payees = Payee.objects.filter(
        Q(kind=Payee.Kind.UNKNOWN), pk__in=chosen, place=programme.place_id
    )
    by_kind: dict[str, list[UUID]] = {}
    for pk, name in payees.values_list("pk", "name"):
        if hint := suggested_kind(name):
            by_kind.setdefault(hint, []).append(pk)
    return sum(describe(user, programme, pks, kind=kind) for kind, pks in by_kind.items())


def _say(programme: Programme, user: User, sentence: str, number: int) -> None:
    if number:
        record(programme, user, sentence % number)
