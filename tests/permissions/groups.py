"""The people of the permission matrix, in groups.

Nobody outside a row's group gets in: they are told to sign in, refused with a reason, or get the
404 of a thing that does not exist. In the matrix Ada leads the programme, Cora
is a commissioner, Femi facilitates, Priya keeps Lanes Neighbours (whose expression it is), Sami is
a citizen commissioner, Olu observes, Nell leads another programme, and Kit runs the installation.
"""

from typing import Final, NamedTuple

Group = frozenset[str]


class Row(NamedTuple):
    """Who gets in by looking, and who by doing."""

    get: Group
    post: Group


def group(names: str) -> Group:
    """A group from names."""
    return frozenset(names.split())


EVERYONE: Final = group("nobody nell olu sami priya femi cora ada kit")
SIGNED_IN: Final = EVERYONE - {"nobody"}
MEMBERS: Final = group("olu sami priya femi cora ada")
DRAFTERS: Final = group("femi cora ada")
RUNNERS: Final = group("cora ada")
LEAD: Final = group("ada")
ASSESSORS: Final = group("sami cora ada")
# Named to assess this call; the lead reads and releases, and does not judge.
JUDGES: Final = group("sami cora")
LANES: Final = group("priya")
LANES_AND_RUNNERS: Final = LANES | RUNNERS
PLACE_KEEPERS: Final = group("cora ada kit")
OPERATOR: Final = group("kit")
# The address takes only the other method, or nothing of that name is in the world.
NOBODY: Final = group("")
