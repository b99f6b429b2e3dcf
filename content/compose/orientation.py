"""What the orientation says: screens and questions in the words of the course, and its summary at the end.

Not here: which screen comes next (`content.journeys.orientation`).
"""

from collections.abc import Sequence

from content.compose.journeys import journey_controls, journey_starts
from content.compose.writer import Writer
from content.journeys.orientation import READ, Answered, Place
from content.journeys.steps import Question, Told
from content.messages import Button, Message, Source
from content.records import Course
from content.texts import RecordText

JOURNEY = "orientation"
_MOST_ANSWERS = 2
_MOST_SOURCES = 3


def orientation_place(
    writer: Writer, course: RecordText[Course], place: Place, asked: Question, told: Told, *, lead: str = ""
) -> Message:
    """A screen, or the question of a lesson with its choices; `lead` stands before it."""
    of, words = place.lesson.id, course.words
    heading = writer.say("orientation.lesson", number=place.number, all=len(place.course.lessons))
    if place.screen is not None:
        body = words[f"{of}.screen-{place.screen}"]
        choices = [writer.button("orientation.next", f"{JOURNEY}:{asked.step}.{READ}")]
    else:
        listed = "\n".join(f"- {number}: {words[f'{of}.choice-{number}']}" for number in asked.choices)
        body = f"{words[f'{of}.question']}\n\n{listed}"
        choices = [
            Button(title=number, payload=f"{JOURNEY}:{asked.step}.{number}") for number in asked.choices
        ]
    parts = [lead, f"**{heading}: {words[f'{of}.title']}**", body]
    return Message(
        kind="journey",
        text="\n\n".join(part for part in parts if part),
        language=writer.language,
        # Once a lesson is enough to say that a computer wrote it; another language is always named.
        translation=course.translation if place.screen == 1 or course.translation == "missing" else None,
        buttons=[*choices, *journey_controls(writer, asked, told)],
    )


def orientation_feedback(writer: Writer, course: RecordText[Course], answered: Answered) -> str:
    """Whether an answer was right, and why the right one is."""
    of, right = answered.lesson.id, answered.lesson.right
    choice = course.words[f"{of}.choice-{right}"]
    verdict = (
        writer.say("orientation.right")
        if answered.is_right
        else writer.say("orientation.wrong", number=right, choice=choice)
    )
    return f"{verdict} {course.words[f'{of}.why']}"


def orientation_summary(
    writer: Writer, course: RecordText[Course], answered: Sequence[Answered], *, lead: str
) -> Message:
    """The end of a course: how many were right, and what to remember, to be passed on to the family."""
    right = sum(each.is_right for each in answered)
    remember = "\n".join(f"- {course.words[f'{each.lesson.id}.why']}" for each in answered)
    parts = [
        lead,
        f"**{course.words['title']}**",
        writer.say("orientation.done", right=right, all=len(answered)),
        f"**{writer.say('orientation.remember')}**\n\n{remember}",
        writer.say("orientation.share"),
    ]
    missed = [key for each in answered if not each.is_right for key in each.lesson.answers]
    sources = course.about.sources[:_MOST_SOURCES]
    return Message(
        kind="journey",
        text="\n\n".join(part for part in parts if part),
        language=writer.language,
        title=writer.say("orientation.title"),
        translation=course.translation,
        checked_on=min(source.checked_on for source in course.about.sources),
        sources=[
            Source(
                title=source.title, publisher=source.publisher, url=source.url, checked_on=source.checked_on
            )
            for source in sources
        ],
        buttons=[
            *writer.answer_buttons(missed, most=_MOST_ANSWERS),
            writer.button("orientation.again", JOURNEY),
            *(each for each in journey_starts(writer) if each.payload != JOURNEY),
            writer.button("menu.button", "menu"),
        ],
    )
