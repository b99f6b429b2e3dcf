"""The people store: the only door to personal data. A database of its own, with its own retention.

Not here: the waiting Telegram updates (`content.people.inbox`), the talks with our team
(`content.people.handovers`), reminders (`content.people.reminders`).
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import Engine, delete, func, select, update

from content.clock import today
from content.people import handovers, reminders
from content.people.counts import add
from content.people.inbox import EMPTIED
from content.people.masking import Masking
from content.people.models import DailyCount, Feedback, Reminder, TelegramUpdate, UnansweredQuestion
from content.search.normalise import normalise

__all__ = ["People"]

_LONGEST_QUESTION = 500


class People:
    """Counts, unanswered questions, feedback; erasing and expiring."""

    def __init__(self, engine: Engine, masking: Masking | None = None) -> None:
        self._engine = engine
        self._masking = masking or Masking.read()

    def ready(self) -> bool:
        """Whether the store answers; raises SQLAlchemyError if it cannot be reached."""
        with self._engine.connect() as connection:
            connection.execute(select(1))
        return True

    def count(
        self, day: date, language: str, channel: str, kind: str, answer: str | None = None, *, number: int = 1
    ) -> None:
        """So many more turns of a kind on a day."""
        row = {"day": day, "language": language, "channel": channel, "kind": kind, "answer": answer or ""}
        add(self._engine, DailyCount, list(row), row, number=number)

    def feedback(self, answer: str, language: str, verdict: str) -> None:
        """One more verdict on an answer; by whom is not kept."""
        row = {"day": today(), "answer": answer, "language": language, "verdict": verdict}
        add(self._engine, Feedback, list(row), row)

    def unanswered(self, question: str, language: str, guesses: Sequence[str]) -> None:
        """Keep a question for staff, personal data taken out; asked again it only counts again."""
        text = " ".join(self._masking.mask(question).split())[:_LONGEST_QUESTION]
        if not (compared := normalise(text)):
            return
        day = today()
        row = {
            "language": language,
            "fingerprint": hashlib.sha256(compared.encode()).hexdigest(),
            "text": text,
            "guesses": list(guesses),
            "first_day": day,
            "last_day": day,
        }
        add(
            self._engine,
            UnansweredQuestion,
            ["language", "fingerprint"],
            row,
            last_day=day,
            guesses=list(guesses),
            aside_on=None,
        )

    def erase(self, person: str) -> dict[str, int]:
        """Erase everything of a person; rows erased per table. An update's bare id stays."""
        statement = update(TelegramUpdate).where(TelegramUpdate.chat == person).values(EMPTIED)
        with self._engine.execution_options(writes=True).begin() as connection:
            erased = {TelegramUpdate.__tablename__: connection.execute(statement).rowcount}
            erased[Reminder.__tablename__] = reminders.erase(connection, person)
            return erased | handovers.erase(connection, person)

    def next_reminder(self, person: str) -> date | None:
        """The day on which a person is reminded next; None if they are not."""
        with self._engine.connect() as connection:
            return connection.scalar(select(Reminder.next_day).where(Reminder.person == person))

    def expire(self, before: date) -> dict[str, int]:
        """Let go of what was last asked, received or said before a day; rows per table."""
        newest = select(func.max(TelegramUpdate.update_id)).scalar_subquery()
        moment = datetime.combine(before, time.min)
        old = TelegramUpdate.received_at < moment
        questions = delete(UnansweredQuestion).where(UnansweredQuestion.last_day < before)
        with self._engine.execution_options(writes=True).begin() as connection:
            # The newest id stays, emptied: it says from where to go on.
            connection.execute(update(TelegramUpdate).where(old).values(EMPTIED))
            updates = delete(TelegramUpdate).where(old, TelegramUpdate.update_id != newest)
            return {
                TelegramUpdate.__tablename__: connection.execute(updates).rowcount,
                UnansweredQuestion.__tablename__: connection.execute(questions).rowcount,
                Reminder.__tablename__: reminders.expire(connection, before),
                **handovers.expire(connection, before),
            }
