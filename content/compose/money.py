"""The results of the journey `money`: what is left of the pay, paying back a loan, what sending costs.

Not here: the sums (`content.journeys.money_take_home`, `money_loan`, `money_transfer`).
"""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from content.compose.amounts import amount_text, number_text
from content.compose.journeys import journey_starts
from content.compose.writer import Writer, service_line
from content.journeys.amounts import Money
from content.journeys.money_figures_in_force import FiguresInForce, Known
from content.journeys.money_loan import Loan
from content.journeys.money_take_home import TakeHome
from content.journeys.money_transfer import Transfer
from content.messages import Message, Source

JOURNEY = "money"
_MOST_ANSWERS = 2
_MOST_SERVICES = 2
_SEND_ANSWERS = ("money.cost-of-sending", "money.safe-ways-to-send")
_LOAN_ANSWERS = ("money.loans", "decide.what-will-i-save")
_BAR = 10  # blocks
_HUNDRED = 100  # above this, cents say nothing
_HIGH = 24  # percent a year: from here on it is said to be very much; no law says so
_MONTHS_A_YEAR = 12
_PARAGRAPH = "\n\n"


def money_take_home(writer: Writer, told: TakeHome, figures: FiguresInForce) -> Message:
    """The sum line by line with bars, what is left, what the law says, the sources."""
    period = writer.say(f"money.period.{told.time}")
    known = [each for each in (told.least, told.too_high_rent, *told.figures) if each is not None]
    parts = [
        writer.say("money.take-home.lead", period=period),
        "\n".join(f"- {line}" for line in _lines(writer, told)),
        *_verdicts(writer, told),
        *_unknown(writer, told),
        "\n".join(f"- {_figure(writer, each)}" for each in told.figures),
        writer.say("money.checked") if known else "",
    ]
    record = figures.record
    answers = record.answers if record else _LOAN_ANSWERS[1:]
    services = writer.repository.services(writer.language, ids=record.services) if record else ()
    message = _message(writer, "take-home", parts, answers, known)
    lines = [service_line(service) for service in services[:_MOST_SERVICES]]
    return message.model_copy(update={"services": lines if told.is_below_least or told.too_high_rent else []})


def money_loan(writer: Writer, told: Loan) -> Message:
    """For how long, how much altogether, and what to beware of."""
    facts = told.facts

    def money(value: Decimal) -> str:
        return _amount(writer, value, facts.loan.currency)

    if told.months is None:
        lead = writer.say("money.loan.never", interest=money(told.monthly), repay=money(facts.repay))
        paid = ""
    else:
        lead = writer.say("money.loan.months", time=_time(writer, told.months))
        paid = (
            writer.say("money.loan.all", all=money(told.paid), interest=money(told.interest))
            if told.interest
            else writer.say("money.loan.no-interest", all=money(told.paid))
        )
    high = told.yearly >= _HIGH
    parts = [
        lead,
        paid,
        writer.say("money.loan.high", number=number_text(_rounded(told.yearly))) if high else "",
        writer.say("money.loan.advice"),
    ]
    return _message(writer, "loan", parts, _LOAN_ANSWERS, ())


def money_transfer(writer: Writer, told: Transfer) -> Message:
    """The cost in percent and in money, beside the goal and what others pay."""
    known = [each for each in (told.goal, told.average, told.cheapest, told.world) if each is not None]
    parts = [
        *_cost(writer, told),
        writer.say("money.transfer.goal", number=_percent(told.goal)) if told.goal else "",
        *_others(writer, told),
    ]
    return _message(writer, "transfer", parts, _SEND_ANSWERS, known)


def money_too_little(writer: Writer) -> Message:
    """What was told is not enough for a sum."""
    return _message(writer, "take-home", [writer.say("money.too-little")], _LOAN_ANSWERS[1:], ())


def _lines(writer: Writer, told: TakeHome) -> Iterator[str]:
    """Each part with its amount and, as a picture, its share of the pay."""
    yield _line(writer, "wage", told.pay, told)
    for each in told.taken:
        yield _line(writer, each.part, -each.value, told)
    yield _line(writer, "left", told.left, told)
    if told.send:
        yield _line(writer, "send", -told.send, told)
        yield _line(writer, "kept", told.kept, told)


def _line(writer: Writer, part: str, value: Decimal, told: TakeHome) -> str:
    sign = "−" if value < 0 else ""
    share = abs(value) / told.pay if told.pay else Decimal(0)
    blocks = min(_BAR, int((share * _BAR).to_integral_value(ROUND_HALF_UP)))
    amount = _amount(writer, abs(value), told.currency)
    return f"{writer.say(f'money.line.{part}')}: {sign}{amount} {'█' * blocks}{'░' * (_BAR - blocks)}"


