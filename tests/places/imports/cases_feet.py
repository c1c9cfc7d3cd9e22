"""What stands at the foot of files: totals by many names, counts, and payments only like them."""

from typing import Final

from tests.places.imports.cases import Case, text

_ROWS: Final = ("Supplier,Date,Amount", "Alpha,01/04/2025,10.00", "Beta,02/04/2025,20.00")
_TOTALS: Final = (
    "Grand Total (2 records),,30.00",
    "Total: 2 payments,,30.00",
    "Grand Total - April,,30.00",
    "April Total,,30.00",
    "Total £30.00,,",
    "Report Total: 30.00,,",
    "***TOTAL***,,30.00",
    "T O T A L,,30.00",
    "Cyfanswm,,30.00",
    "Cyfanswm / Total,,30.00",
    "Sum,,30.00",
    "Overall,,30.00",
    "Carried forward,,30.00",
    ",,£30.00",
    "Total,30/04/2025,30.00",
    "TOTAL,31/04/2025,30.00",
    "Count,,2",
    "Average,,15.00",
    "Total number of payments,,2",
)

FEET: Final = (
    *(
        Case(
            f"at the foot: {line}",
            "spending",
            text(*_ROWS, line),
            taken=2,
            total="30.00",
            says="1 row of totals was passed over",
        )
        for line in _TOTALS
    ),
    Case(
        "a row without a date that is what all above it add up to, by whatever name: it is said",
        "spending",
        text(*_ROWS, "Council spend,,30.00"),
        taken=2,
        total="30.00",
        says="Row 4 has no date, and is what all rows above it add up to: it was left out",
    ),
    Case(
        "suppliers whose names begin so are paid, dated or not",
        "spending",
        text(
            "Supplier,Date,Amount",
            "Total Gas and Power,01/04/2025,10.00",
            "Total,02/04/2025,20.00",
            "Totalmobile Ltd,,5.00",
            "Count On Us,,1.00",
            "Average Joe Cleaning,,2.00",
        ),
        taken=5,
        total="38.00",
    ),
    Case(
        "in a file without dates only what calls itself a total is one",
        "spending",
        text("Supplier,Amount", "Alpha,10.00", "Beta,20.00", "Gamma,30.00", "Count On Us,60.00"),
        taken=4,
        total="120.00",
    ),
    Case(
        "in a file without dates, a total of so many records",
        "spending",
        text("Supplier,Amount", "Alpha,10.00", "Beta,20.00", "Grand Total (2 records),30.00"),
        taken=2,
        total="30.00",
        says="add up to the file's own total",
    ),
    Case(
        "a title for each month among the rows",
        "spending",
        text(
            *("Supplier,Date,Amount", "Alpha,01/04/2025,10.00", "Subtotal,,10.00"),
            *("May 2025,,", "Beta,01/05/2025,20.00", "Subtotal,,20.00", "Grand Total,,30.00"),
        ),
        taken=2,
        total="30.00",
        says="1 row is only a title",
    ),
    Case(
        "notes below the rows are told, and are no payments",
        "spending",
        text(*_ROWS, ",,", "Prepared by Finance on 3 May 2025,,"),
        taken=2,
        total="30.00",
        errors={5: "no amount"},
    ),
)
