"""Amounts of money: whole pennies (or the currency's smallest unit), with an ISO currency."""

from decimal import ROUND_HALF_UP, Decimal

SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$", "PLN": "zł"}
# ISO 4217 currencies with no smaller unit would go here; none of ours has one.
PLACES = Decimal("0.01")


def money_text(amount: Decimal, currency: str = "GBP") -> str:
    """The amount as people write it: £4,800 when whole, £4,800.50 when not."""
    rounded = amount.quantize(PLACES, rounding=ROUND_HALF_UP)
    digits = f"{rounded:,.0f}" if rounded == rounded.to_integral_value() else f"{rounded:,.2f}"
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    symbol = SYMBOLS.get(currency)
    if symbol is None or currency == "PLN":
        return f"{sign}{digits} {symbol or currency}"
    return f"{sign}{symbol}{digits}"
