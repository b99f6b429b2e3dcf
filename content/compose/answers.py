"""Messages that answer a question, or say honestly that we cannot."""

from collections.abc import Sequence

from content.clock import today
from content.compose.journeys import journey_starts
from content.compose.writer import Writer, service_line
from content.messages import Button, Message, Source
from content.repository import AnswerText, ServiceText

_RELATED = 2
_FEW_COUNTRIES = 2
_STARTERS = ("fees.who-pays", "palm.how-to-apply", "fees.fake-offer")


def answer(writer: Writer, told: AnswerText) -> Message:
    """An answer with its sources, the services that help, and the questions that follow."""
    return Message(
        kind="answer",
        text=told.body,
        language=told.language,
        title=told.title,
        answer=told.key,
        translation="missing" if told.language != writer.language else told.translation,
        checked_on=told.checked_on,
        review_due=told.review_date < today(),
        sources=[
            Source(title=s.title, publisher=s.publisher, url=s.url, checked_on=s.checked_on)
            for s in told.sources
        ],
        services=[service_line(service) for service in _services(writer, told)],
        buttons=[
            *journey_starts(writer, told.topic, told.key),
            *writer.answer_buttons(told.related, most=_RELATED),
            writer.button("feedback.yes", f"helpful:{told.key}"),
            writer.button("feedback.no", f"unhelpful:{told.key}"),
            writer.button("menu.button", "menu"),
        ],
    )


def _services(writer: Writer, told: AnswerText) -> Sequence[ServiceText]:
    """Those of the person's corridor; while the destination is not known all, unless that is a long list."""
    if not told.services:
        return ()
    services = writer.repository.services(told.language, ids=told.services)
    corridor = (writer.corridor.origin, writer.corridor.destination)
    near = [service for service in services if service.country in corridor]
    if near or writer.corridor.destination:
        return near
    return services if len({service.country for service in services}) <= _FEW_COUNTRIES else ()


def clarify(writer: Writer, keys: Sequence[str]) -> Message:
    """ "Did you mean": up to three answers, and a way on if it is none of them."""
    return writer.message(
        "clarify",
        writer.say("clarify.text"),
        *writer.answer_buttons(tuple(keys), most=3),
        writer.button("clarify.none", "none-of-these"),
    )


def fallback(writer: Writer, *, again: bool = False) -> Message:
    """We do not know; ways on. Said in other words the second time in a row."""
    ways = (
        [writer.button("person.button", "person"), writer.button("menu.button", "menu")]
        if again
        else [*writer.answer_buttons(_STARTERS, most=2), *_ways_on(writer)]
    )
    text = writer.say("fallback.again") if again else writer.say("fallback.text")
    return writer.message("fallback", text, *ways)


def nothing(writer: Writer) -> Message:
    """To a message without a word: nothing was understood, and nothing is passed on."""
    return writer.message("fallback", writer.say("fallback.nothing"), *_ways_on(writer))


def _ways_on(writer: Writer) -> list[Button]:
    return [writer.button("menu.button", "menu"), writer.button("person.button", "person")]
