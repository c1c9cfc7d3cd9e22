"""Headings of other councils, and months whose year stands elsewhere; points in one cell."""

from typing import Final

from tests.places.imports.cases import Case, text


def spending(what: str, headings: str, row: str, **more: str) -> Case:
    """A file of one payment of 10.00 with these headings."""
    return Case(what, "spending", text(headings, row), taken=1, total="10.00", first=more)


def place(what: str, headings: str, row: str, point: str = "-0.1 51.5") -> Case:
    """A list of one place, at this point."""
    return Case(what, "locations", text(headings, row), taken=1, first={"point": point})


HEADINGS: Final = (
    spending(
        "the Local Government Association's schema",
        "Body,Body Name,Organisational Unit,Service Label,Expense Type,Date,Transaction Number,"
        "Amount excl VAT,Supplier (Beneficiary) Name,Supplier ID",
        "http://x,Weir,Adults,Care,Fees,01/04/2024,9,10.00,Acme,5",
        payer="Weir",
        amount_basis="net",
        supplier="Acme",
    ),
    spending(
        "a parish's list of cheques",
        "Cheque No,Payee Name,Amt Paid,Chq Date",
        "1,Acme,10.00,01/04/2024",
        paid_on="2024-04-01",
    ),
    spending(
        "invoice totals by posting period",
        "Vendor Name,Invoice Total,Posting period",
        "Acme,10.00,Apr 2024",
        period_end="2024-04-30",
    ),
    spending(
        "without the VAT that is not got back",
        "Beneficiary name,Summary of purpose,Amount £ (excluding irrecoverable VAT),Date incurred",
        "Acme,Gas,10.00,01/04/2024",
        purpose="Gas",
        amount_basis="net",
    ),
    spending(
        "what a pivot table leaves", "Row Labels,Sum of Amount", "Acme,10.00", supplier="Acme"
    ),
    spending(
        "the financial year beside the month",
        "Financial Year,Month,Supplier,Total Spend (£)",
        "2023/24,January,Acme,10.00",
        period_start="2024-01-01",
    ),
    spending(
        "the financial year beside its period",
        "Financial Year,Period,Supplier,Spend",
        "2023-24,1,Acme,10.00",
        period_start="2023-04-01",
    ),
    spending(
        "the year beside the number of the month",
        "Year,Month,Supplier Name,Amount",
        "2024,4,Acme,10.00",
        period_start="2024-04-01",
    ),
    Case(
        "a column for each quarter",
        "spending",
        text("Supplier,Q1 2023/24,Q4 2023/24", "Acme,10.00,5.00"),
        taken=2,
        total="15.00",
        first={"period_start": "2023-04-01", "period_end": "2023-06-30"},
        says="from April 2023 to March 2024",
    ),
    Case(
        "a comma before the pence is not guessed",
        "spending",
        text("Supplier,Amount,Date", 'Acme,"1.234,50",01/04/2024', "Beta,£-,01/04/2024"),
        taken=1,
        errors={2: "comma before the pence"},
    ),
    place("a playground alone", "Playground,Lat,Lng", "Park,51.5,-0.1"),
    place("well-known text", "the_geom,name", "POINT (-0.1 51.5),Park"),
    place("a Socrata location", "Title,Location 1", 'Park,"(51.5, -0.1)"'),
    place(
        "latitude and longitude in one cell", "Car Park Name,Latitude/Longitude", 'A,"51.5,-0.1"'
    ),
    place("a point under a heading of any name", "Name,Whereabouts", 'Park,"51.5, -0.1"'),
    Case(
        "the first row of a list without figures is no heading",
        "locations",
        text("Library,Postcode", "Ruskin Park,SE5 8EL", "Weir Hall,SW2 1RW"),
        taken=2,
        first={"name": "Ruskin Park"},
    ),
    place("ArcGIS's own names", "OBJECTID,NAME,POINT_X,POINT_Y", "1,Park,-0.1,51.5"),
)
