"""What the checklist says: what to do by when, the consent to reminders, and the reminders themselves.

Not here: what is due when (`content.journeys.checklist`), sending (`bot.reminders`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from content.compose.writer import Writer
from content.daytime import FROM_HOUR, TO_HOUR
from content.journeys.checklist import DONE, OPEN, Thing, When, step_of
from content.messages import Button, Message, Source
from content.records import Checklist
from content.texts import RecordText

JOURNEY = "checklist"
REMIND_OFF = "checklist:remind.off"
"""The payload of the button that ends reminders."""

_MOST_ANSWERS = 2
_FEW = 3  # things of a brief list, if fewer are urgent
_MOST_SOURCES = 3
_PARAGRAPH = "\n\n"
_URGENT_FIRST: tuple[When, ...] = ("late", "soon", "later")


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """A list as somebody sees it on a day: what was just done, and what there is to say about reminders.

    `next_reminder` if reminders are on, or can be begun (`can_remind`, payload of its button). Of a brief
    one what is far off is left out.
    """

    text: RecordText[Checklist]
    things: Sequence[Thing]
    departure: date | None
    day: date
    just_done: Thing | None = None
    is_brief: bool = False
    can_remind: str | None = None
    next_reminder: date | None = None

    @property
    def open_still(self) -> list[Thing]:
        """What is not done."""
        return [thing for thing in self.things if not thing.is_done]

    @property
    def shown(self) -> list[Thing]:
        """What of it is told: all, or what is urgent, and of the rest as much as fits."""
        if not self.is_brief:
            return self.open_still
        urgent = [thing for thing in self.open_still if thing.when(self.day) != "later"]
        rest = [thing for thing in self.open_still if thing not in urgent]
        return [*urgent, *rest[: max(0, _FEW - len(urgent))]]


def checklist(writer: Writer, view: ChecklistView, *, lead: str = "") -> Message:
    """The whole list, the most urgent first; `lead` stands before it."""
    open_still, shown = view.open_still, view.shown
    parts = [
        lead,
        f"**{view.text.words['title']}**",
        _departure(writer, view),
        writer.say("checklist.done-of", done=len(view.things) - len(open_still), all=len(view.things)),
        *(_section(writer, view, shown, when) for when in _URGENT_FIRST),
        writer.say("checklist.tick") if open_still else writer.say("checklist.all-done"),
    ]
    if view.next_reminder and not view.can_remind:
        parts.append(writer.say("checklist.reminders-on", day=_day(writer, view.next_reminder)))
    message = Message(
        kind="journey",
        text=_PARAGRAPH.join(part for part in parts if part),
        language=writer.language,
        title=writer.say("checklist.title"),
        # The whole list has said who wrote it and where it comes from; another language is always named.
        translation=view.text.translation if view.text.translation == "missing" else None,
        buttons=[
            *(_tick(view, thing) for thing in shown),
            *([] if view.is_brief else _urgent_answers(writer, view, open_still)),
            *_buttons(writer, view),
            writer.button("menu.button", "menu"),
        ],
    )
    return message if view.is_brief else message.model_copy(update=_origin(view.text))


def checklist_consent(writer: Writer) -> Message:
    """What is kept of whom wants to be reminded, and when they are written to, for agreement."""
    hours = {"from": f"{FROM_HOUR}:00", "to": f"{TO_HOUR}:00"}
    return writer.message(
        "journey",
        writer.say("checklist.remind-ask", **hours),
        writer.button("choice.remind.yes", f"{JOURNEY}:remind.yes"),
        writer.button("choice.remind.no", f"{JOURNEY}:remind.no"),
    )


def checklist_reminder(
    writer: Writer, text: RecordText[Checklist], things: Sequence[Thing], departure: date, day: date
) -> Message:
    """What is due, written to somebody who asked for it."""
    left = (departure - day).days
    parts = [
        writer.say("checklist.reminder", number=left) if left > 0 else writer.say("checklist.reminder-left"),
        _lines(writer, text, things),
        writer.say("checklist.reminder-end"),
    ]
    answers = [key for thing in things for key in thing.item.answers]
    return writer.message(
        "journey",
        _PARAGRAPH.join(parts),
        *writer.answer_buttons(answers, most=_MOST_ANSWERS),
        writer.button("checklist.start", JOURNEY),
        writer.button("checklist.remind-off-button", REMIND_OFF),
    )


def _origin(text: RecordText[Checklist]) -> dict[str, object]:
    """Who wrote a list, and where it comes from."""
    sources = text.about.sources
    return {
        "translation": text.translation,
        "checked_on": min(source.checked_on for source in sources),
        "sources": [
            Source(title=each.title, publisher=each.publisher, url=each.url, checked_on=each.checked_on)
            for each in sources[:_MOST_SOURCES]
        ],
    }


def _departure(writer: Writer, view: ChecklistView) -> str:
    if view.departure is None:
        return writer.say("checklist.no-day")
    left, day = (view.departure - view.day).days, _day(writer, view.departure)
    if left == 0:
        return writer.say("checklist.leaves-today")
    if left < 0:
        return writer.say("checklist.left", day=day)
    return writer.say("checklist.leaves", day=day, number=left)


def _section(writer: Writer, view: ChecklistView, shown: Sequence[Thing], when: When) -> str:
    things = [thing for thing in shown if thing.when(view.day) == when]
    if not things:
        return ""
    lines = _lines(writer, view.text, things)
    if view.departure is None:
        return lines
    heading = {"late": "checklist.late", "soon": "checklist.soon", "later": "checklist.later"}[when]
    return f"**{writer.say(heading)}**{_PARAGRAPH}{lines}"


def _lines(writer: Writer, text: RecordText[Checklist], things: Iterable[Thing]) -> str:
    return "\n".join(
        f"- **{thing.number}.** {text.words[f'item.{thing.item.id}']} ({_by(writer, thing)})"
        for thing in things
    )


def _by(writer: Writer, thing: Thing) -> str:
    if thing.by is not None:
        return writer.say("checklist.by", day=_day(writer, thing.by))
    if thing.is_after:
        return writer.say("checklist.after", number=-thing.item.days_before)
    return writer.say("checklist.before", number=thing.item.days_before)


def _tick(view: ChecklistView, thing: Thing) -> Button:
    """A thing is done when its number is pressed."""
    return Button(title=str(thing.number), payload=f"{JOURNEY}:{step_of(view.text.about, thing.item)}.{DONE}")


def _day(writer: Writer, day: date) -> str:
    return writer.words.day(day, writer.language)


def _urgent_answers(writer: Writer, view: ChecklistView, open_still: Sequence[Thing]) -> list[Button]:
    """Answers about what comes first."""
    first = sorted(open_still, key=lambda thing: _URGENT_FIRST.index(thing.when(view.day)))
    keys = [key for thing in first for key in thing.item.answers]
    return writer.answer_buttons(keys, most=_MOST_ANSWERS)


def _buttons(writer: Writer, view: ChecklistView) -> Iterator[Button]:
    if view.just_done is not None:
        step = step_of(view.text.about, view.just_done.item)
        title = writer.say("checklist.untick", number=view.just_done.number)
        yield Button(title=title, payload=f"{JOURNEY}:{step}.{OPEN}")
    if len(view.shown) < len(view.open_still):
        yield writer.button("checklist.whole", JOURNEY)
    if view.can_remind:
        yield writer.button("checklist.remind", view.can_remind)
    elif view.next_reminder:
        yield writer.button("checklist.remind-off-button", REMIND_OFF)
    if not view.is_brief:
        yield writer.button("checklist.change", f"{JOURNEY}:change.departure")
        yield writer.button("checklist.again", f"{JOURNEY}:change.list")
