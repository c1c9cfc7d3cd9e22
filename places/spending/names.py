"""Names of payees: which spellings are one payee, which names are held back, what a name suggests.

Pure: no Django. Nothing here decides which organisation a payee is; see ``matching.py``.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from commissioning.ground.first_names import folded, is_first_name

# Spellings of one legal form: "Ltd", "Ltd.", "Limited" and the "Ld" of one council's system.
_SPELT: Final = {"limited": "ltd", "ld": "ltd", "company": "co", "incorporated": "inc"}
_LEGAL_FORMS: Final = frozenset({"ltd", "plc", "llp", "lp", "cic", "cio", "inc", "co"})
_INITIALS: Final = re.compile(r"\b(?:[a-z] ){1,4}[a-z]\b")
_HELD_BACK: Final = re.compile(
    r"\bredact\w*|\b(?:name|details?|data|payee|supplier) (?:is |are |has been )?withheld\b"
    r"|\bwithheld\b|\bpersonal data\b|\bdata protection\b|\bnot disclosed\b|\bconfidential\b"
    r"|\bprivate individual\b|^(?:a )?(?:person|individual)$|^x{3,}$|^\*+$"
)
_TITLE: Final = re.compile(
    r"^(?:mr|mrs|ms|miss|mx|dr|prof|rev|sir|dame|cllr)\b(?!.*\b(?:and son|ltd|llp|plc|partners|"
    r"practice|surgery|solicitors|consulting|services)\b)"
)
_BUSINESS: Final = re.compile(
    r"\b(?:ltd|plc|llp|lp|inc|bv|gmbh|consultants?|consultancy|consulting|solicitors|contractors|"
    r"builders|taxis?|cabs|hotels?|estates?|lettings|recruitment|trading|co)$|\bt a\b"
)
_PUBLIC: Final = re.compile(
    r"\b(?:council|borough|nhs|department for|department of|dept|ministry|hmrc|police|"
    r"fire authority|combined authority|government|commissioner|county court|"
    r"primary care trust|clinical commissioning group|integrated care board|environment agency|"
    r"waste authority|academy|primary school|high school|secondary school|university|college)\b"
)
_COUNCIL_FOR: Final = re.compile(r"\bcouncil (?:for|of) voluntary|\bvoluntary\b.*\bcouncil\b")
_VCSE: Final = re.compile(
    r"\b(?:charity|charitable|cic|cio|community interest|foundation|trust|mencap|mind|barnardos?|"
    r"age uk|citizens advice|church|churches|parish|mosque|synagogue|temple|voluntary|volunteers?|"
    r"association|society|friends of|neighbours|co operative|co op|social enterprise|ymca|"
    r"tenants|residents|almshouses)\b"
)

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
# What no name of one person has.
_NO_NAME: Final = re.compile(r"[\d&+@/]|\b(?:and|of|for|the|at|t/a|ta)\b", re.IGNORECASE)
MOST_PARTS: Final = 4
_INITIALS_FIRST: Final = re.compile(r"(?:[A-Z][. ]\s*){1,3}[A-Z][a-zà-ÿ’'\-A-Z]{2,}")
_BODIES: Final = Path(__file__).parent / "words" / "bodies.txt"
_FIRST_NAMES: Final = Path(__file__).parent / "words" / "first_names.txt"

BUSINESS, PUBLIC, VCSE, PERSON, REDACTED = "business", "public", "vcse", "person", "redacted"


@lru_cache(maxsize=65536)
def payee_key(words: str) -> str:
    """One key for the spellings of one name; the legal form stays in it.

    Case, accents, punctuation, a leading "the", "&" for "and" and "Limited" for "Ltd" do not
    matter. "Weir Care Ltd" and "Weir Care plc" stay two payees: they may be two companies.

    >>> payee_key("The Weir & Lock Limited.") == payee_key("WEIR AND LOCK LTD")
    True
    >>> payee_key("Weir Care C.I.C.")
    'weir care cic'
    """
    bare = unicodedata.normalize("NFKD", words.replace("&", " and ").replace("+", " and "))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold()
    bare = re.sub(r"['’`]", "", bare)
    spaced = " ".join(re.sub(r"[\W_]+", " ", bare).split())
    spaced = _INITIALS.sub(lambda found: found.group().replace(" ", ""), spaced)
    key = " ".join(_SPELT.get(word, word) for word in spaced.split())
    # A name of signs alone ("***") keeps its signs: it is still one name.
    return key.removeprefix("the ") or key or " ".join(words.split()).casefold()


@lru_cache(maxsize=65536)
def match_key(words: str) -> str:
    """What two names are compared by when a payee is matched: the key without its legal form.

    >>> match_key("Lanes Neighbours Ltd") == match_key("Lanes Neighbours C.I.C.")
    True
    """
    kept = payee_key(words).split()
    while len(kept) > 1 and kept[-1] in _LEGAL_FORMS:
        kept.pop()
    return " ".join(kept)


@lru_cache(maxsize=65536)
def is_held_back(words: str) -> bool:
    """Whether the publisher put a word in the place of the name: REDACTED, personal data, withheld.

    Such lines are many payees or one, nobody can tell: they are never matched and never counted.

    >>> is_held_back("REDACTED PERSONAL DATA"), is_held_back("Redacre Farm Ltd")
    (True, False)
    """
    return bool(_HELD_BACK.search(payee_key(words)) or _HELD_BACK.search(words.strip().casefold()))


def suggested_kind(words: str) -> str:
    """The kind of recipient that the name hints at, or "": a person confirms it.

    >>> suggested_kind("Weirside Borough Council"), suggested_kind("Ferry Cabs Ltd")
    ('public', 'business')
    >>> suggested_kind("Mrs P Lockkeeper"), suggested_kind("Blue Door")
    ('person', '')
    """
    if is_held_back(words):
        return REDACTED
    key = payee_key(words)
    if _TITLE.search(key):
        return PERSON
    if _PUBLIC.search(key) and not _COUNCIL_FOR.search(key) and not _BUSINESS.search(key):
        return PUBLIC
    if _BUSINESS.search(key):
        return BUSINESS
    if _VCSE.search(key):
        return VCSE
    return PERSON if is_plainly_a_person(words) else ""


@lru_cache(maxsize=65536)
def is_plainly_a_person(words: str) -> bool:
    """Whether a name without a title is likely that of a person: a first name, and a surname.

    It is one where a first name or initials stand first (or after a comma: "Carrow, Jane"), one to
    three words follow (one after initials), and none of them is a word of firms and bodies. On the
    safe side: a person who is taken for one is hidden from public pages until somebody who runs the
    programme says what they are; a firm that is named like a person waits so too.

    >>> is_plainly_a_person("Jane Carrow"), is_plainly_a_person("Carrow, J.")
    (True, True)
    >>> is_plainly_a_person("Anna House"), is_plainly_a_person("J Carrow Architects")
    (False, False)
    """
    surname, comma, first = words.partition(",")
    inverted = comma and len(surname.split()) == 1
    said = f"{first.strip()} {surname}" if inverted else words.strip()
    parts = _WORD.findall(said)
    if not 2 <= len(parts) <= MOST_PARTS or _NO_NAME.search(words):
        return False
    if not (_is_first_name(parts[0]) or _INITIALS_FIRST.fullmatch(said)):
        return False
    return not any(is_of_a_body(part) for part in parts[1:])


def _is_first_name(word: str) -> bool:
    return is_first_name(word) or folded(word).partition("-")[0] in _rarer_first_names()


def is_of_a_body(word: str) -> bool:
    """Whether firms and bodies have the word in their names, and people hardly ever."""
    plain = folded(word)
    forms = {plain, plain.removesuffix("s"), re.sub("ies$", "y", plain)}
    return not forms.isdisjoint(_bodies())


@cache
def _bodies() -> frozenset[str]:
    return _words_of(_BODIES)


@cache
def _rarer_first_names() -> frozenset[str]:
    return frozenset(map(folded, _words_of(_FIRST_NAMES)))


def _words_of(path: Path) -> frozenset[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
