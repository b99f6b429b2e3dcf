"""What every journey says: its questions with their choices, why it asks, that it stopped.

Payloads of choices are `<journey>:<step>.<value>`. Not here: results (one module per journey).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal

from content.compose.amounts import amount_text
from content.compose.writer import Writer, shortened
from content.journeys.amount_codes import amount_of, has_currency, has_nothing
from content.journeys.places import way_to
from content.journeys.steps import Question, Told, about
from content.messages import Button, Message
from content.words import SOURCE_LANGUAGE

# The journeys, and the topics and answers that lead to them.
_STARTS: dict[str, tuple[str, ...]] = {
    "fee-check": ("fees",),
    "agency-check": ("offices", "fees.check-agency", "fees.fake-agent"),
    "offer-check": ("fees.fake-offer",),
    "service-finder": ("rights",),
    "orientation": ("departure",),
    "checklist": ("departure", "documents", "return"),
    "career-guide": ("decide", "skills", "pathways"),
    "money": (
        "money.budget",
        "money.saving-abroad",
        "decide.what-will-i-save",
        "palm.wage",
        "palm.take-home",
        "palm.deductions",
        "rse.pay",
    ),
}
# Steps into a journey that some answers lead to; their choices name them.
_STARTS_WITHIN: dict[str, tuple[str, ...]] = {
    "money:sum.loan": ("fees.borrowing", "money.loans"),
    "money:sum.transfer": ("money.sending-home", "money.cost-of-sending"),
}


def journey_question(writer: Writer, journey: str, asked: Question, told: Told, *, lead: str = "") -> Message:
    """A question with what can be chosen; `lead` stands before it, a sentence of the catalogue."""
    words = writer.say(_words(journey, "ask", asked), **_fillings(writer, asked))
    parts = [lead, _of(writer, asked, told), words]
    return writer.message(
        "journey",
        "\n\n".join(part for part in parts if part),
        *_choices(writer, journey, asked),
        *journey_controls(writer, asked, told),
        asks_where=f"{journey}:{asked.step}." if asked.anywhere else None,
    )


def journey_why(writer: Writer, journey: str, asked: Question, told: Told) -> Message:
    """Why a question is asked, and the question again."""
    lead = writer.say(_words(journey, "why", asked))
    return journey_question(writer, journey, asked, told, lead=lead)


def journey_which(
    writer: Writer, journey: str, asked: Question, told: Told, values: Sequence[str]
) -> Message:
    """What was typed may be one of several things."""
    return writer.message(
        "journey",
        writer.say("journey.which"),
        *(_choice(writer, journey, asked, value) for value in values),
        *journey_controls(writer, asked, told),
    )


def journey_hint(writer: Writer, journey: str, asked: Question, told: Told, *, again: bool) -> Message:
    """How the question can be answered; after a second miss with ways out of the journey."""
    lead = writer.say(f"journey.hint.{asked.wanted}")
    message = journey_question(writer, journey, asked, told, lead=lead)
    if not again:
        return message
    ways_out = [writer.button("person.button", "person"), writer.button("menu.button", "menu")]
    return message.model_copy(update={"buttons": [*message.buttons, *ways_out]})


def journey_stopped(writer: Writer, *, kept: bool) -> Message:
    """The journey ends without a result; what was told in it is kept, to be gone on with, or not."""
    text = writer.say("journey.stopped-kept") if kept else writer.say("journey.stopped")
    return writer.message("journey", text, *journey_starts(writer), _menu(writer))


def journey_button(writer: Writer, journey: str) -> Button:
    """Back into a journey that something else has interrupted."""
    return Button(
        title=writer.say("journey.go-on", journey=writer.say(f"{journey}.name")), payload="control:on"
    )


def journey_taken(writer: Writer, told: Told) -> str:
    """What is taken for known at the beginning, so that somebody can say that it is not so."""
    known = [title_of(writer, step, told[step]) for step in ("origin", "place") if told.get(step)]
    return writer.say("journey.taken", known=" → ".join(known)) if known else ""


def journey_starts(writer: Writer, *under: str) -> list[Button]:
    """The journeys that can be begun; `under` an answer (its topic, its key) those that go on from it."""
    begun = [
        writer.button(f"{journey}.start", journey)
        for journey, places in _STARTS.items()
        if not under or not set(under).isdisjoint(places)
    ]
    within = [
        writer.button(f"choice.{payload.partition(':')[2]}", payload)
        for payload, places in _STARTS_WITHIN.items()
        if not set(under).isdisjoint(places)
    ]
    return [*within, *begun]


def title_of(writer: Writer, step: str, value: str) -> str:
    """A value of a step as people read it."""
    if step in _NAMED:
        return _NAMED[step](writer, value)
    if (amount := amount_of(value)) is not None:
        return amount_text(writer, amount)
    said_as = step.rpartition("-")[2]  # "wage-per" is said like any other "per"
    for choice in (f"choice.{step}.{value}", f"choice.{said_as}.{value}", f"choice.answer.{value}"):
        if writer.words.has(choice, SOURCE_LANGUAGE):
            return writer.say(choice)
    if step in ("course", "list"):
        return scheme_title(writer, value)
    return writer.name_of("sector" if step == "work" else "scheme", value)


def _country(writer: Writer, value: str) -> str:
    return writer.name_of("country", value)


def _place(writer: Writer, value: str) -> str:
    way = way_to(value)
    return scheme_title(writer, way.scheme) if way.scheme else _country(writer, way.destination or "")


def _day(writer: Writer, value: str) -> str:
    return writer.words.day(date.fromisoformat(value), writer.language)


# How values are named whose steps are not a choice among few.
_NAMED: Mapping[str, Callable[[Writer, str], str]] = {
    "origin": _country,
    "country": _country,
    "passport": _country,
    "place": _place,
    "departure": _day,
}


def scheme_title(writer: Writer, scheme: str) -> str:
    """A scheme by its name and the country it leads to."""
    leads_to = {each.value: each.destination for each in writer.repository.gazetteer("scheme")}
    name, country = writer.name_of("scheme", scheme), leads_to.get(scheme)
    return f"{name} ({writer.name_of('country', country)})" if country else name


def _words(journey: str, what: Literal["ask", "why"], asked: Question) -> str:
    """The message that puts a question, or says why it is asked; which money it is, all ask alike."""
    if asked.wanted == "currency":
        return f"journey.{what}.currency"
    return f"{journey}.{what}.{asked.one_of or asked.about}"


def _choices(writer: Writer, journey: str, asked: Question) -> list[Button]:
    values = asked.choices
    if asked.wanted == "country" and not values:
        values = tuple(writer.offered_countries() if asked.anywhere else writer.offered_origins())
    return [_choice(writer, journey, asked, value) for value in values if has_currency(value)]


def _choice(writer: Writer, journey: str, asked: Question, value: str) -> Button:
    title = shortened(_title(writer, asked, value))
    return Button(title=title, payload=f"{journey}:{asked.step}.{value}")


def _title(writer: Writer, asked: Question, value: str) -> str:
    if asked.wanted in ("amount", "number", "percent") and has_nothing(value):
        return writer.say("choice.nothing")
    return f"{value}%" if asked.wanted == "percent" else title_of(writer, asked.about, value)


def _fillings(writer: Writer, asked: Question) -> dict[str, str]:
    """What fills the blanks of a question's words."""
    return {name: _filling(writer, name, value) for name, value in asked.fills}


def _filling(writer: Writer, name: str, value: str) -> str:
    match name:
        case "period":
            return writer.say(f"money.period.{value}")
        case "point":
            return writer.say(f"offer-check.contract.{value}")
    return writer.name_of("currency", value)


def journey_controls(writer: Writer, asked: Question, told: Told) -> list[Button]:
    """Buttons that steer a journey, and that for what is not known."""
    return [
        *([writer.button("journey.skip", "control:skip")] if asked.can_skip else []),
        *([writer.button("journey.back", "control:back")] if told else []),
        writer.button("journey.why", "control:why"),
        writer.button("journey.stop", "control:stop"),
    ]


def _of(writer: Writer, asked: Question, told: Told) -> str:
    """What the question is about, where there may be several."""
    value = told.get(asked.of or "")
    return f"**{title_of(writer, about(asked.of), value)}**" if asked.of and value else ""


def _menu(writer: Writer) -> Button:
    return writer.button("menu.button", "menu")
