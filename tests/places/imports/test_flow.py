"""A file on its way: brought, matched, read in by the worker, mended, undone."""

import json
import threading
from html import unescape
from pathlib import Path

import numpy
import pytest
import shapely
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from pyproj import Transformer

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from places.directory.models import Area
from places.imports import actions, store, tasks
from places.imports.formats.base import Choices
from places.imports.formats.rows import Item, Point
from places.imports.models import Import, RememberedMatching
from places.imports.reading import FileReading, look
from places.imports.whereabouts import Whereabouts, distance
from tests.cast import SignIn

# The room that saves payments.
SpendingLine = pytest.importorskip("places.spending.models").SpendingLine

PAYMENTS = (
    b"Payee,Paid on,Amount\nAcme Ltd,01/04/2013,10.00\nAcme Ltd,01/04/2013,10.00\n"
    b"Beta,soon,5.00\n=1+1,02/04/2013,2.50\n"
)


def bring(user: User, programme: Programme, content: bytes = PAYMENTS) -> Import:
    """A file of payments that somebody brought."""
    file = ContentFile(content, name="april.csv")
    return actions.bring_file(user, programme.place, "spending", file, programme=programme)


def read_in(user: User, import_: Import) -> Import:
    """Start it, and be the worker."""
    actions.start(user, import_)
    tasks.work(str(import_.pk))
    import_.refresh_from_db()
    return import_


