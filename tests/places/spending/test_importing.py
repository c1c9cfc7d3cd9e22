"""Files of spending come in as a whole, twice without doubles, and go as a whole."""

import threading
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from places.directory.models import Organisation, Place
from places.imports.formats.payments import Payments
from places.imports.formats.rows import GrantRow, Item
from places.imports.importers import importers
from places.imports.models import Import
from places.spending.actions.importing import undo_import
from places.spending.models import Payee, Payer, SeenAgain, SpendingLine
from tests.places.spending.conftest import YEAR, ReadIn, items, line, read_in_rows

TOTAL = sum((row.amount for row in YEAR), Decimal(0))


def total() -> Decimal:
    return SpendingLine.objects.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def everything() -> tuple[Any, ...]:
    """All that lines and payees say, to compare before and after."""
    return (
        set(SpendingLine.objects.values_list("id", "source_id", "payee_id", "amount")),
        set(Payee.objects.values_list("id", "name", "kind", "organisation_id", "how")),
        set(Payer.objects.values_list("key", flat=True)),
        set(SeenAgain.objects.values_list("line_id", "source_id")),
    )


def test_every_line_comes_in_and_the_sum_is_the_files(read_in: ReadIn) -> None:
    saved = read_in().saved
    assert (saved.imported, saved.already_there, saved.total) == (7, 0, TOTAL)
    assert total() == TOTAL


