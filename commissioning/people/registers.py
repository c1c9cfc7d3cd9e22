"""What higher rooms tell people's own pages: what somebody is in, and what is held about them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commissioning.ground.answers import Text
from commissioning.ground.registries import Registry
from commissioning.people.models import User


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One line of a panel on a person's page: a programme they are in, say."""

    text: Text
    url: str = ""
    note: Text = ""
    tag: Text = ""


@dataclass(frozen=True, slots=True)
class PersonPanel:
    """A panel on a person's page. ``rows`` makes one or two queries, whoever the person is.

    ``aside``: a small card beside the main column, for a setting rather than something to do.
    """

    title: Text
    rows: Callable[[User], Sequence[PanelRow]]
    empty: Text
    aside: bool = False


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One kind of personal data that a room holds, in the register that people can read.

    ``export`` gives what is held about one person as JSON values; ``erase``, where there is one,
    removes it or takes the person out of it, inside the transaction of the erasure.
    """

    what: Text
    why: Text
    kept: Text
    export: Callable[[User], Any]
    erase: Callable[[User], None] | None = None


person_panels: Registry[PersonPanel] = Registry("panel of a person's page")
personal_data: Registry[PersonalData] = Registry("kind of personal data")

# In development, what each person of the demo place is, for the list of sign-ins.
Describe = Callable[[Iterable[UUID]], Mapping[UUID, Text]]
demo_roles: Registry[Describe] = Registry("description of demo people")
