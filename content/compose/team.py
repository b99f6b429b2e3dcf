"""Messages around a talk with our team: offer, agreement, beginning and end, and what the team says."""

from content.compose.writer import Writer
from content.messages import Button, Message
from content.people.team import Offer
from content.plain_text import as_markdown

BEGUN = "handover.begun"
ENDED = "handover.ended"


def team_offer(writer: Writer, offer: Offer) -> tuple[str, list[Button]]:
    """What is said of our team to somebody who asks for a person, and the button to it, if any."""
    if offer.now:
        return writer.say("handover.offer"), [writer.button("handover.ask", "team")]
    if offer.opens:
        return closed_until(writer, offer), []
    return "", []


def team_closed(writer: Writer, offer: Offer) -> Message:
    """To somebody who presses an old button: that the team is not there."""
    ways = writer.button("person.button", "person"), writer.button("menu.button", "menu")
    return writer.message("notice", closed_until(writer, offer), *ways)


def closed_until(writer: Writer, offer: Offer) -> str:
    """That the team cannot be asked now, and when it can."""
    if offer.opens is None:
        return writer.say("handover.nobody")
    day = writer.say(f"weekday.{offer.opens.weekday}")
    return writer.say("handover.closed", day=day, time=offer.opens.time, place=offer.opens.place)


def team_consent(
    writer: Writer, keep_days: int, *, channel: str, question: tuple[int, str] | None
) -> Message:
    """What is passed on to whom, before anything is; `question` is the number and text of the last one."""
    told = [writer.say("handover.consent", days=keep_days)]
    if channel == "telegram":
        told.append(writer.say("handover.consent-telegram"))
    choices = [writer.button("handover.yes", "team-yes")]
    if question is not None:
        number, asked = question
        told.append(writer.say("handover.consent-question", question=as_markdown(" ".join(asked.split()))))
        choices.append(writer.button("handover.yes-question", f"team-question:{number}"))
    told.append(writer.say("handover.agree"))
    return writer.message("notice", "\n\n".join(told), *choices, writer.button("handover.no", "menu"))


def team_notice(writer: Writer, notice: str, channel: str = "") -> Message:
    """A line about the talk by the id of its words, with the ways on that belong to it."""
    text = writer.say(notice)
    if notice == BEGUN and channel == "web":
        text = f"{text}\n\n{writer.say('handover.begun-web')}"
    return writer.message("notice", text, *_ways(writer, notice))


def team_said(writer: Writer, text: str) -> Message:
    """What a person of our team wrote."""
    message = writer.message("team", as_markdown(text), writer.button("handover.end", "team-end"))
    return message.model_copy(update={"title": writer.say("handover.team")})


def _ways(writer: Writer, notice: str) -> list[Button]:
    end, danger = ("handover.end", "team-end"), ("danger.button", "danger")
    menu, person = ("menu.button", "menu"), ("person.button", "person")
    ways = {
        BEGUN: (end, danger),
        ENDED: (menu,),
        "handover.ended-by-team": (menu, person),
        "handover.none": (menu, person),
        "handover.doubt": (danger, end),
        "handover.private": (menu,),
    }.get(notice, (end,))
    return [writer.button(words, payload) for words, payload in ways]
