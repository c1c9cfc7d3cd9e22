"""What imports hold about a person: the files they brought, and what they matched in them.

A file may hold other people's names (payments to foster carers, say). Those are not looked up one
by one: the file itself is kept for 90 days, so that what came of it can be checked, then it goes.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from commissioning.people.models import User
from commissioning.people.registers import PersonalData
from places.imports.models import Import


def _export(user: User) -> Any:
    return [
        {
            "file": row.file_name,
            "address": row.url,
            "place": row.place.name,
            "brought": row.created_at.isoformat(),
            "state": row.state,
        }
        for row in Import.objects.filter(by=user).select_related("place")
    ]


HELD = PersonalData(
    what=_("Files you brought in, and what became of them"),
    why=_("So that everybody can see where a figure comes from, and an import can be undone."),
    kept=_(
        "The file itself: 7 days if nobody reads it in, 90 days once it is read in. That you "
        "brought it stays with what came in."
    ),
    export=_export,
)
