"""What every journey says: its questions with their choices, why it asks, that it stopped.

Payloads of choices are `<journey>:<step>.<value>`. Not here: results (one module per journey).
"""

from collections.abc import Sequence

from content.compose.amounts import amount_text
from content.compose.writer import Writer, shortened
from content.journeys.amount_codes import amount_of, has_currency
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
}


def journey_question(writer: Writer, journey: str, asked: Question, told: Told, *, lead: str = "") -> Message:
    """A question with what can be chosen; `lead` stands before it, a sentence of the catalogue."""
    parts = [lead, _of(writer, asked, told), writer.say(f"{journey}.ask.{_about(asked)}")]
    return writer.message(
        "journey",
        "\n\n".join(part for part in parts if part),
        *_choices(writer, journey, asked),
        *journey_controls(writer, asked, told),
    )


def journey_why(writer: Writer, journey: str, asked: Question, told: Told) -> Message:
    """Why a question is asked, and the question again."""
    lead = writer.say(f"{journey}.why.{_about(asked)}")
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


def journey_stopped(writer: Writer) -> Message:
    """The journey ends without a result; nothing of it is kept."""
    return writer.message("journey", writer.say("journey.stopped"), *journey_starts(writer), _menu(writer))


def journey_button(writer: Writer, journey: str) -> Button:
    """Back into a journey that something else has interrupted."""
    return Button(
        title=writer.say("journey.go-on", journey=writer.say(f"{journey}.name")), payload="control:on"
    )


def journey_taken(writer: Writer, told: Told) -> str:
    """What is taken for known at the beginning, so that somebody can say that it is not so."""
    known = [title_of(writer, step, told[step]) for step in ("origin", "place") if step in told]
    return writer.say("journey.taken", known=" → ".join(known))


def journey_starts(writer: Writer, *under: str) -> list[Button]:
    """The journeys that can be begun; `under` an answer (its topic, its key) those that go on from it."""
    return [
        writer.button(f"{journey}.start", journey)
        for journey, places in _STARTS.items()
        if not under or not set(under).isdisjoint(places)
    ]


def title_of(writer: Writer, step: str, value: str) -> str:
    """A value of a step as people read it."""
    if step in ("origin", "country"):
        return writer.name_of("country", value)
    if step == "place":
        way = way_to(value)
        return _scheme(writer, way.scheme) if way.scheme else writer.name_of("country", way.destination or "")
    if (amount := amount_of(value)) is not None:
        return amount_text(writer, amount)
    for choice in (f"choice.{step}.{value}", f"choice.answer.{value}"):
        if writer.words.has(choice, SOURCE_LANGUAGE):
            return writer.say(choice)
    if step == "course":
        return _scheme(writer, value)
    return writer.name_of("sector" if step == "work" else "scheme", value)


def _scheme(writer: Writer, scheme: str) -> str:
    """A scheme by its name and the country it leads to."""
    leads_to = {each.value: each.destination for each in writer.repository.gazetteer("scheme")}
    name, country = writer.name_of("scheme", scheme), leads_to.get(scheme)
    return f"{name} ({writer.name_of('country', country)})" if country else name


def _about(asked: Question) -> str:
    return "currency" if asked.wanted == "currency" else asked.about


def _choices(writer: Writer, journey: str, asked: Question) -> list[Button]:
    values = asked.choices
    if asked.wanted == "country" and not values:
        values = tuple(writer.offered_countries() if asked.anywhere else writer.offered_origins())
    return [_choice(writer, journey, asked, value) for value in values if has_currency(value)]


def _choice(writer: Writer, journey: str, asked: Question, value: str) -> Button:
    title = shortened(title_of(writer, asked.about, value))
    return Button(title=title, payload=f"{journey}:{asked.step}.{value}")


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
