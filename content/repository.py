"""Reading the content store: one immutable snapshot per version, so that a read costs microseconds.

Every call first asks for the store's version (one small select); an edit is seen at the next call.
Not here: writing (`content.workflow`, `content.importer`) and personal data (`content.people`).
"""

import logging
from collections.abc import Collection, Sequence
from threading import Lock
from time import monotonic

from sqlalchemy import Engine, exists, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from content.clock import today
from content.models import AuditEntry, Publication, StoreState
from content.records import Record
from content.snapshot import Snapshot
from content.store import reading
from content.texts import (
    ANYWHERE,
    AnswerText,
    Corridor,
    GazetteerValue,
    PhraseKind,
    PhraseText,
    RecordText,
    ServiceText,
    SourceText,
    Topic,
)

__all__ = [
    "ANYWHERE",
    "AnswerText",
    "Corridor",
    "GazetteerValue",
    "PhraseKind",
    "PhraseText",
    "Repository",
    "ServiceText",
    "SourceText",
    "Topic",
    "today",
]


_log = logging.getLogger(__name__)


class Repository:
    """All reads of published content. Thread-safe."""

    def __init__(self, engine: Engine, *, look_every: float = 0.0) -> None:
        """Read from a store; a busy process may ask for its version only every so many seconds."""
        self._engine = engine
        self._look_every = look_every
        self._looked = float("-inf")
        self._snapshot: Snapshot | None = None
        self._version = -1
        self._renewing = Lock()

    def version(self) -> int:
        """A number that grows with every change that readers can see."""
        with self._engine.connect() as connection:
            return connection.execute(_VERSION).scalar_one()

    def is_empty(self) -> bool:
        """Whether nothing is published; asked of the store alone, which is quicker than a snapshot."""
        with self._engine.connect() as connection:
            return not connection.execute(_ANYTHING).scalar_one()

    def snapshot(self) -> Snapshot:
        """Everything as it is now; hold it to ask several things of one state."""
        current, moment = self._snapshot, monotonic()
        if current is not None and moment - self._looked < self._look_every:
            return current
        try:
            version = self.version()
        except SQLAlchemyError as error:
            if current is None:
                raise
            # What was read last is better than no answer while the store is away.
            _log.error("the content store is out of reach: %s", type(error).__name__)
            return current
        self._looked = moment
        if current is not None and self._version == version:
            return current
        with self._renewing:
            if self._snapshot is None or self._version != version:
                with reading(self._engine) as session:
                    self._version, self._snapshot = self._read(session)
            return self._snapshot

    def _read(self, session: Session) -> tuple[int, Snapshot]:
        """What is told now, and the version at which it is."""
        snapshot = Snapshot(session)
        return snapshot.version, snapshot

    def languages(self) -> tuple[str, ...]:
        """Languages that have a published answer, the source language first."""
        return self.snapshot().languages()

    def topics(self) -> tuple[Topic, ...]:
        """Topics that have published answers."""
        return self.snapshot().topics()

    def answer(self, key: str, language: str, corridor: Corridor = ANYWHERE) -> AnswerText | None:
        """The most specific variant that fits the corridor; in the language, else in English."""
        return self.snapshot().answer(key, language, corridor)

    def answers(self, language: str) -> tuple[AnswerText, ...]:
        """Default variants of all answers, in the language, else in English."""
        return self.snapshot().answers(language)

    def variants(self, key: str, language: str) -> tuple[AnswerText, ...]:
        """All variants of one answer, in the language, else in English."""
        return self.snapshot().variants(key, language)

    def phrases(self) -> tuple[PhraseText, ...]:
        """Phrases of published answers, in the languages in which they are published."""
        return self.snapshot().phrases()

    def services(
        self,
        language: str,
        *,
        country: str | None = None,
        ids: Sequence[str] | None = None,
        kinds: Collection[str] | None = None,
        danger: bool | None = None,
    ) -> tuple[ServiceText, ...]:
        """Services that fit every condition given; in the order of `ids` if those are given."""
        return self.snapshot().services(language, country=country, ids=ids, kinds=kinds, danger=danger)

    def record[Kind: Record](self, kind: type[Kind], id_: str, language: str) -> RecordText[Kind] | None:
        """One record of a guided journey, its words in the language, else in English."""
        return self.snapshot().record(kind, id_, language)

    def records[Kind: Record](self, kind: type[Kind], language: str) -> tuple[RecordText[Kind], ...]:
        """All records of a kind, their words in the language, else in English."""
        return self.snapshot().records(kind, language)

    def gazetteer(self, entity: str) -> tuple[GazetteerValue, ...]:
        """All values of one entity."""
        return self.snapshot().gazetteer(entity)


class DraftRepository(Repository):
    """All reads, as if every saved draft were told already: for staff who try what they wrote."""

    def version(self) -> int:
        """A number that grows with every step that staff take, also those that no reader sees."""
        with self._engine.connect() as connection:
            return connection.execute(_STEPS).scalar_one()

    def _read(self, session: Session) -> tuple[int, Snapshot]:
        return session.scalars(_STEPS).one(), Snapshot(session, drafts=True)


_ANYTHING = select(exists(select(Publication.variant_id)))
_VERSION = select(StoreState.version)
# Both only grow, so the sum changes whenever one of them does.
_STEPS = select(StoreState.version + func.coalesce(select(func.max(AuditEntry.id)).scalar_subquery(), 0))
