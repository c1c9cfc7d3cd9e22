"""Finds criteria that ask where somebody sits, not what they know.

"Local knowledge" may be asked for, above and below threshold: what a bidder understands of these
communities. Where its office is may not be a criterion: not an address, a postcode, a ward, a
radius in miles. A detector can only find words, so it explains itself and a person decides.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What was found. ``AREA`` may be fine (knowledge of its people); the others are not."""

    ADDRESS = "address"
    POSTCODE = "postcode"
    WARD = "ward"
    RADIUS = "radius"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Flag:
    """Words of a text, and what they ask."""

    kind: Kind
    words: str

    @property
    def stops(self) -> bool:
        """Whether it has to be said otherwise before the criteria are made final."""
        return self.kind is not Kind.AREA


_SEATED: Final = (
    r"(?:based|located|situated|headquartered|registered|established|resident|domiciled)"
)
_SEAT: Final = (
    r"(?:addresse?s?|(?:head |registered |local |physical )?(?:office|headquarters|premises|base)"
    r"|place of business|(?:physical |local |permanent )?presence)"
)
_NEAR: Final = r"(?:in|within|at|near|close to|inside|around|from)"
_DISTANCE: Final = r"(?:miles?|mi|km|kilomet(?:re|er)s?|minutes?(?:'|’)? (?:drive|walk|travel))"
_NUMBER: Final = (
    r"(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty"
    r"|fifty)"
)
# Those who bid, and those who would do the work; never the people to be reached.
_BIDDERS: Final = r"(?:bidders?|tenderers?|suppliers?|contractors?|applicants?)"
_GROUPS: Final = (
    rf"(?:{_BIDDERS}|organi[sz]ations?|charit(?:y|ies)|firms?|compan(?:y|ies)|providers?)"
)
_WORKERS: Final = (
    rf"(?:{_GROUPS}|staff|team|workers?|workforce|employees?|trustees?|directors?|managers?)"
)
_MARKS: Final = r"(?:prefer\w*|scores?|scoring|marks?|points?|priority|come first|zero|excluded)"
_LIVING: Final = r"(?:live|lives|living|reside|resides|residing)"
# "Operates from the first day" is a beginning and no place.
_BEGINNING: Final = r"(?:(?:the|its|your) )?(?:first|day|start|outset|beginning|\d)"
_LOCAL: Final = (
    # Where the bidder or its people live, sit or come from.
    rf"|\b{_WORKERS}\b[^.;]{{0,25}}?\b{_LIVING}\b[^.;]{{0,15}}?\b(?:{_NEAR}|locally)\b"
    rf"|\bvolunteers?\b[^.;]{{0,25}}?\b{_LIVING}\b[^.;]{{0,40}}?\b{_MARKS}\b"
    rf"|\b{_BIDDERS} (?:from|of|in|within|outside)\b"
    rf"|\b{_GROUPS} (?:from|of|in|within|outside)\b[^.;]{{0,40}}?\b{_MARKS}\b"
    rf"|\b{_MARKS} (?:for|to) {_GROUPS} (?:from|of|in|within|outside)\b"
    rf"|\b{_WORKERS} (?:must|should|to|will) (?:come|be drawn|be recruited) from\b"
    r"|\bplaces? of business\b|\bhomes? (?:must|should|is|are) (?:be )?(?:in|within|near)\b"
    rf"|\b{_SEATED} locally\b|\blocally (?:employed|resident|headquartered)\b"
    rf"|\bwhere (?:is|are) (?:you|your [\w ]{{2,20}}|the {_GROUPS}|it|they)\b[^.;?]{{0,15}}?"
    rf"\b{_SEATED}\b"
    r"|\b(?:your|its|their|the bidder's) (?:\w+ )?(?:base|office|headquarters|depot)\b(?! hours)"
    r"|\bproximity (?:of|to)\b|\bhow (?:close|near|far) (?:is|are) (?:you|your|the bidder)\b"
    rf"|\b(?:operat|trad)(?:e|es|ing) (?:from|out of)\b(?! {_BEGINNING})"
    r"|\b(?:has|have|having) (?:a |an )?(?:shop ?front|shop|depot|branch|building|unit)\b"
    rf"[^.;]{{0,25}}?\b(?:{_NEAR}|on)\b(?! mind)"
)
_PATTERNS: Final = (
    (
        Kind.POSTCODE,
        re.compile(
            r"\b(?:[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}|post\s?codes?|zip codes?)\b", re.IGNORECASE
        ),
    ),
    (
        Kind.RADIUS,
        re.compile(
            rf"\b{_NUMBER}[\s-]*{_DISTANCE}\b|\bradius\b|\bwithin (?:walking|driving) distance\b"
            r"|\btravel(?:ling)? (?:distance|time) (?:of|from|to)\b|\bdistance (?:of|from|to)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.WARD,
        re.compile(
            rf"\b(?:{_SEATED}|{_SEAT}|liv(?:e|es|ing)|works?|operat\w+)\b[^.;]{{0,40}}?\bwards?\b"
            r"|\b(?:ward|wards) of\b|\b[A-Z][\w'’]+ (?:and [A-Z][\w'’]+ )?[Ww]ards?\b"
            r"|\b(?:this|that|the|each|one|same) wards?\b"
        ),
    ),
    (
        Kind.ADDRESS,
        re.compile(
            rf"\b{_SEATED}\b[^.;]{{0,25}}?\b{_NEAR}\b"
            rf"|\b(?:has|have|having|with|hold|holds|maintain\w*|need\w*|require\w*|a|an|its|their)"
            rf"\s+(?:a |an |its |their )?{_SEAT}\b[^.;]{{0,25}}?\b{_NEAR}\b"
            r"|\b(?:head|registered|local) (?:office|headquarters)\b|\baddress(?:es)?\b"
            r"|\blocal(?:ly)?[ -](?:based|owned|registered|firms?|suppliers?|compan(?:y|ies)"
            r"|business(?:es)?|providers?|contractors?)\b"
            r"|\b\d{1,4}[A-Za-z]? [A-Z][\w'’]+ (?:Street|Road|Lane|Avenue|Close|Square|Way)\b"
            + _LOCAL,
            re.IGNORECASE,
        ),
    ),
)
# "Addresses loneliness" and "how it addresses" speak of doing something, not of a place.
_VERB: Final = re.compile(
    r"\b(?:to|will|would|can|could|must|should|may|it|they|that|which|you|bid|plan|proposal"
    r"|service|how)\s+(?:\w+ly )?address(?:es)?\b"
    r"|\band address(?=\s+(?!in\b|of\b|at\b|is\b)\w)|\baddresse[sd] (?:the|our|their|this|these"
    r"|how|loneliness|needs?|issues?|concerns?|barriers?|inequalit\w+|isolation)\b"
    r"|\baddress (?:the|our|this|these|how|needs?|issues?|concerns?|barriers?|inequalit\w+"
    r"|loneliness|isolation)\b|\b(?:e-?mail|web) address(?:es)?\b",
    re.IGNORECASE,
)


# "The needs of families in this ward" are what to understand, not where to be.
_LIVES: Final = re.compile(
    r"\b(?:people|residents?|famil(?:y|ies)|children|lives|needs|communit(?:y|ies)|neighbours?)\b"
    r"(?: \w+){0,3} (?:in|of|across) (?:(?:the|this|these|each|every) )?(?:\w+ )?wards?\b"
    r"|\beach ward's\b"
    # Whose data to keep safe.
    r"|\b(?:people|users?|residents?|clients?|famil(?:y|ies))['’]s? (?:names and )?addresses\b",
    re.IGNORECASE,
)


def find(text: str, areas: Iterable[str] = (), places: Iterable[str] = ()) -> list[Flag]:
    """What in a text asks where somebody sits; each kind's words once, worst first.

    ``areas`` are the names of the place's own areas: naming one is shown (``AREA``), since it is
    right where it says whose lives to understand and wrong where it says where to be. To be "a
    Rivermead charity" (an area, or one of ``places``) is to sit there.
    """
    areas = tuple(areas)
    plain = _LIVES.sub(" ", _VERB.sub(" ", text))
    found = [
        Flag(kind, match.group().strip())
        for kind, pattern in _PATTERNS
        for match in pattern.finditer(plain)
    ]
    found += [
        Flag(Kind.ADDRESS, match.group().strip())
        for name in filter(None, (*areas, *places))
        for match in _of_this_place(name).finditer(plain)
    ]
    found += [
        Flag(Kind.AREA, name)
        for name in areas
        if name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
    ]
    return list(dict.fromkeys(found))


def _of_this_place(name: str) -> re.Pattern[str]:
    """Being somebody of this place: "are you a Rivermead charity", "only Rivermead firms"."""
    return re.compile(
        rf"\b(?:are you|be|being|is|as|only)(?: an?)? {re.escape(name)}(?:-based)? {_GROUPS}\b",
        re.IGNORECASE,
    )
