"""The columns of 360Giving tables: the standard's titles, and its field names. Folded headings."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from places.imports.formats.columns import Column

_TO: Final = r"recipient (?:organisation|org)"
_FROM: Final = r"funding (?:organisation|org)"
_AT: Final = r"(?: 0)?"

COLUMNS: Final = (
    Column("id", _("Identifier"), (r"identifier|id|grant identifier",), required=True),
    Column("title", _("Title"), (r"title|grant title",)),
    Column("description", _("Description"), (r"description|grant description",)),
    Column("currency", _("Currency"), (r"currency",)),
    Column("amount", _("Amount awarded"), (r"amount awarded|amount",), required=True),
    Column("award_date", _("Award date"), (r"award date|date awarded",), required=True),
    Column("recipient_id", _("Recipient's identifier"), (rf"{_TO}{_AT} (?:identifier|id)",)),
    Column("recipient_name", _("Recipient"), (rf"{_TO}{_AT} name", r"recipient name|recipient")),
    Column("recipient_company", _("Company number"), (rf"{_TO}{_AT} company number",)),
    Column("recipient_charity", _("Charity number"), (rf"{_TO}{_AT} charity number",)),
    Column(
        "recipient_postcode",
        _("Recipient's postcode"),
        (rf"{_TO}{_AT} (?:postcode|postal code)",),
    ),
    Column(
        "person_id",
        _("Recipient, a person"),
        (rf"recipient ind(?:ividual)?{_AT} (?:identifier|id)",),
    ),
    Column(
        "person_name", _("Recipient, a person: name"), (rf"recipient ind(?:ividual)?{_AT} name",)
    ),
    Column("funder_id", _("Funder's identifier"), (rf"{_FROM}{_AT} (?:identifier|id)",)),
    Column("funder_name", _("Funder"), (rf"{_FROM}{_AT} name", r"funder name|funder")),
    Column("programme", _("Grant programme"), (rf"grant programme{_AT} title", r"grant programme")),
    Column("start", _("Planned start"), (rf"planned dates?{_AT} start date",)),
    Column("end", _("Planned end"), (rf"planned dates?{_AT} end date",)),
    Column("months", _("Months planned"), (rf"planned dates?{_AT} duration(?: months)?",)),
    Column(
        "area",
        _("Where it is for"),
        (rf"beneficiary location{_AT} (?:name|geographic code name)",),
    ),
    Column("modified", _("Last modified"), (r"last modified|date modified",)),
    Column("url", _("Web address"), (r"url|web address",)),
)
ENOUGH: Final = (frozenset({"id", "amount", "award_date"}),)
