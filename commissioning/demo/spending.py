"""A year of Rivermead's money: two funders, grants, one outcome nobody pays for, one provider who
lives by one payer. All of it is made up."""

from datetime import date
from decimal import Decimal
from typing import Final

from django.core.files.base import ContentFile
from django.utils import timezone

from commissioning.demo.people import Town
from commissioning.people.models import User
from commissioning.programmes.models import Outcome, Programme
from places.imports.actions import bring_file, start, undo
from places.imports.formats.keys import BETWEEN, Occurrences, digest_of
from places.imports.formats.payments import Payments
from places.imports.formats.rows import GrantRow, Item, SpendingRow
from places.imports.importers import importers
from places.imports.models import Import
from places.imports.tasks import work
from places.spending.actions import classifying, notes, payees
from places.spending.models import Annotation, Payee, SpendingLine

COUNCIL, HEALTH = "Rivermead Council", "Rivermead Health Partnership"
FUND: Final = "Weirside Community Fund"

# payer, payee, what a month costs, months of the financial year, purpose, service area
_PAYMENTS: Final = (
    (COUNCIL, "Weirside Home Care Ltd", 41_200, range(12), "Home care visits", "Adult social care"),
    (COUNCIL, "Ferrymen Support Services Ltd", 12_800, range(12), "Supported living", "Adult care"),
    (COUNCIL, "Lock Keepers Day Care Ltd", 9_400, range(12), "Day centre", "Adult social care"),
    (COUNCIL, "Ferry Cabs Limited", 3_150, range(12), "Lifts to the day centre", "Transport"),
    (COUNCIL, "Lanes Neighbours", 1_100, range(12), "Lunch club", "Adult social care"),
    (COUNCIL, "Northbank Drivers", 450, range(0, 12, 3), "Volunteer drivers", "Transport"),
    (COUNCIL, "REDACTED PERSONAL DATA", 5_600, range(12), "Direct payments", "Adult social care"),
    (COUNCIL, "Mrs A Willowbank", 780, range(0, 12, 2), "Shared lives carer", "Adult social care"),
    (HEALTH, "Lanes Neighbours", 650, range(6, 12), "Falls classes", "Community health"),
    (HEALTH, "Weirside Home Care Ltd", 7_900, range(12), "Home from hospital", "Community health"),
    (HEALTH, "Quayside Kitchen CIC", 900, range(3, 12), "Good food course", "Community health"),
)
_GRANTS: Final = (
    ("001", "Lanes Neighbours", 8_000, date(2025, 5, 12), "Somebody to call on, street by street"),
    ("002", "Northbank Athletic", 4_500, date(2025, 7, 1), "Walking football for over 65s"),
    ("003", "Old Town Tool Library", 6_200, date(2025, 9, 19), "Mending afternoons"),
)
# payee or purpose, which outcome (from 1), and the service it is. The third outcome has none.
_RULES: Final = (
    ("payee_contains", "Lanes Neighbours", 1, "neighbours and lunches"),
    ("purpose_contains", "Home care", 1, "home care"),
    ("purpose_contains", "Home from hospital", 1, "home care"),
    ("purpose_contains", "Day centre", 2, "days out"),
    ("purpose_contains", "Walking football", 2, "days out"),
    ("purpose_contains", "Mending", 2, "days out"),
    ("purpose_contains", "food course", 2, "days out"),
)


def make_spending(town: Town, programme: Programme) -> None:
    """Read the year in, say what it is about, and let people talk about it."""
    ada = town.people["ada"]
    _read_in(town, programme, "spending", "rivermead-2025-26.csv", list(_payment_items()))
    _read_in(town, programme, "threesixtygiving", "weirside-fund-grants.json", list(_grant_items()))
    _describe(town, programme)
    outcomes = list(Outcome.objects.filter(programme=programme).order_by("position"))
    for field, words, number, service in _RULES:
        rule = classifying.make_rule(
            ada, programme, {field: words, "outcome": outcomes[number - 1], "service": service}
        )
        classifying.apply_rule(ada, rule)
    _talk(town, programme)
    _files_on_their_way(town, programme)


# One row waits to be mended; the other file was of the year before and in pence, and was undone.
_TO_MEND: Final = (
    (
        "april-2026.csv",
        b"Payee,Date,Net Amount,Purpose\n"
        b"Ferry Cabs Limited,14/04/2026,2980.00,Lifts to the day centre\n"
        b"Lanes Neighbours,31/04/2026,1100.00,Lunch club\n"
        b'Lock Keepers Day Care Ltd,14/04/2026,"9.400,00",Day centre\n',
    ),
)
_UNDONE: Final = (
    (
        "april-2026-draft.csv",
        b"Payee,Date,Net Amount,Purpose\n"
        b"Ferry Cabs Limited,15/04/2026,298000,Lifts (draft, in pence)\n"
        b"Northbank Drivers,15/04/2026,45000,Volunteer drivers (draft, in pence)\n",
    ),
)


