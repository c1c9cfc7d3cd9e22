"""The columns of spending files: the Transparency Code's fields in the many ways to head them.

The headings are those of published files: English districts, counties and London boroughs, fire
authorities, card lists, and the exports of the ledgers they come from (Agresso, SAP, Oracle).
Patterns match folded headings (see ``folded_heading``): "Nett Amt (£) exc. VAT" is there
"net amount excl vat".
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from places.imports.formats.columns import Column
from places.imports.formats.dates import is_date

_WHO: Final = (
    r"(?:supplier|payee|vendor|creditor|beneficiary|recipient|merchant|provider|contractor)"
)
_SUM: Final = r"(?:amount|value|total|cost|spend|expenditure|sum|payment|price|paid|invoice|line)"
_NET: Final = (
    r"(?:net|excl(?: of)?(?: (?:ir)?recoverable)? vat|incl irrecoverable vat|less vat|without vat"
    r"|before vat|vat excl(?:uded)?"
    r"|net of vat|ex vat)"
)
_GROSS: Final = r"(?:gross|incl(?: of)? vat|with vat|plus vat|after vat|vat incl(?:uded)?)"
_NO_SUM: Final = (
    r"\b(?:type|category|description|code|number|reference|name|date|id|band|period|reason|"
    r"registration|detail|details|group|status|centre|supplier|method|run)\b"
)

SUPPLIER: Final = Column(
    "supplier",
    _("Who was paid"),
    (
        rf"{_WHO} (?:s )?name",
        rf"name of (?:the )?{_WHO}",
        r"supplier beneficiary(?: name)?|supplier s name|supplier",
        r"payee|vendor|creditor|beneficiary|recipient",
        r"merchant|contractor|provider",
        r"paid to|payable to|payment to|who was paid|supplier paid|account name|trading name",
        r"company name|company|client name|customer name|grantee|recipient organisation(?: name)?",
        r"recipient org(?:anisation)? name|(?:trading|business) partner|third party|trader",
        r"(?:to )?whom(?: we)? paid|(?:who|company|organisation|firm) (?:we |was )?paid",
        r"(?:enw r |enw )?(?:cyflenwr|cyflenwyr|derbynnydd|talai)",  # in Wales
        r"name|row labels",
    ),
    (rf"{_WHO}(?: legal| trading| full| invoice)? name", _WHO, "redacted supplier"),
    never=(
        r"\b(?:id|number|code|reference|category|type|postcode|address|vat|town|charity"
        r"|registration"
        r"|classification|company number|description|sme|size|count|site|group|date|invoice)\b"
    ),
    required=True,
)
NET: Final = Column(
    "net",
    _("Amount without VAT"),
    (
        rf"net|net {_SUM}(?: paid)?|{_SUM} net|net invoice {_SUM}|invoice net {_SUM}",
        rf"{_SUM}(?: {_SUM})? {_NET}",
        rf"{_NET} {_SUM}(?: {_SUM})?",
    ),
    (rf"{_SUM} {_NET}", rf"{_NET} {_SUM}", r"net", rf"{_SUM} (?:\w+ )?{_NET}"),
    never=rf"\bgross\b|\bvat (?:amount|number|code)\b|{_NO_SUM}",
)
GROSS: Final = Column(
    "gross",
    _("Amount with VAT"),
    (
        rf"gross|gross {_SUM}(?: paid)?|{_SUM} gross",
        rf"{_SUM}(?: {_SUM})? {_GROSS}",
        rf"{_GROSS} {_SUM}",
    ),
    (rf"{_SUM} {_GROSS}", rf"{_GROSS} {_SUM}", r"gross", rf"{_SUM} (?:\w+ )?{_GROSS}"),
    never=rf"\bnet\b|\bvat (?:amount|number|code)\b|{_NO_SUM}",
)
IRRECOVERABLE: Final = Column(
    "irrecoverable_vat",
    _("VAT that is not got back"),
    (
        r"irrecoverable vat(?: amount)?|vat irrecoverable|vat not recoverable|non recoverable vat",
        r"(?:value added tax |vat |value added tax vat )?that (?:cannot|can not) be recovered",
        r"vat not recovered|unrecoverable vat|irrecoverable",
    ),
    (r"(?:irrecoverable|unrecoverable|non recoverable|not recoverable)", r"cannot be recovered"),
    never=r"\b(?:incl|excl|net|gross)\b",
)
VAT: Final = Column(
    "vat",
    _("VAT"),
    (
        r"vat|vat amount|vat value|amount of vat|recoverable vat|tax|tax amount|vat recoverable"
        r"|value added tax(?: vat)?|vat total|total vat",
    ),
    never=r"\b(?:number|code|registration|incl|excl|net|gross|rate|irrecoverable|not|type)\b",
)
AMOUNT: Final = Column(
    "amount",
    _("Amount, VAT not said"),
    (
        r"amount|amount paid|payment amount|amount of payment|total amount|paid amount",
        r"line amount|sum of (?:invoice )?(?:line )?distribution amount|distribution amount"
        r"|item amount",
        r"sum paid|how much|swm(?: \w+)?|cyfanswm",
        r"invoice amount|transaction amount|amount of transaction|spend amount",
        rf"{_SUM} total",
        r"value|payment value|invoice value|transaction value|total value|value of payment",
        r"sum of (?:invoice )?(?:line )?amount",
        r"total|total paid|total payments?|total spend|grand total|payment total|sum total|sum",
        r"spend|expenditure|paid|payment|payments|cost|price|actual|actuals|actual value",
        r"(?:amount|value) (?:in )?(?:pounds?|currency|local currency|base)|base amount"
        r"|home amount",
    ),
    (r"amount", rf"sum of {_SUM}", r"value"),
    never=rf"\bvat\b|\b(?:net|gross|excl|incl)\b|{_NO_SUM}",
)
DEBIT: Final = Column("debit", _("Paid out"), (r"debit|debit amount|debits",))
CREDIT: Final = Column(
    "credit", _("Paid back"), (r"credit|credit amount|credits|credit note amount",)
)
DATE: Final = Column(
    "date",
    _("Date"),
    (
        r"payment date|date paid|paid date|date of payment|pay date|date payment made"
        r"|settlement date"
        r"|date cleared|clearing date|cleared date",
        r"date|transaction date|date of (?:the )?transaction|expenditure date|date of expenditure",
        r"posting date|posted date|date posted|effective date|ledger date|gl date|accounting date",
        r"invoice date|date of invoice|invoice payment date|invoice paid date|document date"
        r"|invoice creation date|cheque date|bacs date|value date|purchase date|entry date",
        r"(?:paid|posted|cleared|incurred|spent|invoiced) on|when(?: paid)?|day|dated",
        r"when(?: we| it was)? paid|dyddiad(?: \w+){0,2}",
        r"period|month|payment month|month paid|accounting period|financial period|payment period",
        r"quarter|financial quarter|payment quarter",
    ),
    (r"date", r"month"),
    content=is_date,
    never=r"\b(?:due|order|start|end|contract|approval|created by|number)\b",
)
PAYER: Final = Column(
    "payer",
    _("Who paid"),
    (
        r"body name|name of body|authority name|council name|organisation name"
        r"|local authority name",
        r"body|authority|council|local authority|organisation|public body|entity|entity name",
        r"paying (?:body|organisation|authority|entity)|payer|publisher|business entity",
    ),
    never=r"\b(?:uri|url|code|id)\b",
)
DEPARTMENT: Final = Column(
    "department",
    _("Department"),
    (
        r"directorate|directorate name|directorate description|department|department name",
        r"department family|department description|portfolio|group|organisational unit"
        r"|organisation unit|responsible unit",
        r"(?:local authority )?department (?:which|that|where) (?:incurred (?:the )?)?expenditure"
        r"(?: (?:occurred|occured))?|department service where expenditure (?:occurred|occured)",
        r"division|division name|theme|business unit|faculty|adran|cyfarwyddiaeth",
    ),
    (r"directorate", r"department"),
    never=r"\b(?:code|number|id)\b",
)
SERVICE_AREA: Final = Column(
    "service_area",
    _("Service"),
    (
        r"service area|service area categori[sz]ation|service area name|service|service name",
        r"service division|service division categori[sz]ation|service label|expense area",
        r"service (?:area )?(?:organisation|description|group|category|unit)|area|section|team",
        r"cost centre(?: name| description)?|budget area|function|programme|entity description"
        r"|gwasanaeth",
    ),
    (r"service area", r"service", r"cost centre"),
    never=r"\b(?:code|number|id|type|cipfa|sercop)\b",
)
CATEGORY: Final = Column(
    "category",
    _("Kind of spending"),
    (
        r"expense type|expense category|expenditure type|expenditure category"
        r"|expense type category",
        r"type of expenditure|expense description|expense|category|spend category|spend type",
        r"procurement (?:category|classification)(?: description)?|proclass(?: description)?",
        r"(?:subjective|subj|account|nominal|ledger|gl|cipfa|cost element|expenditure account)"
        r"(?: code)?(?: description| name| category| group| type)",
        r"detailed expense typ(?:e)?|cipfa detailed expenditure type|cost element|subjective"
        r"|category description|commodity|commodity description|purchase category|type",
    ),
    (r"expense type", r"expenditure (?:type|category)", r"subjective", r"procurement category"),
    never=r"\b(?:merchant|supplier|capital|vendor|redact\w*|payment type)\b",
)
PURPOSE: Final = Column(
    "purpose",
    _("What it was for"),
    (
        r"purpose|purpose of (?:the )?(?:expenditure|spend|payment)|narrative",
        r"summary of (?:the )?purpose(?: of (?:the )?expenditure)?"
        r"|purpose of expenditure narrative",
        r"description|extended description|line description|invoice description|item description",
        r"transaction description|payment description|description of (?:goods|purchase|expenditure)"
        r"(?: and services| or services)?|details?|item text|text|reason|goods description"
        r"|comments?|what for|disgrifiad|diben|pwrpas",
    ),
    (r"purpose", r"narrative", r"item description"),
)
TRANSACTION: Final = Column(
    "transaction_number",
    _("Transaction number"),
    (
        r"transaction (?:number|id|reference|code)|transaction",
        r"payment (?:number|reference|id)|invoice (?:number|reference|id)|internal reference",
        r"document number|doc number|sap document number|voucher(?: number)?|document reference",
        r"reference|reference number|our reference|unique reference|journal(?: number)?"
        r"|internal transaction number|cheque number|bacs reference|internal id",
    ),
    (r"transaction (?:number|reference)", r"document number", r"invoice number"),
)
SUPPLIER_REFERENCE: Final = Column(
    "supplier_reference",
    _("Supplier's number"),
    (
        rf"{_WHO} (?:id|number|code|reference|reference number|account(?: number)?)",
        r"supplier unique reference|supplier id number|creditor reference",
    ),
    (rf"{_WHO} (?:id|number|code|reference)",),
    never=r"\b(?:vat|company|charity|name|category)\b",
)
MERCHANT_CATEGORY: Final = Column(
    "merchant_category",
    _("Merchant category"),
    (
        r"merchant category(?: name| description| code| code description| group)?"
        r"|mcc(?: description)?"
        r"|merchant (?:category )?(?:code )?(?:type|description)|category of merchant",
    ),
    (r"merchant category",),
)
CARD: Final = Column(
    "card",
    _("Paid by card"),
    (
        r"card transaction|procurement card|purchase card|purchasing card|p ?card|paid by card"
        r"|government procurement card",
    ),
    (r"card transaction",),
)
CAPITAL: Final = Column(
    "capital_or_revenue",
    _("Capital or revenue"),
    (
        r"(?:capital|cap) (?:or |and )?(?:revenue|rev)|revenue (?:or |and )?capital|rev cap"
        r"|capital revenue (?:flag|indicator|split)",
    ),
    (r"capital revenue",),
)
COMPANY: Final = Column(
    "company_number",
    _("Company number"),
    (
        r"(?:supplier )?company (?:registration )?number|companies house (?:number|id)"
        r"|company registration|supplier company number",
    ),
)
CHARITY: Final = Column(
    "charity_number",
    _("Charity number"),
    (r"(?:supplier |registered )?charity (?:registration )?number|charity",),
)
POSTCODE: Final = Column(
    "postcode", _("Supplier's postcode"), (r"(?:supplier |vendor )?postcode",), (r"postcode",)
)
CURRENCY: Final = Column(
    "currency",
    _("Currency"),
    (r"currency(?: code)?|(?:payment|transaction|invoice|document) currency(?: code)?",),
)
# Beside a month without a year: "2023/24" and "April", or "2024" and "4".
YEAR: Final = Column(
    "year",
    _("Year, where the month has none"),
    (r"year|financial year|fiscal year|calendar year|fin year|fy|payment year|year paid",),
)
_MONTH: Final = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
MONTHS: Final = Column(
    "months",
    _("First month, if there is a column for each"),
    (
        rf"{_MONTH}(?: ?\d\d(?:\d\d)?)?|\d{{4}} {_MONTH}|20\d\d \d\d(?: 01)?(?: 00 00 00)?"
        r"|01 \d\d 20\d\d|\d\d 20\d\d|(?:q|qtr|quarter) ?[1-4](?: .*)?",
    ),
)
COLUMNS: Final = (
    SUPPLIER, NET, AMOUNT, GROSS, VAT, IRRECOVERABLE, DEBIT, CREDIT, DATE, PAYER, DEPARTMENT,
    SERVICE_AREA, CATEGORY, PURPOSE, TRANSACTION, SUPPLIER_REFERENCE, MERCHANT_CATEGORY, CARD,
    CAPITAL, COMPANY, CHARITY, POSTCODE, CURRENCY, YEAR, MONTHS,
)  # fmt: skip
AMOUNTS: Final = frozenset({"net", "amount", "gross", "debit", "credit"})
# Columns whose cells are no words.
SUMS: Final = ("net", "amount", "gross", "vat")
ENOUGH: Final = tuple(frozenset({"supplier", one}) for one in (*sorted(AMOUNTS), "months"))
