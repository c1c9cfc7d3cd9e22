"""What the imports room calls: payments to suppliers, and grants."""

from collections.abc import Sequence
from typing import Final, cast
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.ground.answers import Text
from places.imports.formats.keys import uuid_of
from places.imports.formats.payments import Payments
from places.imports.formats.rows import AnyRow, GrantRow, Item
from places.imports.importers import Saved, register_importer
from places.imports.models import Import
from places.spending import sums
from places.spending.actions import grants, importing
from places.spending.models import SpendingLine
from places.spending.staging import Added, Lines

PAYMENT: Final = SpendingLine.Kind.PAYMENT.value
TOTAL: Final = SpendingLine.Kind.TOTAL.value


def identity(place: UUID, key: UUID) -> UUID:
    """The id of a line in a place: another place may have the very same line."""
    return uuid_of(place.int ^ key.int)


class _Importer:
    """What both kinds share."""

    needs_open_gate = True

    def undo(self, of: Import) -> int:
        """Take the lines out again."""
        return importing.undo_import(of, of.undone_by)

    def result_url(self, of: Import) -> str:
        """This file's lines, in its programme; the place's page where no programme has it."""
        if of.programme is None:
            return of.place.get_absolute_url()
        return f"{reverse('spending:lines', args=[of.programme.slug])}?file={of.pk}"

    @staticmethod
    def _saved(added: Added) -> Saved:
        return Saved(imported=added.new, already_there=added.again, total=added.total)


class SpendingImporter(_Importer):
    """Payments to suppliers, and what suppliers were paid in a month."""

    name = "spending"
    label: Text = gettext_lazy("payments to suppliers")

    def save(self, batch: Payments, to: Import) -> Saved:
        """Write one batch of lines."""
        return self._saved(importing.add_lines(to, lines_of(batch, to)))

    def finish(self, to: Import) -> Sequence[str]:
        """Match payees to organisations."""
        return importing.finish_lines(to)


def lines_of(batch: Payments, to: Import) -> Lines:
    """The lines of payments, or of suppliers' totals of a period."""
    place, payer = to.place_id.int, importing.payer_of(to)
    return Lines(
        ids=["%032x" % (place ^ key) for key in batch.keys],
        kinds=[
            PAYMENT if start == end else TOTAL
            for start, end in zip(batch.starts, batch.ends, strict=True)
        ],
        payers=[said or payer for said in batch.payers],
        recipients=batch.suppliers,
        amounts=batch.amounts,
        currencies=batch.currencies,
        starts=batch.starts,
        ends=batch.ends,
        purposes=_together(batch.purposes, batch.categories),
        services=_together(batch.departments, batch.service_areas),
        references=batch.transaction_numbers,
    )


def _together(some: list[str], others: list[str]) -> list[str]:
    """Both texts of each row as sentences, or the one that there is."""
    return [
        f"{one}. {other}" if one and other else one or other
        for one, other in zip(some, others, strict=True)
    ]


class GrantImporter(_Importer):
    """Grants in the 360Giving standard."""

    name = "threesixtygiving"
    label: Text = gettext_lazy("grants")

    def save(self, batch: Sequence[Item[AnyRow]], to: Import) -> Saved:
        """Write one batch of grants."""
        rows = [(identity(to.place_id, item.key), cast(GrantRow, item.value)) for item in batch]
        return self._saved(grants.add_grants(importing.source_of(to), rows))

    def finish(self, to: Import) -> Sequence[str]:
        """Match payees; say which grants this file changed."""
        said = importing.finish_lines(to)
        grants.place_grants(importing.source_of(to).pk)
        changed = grants.changed_by(importing.source_of(to).pk)
        if changed:
            said.append(
                ngettext(
                    "%d grant was here with other values; it says now what this file says.",
                    "%d grants were here with other values; they say now what this file says.",
                    changed,
                )
                % changed
            )
        doubles = sums.likely_doubles(to.place_id, importing.source_of(to).pk)
        if doubles:
            said.append(
                ngettext(
                    "%d grant has the funder, recipient, amount and day of one that another file "
                    "brought, and another identifier. If they are the same grant, it is counted "
                    "twice: undo one of the files.",
                    "%d grants have the funder, recipient, amount and day of ones that another "
                    "file brought, and other identifiers. If they are the same grants, they are "
                    "counted twice: undo one of the files.",
                    doubles,
                )
                % doubles
            )
        if SpendingLine.objects.filter(place=to.place_id).exclude(kind="grant").exists():
            said.append(
                _("Payments are here too. If a grant is also among them, it is counted twice.")
            )
        return said


def register() -> None:
    """Fill the registry; called when the application is ready."""
    register_importer(SpendingImporter())
    register_importer(GrantImporter())
