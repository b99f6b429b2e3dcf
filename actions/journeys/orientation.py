"""The orientation as a journey: its screens with the courses of the store, and its summary."""

from typing import Any

from actions.journeys.journey import Journey, State
from actions.person import Person
from actions.resources import Resources
from content import compose
from content.compose import Writer
from content.journeys.orientation import Orientation, value_of
from content.journeys.steps import Question, Told
from content.messages import Message
from content.records import Course
from content.texts import RecordText
from content.words import SOURCE_LANGUAGE


class OrientationJourney(Journey):
    """Which course; then screen by screen, with a question for each lesson."""

    name = "orientation"

    def next(self, shared: Resources, told: Told) -> Question | None:
        return _policy(shared).next(told)

    def result(self, shared: Resources, writer: Writer, told: Told) -> Message:
        policy = _policy(shared)
        course, last = _text(shared, policy, writer, told), policy.just_answered(told)
        lead = compose.orientation_feedback(writer, course, last) if last else ""
        return compose.orientation_summary(writer, course, policy.answered(told), lead=lead)

    def begun(self, shared: Resources, person: Person, before: Told) -> dict[str, str]:
        """Where it was left; else the course of the person's scheme."""
        policy = _policy(shared)
        if policy.place(before) is not None:
            return dict(before)
        courses = {value_of(course) for course in policy.courses}
        scheme = person.corridor.scheme
        return {"course": scheme} if scheme in courses and "course" not in before else {}

    def shown(self, state: State) -> Told:
        """The course; how far, not every screen."""
        return {step: value for step, value in state.told.items() if step == "course"}

    def left(self, state: State) -> dict[str, Any] | None:
        """What was learnt, to be gone on with."""
        return State(told=state.told).kept()

    def asks(self, shared: Resources, person: Person, state: State) -> Message | None:
        policy, writer = _policy(shared), person.writer(shared)
        place, asked = policy.place(state.told), policy.next(state.told)
        if place is None or asked is None or state.note == "quiet":
            return super().asks(shared, person, state)
        course = _text(shared, policy, writer, state.told)
        return compose.orientation_place(
            writer, course, place, asked, state.told, lead=_lead(policy, writer, course, state)
        )


def _lead(policy: Orientation, writer: Writer, course: RecordText[Course], state: State) -> str:
    match state.note:
        case "why":
            return writer.say("orientation.why.lesson")
        case "hint":
            return writer.say("journey.hint.choice")
        case "on":
            return writer.say("journey.on")
    last = policy.just_answered(state.told)
    return compose.orientation_feedback(writer, course, last) if last else ""


def _policy(shared: Resources) -> Orientation:
    return Orientation([each.about for each in shared.repository.records(Course, SOURCE_LANGUAGE)])


def _text(shared: Resources, policy: Orientation, writer: Writer, told: Told) -> RecordText[Course]:
    course = policy.course(told)
    found = shared.repository.record(Course, course.id, writer.language) if course else None
    if found is None:
        raise LookupError(f"the course {told.get('course')!r} is not in the store")
    return found
