"""Codes on voting cards: an alphabet that is hard to misread, and one symbol that catches slips.

Pure. A code is 8, 12 or 15 symbols of 32 (40, 60 or 75 bits) and one check symbol. Symbols are
elements of GF(32); the check symbol makes the sum of ``a^i * symbol_i`` zero, where ``a`` is a
primitive element. All weights are different and none is zero, so that **every** single wrong
symbol and **every** swap of two symbols, neighbours or not, changes the sum: it is told at once,
without a look at the register.
"""

from typing import Final

# Digits and capitals without I, L, O and U, which are read as 1, 1, 0 and V.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE: Final = {symbol: value for value, symbol in enumerate(ALPHABET)}
_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_IGNORED: Final = frozenset(" -_.·–—\u00a0\t\r\n")

SHORT, USUAL, LONG = 8, 12, 15
LENGTHS: Final = (SHORT, USUAL, LONG)
# How many cards of a length a round may have: 40 bits only in a one-day hall, 75 above 20,000.
MOST_CARDS: Final = {SHORT: 2_000, USUAL: 20_000, LONG: 10_000_000}
_GROUPS: Final = {9: (3, 3, 3), 13: (4, 4, 5), 16: (4, 4, 4, 4)}
_LONGEST_TYPED: Final = 60


class NotACode(ValueError):
    """What was typed cannot be a code: wrong length, a strange symbol, or the check fails."""


def _powers() -> tuple[int, ...]:
    """a^0 .. a^30 in GF(32) = GF(2)[x] / (x^5 + x^2 + 1), where a = x is primitive."""
    powers, element = [], 1
    for _ in range(31):
        powers.append(element)
        element <<= 1
        if element & 0b100000:
            element ^= 0b100101
    return tuple(powers)


_POWER: Final = _powers()
_LOG: Final = {element: exponent for exponent, element in enumerate(_POWER)}


def _times(left: int, right: int) -> int:
    if not left or not right:
        return 0
    return _POWER[(_LOG[left] + _LOG[right]) % 31]


def _sum(symbols: list[int]) -> int:
    """The weighted sum; the last symbol has weight a^0 = 1."""
    total = 0
    for position, symbol in enumerate(reversed(symbols)):
        total ^= _times(_POWER[position], symbol)
    return total


def with_check(symbols: str) -> str:
    """The symbols and their check symbol."""
    values = [_VALUE[symbol] for symbol in symbols]
    return symbols + ALPHABET[_sum([*values, 0])]


def is_code(code: str) -> bool:
    """Whether a normalised code has a known length and its check symbol is right."""
    if len(code) - 1 not in LENGTHS or any(symbol not in _VALUE for symbol in code):
        return False
    return _sum([_VALUE[symbol] for symbol in code]) == 0


def from_digest(digest: bytes, length: int) -> str:
    """A code from the first ``5 * length`` bits of a keyed digest of at least 10 bytes."""
    if length not in LENGTHS:
        raise ValueError(f"a code has 8, 12 or 15 symbols, not {length}")
    number = int.from_bytes(digest[:10]) >> (80 - 5 * length)
    symbols = [ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(length))]
    return with_check("".join(symbols))


def normalise(typed: str) -> str:
    """The code that a person typed, whatever the case, spaces, dashes and look-alikes.

    Raises :class:`NotACode`, always before anything is looked up.
    """
    if len(typed) > _LONGEST_TYPED:
        raise NotACode("too long")
    kept = "".join(symbol for symbol in typed if symbol not in _IGNORED)
    code = kept.upper().translate(_READ_AS)
    if not is_code(code):
        raise NotACode("the check symbol does not fit")
    return code


def grouped(code: str) -> str:
    """The code as it is printed: in groups, with spaces."""
    groups, start = [], 0
    for size in _GROUPS[len(code)]:
        groups.append(code[start : start + size])
        start += size
    return " ".join(groups)


def length_for(cards: int, *, one_day_in_a_hall: bool) -> int:
    """How many symbols the codes of a round with so many cards need."""
    if one_day_in_a_hall and cards <= MOST_CARDS[SHORT]:
        return SHORT
    return USUAL if cards <= MOST_CARDS[USUAL] else LONG
