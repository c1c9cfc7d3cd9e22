"""Closing a round: every step may be repeated, and each goes on where the last one stopped.

1. ``stop_voting`` (T1): exclusive lock, status *closing*. Every acknowledged save is in.
2. ``open_box`` (T2): decrypt, sort by content, write anonymous ballots, numbers, status *counted*.
3. ``verify_close``: a fresh connection reads again and compares with the sealed ballots.
4. ``confirm_backup``: somebody says that a backup holds the counted ballots.
5. ``seal_round``: destroy the key, status *sealed*, throw the sealed ballots away.
"""

import hashlib
import logging
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.ground.locks import lock
from commissioning.people.models import User
from commissioning.programmes.history import record
from participation.budgeting import keyring, rules
from participation.budgeting.cast import COUNTED
from participation.budgeting.choices import BadBallot, Choices, from_line
from participation.budgeting.declared import terms_of
from participation.budgeting.envelope import Address, CannotOpen, unseal
from participation.budgeting.models import (
    Ballot,
    ClosedEarly,
    Closing,
    Elector,
    Round,
    Sealed,
    Slip,
    SlipEntry,
)
from participation.budgeting.queue import queue_close
from participation.budgeting.styles import styles

logger = logging.getLogger(__name__)

Status = Round.Status
AGREED: Final = "agreed"


class BoxDoesNotOpen(Exception):
    """A ballot could not be opened or breaks the frozen terms. Nothing was written or destroyed."""


def close_now(user: User, round_: Round, reason: str = "") -> None:
    """The lead closes. Before the announced time only with a reason, which is published."""
    with transaction.atomic():
        lock(round_.pk)
        fresh = Round.objects.select_related("programme").get(pk=round_.pk)
        require(rules.may_close(user, fresh))
        if fresh.is_open and not _time_is_up(fresh.pk):
            if not reason.strip():
                raise Invalid(_("Say why voting closes before the announced time."), "reason")
            ClosedEarly.objects.create(round=fresh, reason=reason.strip(), by=user)
            record(fresh.programme, user, f"closed voting early in {fresh.title}", reason=reason)
        elif fresh.is_open:
            record(fresh.programme, user, f"closed voting in {fresh.title}")
        stop_voting(fresh.pk)
        queue_close(fresh.pk)


def stop_voting(round_id: UUID) -> None:
    """T1: no save is taken any more; those that were acknowledged are all in."""
    with transaction.atomic():
        lock(round_id)
        Round.objects.filter(pk=round_id, status=Status.OPEN).update(status=Status.CLOSING)


def open_box(round_id: UUID) -> Closing:
    """T2: the sealed ballots become anonymous ones, in the order of their content.

    Raises :class:`BoxDoesNotOpen`; then nothing has changed.
    """
    with transaction.atomic():
        lock(round_id)
        round_ = Round.objects.get(pk=round_id)
        if round_.status in {Status.COUNTED, Status.SEALED}:
            return round_.closing
        if round_.status != Status.CLOSING:
            raise Invalid(_("Voting has not been closed yet."))
        lines = sorted(choices.line() for choices in _opened(round_))
        _write_ballots(round_id, lines)
        _mark_register(round_id)
        closing = _write_closing(round_, lines)
        Round.objects.filter(pk=round_id).update(status=Status.COUNTED)
    return closing


def verify_close(round_id: UUID) -> None:
    """Read the ballots again on a fresh connection and compare them with the sealed ones.

    The last moment at which anybody can check what was decrypted is before the key is destroyed,
    which waits for this to end. Raises :class:`BoxDoesNotOpen`.
    """
    connection.close()  # outside any transaction, or this fails
    with transaction.atomic():
        lock(round_id)
        round_ = Round.objects.get(pk=round_id)
        if round_.status == Status.COUNTED:
            _compare(round_)
            Round.objects.filter(pk=round_id, verified_at__isnull=True).update(verified_at=Now())


def confirm_backup(user: User, round_: Round, note: str) -> None:
    """Somebody answers for it that a backup holds the counted ballots: the key may go."""
    with transaction.atomic():
        lock(round_.pk)
        fresh = Round.objects.select_related("programme").get(pk=round_.pk)
        require(rules.may_close(user, fresh))
        if fresh.status != Status.COUNTED or fresh.verified_at is None:
            raise Invalid(_("First the ballots are counted and verified."))
        if not note.strip():
            raise Invalid(_("Say which backup holds the counted ballots."), "note")
        if fresh.backup_confirmed_at is None:
            Round.objects.filter(pk=fresh.pk).update(
                backup_confirmed_at=Now(), backup_confirmed_by=user, backup_note=note.strip()
            )
            record(fresh.programme, user, f"confirmed the backup of the ballots of {fresh.title}")
        queue_close(fresh.pk)


def seal_round(round_id: UUID) -> None:
    """Destroy the key, once verified and backed up, and throw away what nobody can open now."""
    if not _may_be_sealed(round_id):
        return
    with transaction.atomic():
        lock(round_id)  # nobody is half way through reading with the key
        keyring.destroy(round_id)
        Round.objects.filter(pk=round_id, status=Status.COUNTED).update(
            status=Status.SEALED, key_destroyed_at=Now()
        )
    with transaction.atomic():
        SlipEntry.objects.filter(slip__round=round_id).delete()
        Sealed.objects.filter(elector__round=round_id).delete()


def close_and_count(round_id: UUID) -> None:
    """The steps that need nobody: what the clock and the lead's button set going."""
    stop_voting(round_id)
    open_box(round_id)
    verify_close(round_id)


