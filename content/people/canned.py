"""Canned replies: words that counsellors say often, kept per language."""

from dataclasses import dataclass

from sqlalchemy import Engine, delete, select

from content.people.models import CannedReply
from content.store import reading, writing

LONGEST_TITLE, LONGEST_TEXT = 80, 2_000


class CannedError(ValueError):
    """A reply that cannot be kept; `reason` is empty or too-long."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Canned:
    """One of them."""

    id: int
    language: str
    title: str
    text: str


class CannedReplies:
    """The door to them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of_language(self, language: str) -> list[Canned]:
        """The replies of a language by title."""
        wanted = select(CannedReply).where(CannedReply.language == language).order_by(CannedReply.title)
        with reading(self._engine) as session:
            return [_canned(row) for row in session.scalars(wanted)]

    def get(self, id_: int) -> Canned | None:
        """One reply; None if it is no more."""
        with reading(self._engine) as session:
            row = session.get(CannedReply, id_)
            return None if row is None else _canned(row)

    def keep(self, language: str, title: str, text: str, id_: int | None = None) -> None:
        """A new reply, or other words for one."""
        title, text = " ".join(title.split()), text.strip()
        if not title or not text:
            raise CannedError("empty")
        if len(title) > LONGEST_TITLE or len(text) > LONGEST_TEXT:
            raise CannedError("too-long")
        with writing(self._engine) as session:
            row = session.get(CannedReply, id_) if id_ is not None else None
            if row is None:
                row = CannedReply(language=language)
                session.add(row)
            row.title, row.text = title, text

    def drop(self, id_: int) -> None:
        """Let one go."""
        with writing(self._engine) as session:
            session.execute(delete(CannedReply).where(CannedReply.id == id_))


def _canned(row: CannedReply) -> Canned:
    return Canned(row.id, row.language, row.title, row.text)
