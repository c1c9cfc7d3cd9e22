"""Looking at the money: who pays whom, what nobody funds, the market; people are not named."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from commissioning.programmes.journey import stage_parts
from commissioning.programmes.models import Outcome, Programme
from commissioning.programmes.templatetags.money import money
from places.directory.models import Organisation, Place
from places.imports.importers import importers
from places.spending import sums
from places.spending.actions import classifying
from places.spending.market import Payment, market_of
from places.spending.models import Payee, SpendingLine
from places.spending.papers import flow_section
from places.spending.shown import market_shown
from tests.cast import SignIn
from tests.participation.calls.pages import text
from tests.places.spending.conftest import YEAR, ReadIn, line

PAGES = ("overview", "lines", "gaps", "market", "notes")
Asserts = Any


def page(programme: Programme, name: str = "overview", *more: object) -> str:
    return reverse(f"spending:{name}", args=[programme.slug, *more])


def link(programme: Programme, ada: User, words: str, outcome: Outcome | None) -> None:
    """A rule, applied."""
    values = {"payee_contains": words, "outcome": outcome, "service": ""}
    classifying.apply_rule(ada, classifying.make_rule(ada, programme, values))


def first_outcome(programme: Programme) -> Outcome:
    found = programme.outcomes.first()
    assert found is not None
    return found


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_what_is_missing_while_nothing_is_read_in(
    name: str, programme: Programme, client: Client
) -> None:
    assert client.get(page(programme, name)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_before_the_vision_is_agreed_the_page_says_why_it_is_closed(
    name: str, vision_programme: Programme, read_in: ReadIn, client: Client
) -> None:
    read_in()
    closed = client.get(page(vision_programme, name))
    assert closed.status_code == 403
    assert "Never ever start by talking about the money" in text(closed)
    assert "60,000" not in text(closed)


def test_the_picture_and_its_table_say_the_same(
    spent: Programme, ada: User, client: Client
) -> None:
    outcome = first_outcome(spent)
    link(spent, ada, "lanes", outcome)
    said = text(client.get(page(spent)))
    assert "£85,800 in 7 lines" in said
    assert "£18,000 of it is linked to an outcome" in said
    assert f"Rivermead Health Partnership Lanes Neighbours {outcome.title} £6,000" in said
    assert "1 line is a credit note" in said
    assert "£3,000 went to names that the publisher held back" in said


def test_people_who_were_paid_are_named_to_nobody(
    spent: Programme, ada: User, sign_in: SignIn, client: Client
) -> None:
    for name in (*PAGES, "lines_csv"):
        assert b"Lockkeeper" not in client.get(page(spent, name)).content
    assert "Lockkeeper" not in text(client.get(page(spent, "lines"), {"q": "Lockkeeper"}))
    # Only where payees are sorted, by those who run the programme.
    assert "Lockkeeper" in text(sign_in(ada).get(page(spent, "payees")))


def test_somebody_named_like_a_person_is_hidden_until_somebody_says_what_they_are(
    spent: Programme, read_in: ReadIn, ada: User, sign_in: SignIn, client: Client
) -> None:
    file = read_in([line("Jane Carrow", 900), line("Anna House", 800)], name="more.csv")
    assert any("1 payee is named like a person" in note for note in file.notes)
    for name in (*PAGES, "lines_csv"):
        assert b"Carrow" not in client.get(page(spent, name)).content
    assert "Anna House" in text(client.get(page(spent, "lines")))
    browser = sign_in(ada)
    asked = text(browser.get(page(spent, "payees"), {"show": "perhaps"}))
    assert "Jane Carrow" in asked
    assert "Named like a person, so the name is shown to nobody else" in asked
    jane = Payee.objects.get(name="Jane Carrow")
    browser.post(
        page(spent, "decide"), {"payee": str(jane.pk), "do": "describe", "kind": "business"}
    )
    assert "Jane Carrow" in text(client.get(page(spent, "lines")))
    assert "Jane Carrow" not in text(browser.get(page(spent, "payees"), {"show": "perhaps"}))


def test_lines_are_searched_filtered_and_sorted(spent: Programme, client: Client) -> None:
    def found(**asked: str) -> list[str]:
        response = client.get(page(spent, "lines"), asked)
        return [name for _line, name in response.context["rows"]]

    assert found(q="lifts") == ["Ferry Cabs Limited"]
    assert found(q="weirside", sort="amount") == ["Weirside Home Care Ltd"] * 2
    assert found(recipient="person") == ["A person"]
    assert len(found(outcome="none")) == len(YEAR)
    assert found(year="1999") == found()
    assert found(sort="-amount")[0] == "Weirside Home Care Ltd"


def test_currencies_are_kept_apart(spent: Programme, read_in: ReadIn, client: Client) -> None:
    read_in([line("Pont y Cei", 700, currency="EUR")], name="euro.csv")
    said = text(client.get(page(spent)))
    assert "€700 in 1 line" in said
    assert "£85,800" in said
    assert "never added up" in said
    assert len(client.get(page(spent)).context["pictures"]) == 2


def test_what_nobody_funds_is_an_outcome_without_money(
    spent: Programme, ada: User, client: Client
) -> None:
    funded, bare = list(spent.outcomes.all())
    link(spent, ada, "lanes", funded)
    response = client.get(page(spent, "gaps"))
    assert response.context["unfunded"] == [bare]


def test_a_market_is_described_with_few_providers_and_without_a_number_for_it(
    spent: Programme, client: Client
) -> None:
    said = text(client.get(page(spent, "market")))
    assert "3 providers" in said
    assert "£800 more went to 1 person, who is not named" in said
    assert "not worked out for fewer than five providers" in said
    assert "£3,000 more went to names held back" in said
    assert "Lockkeeper" not in said


def test_thousands_of_providers_are_written_as_people_write_them(programme: Programme) -> None:
    found = market_of([Payment("a", str(uuid4()), Decimal(1)) for _number in range(2218)])
    shown = market_shown(found, programme, "GBP") | {"providers": [{"name": "Lanes"}]}
    context = {"markets": [shown], "programme": programme, "tabs": [], "crumbs": []}
    said = " ".join(render_to_string("places/spending/market.html", context).split())
    assert "<dd>2,218</dd>" in said
    assert "And 2,118 smaller ones." in said


def test_all_names_of_one_organisation_are_one_provider(
    programme: Programme, read_in: ReadIn, lanes: Organisation, client: Client
) -> None:
    read_in((*YEAR, line("Lanes Neighbours CIC", 2000, purpose="Cycling")))
    names = Payee.objects.filter(name__startswith="Lanes")
    names.update(organisation=lanes, how=Payee.How.CONFIRMED)
    said = text(client.get(page(programme, "market")))
    assert "3 providers" in said
    assert said.count(lanes.name) == 1
    assert "£20,000" in said
    (drawn,) = client.get(page(programme)).context["pictures"]
    assert [row["amount"] for row in drawn["rows"] if row["recipient"] == lanes.name] == [
        "£14,000",
        "£6,000",
    ]
    for payee in names:
        their = text(client.get(page(programme, "lines"), {"payee": str(payee.pk)}))
        assert "Cycling" in their
        assert "Lunch club" in their


def test_each_amount_of_the_table_leads_to_the_lines_behind_it(
    spent: Programme, ada: User, client: Client
) -> None:
    link(spent, ada, "lanes", first_outcome(spent))
    (drawn,) = client.get(page(spent), {"year": "2026"}).context["pictures"]
    assert len(drawn["rows"]) == 6
    for row in drawn["rows"]:
        (total,) = client.get(row["url"]).context["totals"]
        assert money(total["sum"], spent, "GBP") == row["amount"]
        assert "year=2026" in row["url"]


def test_the_market_and_the_overview_say_the_same_sum(spent: Programme, client: Client) -> None:
    market = text(client.get(page(spent, "market")))
    assert "£82,000 to providers with names" in market
    assert "All lines together are £85,800, as the other pages say" in market
    assert "£85,800" in text(client.get(page(spent)))


def test_another_places_lines_are_not_there(
    spent: Programme, other_programme: Programme, nell: User, sign_in: SignIn
) -> None:
    there = SpendingLine.objects.first()
    assert there is not None
    browser = sign_in(nell)
    assert browser.get(page(other_programme, "line", there.pk)).status_code == 404
    assert "No payments or grants yet" in text(browser.get(page(other_programme)))


@pytest.mark.parametrize(
    ("name", "most"), [("overview", 18), ("lines", 12), ("gaps", 12), ("market", 16), ("notes", 9)]
)
def test_pages_make_few_queries_however_many_lines(
    name: str,
    most: int,
    spent: Programme,
    read_in: ReadIn,
    client: Client,
    django_assert_max_num_queries: Asserts,
) -> None:
    read_in([line(f"Provider {n} Ltd", 100 + n) for n in range(60)], name="many.csv")
    with django_assert_max_num_queries(most):
        assert client.get(page(spent, name)).status_code == 200


def test_payees_are_listed_with_few_queries(
    spent: Programme,
    read_in: ReadIn,
    ada: User,
    sign_in: SignIn,
    django_assert_max_num_queries: Asserts,
) -> None:
    read_in([line(f"Provider {n} Ltd", 100 + n) for n in range(60)], name="many.csv")
    browser = sign_in(ada)
    with django_assert_max_num_queries(14):
        assert browser.get(page(spent, "payees")).status_code == 200


def test_the_journey_says_how_the_money_stands_and_what_is_next(
    spent: Programme, ada: User, place: Place
) -> None:
    part = stage_parts["spending"]
    assert part.summary(spent, ada).tag == "Not linked to outcomes yet"
    step = part.next_step(spent, ada)
    assert step is not None
    assert str(step.label) == "Write a rule"
    link(spent, ada, "lanes", first_outcome(spent))
    assert part.summary(spent, ada).tag == "Linked to outcomes"
    Payee.objects.filter(place=place).count()
    assert part.next_step(spent, ada) is None


def test_sums_of_the_page_are_the_database_s(spent: Programme, client: Client) -> None:
    total = client.get(page(spent)).context["totals"][0]
    assert total["sum"] == sum((row.amount for row in YEAR), Decimal(0))


def test_what_a_file_brought_is_listed_alone_with_its_sum(
    spent: Programme, read_in: ReadIn, client: Client
) -> None:
    """From an import's result one sees that file's lines, not all there are."""
    file = read_in([line("Blue Door Ltd", 700), line("Ferry Cabs Ltd", 50)], name="june.csv").run
    file.programme = spent
    address = importers["spending"].result_url(file)
    said = text(client.get(address))
    assert "Only what “june.csv” brought in" in said
    assert "£750 in 2 lines" in said
    assert "Blue Door Ltd" in said
    everything = text(client.get(page(spent, "lines")))
    assert "june.csv" not in everything
    assert "£750 in 2 lines" not in everything


def test_the_page_says_what_is_true_of_names_and_one_is_hidden_from_its_line(
    spent: Programme, read_in: ReadIn, ada: User, sign_in: SignIn, client: Client
) -> None:
    read_in([line("Zorah Quill", 900)], name="more.csv")
    said = text(client.get(page(spent)))
    assert "some are not recognised" in said
    assert "whatever their payer published" not in said
    found = SpendingLine.objects.get(recipient="Zorah Quill")
    assert "Hide this name" not in text(client.get(page(spent, "line", found.pk)))
    browser = sign_in(ada)
    assert "Hide this name" in text(browser.get(page(spent, "line", found.pk)))
    asked = {"payee": str(found.payee_id), "line": str(found.pk), "do": "hide"}
    back = browser.post(page(spent, "decide"), asked)
    assert back.headers["Location"] == page(spent, "line", found.pk)
    for name in ("overview", "lines", "market", "lines_csv"):
        assert b"Quill" not in client.get(page(spent, name)).content
    assert "Quill" not in text(client.get(page(spent, "line", found.pk)))


def test_payees_with_names_are_as_many_on_every_page(spent: Programme, client: Client) -> None:
    totals = client.get(page(spent)).context["totals"][0]
    market = client.get(page(spent, "market")).context["markets"][0]
    assert str(totals["payees"]) == market["numbers"][0]["value"] == "3"
    assert totals["people"] == market["people_number"] == 1
    said = text(client.get(page(spent)))
    assert "to 3 payees with names and 1 person, not named here" in said


def test_months_without_lines_are_told_and_a_file_that_brought_nothing_is_no_source(
    spent: Programme, read_in: ReadIn, client: Client
) -> None:
    read_in([line("Ferry Cabs Ltd", 100, day=date(2026, 9, 1))], name="autumn.csv")
    read_in([], name="empty.csv")
    said = text(client.get(page(spent)))
    assert "June 2026 to August 2026 no lines" in said
    assert "autumn.csv" in said
    assert "empty.csv" not in said


def test_on_paper_the_picture_stays_low_and_tells_what_the_others_are(
    programme: Programme, read_in: ReadIn
) -> None:
    read_in([line(f"Provider {at} Ltd", 1000 + at) for at in range(1300)], name="many.csv")
    lines = sums.lines_of(programme)
    (paper,), (page_of,) = sums.flow_pictures(lines, on_paper=True), sums.flow_pictures(lines)
    assert paper.height < page_of.height
    assert "1,289 others" in {node.end.name for node in paper.nodes}
    said = flow_section(programme)["pictures"][0]["others"]
    assert said.startswith("The 1,289 other payees were paid at most £2,288 each")
