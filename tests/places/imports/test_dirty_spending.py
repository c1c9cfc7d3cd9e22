"""Payments as councils really publish them: each file is modelled on a published shape."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from places.imports.formats.texts import FileError
from tests.places.imports.files import tell, written

D = Decimal

# (what it is, the file, sum of what is read, rows read, rows refused)
SHAPES: list[tuple[str, str, str, int, list[int]]] = [
    (
        "the Transparency Code's own headings",
        "Body Name,Service Area,Expense Type/Category,Date,Transaction Number,Amount/Net Amount,"
        "Supplier Name,Merchant Category\n"
        'Anytown,Adults,Care,25/06/2012,1001,"£1,234.50",Care Co,\n'
        "Anytown,Adults,Care,26/06/2012,1002,(34.50),Care Co,\n"
        "Anytown,Cards,Travel,27/06/2012,1003,10.00,Trainline,Rail\n",
        "1210.00",
        3,
        [],
    ),
    (
        "gross, net and VAT: net wins",
        "Directorate,Supplier,Invoice No,Payment Date,Net Amt (£),VAT (£),Gross (£)\n"
        "Places,Acme Ltd,A1,01/04/2013,100.00,20.00,120.00\n",
        "100.00",
        1,
        [],
    ),
    (
        "gross and VAT only: gross less VAT",
        "Supplier,Date,VAT,Amount Inc VAT\nAcme Ltd,01/04/2013,20.00,120.00\n",
        "100.00",
        1,
        [],
    ),
    (
        "irrecoverable VAT is not taken off",
        "Supplier,Date,Amount,Irrecoverable VAT\nAcme Ltd,01/04/2013,120.00,20.00\n",
        "120.00",
        1,
        [],
    ),
    (
        "a title, blank rows, then the headings; a total below",
        "Payments over £500,,\n,,\n,,\nSupplier,Date,Amount\n"
        "Acme,01/04/2013,10.00\nBeta,02/04/2013,5.50\n,,\nTotal,,15.50\n",
        "15.50",
        2,
        [],
    ),
    (
        "headings on two rows",
        "Payment,Supplier,Net\nDate,Name,Amount\n01/04/2013,Acme,10.00\n",
        "10.00",
        1,
        [],
    ),
    (
        "headings with line breaks and blanks after them",
        '"Supplier\nName ","Payment\nDate","Total\n(£) Excl VAT", Directorate \n'
        "Acme,01/04/2013,10.00,Places\n",
        "10.00",
        1,
        [],
    ),
    (
        "subtotals of each supplier and a grand total",
        "Supplier,Date,Amount\nAcme,01/04/2013,10.00\nAcme,02/04/2013,5.00\nAcme Total,,15.00\n"
        "Beta,03/04/2013,1.00\nBeta Total,,1.00\nGrand Total,,16.00\n",
        "16.00",
        3,
        [],
    ),
    (
        "a sum without a name at the end",
        "Supplier,Date,Amount\nAcme,01/04/2013,10.00\nBeta,03/04/2013,1.00\n,,11.00\n",
        "11.00",
        2,
        [],
    ),
    (
        "a total that is a formula",
        "Supplier,Date,Amount\nAcme,01/04/2013,10.00\nTotal,,=SUM(C2:C2)\n",
        "10.00",
        1,
        [],
    ),
    (
        "suppliers called Total are suppliers",
        "Supplier,Date,Amount\nTotal,01/04/2013,10.00\nTotal Gas & Power Ltd,01/04/2013,5.00\n",
        "15.00",
        2,
        [],
    ),
    (
        "tabs, and credit notes with a minus behind",
        "Supplier\tDate Paid\tAmount\nAcme\t01/04/2013\t1,000.00\nAcme\t01/04/2013\t200.00-\n",
        "800.00",
        2,
        [],
    ),
    (
        "semicolons, CR and DR",
        "Supplier;Date;Amount\nAcme;01/04/2013;10.00 DR\nAcme;01/04/2013;3.00CR\n",
        "7.00",
        2,
        [],
    ),
    (
        "pipes, and a hint to Excel",
        "sep=|\nSupplier|Date|Amount\nAcme|01/04/2013|10.00\n",
        "10.00",
        1,
        [],
    ),
    (
        "debit and credit in two columns",
        "Supplier,Date,Debit,Credit\nAcme,01/04/2013,10.00,\nAcme,01/04/2013,,4.00\n",
        "6.00",
        2,
        [],
    ),
    (
        "headings repeated on each page",
        "Supplier,Date,Amount\nAcme,01/04/2013,10.00\nSupplier,Date,Amount\nBeta,01/04/2013,1.00\n",
        "11.00",
        2,
        [],
    ),
    (
        "a column name twice",
        "Supplier,Date,Amount,Amount\nAcme,01/04/2013,10.00,12.00\n",
        "10.00",
        1,
        [],
    ),
    (
        "what cannot be read is refused, row by row",
        "Supplier,Date,Amount\nAcme,31/02/2013,10.00\nBeta,01/04/2013,n/a\n,01/04/2013,5.00\n"
        "Gamma,01/04/2013,#REF!\nDelta,01/04/2013,=1+1\nEpsilon,01/04/2013,2.00\n",
        "2.00",
        1,
        [2, 3, 4, 5, 6],
    ),
    (
        "two equal payments are two payments",
        "Supplier,Date,Amount\nAcme,01/04/2013,10.00\nAcme,01/04/2013,10.00\n",
        "20.00",
        2,
        [],
    ),
    (
        "an address on two lines within quotation marks",
        'Supplier,Date,Amount\n"Acme\n1 High Street",01/04/2013,10.00\nBeta,02/04/2013,1.00\n',
        "11.00",
        2,
        [],
    ),
    (
        "a quotation mark that is never closed",
        'Supplier,Date,Amount\n"Acme,01/04/2013,10.00\n'
        + "".join(f"Beta {number},02/04/2013,1.00\n" for number in range(60)),
        "70.00",
        61,
        [],
    ),
    (
        "a card list",
        "TRANS DATE,MERCHANT NAME,TRANSACTION AMOUNT,MERCHANT CATEGORY,NET AMOUNT,VAT AMOUNT\n"
        "01-Apr-13,TESCO STORES,12.00,Grocery,10.00,2.00\n",
        "10.00",
        1,
        [],
    ),
    (
        "dates under a heading that nobody would guess",
        "Supplier,Tag,Amount\nAcme,01/04/2013,10.00\nBeta,2013-04-02,1.00\n",
        "11.00",
        2,
        [],
    ),
    (
        "empty rows and cells of blanks",
        'Supplier,Date,Amount\n  ,  ,  \nAcme,01/04/2013," 10.00 "\n\n\n,,\n',
        "10.00",
        1,
        [],
    ),
]


@pytest.mark.parametrize(
    ("what", "text", "total", "rows", "refused"), SHAPES, ids=[shape[0] for shape in SHAPES]
)
def test_shapes(
    tmp_path: Path, what: str, text: str, total: str, rows: int, refused: list[int]
) -> None:
    told = tell(written(tmp_path, text), "spending")
    assert (told.total, len(told.values), sorted(told.errors)) == (D(total), rows, refused), what


def test_dates_in_many_forms(tmp_path: Path) -> None:
    forms = [
        *("25/06/2012", "25-Jun-12", "2012-06-25", "41085", "20120625", "25 June 2012"),
        *("25.06.2012", "25/06/12", "2012-06-25T00:00:00", "Mon 25 June 2012", "25/06/2012 09:30"),
    ]
    rows = "".join(f"Acme,{form},1.00\n" for form in forms)
    told = tell(written(tmp_path, "Supplier,Date,Amount\n" + rows), "spending")
    assert {row.paid_on for row in told.values} == {date(2012, 6, 25)}
    assert len(told.values) == len(forms)


def test_a_month_is_a_period(tmp_path: Path) -> None:
    told = tell(
        written(tmp_path, "Supplier,Month,Amount\nAcme,January 2012,1.00\nAcme,Feb-12,1.00\n"),
        "spending",
    )
    assert (told.first.period_start, told.first.period_end) == (
        date(2012, 1, 1),
        date(2012, 1, 31),
    )
    assert (told.first.paid_on, told.values[1].period_end.day) == (None, 29)


def test_months_first_only_where_the_file_proves_it(tmp_path: Path) -> None:
    american = "".join(f"Acme,04/{day}/2013,1.00\n" for day in (13, 20, 30, "05"))
    told = tell(written(tmp_path, "Supplier,Date,Amount\n" + american), "spending")
    assert told.values[3].paid_on == date(2013, 4, 5)
    assert "month first" in told.said
    mixed = american + "Acme,25/04/2013,1.00\n"
    told = tell(written(tmp_path, "Supplier,Date,Amount\n" + mixed, "mixed.csv"), "spending")
    assert sorted(told.errors) == [2, 3, 4]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = "Supplier,Date,Amount\r\nCafé Müller,01/04/2013,£10.00\r\nAcme,01/04/2013,£1.50\r\n"
    told = tell(written(tmp_path, text, encoding=encoding), "spending")
    assert (told.first.supplier, told.total) == ("Café Müller", D("11.50"))
    assert ("not in UTF-8" in told.said) == (encoding == "cp1252")


def test_nul_bytes_are_left_out_and_said(tmp_path: Path) -> None:
    told = tell(written(tmp_path, "Supplier,Date,Amount\nAc\0me,01/04/2013,10\0.00\n"), "spending")
    assert (told.first.supplier, told.total) == ("Acme", D("10.00"))
    assert "NUL" in told.said


def test_redacted_payees_are_known(tmp_path: Path) -> None:
    text = "Supplier,Date,Amount\nREDACTED PERSONAL DATA,01/04/2013,10\nAcme,01/04/2013,1\n"
    told = tell(written(tmp_path, text), "spending")
    assert [row.is_redacted for row in told.values] == [True, False]


def test_run_together_cells_without_a_total_are_never_guessed(tmp_path: Path) -> None:
    text = "Supplier,Date,Amount\nAcme,25/06/2012900\nBeta,25/06/2012,1000.00\n"
    told = tell(written(tmp_path, text), "spending")
    assert (told.total, sorted(told.errors)) == (D("1000.00"), [2])
    assert "run together" in told.errors[2]


def test_run_together_cells_are_refused_where_two_ways_fit(tmp_path: Path) -> None:
    """Unit 11 and 1, or Unit 1 and 11, twice: the total proves neither."""
    text = "Supplier,Total\nUnit111\nFlat111\nGrand Total,12\n"
    told = tell(written(tmp_path, text), "spending")
    assert (told.total, sorted(told.errors)) == (D(0), [2, 3])


def test_totals_of_another_month_are_other_payments(tmp_path: Path) -> None:
    text = "Supplier Name,Total\nAcme,10.00\n"
    october = tell(written(tmp_path, text, "2011-10.csv"), "spending")
    january = tell(written(tmp_path, text, "2012-01.csv"), "spending")
    assert october.keys != january.keys
    assert october.first.period_start == date(2011, 10, 1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"%PDF-1.4", "PDF"),
        (b"\xd0\xcf\x11\xe0old", "old or locked Excel"),
        (b"<html><table>", "web page"),
        (b"PK\x03\x04 not a zip", "workbook"),
        (b"just some words", "headings"),
        (b"{}", "JSON"),
        (b"A,B\n1,2\n", "headings"),
    ],
)
def test_what_is_no_table_is_said_in_a_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "payments.csv"
    path.write_bytes(content)
    with pytest.raises(FileError, match=sentence):
        tell(path, "spending")


def book(path: Path, *sheets: tuple[str, list[list[object]], str]) -> Path:
    """A workbook with these sheets."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook["Sheet"])
    for title, rows, state in sheets:
        sheet = workbook.create_sheet(title)
        sheet.sheet_state = state
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def test_a_workbook(tmp_path: Path) -> None:
    """Date cells, numbers to the penny, a cover, a hidden sheet, a formula never worked out."""
    path = book(
        tmp_path / "q1.xlsx",
        ("Cover", [["Spending over £500"], ["Quarter 1"]], "visible"),
        ("Old", [["Supplier", "Date", "Amount"], ["Wrong", date(2001, 1, 1), 9]], "hidden"),
        (
            "Data",
            [
                ["Quarter 1 2013", None, None],
                [],
                ["Supplier Name", "Payment\nDate ", "Net Amount"],
                ["Acme", date(2013, 4, 1), 1234.1],
                ["Acme", date(2013, 4, 2), 0.1 + 0.2],
                ["Beta", 41366, -10],
                ["Gamma", date(2013, 4, 2), "=1+1"],
            ],
            "visible",
        ),
    )
    told = tell(path, "spending")
    assert told.total == D("1224.40")
    assert (told.first.paid_on, told.values[2].paid_on) == (date(2013, 4, 1), date(2013, 4, 2))
    assert sorted(told.errors) == [7]
    assert "Hidden sheets were left out: Old" in told.said
    assert "“Data” was read" in told.said


def test_whoever_is_named_for_a_row_without_a_name_stands_straight_above_it(
    tmp_path: Path,
) -> None:
    rows = "Alpha,01/04/2013,1.00\nGamma,soon,2.00\n,01/04/2013,3.00\n,01/04/2013,4.00\n"
    told = tell(written(tmp_path, f"Payee,Paid on,Amount\n{rows}"), "spending")
    # Row 3 was refused, and stands straight above row 4 all the same; above row 5 nobody is named.
    assert "If it was “Gamma”, as above it" in told.errors[4]
    assert told.errors[5] == "This row has an amount but does not say who was paid."
