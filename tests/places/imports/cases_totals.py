"""Spending in workbooks, totals by month, and what cannot be read at all."""

from datetime import date, datetime
from typing import Final

from tests.places.imports.cases import Case, text, workbook

TOTALS: Final = (
    Case(
        "a workbook with a cover sheet and notes behind",
        "spending",
        workbook(
            Cover=[["Payments to suppliers"], ["Published under the Transparency Code"]],
            April_2024=[
                ["Supplier", "Date", "Net Amount"],
                ["Acme", datetime(2024, 4, 1), 1234.56],
                ["Beta", date(2024, 4, 2), -34.56],
                [None, None, None],
                ["Total", None, 1200],
            ],
            Notes=[["Redactions follow our policy."]],
        ),
        taken=2,
        total="1200.00",
        name="april.xlsx",
        first={"paid_on": "2024-04-01"},
    ),
    Case(
        "a workbook with a sheet for each month: every sheet is read",
        "spending",
        workbook(
            April=[["Supplier", "Date", "Amount"], ["Acme", date(2024, 4, 1), 10]],
            Notes=[["Redactions follow our policy."]],
            May=[
                ["Payments in May"],
                ["Supplier", "Date", "Amount"],
                ["Acme", date(2024, 5, 1), 5.5],
                ["Beta", "soon", 2],
                ["Total", None, 5.5],
            ],
        ),
        taken=2,
        total="15.50",
        errors={6: "Sheet “May”, row 4: “soon”"},
        name="quarter.xlsx",
        says="Of 3 sheets, those with the same headings were read: “April”, “May”.",
    ),
    Case(
        "formulas that were never worked out are told",
        "spending",
        workbook(
            Sheet=[
                ["Supplier", "Date", "Amount"],
                ["Acme", date(2024, 4, 1), 10],
                ["Beta", date(2024, 4, 1), "=1+1"],
            ]
        ),
        taken=1,
        total="10.00",
        errors={3: "no amount|formula"},
        name="formula.xlsx",
    ),
    Case(
        "supplier totals for one month, told by the name of the file",
        "spending",
        text("Supplier,Total", "Acme,100.00", "Beta,50.50", "Grand Total,150.50"),
        taken=2,
        total="150.50",
        name="2024-04-supplier-totals.csv",
        first={"period_start": "2024-04-01", "period_end": "2024-04-30"},
    ),
    Case(
        "supplier totals by month, a column for each",
        "spending",
        text(
            "Supplier,Apr-24,May-24,Jun-24,Total",
            '"Acme","1,000.00",,500.00,1500.00',
            "Beta,0.00,-20.00,,-20.00",
            "Total,1000.00,-20.00,500.00,1480.00",
        ),
        taken=3,
        total="1480.00",
        first={"period_start": "2024-04-01", "period_end": "2024-04-30"},
        says="add up to the file's own total",
    ),
    Case(
        "a column for each month without years, the year in the title",
        "spending",
        text(
            "Payments to suppliers 2023/24,,,",
            "Supplier Name,April,December,March",
            "Acme,10.00,20.00,30.00",
            "Beta,,x,5.00",
            "Gamma,,,",
        ),
        taken=3,
        total="60.00",
        errors={4: "December 2023: .*not an amount", 5: "no amount"},
        first={"period_start": "2023-04-01"},
    ),
    Case(
        "a column for each month in a workbook, the months as dates",
        "spending",
        workbook(
            Totals=[
                ["Vendor", datetime(2024, 4, 1), datetime(2024, 5, 1)],
                ["Acme", 10.25, 20.75],
            ]
        ),
        taken=2,
        total="31.00",
        name="wide.xlsx",
    ),
    Case(
        "months without any year are not guessed",
        "spending",
        text("Supplier,April,May", "Acme,10.00,20.00"),
        refused="year",
    ),
    Case(
        "no headings that tell who was paid",
        "spending",
        text("Ward,Population", "Northbank,900"),
        refused="headings that tell who was paid",
    ),
    Case("an empty file", "spending", b"", refused="empty"),
    Case("a web page", "spending", b"<!doctype html><title>404</title>", refused="web page"),
    Case("an old workbook", "spending", b"\xd0\xcf\x11\xe0" + b"\0" * 600, refused="old or locked"),
    Case("JSON where a table belongs", "spending", b'{"a": 1}', refused="CSV or XLSX"),
    Case("headings and nothing below", "spending", text("Supplier,Date,Amount"), taken=0),
    Case(
        "a stray quotation mark does not swallow the file",
        "spending",
        text("Supplier,Date,Amount", '5" Pipe Co,01/04/2024,10.00', "Beta,02/04/2024,5.00"),
        taken=2,
        total="15.00",
    ),
    Case(
        "commas in a supplier that were not quoted shift the row, and that is told",
        "spending",
        text(
            "Date,Supplier,Amount,Service",
            "01/04/2024,Acme,10.00,Waste",
            "02/04/2024,Smith, Jones & Co,20.00,Waste",
        ),
        taken=1,
        total="10.00",
        errors={3: "not an amount|more cells"},
    ),
    Case(
        "spaces for thousands, GBP and pence after a point",
        "spending",
        text("Supplier,Date,Amount", "Acme,01/04/2024,GBP 1 234.50", "Beta,01/04/2024,£ 10"),
        taken=2,
        total="1244.50",
    ),
    Case(
        "months first, as an American system writes them",
        "spending",
        text(
            "Supplier,Date,Amount",
            *(f"Acme,04/{day}/2024,1.00" for day in range(13, 20)),
        ),
        taken=7,
        total="7.00",
        first={"paid_on": "2024-04-13"},
        says="month first",
    ),
)
