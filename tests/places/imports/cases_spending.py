"""Spending as other councils publish it: single payments in files of text."""

from typing import Final

from tests.places.imports.cases import Case, text

CODE: Final = (
    "Body Name,Service Area,Expenses Type,Date,Transaction Number,Amount,Supplier Name,"
    "Supplier ID,Merchant Category"
)

SPENDING: Final = (
    Case(
        "a district's own headings, body name first",
        "spending",
        text(
            CODE,
            'Weirshire,Housing,Repairs,01/04/2024,1001,"1,250.00",ACME REPAIRS LTD,9,',
            "Weirshire,Housing,Repairs,02/04/2024,1002,-50.00,ACME REPAIRS LTD,9,",
        ),
        taken=2,
        total="1200.00",
        first={"supplier": "ACME REPAIRS LTD", "payer": "Weirshire", "paid_on": "2024-04-01"},
    ),
    Case(
        "directorate, vendor, net amount, tabs",
        "spending",
        text(
            "Directorate\tVendor\tNet Amount\tPosting Date",
            "Adults\tBridge Care\t£1,000.10\t3 April 2024",
            "Adults\tBridge Care\t(£100.10)\t4 April 2024",
        ),
        taken=2,
        total="900.00",
        first={"department": "Adults", "amount_basis": "net"},
        name="spend.tsv",
    ),
    Case(
        "semicolons, cp1252, a pounds sign and an accent",
        "spending",
        text(
            "Supplier;Payment Date;Amount (£)",
            "Café Müller;05-Apr-2024;£12.50",
            encoding="cp1252",
        ),
        taken=1,
        total="12.50",
        first={"supplier": "Café Müller"},
    ),
    Case(
        "UTF-16 with tabs, as Excel saves Unicode text",
        "spending",
        text("Supplier Name\tDate Paid\tAmount", "Zoë’s Taxis\t06/04/24\t30.00", encoding="utf-16"),
        taken=1,
        total="30.00",
        first={"supplier": "Zoë’s Taxis", "paid_on": "2024-04-06"},
    ),
    Case(
        "UTF-8 with a mark, title rows above",
        "spending",
        text(
            "\ufeffWeirshire Council,,,",
            "Payments over £500 April 2024,,,",
            ",,,",
            "Supplier,Invoice Date,Net Value,Purpose of Expenditure",
            "Acme,30/04/2024,700.00,Gas",
            ",,,",
            "Total,,700.00,",
        ),
        taken=1,
        total="700.00",
        says="adds up|add up",
    ),
    Case(
        "lines that end as on an old Mac",
        "spending",
        text("Supplier,Date,Amount", "Acme,01/04/2024,10.00", "Beta,02/04/2024,5.00", end="\r"),
        taken=2,
        total="15.00",
    ),
    Case(
        "credits with CR, with a minus behind, in brackets",
        "spending",
        text(
            "Supplier,Date,Amount",
            "Acme,01/04/2024,100.00 CR",
            "Acme,01/04/2024,50.00-",
            'Acme,01/04/2024,"(1,000.00)"',
            "Acme,01/04/2024,2000.00 DR",
        ),
        taken=4,
        total="850.00",
    ),
    Case(
        "dates in many forms in one column",
        "spending",
        text(
            "Supplier,Date,Amount",
            "A,01/04/2024,1.00",
            "B,2024-04-02,1.00",
            "C,3-Apr-24,1.00",
            "D,4th April 2024,1.00",
            "E,45387,1.00",
            "F,06.04.2024,1.00",
            "G,20240407,1.00",
            "H,Apr-24,1.00",
            "I,08/04/2024 00:00:00,1.00",
            "J,31/02/2024,1.00",
        ),
        taken=9,
        total="9.00",
        errors={11: "not a day of the calendar"},
    ),
    Case(
        "NUL bytes between the cells",
        "spending",
        b"Supplier,Date,Amount\r\nAc\x00me,01/04/2024,10.00\r\n\x00\x00\r\n",
        taken=1,
        total="10.00",
        first={"supplier": "Acme"},
    ),
    Case(
        "redacted suppliers are payments all the same",
        "spending",
        text(
            "Supplier,Date,Amount",
            "REDACTED PERSONAL DATA,01/04/2024,600.00",
            "Redacted,01/04/2024,600.00",
            "Name withheld,02/04/2024,500.00",
        ),
        taken=3,
        total="1700.00",
        first={"is_redacted": "True"},
    ),
    Case(
        "the same payment twice is two payments",
        "spending",
        text("Supplier,Date,Amount", "Acme,01/04/2024,10.00", "Acme,01/04/2024,10.00"),
        taken=2,
        total="20.00",
    ),
    Case(
        "two header rows, a group above its columns",
        "spending",
        text(
            ",Payment,,Amount,",
            "Supplier,Reference,Date,Net,VAT",
            "Acme,P1,01/04/2024,10.00,2.00",
        ),
        taken=1,
        total="10.00",
        first={"transaction_number": "P1"},
    ),
    Case(
        "subtotals of each department and a grand total",
        "spending",
        text(
            "Department,Supplier,Date,Amount",
            "Adults,Acme,01/04/2024,10.00",
            "Adults,Beta,01/04/2024,20.00",
            "Adults Total,,,30.00",
            "Places,Acme,02/04/2024,5.00",
            "Places Total,,,5.00",
            "Grand Total,,,35.00",
        ),
        taken=3,
        total="35.00",
    ),
    Case(
        "a firm that is called Total is no total",
        "spending",
        text(
            "Supplier,Date,Transaction No,Amount",
            "Total Gas & Power Ltd,01/04/2024,9,100.00",
            "TOTAL,02/04/2024,10,50.00",
        ),
        taken=2,
        total="150.00",
    ),
    Case(
        "each unreadable row is told, the others come in",
        "spending",
        text(
            "Supplier,Date,Amount",
            "Acme,01/04/2024,10.00",
            ",01/04/2024,20.00",
            "Beta,soon,30.00",
            "Gamma,02/04/2024,#REF!",
            "Delta,03/04/2024,1.5E+03",
            "Epsilon,04/04/2024,",
            "Zeta,05/04/2024,7.00",
        ),
        taken=2,
        total="17.00",
        errors={
            3: "who was paid",
            4: "not a date",
            5: "error",
            6: "short form",
            7: "no amount",
        },
    ),
    Case(
        "a police force: department family, entity, invoice amount",
        "spending",
        text(
            "Department Family,Entity,Date,Expense Type,Expense Area,Supplier,Transaction Number,"
            "Amount,Description,Supplier Postcode",
            "Home Office,Weirshire Police,15/04/2024,Fleet,Transport,Ferry Motors,55,"
            '"12,000.00",Vans,WR1 1AA',
        ),
        taken=1,
        total="12000.00",
        first={"payer": "Weirshire Police", "postcode": "WR1 1AA"},
    ),
    Case(
        "a local hospital trust: AP amount, pipe between cells",
        "spending",
        text(
            "Entity|Date|Expense Type|Supplier|Transaction Number|AP Amount (£)|Purchase Number",
            "Weir NHS Trust|2024-04-30|Drugs|Pharma plc|77|26,100.00|P9",
        ),
        taken=1,
        total="26100.00",
    ),
    Case(
        "Agresso's export: ApAr names, amounts with a comma for thousands in quotes",
        "spending",
        text(
            "OrganisationName,OrganisationCode,EffectiveDate,DirectorateName,ServiceCategoryName,"
            "SupplierName,PaymentDate,TransactionNumber,NetAmount,IrrecoverableVATAmount,Purpose",
            "Weirshire,http://opendatacommunities.org/id/x,2024-04-30,Places,Waste,Tip Ltd,"
            '2024-04-12,5,"1,000",0,Bins',
        ),
        taken=1,
        total="1000.00",
        first={"supplier": "Tip Ltd", "paid_on": "2024-04-12"},
    ),
    Case(
        "debit and credit in two columns",
        "spending",
        text(
            "Payee,Date,Debit,Credit",
            "Acme,01/04/2024,100.00,",
            "Acme,02/04/2024,,25.00",
        ),
        taken=2,
        total="75.00",
    ),
    Case(
        "a purchase card list",
        "spending",
        text(
            "Transaction Date,Merchant Name,Merchant Category,Transaction Amount,Cost Centre",
            "01/04/2024,TRAINLINE,Railways,45.60,Adults",
        ),
        taken=1,
        total="45.60",
        first={"supplier": "TRAINLINE", "is_card": "True"},
    ),
    Case(
        "headings again at the top of each printed page",
        "spending",
        text(
            "Supplier,Date,Amount",
            "Acme,01/04/2024,10.00",
            "Supplier,Date,Amount",
            "Beta,02/04/2024,5.00",
            "Page total,,15.00",
        ),
        taken=2,
        total="15.00",
    ),
)
