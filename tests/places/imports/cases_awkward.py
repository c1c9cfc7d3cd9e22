"""Files that are awkward in one way each: units, currencies, stray commas, JSON, wrong names."""

from datetime import date
from typing import Any, Final

from tests.places.imports.cases import Case, document, text, workbook

_RECORD: Final = {"Supplier": "Alpha", "Payment Date": "2025-04-01T00:00:00", "Amount": 1010.5}
_SHEET: Final[list[list[Any]]] = [["Supplier", "Date", "Amount"], ["Alpha", date(2025, 4, 1), 10.5]]


def _paid(what: str, *lines: str, taken: int, total: str, **more: Any) -> Case:
    return Case(what, "spending", text(*lines), taken=taken, total=total, **more)


AWKWARD: Final = (
    *(
        _paid(
            f"thousands of pounds: {heading}",
            f"Supplier,Date,{heading}",
            "Alpha,01/04/2025,10.5",
            "Total,,10.5",
            taken=1,
            total="10500.00",
            says="thousands of pounds",
        )
        for heading in ("Amount (£000)", "Spend £'000s", "Amount £k", "Net spend (thousands)")
    ),
    _paid(
        "thousands of pounds, said in the title",
        "Payments to suppliers (£000),,",
        "Supplier,Date,Amount",
        "Alpha,01/04/2025,1.25",
        taken=1,
        total="1250.00",
    ),
    _paid("millions", "Supplier,Date,Amount £m", "A,1/4/2025,1.5", taken=1, total="1500000.00"),
    _paid(
        "payments over a sum are pounds",
        "Payments over £5000,,",
        "Supplier,Date,Amount over £5000",
        "Alpha,01/04/2025,5100.50",
        taken=1,
        total="5100.50",
    ),
    _paid(
        "thousands in a column for each month",
        "Supplier totals 2025/26 £000,,",
        "Supplier,April,May",
        "Alpha,1.5,2",
        taken=2,
        total="3500.00",
    ),
    _paid(
        "a column of currencies is kept, and a sum that mixes them is said",
        "Supplier,Date,Amount,Currency",
        "Alpha,01/04/2025,10.00,EUR",
        "Beta,01/04/2025,20.00,",
        "Gamma,01/04/2025,5.00,shells",
        taken=2,
        total="30.00",
        errors={4: "not the code of a currency"},
        first={"currency": "EUR"},
        says="several currencies .EUR, GBP.",
    ),
    _paid(
        "amounts whose heading says pounds are pounds, whatever currency was billed",
        "Supplier,Date,Amount (£),Currency",
        "Alpha,01/04/2025,10.00,EUR",
        taken=1,
        total="10.00",
        first={"currency": "GBP"},
    ),
    _paid(
        "a comma that was not quoted may never cut an amount short",
        "Supplier,Date,Amount",
        "Alpha,01/04/2025,10.00",
        "Beta,02/04/2025,1,020.00",
        *["Gamma,03/04/2025,1.00"] * 8,
        taken=9,
        total="18.00",
        errors={3: "more cells than there are headings.*1, 020.00"},
        says="7 rows say exactly what an earlier one says",
    ),
    _paid(
        "even where it is the only row",
        "Supplier,Date,Amount",
        "Beta,02/04/2025,£1,020.00",
        taken=0,
        total="0.00",
        errors={2: "more cells than there are headings"},
    ),
    _paid(
        "a column without a heading is no stray comma",
        "Supplier,Date,Amount",
        "Alpha,01/04/2025,10.00,checked",
        "Beta,02/04/2025,20.00,checked",
        taken=2,
        total="30.00",
    ),
    _paid(
        "whose payment it is, is not guessed from the row above, which is named",
        "Supplier,Date,Amount",
        "Alpha,01/04/2025,10.00",
        ",02/04/2025,21.00",
        taken=1,
        total="10.00",
        errors={3: "If it was “Alpha”, as above it"},
    ),
    _paid(
        "periods of the financial year",
        "Supplier,Period,Amount",
        "Alpha,P01 2025/26,1.00",
        "Alpha,Q4 2025/26,2.00",
        "Alpha,2025/26,3.00",
        "Alpha,202501,4.00",
        taken=3,
        total="6.00",
        errors={5: "not a date"},
        first={"period_start": "2025-04-01", "period_end": "2025-04-30"},
    ),
    _paid(
        "each line of an invoice counts its own part",
        "Supplier,Invoice Amount,Distribution Amount,Date",
        "Alpha,1200.00,400.00,01/04/2025",
        "Alpha,1200.00,800.00,01/04/2025",
        taken=2,
        total="1200.00",
    ),
    _paid(
        "a quarter whose year stands beside it",
        "Supplier,Quarter,Financial Year,Amount",
        "Alpha,Q4,2025/26,10.00",
        taken=1,
        total="10.00",
        first={"period_start": "2026-01-01", "period_end": "2026-03-31"},
    ),
    _paid(
        "months whose year stands in the title",
        "Payments 2025/26,,",
        "Supplier,Month,Amount",
        "Alpha,January,10.00",
        "Beta,Quarter 1,5.00",
        taken=2,
        total="15.00",
        first={"period_start": "2026-01-01", "period_end": "2026-01-31"},
    ),
    _paid(
        "months and quarters of no year",
        "Supplier,Month,Amount",
        "Alpha,January,10.00",
        "Beta,Q2,5.00",
        taken=1,
        total="5.00",
        errors={2: "not a date"},
        says="1 row has no date",
    ),
    _paid(
        "headings and months in Welsh",
        "Enw'r Cyflenwr,Dyddiad Talu,Swm,Disgrifiad",
        "Alpha,1 Ebrill 2025,10.00,Teganau",
        "Beta,3rd of April 2025,5.00,",
        taken=2,
        total="15.00",
        first={"paid_on": "2025-04-01", "purpose": "Teganau"},
    ),
    *(
        _paid(f"paid: {heading}", f"{heading}", f"{row}", taken=1, total="10.00")
        for heading, row in (
            ("Trading Partner,Amount in GBP,Clearing Date", "Alpha,10.00,01/04/2025"),
            ("Who we paid,How much,When,What for", "Alpha,10.00,01/04/2025,Toys"),
            ("Third Party,Service,Date,Amount", "Alpha,Care,01/04/2025,10.00"),
            ("To whom paid,Service,Date,Amount", "Alpha,Care,01/04/2025,10.00"),
            ("Company Paid,Month,Amount", "Alpha,Apr-25,10.00"),
            ("Trader,Paid,Sum Paid (£)", "Alpha,01/04/2025,10.00"),
        )
    ),
    Case(
        "payments as JSON, row by row",
        "spending",
        document([_RECORD, {"Supplier": "Beta", "Amount": "ten"}]),
        taken=1,
        total="1010.50",
        errors={2: "not an amount"},
        first={"paid_on": "2025-04-01"},
        name="spend.json",
    ),
    Case(
        "payments as a portal's JSON",
        "spending",
        document({"success": True, "result": {"records": [_RECORD], "total": 1}}),
        taken=1,
        total="1010.50",
        name="spend.json",
    ),
    Case(
        "payments as a portal's dump",
        "spending",
        document({"fields": [{"id": one} for one in _RECORD], "records": [[*_RECORD.values()]]}),
        taken=1,
        total="1010.50",
        name="spend.json",
    ),
    Case(
        "places as JSON, their points in a record of their own",
        "locations",
        document([{"name": "Hall", "location": {"latitude": 51.46, "longitude": -0.11}}]),
        taken=1,
        first={"point": "-0.11 51.46"},
        name="halls.json",
    ),
    Case(
        "GeoJSON where a table belongs",
        "locations",
        document({"type": "FeatureCollection", "features": []}),
        refused="GeoJSON",
    ),
    *(
        Case(
            f"a workbook that somebody called {name}",
            "spending",
            workbook(Sheet=_SHEET),
            taken=1,
            total="10.50",
            name=name,
        )
        for name in ("spend.xls", "spend.csv", "spend")
    ),
    Case(
        "a workbook whose sheets have other headings says which it did not read",
        "spending",
        workbook(
            April=_SHEET,
            May=[["Vendor", "Paid on", "Net", "Purpose"], ["Beta", date(2025, 5, 1), 20, "Toys"]],
        ),
        taken=1,
        total="20.00",
        says="“April” has such headings too",
        name="spend.xlsx",
    ),
    Case(
        "one pair of numbers is a place here only one way round",
        "locations",
        text("Library Name,Location", 'North,"(51.46, -0.11)"', 'South,"-0.11,51.46"'),
        taken=2,
        first={"point": "-0.11 51.46"},
    ),
    Case(
        "degrees, minutes and seconds",
        "locations",
        text("Name,Lat,Long", "Hall,51°27'36\"N,0°06'36\"W"),
        taken=1,
        first={"point": "-0.11 51.46"},
    ),
    Case(
        "metres of web maps, as ArcGIS gives X and Y",
        "locations",
        text("X,Y,OBJECTID,Library_Name", "-12245.14,6703069.33,1,Brixton"),
        taken=1,
        first={"point": "-0.11 51.46"},
    ),
    Case(
        "one row of words below headings is a row",
        "locations",
        text("Charity,Town", "Hall,Brixton"),
        taken=1,
    ),
)