def resume(round_id: UUID) -> None:
    """Go on wherever the round stopped: after a crash, or because its time is up."""
    status = Round.objects.values_list("status", flat=True).get(pk=round_id)
    if status in {Status.OPEN, Status.CLOSING}:
        if status == Status.OPEN and not _time_is_up(round_id):
            return
        close_and_count(round_id)
    elif status == Status.COUNTED:
        verify_close(round_id)
    seal_round(round_id)


def unfinished() -> list[UUID]:
    """Rounds that the sweeper goes on with: their time is up, or a step was left half way."""
    due = Q(status=Status.OPEN, closes_at__lte=Now()) | Q(status=Status.CLOSING)
    after = Q(status=Status.COUNTED) & (
        Q(verified_at__isnull=True) | Q(count__isnull=True) | Q(backup_confirmed_at__isnull=False)
    )
    lying = Q(status=Status.SEALED, electors__sealed__isnull=False)
    found = Round.objects.filter(due | after | lying)
    return list(found.order_by().distinct().values_list("pk", flat=True))


def digest_of(lines: list[str]) -> str:
    """SHA-256 of the ballots, one a line, in the order of their content."""
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def _time_is_up(round_id: UUID) -> bool:
    return Round.objects.filter(pk=round_id, closes_at__lte=Now()).exists()


def _may_be_sealed(round_id: UUID) -> bool:
    """Verified, backed up, and either not sealed yet or with sealed ballots still lying about."""
    return (
        Round.objects.filter(pk=round_id, verified_at__isnull=False)
        .filter(backup_confirmed_at__isnull=False)
        .filter(Q(status=Status.COUNTED) | Q(electors__sealed__isnull=False))
        .exists()
    )


def _compare(round_: Round) -> None:
    """The ballots as written have the digest of the close and are those that were sealed."""
    written = list(round_.ballots.order_by("n").values_list("choices", flat=True))
    if digest_of(written) != round_.closing.digest:
        raise BoxDoesNotOpen("the ballots do not have the digest of the close")
    if keyring.exist(round_.pk):
        if sorted(choices.line() for choices in _opened(round_)) != written:
            raise BoxDoesNotOpen("the ballots are not those that were sealed")
    elif round_.backup_confirmed_at is None:
        raise BoxDoesNotOpen("the key is gone before the ballots were verified")


def _opened(round_: Round) -> Iterator[Choices]:
    """Every ballot that counts, opened and judged by the frozen terms. Whose it is stays here."""
    key = keyring.of(round_.pk).box
    terms = terms_of(round_.pk, round_.config_sha256)
    style = styles[terms.style]
    for address, value in _sealed_values(round_):
        try:
            choices = unseal(key, address, value)
            style.check(choices, terms)
        except (CannotOpen, BadBallot) as error:
            logger.critical("a ballot does not open at the close: nothing was written")
            raise BoxDoesNotOpen("a ballot does not open") from error
        yield choices


def _sealed_values(round_: Round) -> Iterator[tuple[Address, bytes]]:
    rows = Sealed.objects.filter(
        elector__round=round_, elector__state=Elector.State.ACTIVE, counted__isnull=False
    ).values_list("elector_id", "rev", "counted")
    for elector_id, rev, counted in rows.iterator(chunk_size=2000):
        yield Address(round_.pk, elector_id, rev, COUNTED), bytes(counted or b"")
    slips = Slip.objects.filter(round=round_, state=Slip.State.AGREED)
    for slip_id, agreed in slips.values_list("pk", "agreed"):
        yield Address(round_.pk, slip_id, 0, AGREED), bytes(agreed or b"")


def _write_ballots(round_id: UUID, lines: list[str]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY budgeting_ballot (round_id, n, choices) FROM STDIN") as copy,
    ):
        for n, line in enumerate(lines, start=1):
            copy.write_row((round_id, n, line))


def _mark_register(round_id: UUID) -> None:
    """Whether each card voted, for all cards in one statement; cards never handed out are void."""
    electors = Elector.objects.filter(round=round_id)
    electors.filter(state=Elector.State.PRINTED).update(state=Elector.State.VOID)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE budgeting_elector e
            SET used = (e.state = 'active' AND EXISTS (
                SELECT FROM budgeting_sealed s
                WHERE s.elector_id = e.id AND s.counted IS NOT NULL))
            WHERE e.round_id = %s
            """,
            [round_id],
        )


def _write_closing(round_: Round, lines: list[str]) -> Closing:
    out = Q(handed_out=True)
    cards = Elector.objects.filter(round=round_).aggregate(
        made=Count("pk"),
        voted=Count("pk", filter=Q(used=True)),
        out=Count("pk", filter=out),
        spare=Count("pk", filter=~out),
        called_in=Count("pk", filter=out & Q(state=Elector.State.VOID)),
        paper=Count("pk", filter=Q(state=Elector.State.PAPER)),
        unused=Count("pk", filter=Q(state=Elector.State.ACTIVE, used=False)),
    )
    return Closing.objects.create(
        round=round_,
        electors=cards["made"],
        used=cards["voted"],
        handed_out=cards["out"],
        spare_void=cards["spare"],
        called_in=cards["called_in"],
        paper=cards["paper"],
        unused=cards["unused"],
        slips=Slip.objects.filter(round=round_, state=Slip.State.AGREED).count(),
        ballots=len(lines),
        blank=sum(line == Choices().line() for line in lines),
        digest=digest_of(lines),
    )


def counted_ballots(round_: Round) -> list[Choices]:
    """The anonymous ballots of a closed round, in their order."""
    lines = Ballot.objects.filter(round=round_).order_by("n").values_list("choices", flat=True)
    return [from_line(line) for line in lines]