@pytest.mark.django_db(transaction=True)
def test_from_the_file_to_the_result_and_back(
    programme: Programme, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    new = reverse("imports:programme_new", args=[programme.slug])
    upload = SimpleUploadedFile("april.csv", PAYMENTS)
    answer = browser.post(new, {"importer": "spending", "file": upload, "publisher": "Anytown"})
    import_ = Import.objects.get()
    page = reverse("imports:import", args=[import_.pk])
    assert answer["Location"] == page

    shown = browser.get(page).content.decode()
    assert "£10" in shown
    assert "Row 4: “soon” is not a date we can read" in shown
    assert "3 rows can be read, 1 cannot" in shown
    assert not SpendingLine.objects.exists()

    columns = {f"column_{name}": str(at) for name, at in import_.matching.items()}
    browser.post(reverse("imports:match", args=[import_.pk]), columns | {"start": "1"})
    tasks.work(str(import_.pk))  # no worker runs in this test
    import_.refresh_from_db()
    assert (import_.state, import_.imported, import_.rejected) == ("done", 3, 1)
    assert "£22.50" in browser.get(page).content.decode()

    answer = browser.get(reverse("imports:errors", args=[import_.pk]))
    mended = b"".join(answer)
    assert b"Beta,soon,5.00" in mended
    again = read_in(ada, bring(ada, programme, mended.replace(b"soon", b"03/04/2013")))
    assert (again.imported, again.rejected) == (1, 0)

    undo = reverse("imports:undo", args=[import_.pk])
    assert "The 3 rows that it brought go" in browser.get(undo).content.decode()
    browser.post(undo)
    assert [line.recipient for line in SpendingLine.objects.all()] == ["Beta"]
    undone = browser.get(page).content.decode()
    assert "This import was undone" in undone
    assert "It had brought in 3 rows. None of them stands any more." in undone
    assert "What was brought in adds up to" not in undone
    history = browser.get(reverse("imports:programme", args=[programme.slug])).content.decode()
    assert "none now, 3 then" in history


@pytest.mark.django_db
def test_a_row_that_a_comma_has_shifted_stays_refused_until_it_is_mended(
    programme: Programme, ada: User, sign_in: SignIn
) -> None:
    rows = b"Acme Ltd,01/04/2013,10.00\n" * 9 + b"Beta, Gamma & Co,02/04/2013,1,020.00\n"
    first = read_in(ada, bring(ada, programme, b"Payee,Paid on,Amount\n" + rows))
    assert (first.imported, first.rejected, str(first.total)) == (9, 1, "90.00")
    errors = sign_in(ada).get(reverse("imports:errors", args=[first.pk]))
    mended = b"".join(errors)
    again = read_in(ada, bring(ada, programme, mended))
    assert (again.imported, again.rejected) == (0, 1)
    whole = b'"Beta,  Gamma & Co, 02/04/2013, 1, 020.00",,'
    assert whole in mended
    right = mended.replace(whole, b'"Beta, Gamma & Co",02/04/2013,"1,020.00"')
    last = read_in(ada, bring(ada, programme, right))
    assert (last.imported, last.rejected, str(last.total)) == (1, 0, "1020.00")


@pytest.mark.django_db
def test_payments_in_json_are_matched_read_in_and_mended_like_a_table(
    programme: Programme, ada: User, sign_in: SignIn
) -> None:
    records = [
        {"Supplier": "Acme Ltd", "Date": "2013-04-01", "Amount": 10.5, "Note": None},
        {"Supplier": "Beta", "Date": "soon", "Amount": 5},
    ]
    brought = bring(ada, programme, json.dumps({"data": records}).encode())
    browser = sign_in(ada)
    shown = browser.get(reverse("imports:import", args=[brought.pk])).content.decode()
    assert "Row 2: “soon” is not a date we can read" in shown
    done = read_in(ada, brought)
    assert (done.imported, done.rejected, str(done.total)) == (1, 1, "10.50")
    mended = b"".join(browser.get(reverse("imports:errors", args=[done.pk])))
    again = read_in(ada, bring(ada, programme, mended.replace(b"soon", b"2013-04-02")))
    assert (again.imported, str(again.total)) == (1, "5.00")


@pytest.mark.django_db
def test_the_preview_says_how_far_outside_the_place_a_point_lies(
    programme: Programme, ada: User, sign_in: SignIn
) -> None:
    # Two kilometres on a side, at the northern edge of a river: all that the place is.
    corners = [(-2.0, 52.0), (-1.97, 52.0), (-1.97, 52.02), (-2.0, 52.02), (-2.0, 52.0)]
    shape = {"type": "Polygon", "coordinates": [[list(corner) for corner in corners]]}
    Area.objects.create(place=programme.place, name="All", boundary=shape)
    halls = b"Name,Latitude,Longitude\nHome hall,52.01,-1.99\nFar hall,52.11,-1.99\n"
    file = ContentFile(halls, name="halls.csv")
    brought = actions.bring_file(ada, programme.place, "locations", file, programme=programme)
    shown = sign_in(ada).get(reverse("imports:import", args=[brought.pk])).content.decode()
    # 52.11 is 0.09 degrees north of the edge, and a degree is 111 km.
    assert f"Yes, 10.0 km outside {programme.place.name}" in shown
    assert "1 of 2 points lies in no area" in shown
    assert "row 3, Far hall, 10.0 km outside" in shown


@pytest.mark.parametrize(
    ("km", "said"), [(0.004, "10 m"), (0.31, "310 m"), (1.0, "1.0 km"), (12.34, "12.3 km")]
)
def test_a_short_way_is_said_in_metres(km: float, said: str) -> None:
    assert distance(km) == said


@pytest.mark.django_db
def test_a_matching_is_remembered_for_the_publishers_next_file(
    programme: Programme, ada: User
) -> None:
    strange = b"Payee,When,Colour,Amount\nAcme,01/04/2013,7.00,10.00\n"
    first = bring(ada, programme, strange)
    assert first.matching["amount"] == 3
    actions.match_columns(ada, first, {"supplier": 0, "amount": 2}, "April 2013")
    second = bring(ada, programme, strange)
    assert second.matching == {"supplier": 0, "amount": 2}
    assert RememberedMatching.objects.get().used == 1


@pytest.mark.django_db
def test_money_comes_in_from_a_programme_whose_gate_is_open(
    programme: Programme, vision_programme: Programme, ada: User, priya: User
) -> None:
    file = ContentFile(PAYMENTS, name="april.csv")
    with pytest.raises(Invalid, match="from a programme"):
        actions.bring_file(ada, programme.place, "spending", file)
    with pytest.raises(Refused, match="Never ever start by talking about the money"):
        bring(ada, vision_programme)
    with pytest.raises(Refused):
        bring(priya, programme)


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_not_kept(programme: Programme, ada: User) -> None:
    with pytest.raises(Invalid, match="PDF"):
        bring(ada, programme, b"%PDF-1.4")
    assert not Import.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_bring_the_same_file_at_once_make_no_doubles(
    programme: Programme, ada: User, cora: User
) -> None:
    brought = [bring(ada, programme), bring(cora, programme)]
    for import_, user in zip(brought, (ada, cora), strict=True):
        actions.start(user, import_)
    ready = threading.Barrier(4)

    def worker(import_: Import) -> None:
        ready.wait()
        tasks.work(str(import_.pk))
        connection.close()

    # Each is handed out twice, as a queue may.
    threads = [threading.Thread(target=worker, args=(one,)) for one in brought * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = Import.objects.values_list("state", "imported", "already_there", "rejected")
    assert sorted(done) == [("done", 0, 3, 1), ("done", 3, 0, 1)]
    assert SpendingLine.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_leaves_nothing_half_done(programme: Programme, ada: User) -> None:
    """Its transaction is gone; the sweep queues the import again; after three tries it is said."""
    import_ = bring(ada, programme)
    actions.start(ada, import_)
    Import.objects.filter(pk=import_.pk).update(
        state="working", attempts=1, started_at="2026-01-01T00:00Z", queued_at="2026-01-01T00:00Z"
    )
    assert tasks.sweep() == 1
    tasks.work(str(import_.pk))
    import_.refresh_from_db()
    assert (import_.state, import_.imported) == ("done", 3)
    tasks.work(str(import_.pk))  # once more changes nothing
    assert SpendingLine.objects.count() == 3

    other = bring(ada, programme, PAYMENTS + b"Gamma,05/04/2013,1.00\n")
    actions.start(ada, other)
    Import.objects.filter(pk=other.pk).update(attempts=3)
    tasks.work(str(other.pk))
    other.refresh_from_db()
    assert (other.state, other.imported) == ("failed", 0)
    assert "several times" in other.trouble


@pytest.mark.django_db(transaction=True)
def test_a_file_that_breaks_half_way_brings_nothing(programme: Programme, ada: User) -> None:
    import_ = bring(ada, programme)
    with Path(import_.file.path).open("ab") as file:
        file.write(b"x" * 3_000_000)
    read_in(ada, import_)
    assert (import_.state, SpendingLine.objects.count()) == ("failed", 0)
    assert "too long" in import_.trouble


@pytest.mark.django_db
def test_history_makes_a_bounded_number_of_queries(
    programme: Programme,
    ada: User,
    sign_in: SignIn,
    django_assert_max_num_queries: object,
) -> None:
    for number in range(20):
        Import.objects.create(
            place=programme.place, by=ada, importer="locations", file_name=f"{number}.csv"
        )
    browser = sign_in(ada)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        answer = browser.get(reverse("imports:place", args=[programme.place.slug]))
    assert answer.status_code == 200


@pytest.mark.django_db
def test_old_files_are_forgotten_and_what_came_in_stays(programme: Programme, ada: User) -> None:
    left, done = bring(ada, programme), bring(ada, programme)
    Import.objects.filter(pk=left.pk).update(created_at="2026-01-01T00:00Z")
    Import.objects.filter(pk=done.pk).update(state="done", finished_at="2026-01-01T00:00Z")
    assert tasks.forget() == 2
    assert [one.pk for one in Import.objects.all()] == [done.pk]
    with pytest.raises(FileNotFoundError), store.at_hand(str(done.file)) as path:
        path.open()


UNKNOWN = (
    b"Payments of the council\nSupplier Name,Payment Date,Wert\n"
    b"Acme Ltd,01/04/2013,10.00\nBeta,02/04/2013,5.00\n"
)


@pytest.mark.django_db(transaction=True)
def test_a_file_whose_headings_do_not_tell_the_amount_says_so_and_is_matched_by_hand(
    programme: Programme, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    new = reverse("imports:programme_new", args=[programme.slug])
    upload = SimpleUploadedFile("april.csv", UNKNOWN)
    browser.post(new, {"importer": "spending", "file": upload})
    import_ = Import.objects.get()
    page = reverse("imports:import", args=[import_.pk])
    shown = unescape(browser.get(page).content.decode())
    assert "Row 2 is read as the headings: Supplier Name, Payment Date, Wert." in shown
    assert "None of them is known to say: Amount, VAT not said." in shown
    assert "0 rows can be read, 2 cannot" in shown
    assert "Read it in" not in shown
    chosen = {"headings_row": "2", "column_supplier": "0", "column_date": "1"}
    browser.post(reverse("imports:match", args=[import_.pk]), {**chosen, "column_amount": "2"})
    shown = browser.get(page).content.decode()
    assert "2 rows can be read, 0 cannot" in shown
    import_.refresh_from_db()
    assert read_in(ada, import_).total == 15


@pytest.mark.django_db(transaction=True)
def test_somebody_says_in_which_row_the_headings_stand(
    programme: Programme, ada: User, sign_in: SignIn
) -> None:
    wrong = b"Payee,Net amount,Payment date\n1,2,3\nSupplier,Amount,Paid\nAcme,9.00,1/4/2013\n"
    import_ = bring(ada, programme, wrong)
    assert import_.detected["header_row"] == 1
    browser = sign_in(ada)
    match = reverse("imports:match", args=[import_.pk])
    browser.post(match, {"headings_row": "3", "start": "1"})
    import_.refresh_from_db()
    assert import_.state == Import.State.MATCHING
    assert (import_.detected["header_row"], import_.matching) == (
        3,
        {"date": 2, "amount": 1, "supplier": 0},
    )
    refused = browser.post(match, {"headings_row": "9"})
    assert "Row 9 of the file is empty or is not there." in refused.content.decode()


@pytest.mark.django_db(transaction=True)
def test_what_stands_above_the_headings_is_in_the_file_to_mend_too(
    programme: Programme, ada: User
) -> None:
    rows = "".join(f"Payee {at},soon,1.00\n" for at in range(25))
    file = f"Sum of Invoice Nett Amount\nPayee,Paid on,Amount\nAcme,01/04/2013,10.00\n{rows}"
    done = read_in(ada, bring(ada, programme, file.encode()))
    assert (done.imported, done.rejected) == (1, 25)
    with done.errors_file.open("rb") as errors:
        mended = errors.read().replace(b"soon", b"02/04/2013")
    again = bring(ada, programme, mended)
    with store.at_hand(str(again.file)) as path:
        reading = FileReading(look(path, "spending"), "spending", Choices())
        said = {one.value.amount_basis for one in reading.rows() if isinstance(one, Item)}
    assert said == {"net"}
    assert read_in(ada, again).imported == 25


@pytest.mark.django_db(transaction=True)
def test_the_result_says_how_many_more_rows_were_not_taken(
    programme: Programme, ada: User, sign_in: SignIn
) -> None:
    rows = "".join(f"Payee {at},soon,1.00\n" for at in range(29))
    file = f"Payee,Paid on,Amount\nAcme,01/04/2013,10.00\n{rows}".encode()
    import_ = bring(ada, programme, file)
    page = reverse("imports:import", args=[import_.pk])
    browser = sign_in(ada)
    assert "And 9 more." in browser.get(page).content.decode()
    read_in(ada, import_)
    assert "And 9 more: they are in the file to download." in browser.get(page).content.decode()


def test_how_far_outside_a_point_lies_is_measured_in_metres_not_in_degrees() -> None:
    # An edge that runs north-west to south-east near 51.45 north: in plain degrees the nearest
    # point seems to be elsewhere on it, and the point a sixth farther than it is.
    land = shapely.Polygon([(-0.12, 51.44), (-0.10, 51.46), (-0.10, 51.44)])
    there = Point(-0.115, 51.455)
    found = Whereabouts("Rivermead", land).away(there)
    near = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
    level = shapely.transform(land, lambda at: numpy.column_stack(near.transform(*at.T)))
    true = level.distance(shapely.Point(near.transform(there.longitude, there.latitude)))
    assert found * 1000 == pytest.approx(true, rel=0.002)


@pytest.mark.django_db(transaction=True)
def test_a_place_that_stands_twice_in_a_file_is_nothing_to_mend(
    programme: Programme, ada: User
) -> None:
    text = b"Name,Postcode\nHall,SW2 4RD\nHall,SW2 4RD\n,SW2 4RD\n"
    file = ContentFile(text, name="halls.csv")
    done = read_in(ada, actions.bring_file(ada, programme.place, "locations", file))
    assert (done.imported, done.rejected) == (1, 2)
    with done.errors_file.open("rb") as errors:
        rows = errors.read().decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert rows[1].startswith(",SW2 4RD,")


GRANTS = (
    "Identifier,Title,Currency,Amount Awarded,Award Date,Recipient Org:Name,Funding Org:Name\n"
    "a-1,Lunch,GBP,1000,2024-04-01,Lanes,Weir Fund\n"
    "a-1,Lunch,GBP,1000,2024-04-01,Lanes,Weir Fund\n"
)


def bring_grants(user: User, programme: Programme, text: str) -> Import:
    """A file of grants."""
    file = ContentFile(text.encode(), name="grants.csv")
    return actions.bring_file(user, programme.place, "threesixtygiving", file, programme=programme)


@pytest.mark.django_db(transaction=True)
def test_a_grant_that_stands_twice_in_a_file_is_nothing_to_mend(
    programme: Programme, ada: User, sign_in: SignIn
) -> None:
    done = read_in(ada, bring_grants(ada, programme, GRANTS))
    assert (done.imported, done.rejected, str(done.errors_file)) == (1, 1, "")
    page = sign_in(ada).get(reverse("imports:import", args=[done.pk])).content.decode()
    assert "there is nothing to mend" in page
    assert "Download the rows to mend" not in page


@pytest.mark.django_db(transaction=True)
def test_another_grant_under_the_identifier_of_one_is_there_to_mend(
    programme: Programme, ada: User
) -> None:
    other = "a-1,Supper,GBP,250,2024-05-01,Quayside Kitchen,Weir Fund\n"
    done = read_in(ada, bring_grants(ada, programme, GRANTS + other))
    assert (done.imported, done.rejected) == (1, 2)
    with done.errors_file.open("rb") as errors:
        rows = errors.read().decode("utf-8-sig").splitlines()
    assert len(rows) == 2, "what stands there twice is not among them"
    assert "Supper" in rows[1]
    assert "with other values" in rows[1]