def _verdicts(writer: Writer, told: TakeHome) -> Iterator[str]:
    """What the sum means, and what the law says of the pay and the room."""
    if told.left <= 0:
        yield writer.say("money.nothing-left")
    elif told.kept < 0:
        yield writer.say("money.too-much-sent", amount=_amount(writer, -told.kept, told.currency))
    if told.for_stay is not None and told.left > 0:
        number = number_text(told.months or Decimal(0))
        yield writer.say(
            "money.for-stay", number=number, amount=_amount(writer, told.for_stay, told.currency)
        )
        if told.sent_for_stay is not None and told.kept >= 0:
            yield writer.say(
                "money.sent-for-stay",
                number=number,
                amount=_amount(writer, told.sent_for_stay, told.currency),
            )
    if told.least is not None:
        said = "below-least" if told.is_below_least else "least"
        yield writer.say(f"money.{said}", amount=_known(writer, told.least))
    if told.too_high_rent is not None:
        yield writer.say("money.rent-too-high", amount=_known(writer, told.too_high_rent))


def _unknown(writer: Writer, told: TakeHome) -> Iterator[str]:
    """What was taken from figures, and what is missing in the sum."""
    if "wage" in told.guessed:
        yield writer.say("money.taken-least")
    hours = next((each for each in told.figures if each.rule.figure == "paid-hours"), None)
    if "hours" in told.guessed and hours is not None:
        yield writer.say("money.taken-hours", number=number_text(hours.period.value))
    if "tax" in told.not_told:
        yield writer.say("money.tax-not-known")
    others = [writer.say(f"money.line.{part}") for part in told.not_told if part != "tax"]
    if others:
        yield writer.say("money.not-told", parts=", ".join(others))


def _figure(writer: Writer, known: Known) -> str:
    period = known.period
    return writer.say(
        f"money.figure.{known.rule.figure}",
        number=number_text(period.value),
        amount=_known(writer, known) if period.unit.isupper() else "",
    )


def _known(writer: Writer, known: Known) -> str:
    """A figure that is money, for its time."""
    period = known.period
    return amount_text(writer, Money(period.value, period.unit, None if period.per == "job" else period.per))


def _time(writer: Writer, months: int) -> str:
    years, left = divmod(months, _MONTHS_A_YEAR)
    said_years = writer.say("money.loan.year") if years == 1 else writer.say("money.loan.years", number=years)
    said_months = (
        writer.say("money.loan.month") if left == 1 else writer.say("money.loan.months-only", number=left)
    )
    if not years:
        return said_months
    return writer.say("money.loan.together", years=said_years, months=said_months) if left else said_years


def _cost(writer: Writer, told: Transfer) -> Iterator[str]:
    percent = number_text(_one_digit(told.percent))
    if told.hidden is None:
        yield writer.say("money.transfer.fee-only", number=percent)
        return
    if told.cost < 0:
        yield writer.say("money.transfer.very-good")
        return
    currency = told.sent.currency
    yield writer.say("money.transfer.cost", number=percent, amount=_amount(writer, told.cost, currency))
    yield writer.say(
        "money.transfer.parts",
        fee=_amount(writer, told.fee or Decimal(0), currency),
        rate=_amount(writer, told.hidden, currency),
    )
    yield writer.say(f"money.transfer.{'good' if told.is_good else 'dear'}")


def _others(writer: Writer, told: Transfer) -> Iterator[str]:
    """What others pay, and when that was."""
    if told.average is not None and told.cheapest is not None:
        yield writer.say(
            "money.transfer.average",
            country=writer.name_of("country", told.country or ""),
            average=_percent(told.average),
            cheapest=_percent(told.cheapest),
            day=writer.words.day(told.average.period.since, writer.language),
        )
    if told.world is not None:
        yield writer.say(
            "money.transfer.world",
            average=_percent(told.world),
            day=writer.words.day(told.world.period.since, writer.language),
        )


def _percent(known: Known) -> str:
    return number_text(known.period.value)


def _amount(writer: Writer, value: Decimal, currency: str) -> str:
    """An amount as a sum shows it: without cents where it is large."""
    return amount_text(writer, Money(_rounded(value), currency))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1) if abs(value) >= _HUNDRED else Decimal("0.01"), ROUND_HALF_UP)


def _one_digit(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _message(
    writer: Writer, sum_: str, parts: Iterable[str], answers: tuple[str, ...], known: Iterable[Known]
) -> Message:
    sources = {each.period.source.url: each.period.source for each in known}
    return Message(
        kind="journey",
        text=_PARAGRAPH.join(part for part in parts if part),
        language=writer.language,
        title=writer.say(f"money.{sum_}.title"),
        checked_on=min((source.checked_on for source in sources.values()), default=None),
        sources=[
            Source(
                title=source.title,
                publisher=source.publisher,
                url=str(source.url),
                checked_on=source.checked_on,
            )
            for source in sources.values()
        ],
        buttons=[
            writer.button("money.change", f"{JOURNEY}:change.last"),
            writer.button("money.again", JOURNEY),
            *writer.answer_buttons(answers, most=_MOST_ANSWERS),
            *(each for each in journey_starts(writer) if each.payload in ("fee-check", "offer-check")),
            writer.button("menu.button", "menu"),
        ],
    )
