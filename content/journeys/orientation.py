"""Pre-departure orientation: a course of lessons, each a few short screens and a question.

What was read and answered is told step by step, so progress is the told itself; steps carry the course's
name, so that another course may be looked at without losing the first. Not here: words (they are the
course's own).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.journeys.steps import Question, Told, known
from content.records import Course
from content.records.course import Lesson

ANYONE = "anyone"
"""The value of the course that is for no scheme."""

READ = "next"
"""The value of a screen that was read."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is in a course: a lesson, counted from 1, and its screen; None is its question."""

    course: Course
    number: int
    lesson: Lesson
    screen: int | None

    @property
    def step(self) -> str:
        """The step that tells it."""
        last = "answer" if self.screen is None else f"s{self.screen}"
        return f"{value_of(self.course)}-{self.lesson.id}-{last}"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to the question of a lesson: what was chosen (0: nothing)."""

    lesson: Lesson
    chosen: int

    @property
    def is_right(self) -> bool:
        """Whether it is the right one."""
        return self.chosen == self.lesson.right


@dataclass(frozen=True, slots=True)
class Orientation:
    """The journey with the courses of the library."""

    courses: Sequence[Course]

    def next(self, told: Told) -> Question | None:
        """What comes next: a screen to read, a question, or nothing when the course is done."""
        if self.course(told) is None:
            offered = sorted(map(value_of, self.courses), key=lambda value: value == ANYONE)
            return Question("course", "choice", tuple(offered), can_skip=False)
        place = self.place(told)
        if place is None:
            return None
        if place.screen is not None:
            return Question(place.step, "choice", (READ,), can_skip=False, said_as="screen")
        numbers = tuple(str(number) for number in range(1, place.lesson.choices + 1))
        return Question(place.step, "choice", numbers, said_as="number")

    def course(self, told: Told) -> Course | None:
        """The course that was chosen."""
        chosen = known(told, "course")
        return next((course for course in self.courses if value_of(course) == chosen), None)

    def place(self, told: Told) -> Place | None:
        """The first place of the course that was not told yet; None at its end."""
        return next((place for place in self._places(told) if place.step not in told), None)

    def answered(self, told: Told) -> tuple[Answered, ...]:
        """The answers of the course so far, in order."""
        return tuple(_answer(place, told) for place in self._questions(told) if place.step in told)

    def just_answered(self, told: Told) -> Answered | None:
        """What the last message answered, if it answered a question."""
        last = next(reversed(list(told)), "")
        return next((_answer(place, told) for place in self._questions(told) if place.step == last), None)

    def _questions(self, told: Told) -> Iterator[Place]:
        return (place for place in self._places(told) if place.screen is None)

    def _places(self, told: Told) -> Iterator[Place]:
        course = self.course(told)
        for number, lesson in enumerate(course.lessons if course else (), start=1):
            for screen in (*range(1, lesson.screens + 1), None):
                yield Place(course, number, lesson, screen)  # type: ignore[arg-type]


def value_of(course: Course) -> str:
    """How a course is chosen: by its scheme."""
    return course.scheme or ANYONE


def _answer(place: Place, told: Told) -> Answered:
    chosen = told[place.step]
    return Answered(place.lesson, int(chosen) if chosen.isdecimal() else 0)
