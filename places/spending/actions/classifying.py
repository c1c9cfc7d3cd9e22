"""The write door of what lines are about: rules, applied and undone, and single lines."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.ground.answers import Invalid, require
from commissioning.ground.locks import lock
from commissioning.people.models import User
from commissioning.programmes.history import record
from commissioning.programmes.models import Outcome, Programme
from places.spending import rules
from places.spending.models import ClassificationRule, LineAbout, SpendingLine

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would do: ``lines`` it finds, of which ``said`` are about something already.

    ``mine`` of those are so by this rule, ``others`` by another rule or a person.
    """

    lines: int
    said: int
    mine: int
    sums: dict[str, Any]
    examples: list[SpendingLine]

    @property
    def new(self) -> int:
        """The lines that it would say something about."""
        return self.lines - self.said

    @property
    def others(self) -> int:
        """The lines of which something else is said."""
        return self.said - self.mine


def found_by(rule: ClassificationRule) -> QuerySet[SpendingLine]:
    """The lines that hold the rule's words, each where it asks for it."""
    return SpendingLine.objects.filter(_holds(rule), place=rule.programme.place_id)


def _holds(rule: ClassificationRule) -> Q:
    wanted = Q()
    if rule.payee_contains:
        named = Q(payee__name__icontains=rule.payee_contains)
        # Who is a person, or held back, is not found by name.
        wanted &= named & ~Q(payee__kind__in=("person", "redacted"))
    if rule.purpose_contains:
        wanted &= Q(purpose__icontains=rule.purpose_contains)
    if rule.service_contains:
        wanted &= Q(service__icontains=rule.service_contains)
    return wanted


def preview(rule: ClassificationRule) -> Preview:
    """What applying the rule now would do. Five queries."""
    lines = found_by(rule)
    said = LineAbout.objects.filter(programme=rule.programme_id, line__in=lines)
    sums = lines.order_by("currency").values("currency").annotate(sum=Sum("amount"), n=Count("pk"))
    return Preview(
        lines=sum(row["n"] for row in sums),
        said=said.count(),
        mine=said.filter(rule=rule.pk).count(),
        sums={row["currency"]: row["sum"] for row in sums},
        examples=list(
            lines.exclude(pk__in=said.values("line"))
            .select_related("payee", "payer")
            .order_by("-amount", "pk")[:SHOWN]
        ),
    )


def lines_waiting(programme: Programme) -> dict[UUID, int]:
    """For each applied rule, how many lines hold its words and are about nothing yet. Two queries.

    A file that came in later, or again, has such lines: a rule speaks when somebody applies it.
    """
    applied = ClassificationRule.objects.filter(
        programme=programme, applied_at__isnull=False, undone_at=None
    ).select_related("programme")
    if not applied:
        return {}
    said = LineAbout.objects.filter(programme=programme, line=OuterRef("pk"))
    counted = SpendingLine.objects.filter(~Exists(said), place=programme.place_id).aggregate(
        **{f"rule_{rule.pk.hex}": Count("pk", filter=_holds(rule)) for rule in applied}
    )
    waiting = {rule.pk: counted[f"rule_{rule.pk.hex}"] for rule in applied}
    return {pk: number for pk, number in waiting.items() if number}


@transaction.atomic
def apply_to_new_lines(user: User, programme: Programme) -> int:
    """Apply every applied rule again, to the lines that came since. How many it said something of.

    In the order in which the rules were written: what one says, the next leaves.
    """
    require(rules.may_sort(user, programme))
    waiting = lines_waiting(programme)
    found = ClassificationRule.objects.filter(pk__in=waiting).order_by("created_at")
    return sum(apply_rule(user, rule) for rule in found.select_related("programme"))


@transaction.atomic
def make_rule(user: User, programme: Programme, values: dict[str, Any]) -> ClassificationRule:
    """A new rule. It does nothing until it is applied."""
    require(rules.may_sort(user, programme))
    rule = ClassificationRule(programme=programme, by=user, **values)
    if not (rule.payee_contains or rule.purpose_contains or rule.service_contains):
        raise Invalid(_("Say at least one thing that the lines hold."), "payee_contains")
    if rule.outcome is None and not rule.service:
        raise Invalid(_("Choose an outcome, or write a service."), "outcome")
    if rule.outcome is not None and rule.outcome.programme_id != programme.pk:
        raise Invalid(_("Choose an outcome of this programme."), "outcome")
    rule.save()
    return rule


@transaction.atomic
def apply_rule(user: User, rule: ClassificationRule) -> int:
    """Say of every line found what the rule says; what was said before stays."""
    rule = _locked(user, rule)
    lines, params = found_by(rule).values("id").order_by().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO spending_lineabout"  # noqa: S608  the query is Django's own
            " (id, line_id, programme_id, outcome_id, service, rule_id, by_id)"
            " SELECT gen_random_uuid(), found.id, %s, %s, %s, %s, %s"
            f" FROM ({lines}) AS found ON CONFLICT (line_id, programme_id) DO NOTHING",
            [rule.programme_id, rule.outcome_id, rule.service, rule.pk, user.pk, *params],
        )
        done: int = cursor.rowcount
    rule.applied_at, rule.undone_at = timezone.now(), None
    rule.save(update_fields=["applied_at", "undone_at"])
    sentence = ngettext(
        "applied a rule that says what %d line of spending is about",
        "applied a rule that says what %d lines of spending are about",
        done,
    )
    record(rule.programme, user, sentence % done)
    return done


@transaction.atomic
def undo_rule(user: User, rule: ClassificationRule) -> int:
    """Take back everything that the rule said."""
    rule = _locked(user, rule)
    if rule.applied_at is None or rule.undone_at is not None:
        raise Invalid(_("This rule is not applied."))
    done, _each = LineAbout.objects.filter(rule=rule).delete()
    rule.undone_at = timezone.now()
    rule.save(update_fields=["undone_at"])
    sentence = ngettext(
        "took back a rule that said what %d line of spending is about",
        "took back a rule that said what %d lines of spending are about",
        done,
    )
    record(rule.programme, user, sentence % done)
    return done


@transaction.atomic
def remove_rule(user: User, rule: ClassificationRule) -> None:
    """Throw a rule away that says nothing now."""
    rule = _locked(user, rule)
    if rule.applied_at is not None and rule.undone_at is None:
        raise Invalid(_("Undo the rule first."))
    rule.delete()


@transaction.atomic
def say_about(
    user: User, programme: Programme, line: SpendingLine, outcome: Outcome | None, service: str
) -> None:
    """Say what one line is about, whatever a rule said; nothing given takes it back."""
    require(rules.may_sort(user, programme))
    if outcome is None and not service:
        LineAbout.objects.filter(line=line, programme=programme).delete()
        return
    LineAbout.objects.update_or_create(
        line=line,
        programme=programme,
        defaults={"outcome": outcome, "service": service, "rule": None, "by": user},
    )


def _locked(user: User, rule: ClassificationRule) -> ClassificationRule:
    require(rules.may_sort(user, rule.programme))
    lock(f"spending:{rule.programme.place_id}")
    return ClassificationRule.objects.select_related("programme", "outcome").get(pk=rule.pk)
