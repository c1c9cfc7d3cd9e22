"""Casting a ballot: one action for phones, kiosks, imports and retries alike.

The order is the protocol's (``docs/security.md``): repeat what was acknowledged; refuse what is
stale; ask the clock; validate; seal; then, under the locks of round and elector and in one
statement that commits, judge once more and write (``budgeting_cast_write``, migration 0002). No
lock is ever held while Python works or the network waits, so a full hall cannot starve the closer.
Nothing is written to any log here but that something is wrong, and never whose it is.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db import Error, OperationalError, connection
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid
from participation.budgeting import keyring
from participation.budgeting.choices import NOTHING, Choices
from participation.budgeting.declared import terms_of
from participation.budgeting.envelope import Address, CannotOpen, padded, seal, unseal
from participation.budgeting.guards import guard_of, waited_too_long
from participation.budgeting.keys import KeyMissing, RoundKeys
from participation.budgeting.styles import styles
from participation.budgeting.terms import Terms

logger = logging.getLogger(__name__)

COUNTED, DRAFT = "counted", "draft"
_ATTEMPTS: Final = 3
Reading = Callable[[Terms], Choices]

_CLOSED: Final = _("Voting has closed. What was saved before the close is counted.")
_BUSY: Final = _("Very many people are saving at once. Try again: nothing is lost.")
_REPLACED: Final = _("This card was replaced or cancelled. Ask the people running the vote.")


@dataclass(frozen=True, slots=True)
class Voter:
    """Who is at the ballot: an entry of the register, admitted with one of its cards."""

    round_id: UUID
    elector_id: UUID
    credential_id: UUID


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is recorded for a voter now.

    ``choices`` are the work in hand, ``counted`` the last whole ballot (None: no vote is in yet),
    ``missing`` what the work in hand still needs, in words; ``terms`` and ``withdrawn`` are what
    it was judged by, so that a page that shows it asks nothing more.
    """

    terms: Terms = field(compare=False)
    withdrawn: frozenset[int] = field(compare=False)

    rev: int
    choices: Choices
    counted: Choices | None
    missing: str

    @property
    def is_in(self) -> bool:
        """Whether what is in hand is what will be counted."""
        return self.counted is not None and self.counted == self.choices

    @property
    def earlier_counts(self) -> bool:
        """Whether an earlier vote still counts until this one is finished."""
        return self.counted is not None and self.counted != self.choices


class Stale(Exception):
    """Somebody saved in between, perhaps on another device. Nothing was written."""

    def __init__(self, recorded: Recorded) -> None:
        super().__init__("the ballot was changed in between")
        self.recorded = recorded


class NotNow(Invalid):
    """The ballot cannot be saved as things stand: closed, void card, too busy."""


@dataclass(frozen=True, slots=True)
class _State:
    """The rows of a voter, read after they were locked."""

    card_active: bool
    elector_state: str
    status: str
    begun: bool
    ended: bool
    config_sha256: str
    sealed_len: int
    rev: int
    counted: bytes | None
    draft: bytes | None
    last_op: UUID | None
    withdrawn_numbers: list[int]

    @property
    def withdrawn(self) -> frozenset[int]:
        """The projects that left the ballot after it opened."""
        return frozenset(self.withdrawn_numbers)

    @property
    def is_open(self) -> bool:
        """Whether votes are taken at this moment."""
        return self.status == "open" and self.begun and not self.ended


_STATE: Final = """
    SELECT card_active, elector_state, status, begun, ended, config_sha256, sealed_len,
           rev, counted, draft, last_op, withdrawn
    FROM budgeting_cast_state(%s, %s, %s)
"""
_WRITE: Final = "SELECT budgeting_cast_write(%s, %s, %s, %s, %s, %s, %s)"


def save(voter: Voter, reading: Reading, *, op_id: UUID, base_rev: int) -> Recorded:
    """Save the whole ballot; when this returns it is committed.

    ``reading`` makes the choices from the frozen terms (a style's ``parse``); ``op_id`` names this
    attempt, so that a retry after a lost answer is told the same again; ``base_rev`` is the
    revision that the voter was looking at.

    Raises :class:`Stale`, :class:`NotNow`, :class:`choices.BadBallot`.
    """
    try:
        return _save(voter, reading, op_id, base_rev)
    except KeyMissing as error:
        logger.critical("the key of a round that takes votes cannot be read")
        raise NotNow(_("The ballot box cannot be opened now. Tell the people running it.")) from (
            error
        )
    except Error as error:
        raise _in_words(error) from error


def look(voter: Voter) -> Recorded:
    """What is recorded for a voter, as long as the round is open. Raises :class:`NotNow`."""
    with connection.cursor() as cursor:
        state = _read(cursor, voter)
    _must_be_a_valid_card(state)
    _must_be_open(state)
    return _recorded(voter, state, keyring.of(voter.round_id))


def _save(voter: Voter, reading: Reading, op_id: UUID, base_rev: int) -> Recorded:
    with connection.cursor() as cursor:
        for _attempt in range(_ATTEMPTS):
            recorded = _try(cursor, voter, reading, op_id, base_rev)
            if recorded is not None:
                return recorded
    raise NotNow(_BUSY)


