"""Every address of the application, from its URL conf: for tests that walk all of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from commissioning.programmes.models import Programme


@dataclass(frozen=True)
class Address:
    """One named URL: its full name and what it takes (name of argument to converter)."""

    name: str
    takes: tuple[tuple[str, str], ...]

    @property
    def arguments(self) -> dict[str, str]:
        """Name of argument to name of converter."""
        return dict(self.takes)


def addresses() -> list[Address]:
    """Every named URL of the URL conf, each once."""
    return sorted(set(_walk(get_resolver().url_patterns, (), ())), key=lambda one: one.name)


def _walk(
    patterns: list[URLPattern | URLResolver],
    namespaces: tuple[str, ...],
    taken: tuple[tuple[str, str], ...],
) -> Iterator[Address]:
    for pattern in patterns:
        converters = {
            name: type(converter).__name__.removesuffix("Converter").lower()
            for name, converter in pattern.pattern.converters.items()
        }
        takes = taken + tuple(converters.items())
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, inner, takes)
        elif pattern.name:
            yield Address(":".join((*namespaces, pattern.name)), takes)


def takes_a_programme(address: Address) -> bool:
    """Whether the URL's first argument is the slug of a programme (not of a place or a body)."""
    if not address.takes or address.takes[0] != ("slug", "slug"):
        return False
    try:
        return address_of(address, "some-programme").startswith("/programmes/")
    except NoReverseMatch:
        return False


def programme_addresses() -> list[Address]:
    """Every URL of every room that takes the slug of a programme."""
    return [address for address in addresses() if takes_a_programme(address)]


def address_of(address: Address, slug: str, known: dict[str, object] | None = None) -> str:
    """The URL with the slug, the known arguments, and for the rest values that name nothing."""
    nothing: dict[str, Callable[[], object]] = {
        "uuid": uuid4,
        "int": lambda: 1,
        "slug": lambda: "nothing",
        "string": lambda: "nothing",
        "str": lambda: "nothing",
    }
    given = {
        name: (known or {}).get(name, nothing.get(kind, lambda: "nothing")())
        for name, kind in address.takes
    }
    given["slug"] = slug
    return reverse(address.name, kwargs=given)


def ids_of(programme: Programme) -> dict[str, object]:
    """Arguments that name real rows of the programme, by the names that our URLs use."""
    known: dict[str, object] = {"number": 1}
    firsts: dict[str, Model | None] = {
        "given_id": programme.givens.first(),
        "membership_id": programme.memberships.order_by("role").first(),
        "invitation_id": programme.invitations.first(),
    }
    vision = programme.visions.first()
    if vision:
        firsts["line_id"] = vision.lines.first()
    return known | {name: row.pk for name, row in firsts.items() if row}