def _files_on_their_way(town: Town, programme: Programme) -> None:
    """A file with rows to mend, and one that was undone: what anybody's second week looks like."""
    for name, content in (*_UNDONE, *_TO_MEND):
        run = _by_the_worker(town.people["ada"], programme, name, content)
        if (name, content) in _UNDONE:
            undo(town.people["ada"], run)


def _by_the_worker(ada: User, programme: Programme, name: str, content: bytes) -> Import:
    """The file, brought, started and read in, as people do it."""
    file = ContentFile(content, name=name)
    run = bring_file(ada, programme.place, "spending", file, programme=programme, publisher=COUNCIL)
    start(ada, run)
    work(str(run.pk))
    run.refresh_from_db()
    return run


def _read_in(
    town: Town, programme: Programme, kind: str, name: str, rows: list[Item[SpendingRow | GrantRow]]
) -> None:
    run = Import.objects.create(
        place=town.place,
        programme=programme,
        by=town.people["ada"],
        importer=kind,
        publisher=COUNCIL if kind == "spending" else FUND,
        file_name=name,
        state=Import.State.WORKING,
    )
    importer = importers[kind]
    saved = importer.save(Payments.of(rows) if kind == "spending" else rows, run)
    run.notes = list(importer.finish(run))
    run.read = run.imported = saved.imported
    run.total, run.state, run.finished_at = saved.total, Import.State.DONE, timezone.now()
    run.save()


def _payment_items() -> list[Item[SpendingRow | GrantRow]]:
    seen = Occurrences()
    found: list[Item[SpendingRow | GrantRow]] = []
    for payer, payee, amount, months, purpose, service in _PAYMENTS:
        for month in months:
            day = date(2025 + (month + 3) // 12, (month + 3) % 12 + 1, 14)
            # Not every month is the same.
            paid = Decimal(amount + (month * 37 % 11 - 5) * amount // 100)
            found.append(_item(len(found) + 2, payer, payee, paid, day, purpose, service, seen))
    credit = (COUNCIL, "Weirside Home Care Ltd", Decimal(-6_300), date(2026, 2, 20))
    found.append(_item(len(found) + 2, *credit, "Visits not made", "Adult social care", seen))
    return found


def _item(
    row: int,
    payer: str,
    payee: str,
    amount: Decimal,
    day: date,
    purpose: str,
    service: str,
    seen: Occurrences,
) -> Item[SpendingRow | GrantRow]:
    key = seen.key(BETWEEN.join(map(str, (payer, payee, amount, day, purpose))))
    value = SpendingRow(
        payee, amount, paid_on=day, payer=payer, purpose=purpose, service_area=service
    )
    return Item(row, value, key, key)


def _grant_items() -> list[Item[SpendingRow | GrantRow]]:
    found: list[Item[SpendingRow | GrantRow]] = []
    for number, recipient, amount, day, title in _GRANTS:
        identifier = f"360G-weirsidefund-{number}"
        value = GrantRow(
            identifier=identifier,
            title=title,
            amount=Decimal(amount),
            currency="GBP",
            awarded_on=day,
            recipient_name=recipient,
            funder_name=FUND,
            description=f"{title}, for a year.",
            funder_identifier="GB-CHC-1999999",
            programme="Neighbours first",
            beneficiary_area="Rivermead",
        )
        found.append(Item(len(found) + 1, value, digest_of("grant", identifier), digest_of(value)))
    return found


def _describe(town: Town, programme: Programme) -> None:
    """What kind of recipients they are, and one suggestion confirmed by a person."""
    ada, place = town.people["ada"], town.place
    known = Payee.objects.filter(place=place)
    businesses = known.filter(name__regex=r"(Ltd|Limited)$").values_list("pk", flat=True)
    payees.describe(ada, programme, list(businesses), kind=Payee.Kind.BUSINESS)
    far = known.filter(name__startswith="Weirside Home").values_list("pk", flat=True)
    payees.describe(ada, programme, list(far), local=False, small=False)
    near = known.filter(name__regex=r"^(Lock Keepers|Ferry|Lanes|Northbank|Old Town|Quayside)")
    payees.describe(ada, programme, list(near.values_list("pk", flat=True)), local=True, small=True)


def _talk(town: Town, programme: Programme) -> None:
    lift = SpendingLine.objects.filter(place=town.place, recipient="Ferry Cabs Limited").first()
    note = notes.write_note(
        town.people["priya"],
        programme,
        Annotation.Kind.BETTER,
        "Taxis wait an hour outside the day centre, with the meter running. Northbank Drivers pass "
        "the door empty.",
        notes.Subject(line=lift),
    )
    notes.reply(town.people["cora"], note, "We did not know that. I will bring the contract.")
    notes.write_note(
        town.people["sami"],
        programme,
        Annotation.Kind.QUESTION,
        "Nobody seems to pay for a day off for carers. Is that so, or is it in another budget?",
        notes.Subject(),
    )
