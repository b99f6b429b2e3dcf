"""What an action writes down about a turn: counts, unanswered questions, verdicts.

An answer matters more than its record: when the people store cannot be written, that is logged
and the person gets the reply all the same. What staff try is not written down.
"""

import logging
from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from actions.person import Person
from actions.resources import Resources
from content import clock
from content.messages import Message

_log = logging.getLogger(__name__)


def count(shared: Resources, person: Person, message: Message) -> None:
    """One more turn of this kind today."""
    if shared.is_trial:
        return
    shared.tally.count(clock.today(), person.language, person.channel, message.kind, message.answer)


def unanswered(shared: Resources, person: Person, question: str, guesses: Sequence[str]) -> None:
    """A question for staff, personal data taken out."""
    _kept(
        shared, "an unanswered question", lambda: shared.people.unanswered(question, person.language, guesses)
    )


def feedback(shared: Resources, person: Person, answer: str, verdict: str) -> None:
    """A thumb up or down."""
    _kept(shared, "a verdict", lambda: shared.people.feedback(answer, person.language, verdict))


def _kept(shared: Resources, what: str, write: Callable[[], None]) -> None:
    if shared.is_trial:
        return
    try:
        write()
    except SQLAlchemyError as error:
        _log.error("%s could not be kept: %s", what, type(error).__name__)
