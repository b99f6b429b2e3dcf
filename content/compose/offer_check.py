"""The result of the offer check: the level, each sign with why, what to do now.

Not here: what the signs weigh (`content.journeys.offer_check`).
"""

from collections.abc import Iterator, Sequence

from content.compose.journeys import journey_starts
from content.compose.writer import Writer, service_line
from content.journeys.offer_check import OfferOutcome, SignSeen
from content.messages import Message, Source
from content.repository import AnswerText

JOURNEY = "offer-check"
_MOST_ANSWERS = 3
_MOST_SERVICES = 4


def offer_check(writer: Writer, outcome: OfferOutcome, at_home: Sequence[str]) -> Message:
    """The level first, then the signs, then what to do; `at_home` are services of the country of origin."""
    reasons = [answer for sign in outcome.signs if (answer := _reason(writer, sign)) is not None]
    day = writer.words.day(outcome.on, writer.language)
    parts = [
        f"**{writer.say(f'offer-check.level.{outcome.level}')}**",
        writer.say(f"offer-check.means.{outcome.level}"),
        _signs(writer, outcome),
        _missing(writer, outcome),
        writer.say("offer-check.not-told") if outcome.not_told and outcome.level != "too-little" else "",
        f"**{writer.say('offer-check.now')}**\n\n" + writer.say(f"offer-check.do.{outcome.level}"),
        writer.say("offer-check.last", day=day),
    ]
    ids = tuple(dict.fromkeys((*at_home, *outcome.services)))
    services = writer.repository.services(writer.language, ids=ids)[:_MOST_SERVICES]
    return Message(
        kind="journey",
        text="\n\n".join(part for part in parts if part),
        language=writer.language,
        title=writer.say("offer-check.title"),
        checked_on=min((answer.checked_on for answer in reasons), default=None),
        sources=list(_sources(reasons)),
        services=[service_line(service) for service in services],
        buttons=[
            writer.button("offer-check.change", f"{JOURNEY}:change.last"),
            *(each for each in journey_starts(writer) if each.payload != JOURNEY),
            *writer.answer_buttons(outcome.answers, most=_MOST_ANSWERS),
            writer.button("offer-check.again", JOURNEY),
            writer.button("person.button", "person"),
            writer.button("menu.button", "menu"),
        ],
    )


def offer_read(writer: Writer, outcome: OfferOutcome) -> str:
    """What was read in a pasted offer, to stand before the next question."""
    return "\n\n".join(
        (writer.say("offer-check.read"), _signs(writer, outcome), writer.say("offer-check.not-so"))
    )


def offer_seen(writer: Writer, outcome: OfferOutcome) -> Message:
    """That a text looks like a false offer, and why; with the way to check it."""
    text = f"**{writer.say('offer-check.seen')}**\n\n{_signs(writer, outcome)}"
    return writer.message("journey", text, writer.button("offer-check.start", JOURNEY))


def _missing(writer: Writer, outcome: OfferOutcome) -> str:
    """What the contract does not say."""
    points = "\n".join(f"- {writer.say(f'offer-check.contract.{point}')}" for point in outcome.contract_lacks)
    return f"**{writer.say('offer-check.missing')}**\n\n{points}" if points else ""


def _signs(writer: Writer, outcome: OfferOutcome) -> str:
    return "\n".join(f"- {writer.say(f'offer-check.sign.{sign.id}')}" for sign in outcome.signs)


def _reason(writer: Writer, sign: SignSeen) -> AnswerText | None:
    """The answer that tells why it is a sign."""
    found = (writer.repository.answer(key, writer.language, writer.corridor) for key in sign.answers)
    return next((answer for answer in found if answer is not None), None)


def _sources(reasons: Sequence[AnswerText]) -> Iterator[Source]:
    """The first source of each reason."""
    first = {answer.sources[0].url: answer.sources[0] for answer in reasons if answer.sources}
    for source in first.values():
        yield Source(
            title=source.title, publisher=source.publisher, url=source.url, checked_on=source.checked_on
        )
