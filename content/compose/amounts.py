"""Amounts of money as people read them: "20,000 Vatu", "2 months of pay".

Numbers are written as the library's texts write them, in every language: 20,000.50.
"""

from decimal import Decimal

from babel.numbers import format_decimal

from content.compose.writer import Writer
from content.journeys.amounts import Amount, Between, MonthsOfPay, Unclear
from content.records import FeeLimit

_NUMBERS = "en"
_WHOLE, _WITH_CENTS = "#,##0", "#,##0.00"


def amount_text(writer: Writer, amount: Amount) -> str:
    """An amount in the writer's language; of an unclear one, its numbers."""
    if isinstance(amount, Between):
        return writer.say(
            "amount.between", low=amount_text(writer, amount.low), high=amount_text(writer, amount.high)
        )
    if isinstance(amount, MonthsOfPay):
        return writer.say("amount.months-of-pay", number=number_text(amount.months))
    if isinstance(amount, Unclear):
        return " / ".join(map(number_text, amount.numbers))
    text = f"{number_text(amount.value)} {writer.name_of('currency', amount.currency)}"
    return text if amount.per is None else writer.say(f"amount.per-{amount.per}", amount=text)


def limit_text(writer: Writer, limit: FeeLimit) -> str:
    """The most that a rule allows."""
    number = number_text(limit.value)
    text = (
        writer.say(f"amount.{limit.unit}", number=number)
        if "-" in limit.unit
        else f"{number} {writer.name_of('currency', limit.unit)}"
    )
    return text if limit.per == "job" else writer.say(f"amount.per-{limit.per}", amount=text)


def number_text(number: Decimal) -> str:
    """A number with its thousands apart; cents only where there are any."""
    return str(
        format_decimal(
            number, format=_WHOLE if number == number.to_integral_value() else _WITH_CENTS, locale=_NUMBERS
        )
    )
