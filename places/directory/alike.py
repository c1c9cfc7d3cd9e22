"""Is this organisation in the directory already? By number, and by a name that is much alike."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from places.directory.identifiers import BadIdentifierError, tidied
from places.directory.models import Organisation
from places.directory.names import alikeness, folded

ALIKE = 0.82
MOST_SHOWN = 5
# Similarity is worked out in Python (the database has no extension for it) on this many at most.
MOST_COMPARED = 5000


@dataclass(frozen=True, slots=True)
class Alike:
    """An organisation that this may be, and why we think so."""

    organisation: Organisation
    why: str


def alike(name: str, identifiers: list[tuple[str, str]]) -> list[Alike]:
    """The likeliest organisations, those with the same number first."""
    same_number = [Alike(found, _("It has the same number.")) for found in _numbered(identifiers)]
    known = {found.organisation.pk for found in same_number}
    return (same_number + [found for found in _named(name) if found.organisation.pk not in known])[
        :MOST_SHOWN
    ]


def _numbered(identifiers: list[tuple[str, str]]) -> list[Organisation]:
    wanted = Q()
    for scheme, value in identifiers:
        try:
            wanted |= Q(identifiers__scheme=scheme, identifiers__value=tidied(scheme, value))
        except BadIdentifierError:
            continue
    return list(Organisation.objects.filter(wanted).distinct()) if wanted else []


def _named(name: str) -> list[Alike]:
    """Names that share a first letter or a word are compared, the likest first."""
    words = [word for word in folded(name).split() if len(word) > 2]
    near = Q()
    for word in words[:8]:
        near |= Q(sort_key__contains=word[:4])
    if not near:
        return []
    scored = sorted(
        (
            (alikeness(name, other_name), pk)
            for pk, other_name in Organisation.objects.filter(near).values_list("pk", "name")[
                :MOST_COMPARED
            ]
        ),
        reverse=True,
    )
    best = [pk for score, pk in scored[:MOST_SHOWN] if score >= ALIKE]
    found = Organisation.objects.select_related("place").in_bulk(best)
    return [Alike(found[pk], _("Its name is much alike.")) for pk in best]