def _try(
    cursor: CursorWrapper, voter: Voter, reading: Reading, op_id: UUID, base_rev: int
) -> Recorded | None:
    """What is recorded now; None where somebody was quicker: then what is there says what to do."""
    state = _read(cursor, voter)
    _must_be_a_valid_card(state)
    if state.last_op == op_id:
        return _again(voter, state, reading)
    if state.is_open and base_rev != state.rev:
        raise Stale(_recorded(voter, state, keyring.of(voter.round_id)))
    _must_be_open(state)
    keys = keyring.of(voter.round_id)
    terms = terms_of(voter.round_id, state.config_sha256)
    style = styles[terms.style]
    choices = reading(terms)
    style.check(choices, terms)
    if style.is_whole(choices, terms, state.withdrawn):
        counted: Choices | None = choices
    else:
        counted = _open(voter, state, COUNTED, keys)
    if not _write(cursor, voter, state, op_id, keys, counted, choices):
        return None
    return _told(terms, state, state.rev + 1, choices, counted)


def _ids(voter: Voter) -> list[str]:
    return [str(voter.round_id), str(voter.elector_id), str(voter.credential_id)]


def _read(cursor: CursorWrapper, voter: Voter) -> _State:
    cursor.execute(_STATE, _ids(voter))
    row = cursor.fetchone()
    if row is None:
        raise NotNow(_("This card is not known any more. Ask the people running the vote."))
    return _State(*row)


def _must_be_a_valid_card(state: _State) -> None:
    """Asked first: a replaced card is shown nothing of what its successor recorded."""
    if state.elector_state == "paper":
        raise NotNow(_("You asked to vote on paper, so this card cannot vote on a screen."))
    if state.elector_state == "printed":
        raise NotNow(_("This card has not been handed out yet, so it cannot vote."))
    if not state.card_active or state.elector_state != "active":
        raise NotNow(_REPLACED)


def _must_be_open(state: _State) -> None:
    if state.status == "draft" or (state.status == "open" and not state.begun):
        raise NotNow(_("Voting has not opened yet."))
    if not state.is_open:
        raise NotNow(_CLOSED)


def _again(voter: Voter, state: _State, reading: Reading) -> Recorded:
    """The acknowledgement of a save whose answer was lost. It may be asked after the close."""
    if state.is_open:
        return _recorded(voter, state, keyring.of(voter.round_id))
    # The key may be gone: say again what this very request asked for.
    terms = terms_of(voter.round_id, state.config_sha256)
    choices, style = reading(terms), styles[terms.style]
    whole = style.is_whole(choices, terms, state.withdrawn)
    return _told(terms, state, state.rev, choices, choices if whole else None)


def _open(voter: Voter, state: _State, part: str, keys: RoundKeys) -> Choices | None:
    value = state.counted if part == COUNTED else state.draft
    if value is None:
        return None
    address = Address(voter.round_id, voter.elector_id, state.rev, part)
    try:
        return unseal(keys.box, address, bytes(value))
    except CannotOpen as error:
        logger.critical("a sealed ballot does not open: somebody changed the database")
        raise NotNow(
            _("Your recorded vote cannot be opened. Tell the people running the vote.")
        ) from error


def _recorded(voter: Voter, state: _State, keys: RoundKeys) -> Recorded:
    choices = _open(voter, state, DRAFT, keys) or NOTHING
    terms = terms_of(voter.round_id, state.config_sha256)
    return _told(terms, state, state.rev, choices, _open(voter, state, COUNTED, keys))


def _told(
    terms: Terms, state: _State, rev: int, choices: Choices, counted: Choices | None
) -> Recorded:
    return Recorded(
        terms=terms,
        withdrawn=state.withdrawn,
        rev=rev,
        choices=choices,
        counted=counted,
        missing=styles[terms.style].missing(choices, terms, state.withdrawn),
    )


def _write(
    cursor: CursorWrapper,
    voter: Voter,
    state: _State,
    op_id: UUID,
    keys: RoundKeys,
    counted: Choices | None,
    draft: Choices,
) -> bool:
    """Whether it was written; committed, where no transaction is around it."""

    def sealed(part: str, plain: bytes) -> bytes:
        address = Address(voter.round_id, voter.elector_id, state.rev + 1, part)
        return seal(keys.box, address, plain)

    in_hand = padded(draft, state.sealed_len)
    # Both parts are sealed anew each time: who watches the table cannot tell whether the vote
    # that counts was changed.
    votes = None
    if counted is not None:
        same = counted is draft
        votes = sealed(COUNTED, in_hand if same else padded(counted, state.sealed_len))
    values = [*_ids(voter), str(op_id), state.rev, votes, sealed(DRAFT, in_hand)]
    cursor.execute(_WRITE, values)
    (written,) = cursor.fetchone()
    return bool(written)


_REFUSALS: Final = {
    "round_is_not_open": _CLOSED,
    "card_is_not_active": _(
        "This card was replaced or cancelled. Ask the people running the vote."
    ),
}


def _in_words(error: Error) -> Exception:
    """What a person is told when the database refused; other errors as they are."""
    reason = _REFUSALS.get(guard_of(error))
    if reason is not None:
        return NotNow(reason)
    if isinstance(error, OperationalError) and waited_too_long(error):
        return NotNow(_BUSY)
    return error