def test_a_name_is_looked_up_once_in_a_file_of_many_batches(
    read_in: ReadIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    read = read_in()
    more = Payments.of(items([line("Ferry Cabs Limited", 41), line("Lanes Neighbours", 42)]))
    with django_assert_num_queries(8) as asked:
        importers["spending"].save(more, read.run)
    assert not [one for one in asked.captured_queries if "FROM spending_pay" in one["sql"]]
    assert total() == TOTAL + 83


def test_names_without_end_are_forgotten_and_looked_up_again(
    read_in: ReadIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("places.spending.staging._MOST_KNOWN", 2)
    read = read_in()
    names = [f"Provider {n % 4} Ltd" for n in range(8)]
    for n, name in enumerate(names, start=1):
        importers["spending"].save(Payments.of(items([line(name, n)])), read.run)
    assert len(read.run.spending_source.known.payees) <= 3
    assert Payee.objects.filter(name__startswith="Provider").count() == 4
    assert total() == TOTAL + 36


def test_a_file_read_in_again_makes_no_doubles(read_in: ReadIn) -> None:
    read_in()
    saved = read_in(name="the same again.csv").saved
    assert (saved.imported, saved.already_there, saved.total) == (0, 7, Decimal(0))
    assert total() == TOTAL


def test_two_identical_payments_of_one_file_both_stay(read_in: ReadIn) -> None:
    twice = [line("Ferry Cabs Ltd", 20), line("Ferry Cabs Ltd", 20)]
    read_in(twice)
    read_in(twice, name="again.csv")
    assert total() == 40


def test_undo_leaves_what_was_there_before(read_in: ReadIn, ada: User) -> None:
    read_in()
    before = everything()
    more = read_in([*YEAR[:2], line("New Provider Ltd", 5, "Another Payer")], name="more.csv")
    assert more.saved.imported == 1
    assert undo_import(more.run, ada) == 1
    assert everything() == before


def test_lines_that_a_later_file_holds_too_outlive_the_first(read_in: ReadIn, ada: User) -> None:
    first = read_in()
    second = read_in(YEAR[:3], name="later.csv")
    assert undo_import(first.run, ada) == 4
    assert set(SpendingLine.objects.values_list("source__run", flat=True)) == {second.run.pk}
    assert undo_import(second.run, ada) == 3
    assert everything() == (set(), set(), set(), set())


def test_an_undone_file_may_come_in_again(read_in: ReadIn, ada: User) -> None:
    undo_import(read_in().run, ada)
    assert read_in().saved.imported == 7
    assert total() == TOTAL


def test_a_file_is_undone_once(read_in: ReadIn, ada: User) -> None:
    run = read_in().run
    undo_import(run, ada)
    with pytest.raises(Invalid, match="undone already"):
        undo_import(run, ada)


def test_names_held_back_are_one_row_and_nobody(read_in: ReadIn) -> None:
    read_in()
    held = Payee.objects.get(kind=Payee.Kind.REDACTED)
    assert held.name == "REDACTED PERSONAL DATA"
    assert Payee.objects.get(name="Mrs P Lockkeeper").kind == Payee.Kind.PERSON


def test_text_that_would_break_copy_comes_in_as_it_is(read_in: ReadIn) -> None:
    nasty = "Tabs\tand\nlines \\N and \\. and 'quotes'"
    read_in([line("A\\B Ltd", 5, purpose=nasty, transaction_number="\\N")])
    kept = SpendingLine.objects.get()
    assert (kept.recipient, kept.purpose, kept.reference) == ("A\\B Ltd", nasty, "\\N")


def test_payees_are_matched_by_name_and_say_how(
    read_in: ReadIn, lanes: Organisation, place: Place
) -> None:
    cabs = Organisation.objects.create(
        slug="ferry-cabs", name="FERRY CABS", kind="business", place=place
    )
    read_in()
    by_name = {payee.name: payee for payee in Payee.objects.all()}
    exact, spelt = by_name["Lanes Neighbours"], by_name["Ferry Cabs Limited"]
    assert (exact.organisation, exact.how, exact.kind) == (lanes, "exact", "vcse")
    assert (spelt.organisation, spelt.how, spelt.is_local) == (cabs, "normalised", True)
    assert by_name["REDACTED PERSONAL DATA"].organisation is None


def test_of_two_organisations_with_one_name_neither_is_chosen(
    read_in: ReadIn, lanes: Organisation, place: Place
) -> None:
    Organisation.objects.create(slug="l2", name="Lanes Neighbours", kind="other", place=place)
    read_in()
    assert Payee.objects.get(name="Lanes Neighbours").organisation is None


def test_what_is_only_alike_waits_for_a_person(
    read_in: ReadIn, lanes: Organisation, place: Place
) -> None:
    read_in([line("Lane Neighbours", 5)])
    payee = Payee.objects.get()
    assert payee.organisation is None
    suggestion = payee.suggestions.get()
    assert (suggestion.organisation, suggestion.state) == (lanes, "waiting")


def test_the_database_refuses_a_line_of_another_places_payee(
    read_in: ReadIn, other_place: Place
) -> None:
    read_in()
    found = SpendingLine.objects.first()
    assert found is not None
    with pytest.raises(IntegrityError, match="of one place"), transaction.atomic():
        SpendingLine.objects.filter(pk=found.pk).update(place=other_place)


def test_the_database_keeps_what_a_line_names(read_in: ReadIn) -> None:
    read_in()
    with (
        pytest.raises(IntegrityError, match="names it"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM spending_payee")


@pytest.fixture
def other_place(db: None) -> Place:
    return Place.objects.create(slug="hillcrest", name="Hillcrest", prefix="HIL")


@pytest.mark.django_db(transaction=True)
def test_the_same_file_read_in_by_three_people_at_once_is_there_once(
    place: Place, council: Organisation, ada: User
) -> None:
    new = []

    def read() -> None:
        try:
            new.append(read_in_rows(place, ada, YEAR, "payments.csv").saved.imported)
        finally:
            connection.close()

    threads = [threading.Thread(target=read) for _n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(new) == [0, 0, 7]
    assert total() == TOTAL


def test_what_was_seen_again_is_there_and_is_kept(
    read_in: ReadIn,
) -> None:
    """Without a foreign key of its own: the database refuses all the same."""
    rows = [line("Weir Care Ltd", 100)]
    first = read_in(rows, name="first.csv")
    read_in(rows, name="again.csv")
    seen = SeenAgain.objects.get(line__source__run=first.run)

    with pytest.raises(IntegrityError, match="seen again"), transaction.atomic():
        SeenAgain.objects.create(line_id=uuid4(), source_id=seen.source_id)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM spending_spendingline WHERE id = %s", [seen.line_id])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM spending_source WHERE id = %s", [seen.source_id])


def test_grants_that_two_files_tell_of_under_other_identifiers_are_hinted_at(
    programme: Programme, place: Place, ada: User, client: Client
) -> None:
    def brought(name: str, identifier: str) -> list[str]:
        run = Import.objects.create(
            place=place, by=ada, importer="threesixtygiving", file_name=name, state="working"
        )
        grant = GrantRow(
            identifier=identifier,
            title="Lunch club",
            amount=Decimal(500),
            currency="GBP",
            awarded_on=date(2026, 5, 1),
            recipient_name="Lanes Neighbours",
            funder_name="Weir Fund",
        )
        key = uuid4()
        importers["threesixtygiving"].save([Item(2, grant, key, key)], run)
        return list(importers["threesixtygiving"].finish(run))

    assert not any("counted twice" in note for note in brought("grants.csv", "360G-weir-1"))
    notes = brought("grants.xlsx", "360G-weir-?1")
    assert any("1 grant has the funder, recipient, amount and day" in note for note in notes)
    page = reverse("spending:overview", args=[programme.slug])
    said = client.get(page).content.decode()
    assert "1 grant stands in several files with the same funder" in said
