"""What every journey says: its questions with their choices, why it asks, that it stopped.

Payloads of choices are `<journey>:<step>.<value>`. Not here: results (one module per journey).
"""

from collections.abc import Sequence

from content.compose.amounts import amount_text
from content.compose.writer import Writer, shortened
from content.journeys.amount_codes import amount_of, has_currency
from content.journeys.places import way_to
from content.journeys.steps import Question, Told
from content.messages import Button, Message

_STARTS = ("fee-check",)


def journey_question(
    writer: Writer, journey: str, asked: Question, *, lead: str = "", can_go_back: bool = True
) -> Message:
    """A question with what can be chosen; `lead` stands before it, a sentence of the catalogue."""
    text = writer.say(f"{journey}.ask.{_about(asked)}")
    return writer.message(
        "journey",
        f"{lead}\n\n{text}".strip(),
        *_choices(writer, journey, asked),
        *_controls(writer, can_go_back=can_go_back),
    )


def journey_why(writer: Writer, journey: str, asked: Question) -> Message:
    """Why a question is asked, and the question again."""
    return journey_question(writer, journey, asked, lead=writer.say(f"{journey}.why.{_about(asked)}"))


def journey_which(writer: Writer, journey: str, asked: Question, values: Sequence[str]) -> Message:
    """What was typed may be one of several things."""
    return writer.message(
        "journey",
        writer.say("journey.which"),
        *(_choice(writer, journey, asked, value) for value in values),
        *_controls(writer, can_go_back=True),
    )


def journey_hint(writer: Writer, journey: str, asked: Question, *, again: bool) -> Message:
    """How the question can be answered; the second time with ways out of the journey."""
    message = journey_question(writer, journey, asked, lead=writer.say(f"journey.hint.{asked.wanted}"))
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


def journey_starts(writer: Writer) -> list[Button]:
    """All journeys that can be begun."""
    return [writer.button(f"{journey}.start", journey) for journey in _STARTS]


def title_of(writer: Writer, step: str, value: str) -> str:
    """A value of a step as people read it."""
    if step == "origin":
        return writer.name_of("country", value)
    if step == "place":
        way = way_to(value)
        return (
            writer.name_of("scheme", way.scheme)
            if way.scheme
            else writer.name_of("country", way.destination or "")
        )
    if (amount := amount_of(value)) is not None:
        return amount_text(writer, amount)
    if writer.words.has(f"choice.{step}.{value}", "en"):
        return writer.say(f"choice.{step}.{value}")
    return writer.name_of("sector" if step == "work" else "scheme", value)


def _about(asked: Question) -> str:
    return "currency" if asked.wanted == "currency" else asked.about


def _choices(writer: Writer, journey: str, asked: Question) -> list[Button]:
    values = asked.choices
    if asked.wanted == "country" and not values:
        values = tuple(writer.offered_countries())
    return [_choice(writer, journey, asked, value) for value in values if has_currency(value)]


def _choice(writer: Writer, journey: str, asked: Question, value: str) -> Button:
    title = shortened(title_of(writer, asked.about, value))
    return Button(title=title, payload=f"{journey}:{asked.step}.{value}")


def _controls(writer: Writer, *, can_go_back: bool) -> list[Button]:
    back = [writer.button("journey.back", "control:back")] if can_go_back else []
    return [
        writer.button("journey.skip", "control:skip"),
        *back,
        writer.button("journey.why", "control:why"),
        writer.button("journey.stop", "control:stop"),
    ]


def _menu(writer: Writer) -> Button:
    return writer.button("menu.button", "menu")
