"""A turn that staff try: as of any day, with drafts if they wish, and with a sight of how it came about.

It takes the same way as every turn, with other stores and a search that takes notes; nothing of it is
counted or kept. Not here: how it is shown (`bot.console.try_it`).
"""

import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any, Protocol

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.person import Person
from actions.resources import Resources
from content.clock import as_of
from content.repository import DraftRepository
from content.search.built import build
from content.search.calibration import Calibration
from content.search.decision import Decision, decide
from content.search.follow_up import Before
from content.search.index import Ranking
from content.search.search import Search
from content.sight import Chosen, Looked, Named, Sight, Trial, Weighed
from content.snapshot import Snapshot
from content.store import open_store
from content.texts import ANYWHERE, Corridor

_MOST = 5  # candidates and intents that are shown
_IDLE = 600.0  # seconds after which the index of the drafts is let go


class Taker(Protocol):
    """Whatever takes a turn."""

    def name(self) -> str:
        """As the engine calls it."""

    def take(self, shared: Resources, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Say what there is to say."""


class NotingSearch(Search):
    """Asks as every search does, and notes what came of it."""

    def __init__(self, search: Search) -> None:
        super().__init__(search.built, search.calibration)
        self.looked: list[Looked] = []

    def find(self, question: str, language: str | None = None, known: Corridor = ANYWHERE) -> Decision:
        """Which answer, and how sure."""
        decision = super().find(question, language, known)
        self._note(question, language, self.rank(question, language, known), self.calibration, decision)
        return decision

    def find_after(
        self, before: Before, question: str, language: str | None = None, known: Corridor = ANYWHERE
    ) -> Decision:
        """Which answer, to a question that may go on from the one before it."""
        if self.stands_alone(question):
            return self.find(question, language, known)
        ranking = self.built.rank_after(before, question, language, self.calibration, known)
        calibration = self.calibration.of_follow_ups()
        decision = decide(ranking, calibration, language)
        self._note(f"{before.question} … {question}", language, ranking, calibration, decision)
        return decision

    def _note(
        self,
        question: str,
        language: str | None,
        ranking: Ranking,
        calibration: Calibration,
        decision: Decision,
    ) -> None:
        noted = Looked(
            question=question,
            language=language,
            verdict=decision.verdict,
            chance=decision.chance,
            sure_from=calibration.sure_from(language),
            unsure_from=calibration.unsure,
            candidates=[
                Weighed(answer=one.answer, score=one.score, nearest=one.nearest)
                for one in ranking.candidates[:_MOST]
            ],
        )
        if noted not in self.looked:
            self.looked.append(noted)


class _Drafts:
    """The stores and the index as if every draft were told; the index is let go when nobody tries."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._repository: DraftRepository | None = None
        self._kept: tuple[Snapshot, int, Search] | None = None
        self._letting_go: threading.Timer | None = None

    def of(self, shared: Resources) -> tuple[DraftRepository, Search]:
        """Both, up to date; the index learns only what the drafts have beside the published one."""
        with self._lock:
            if self._repository is None:
                self._repository = DraftRepository(open_store(shared.settings.content_address))
            snapshot = self._repository.snapshot()
            published = shared.search
            if self._kept is None or self._kept[:2] != (snapshot, published.version):
                built = build(snapshot, published.built)
                self._kept = (snapshot, published.version, Search(built, published.calibration))
            self._wait_anew()
            return self._repository, self._kept[2]

    def _wait_anew(self) -> None:
        if self._letting_go is not None:
            self._letting_go.cancel()
        self._letting_go = threading.Timer(_IDLE, self._let_go)
        self._letting_go.daemon = True
        self._letting_go.start()

    def _let_go(self) -> None:
        with self._lock:
            self._kept = None


_drafts = _Drafts()


def tried(
    shared: Resources,
    wanted: Mapping[str, Any],
    action: Taker,
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
) -> list[EventType]:
    """Take a turn as it was wished; each of its messages carries the sight of it."""
    trial = Trial.model_validate(wanted)
    repository, search = _drafts.of(shared) if trial.drafts else (shared.repository, shared.search)
    noting = NotingSearch(search)
    mine = replace(shared, repository=repository, search=noting, is_trial=True)
    with ExitStack() as stack:
        if trial.day is not None:
            stack.enter_context(as_of(trial.day))
        events = action.take(mine, dispatcher, tracker)
        told = [sent["custom"].get("answer") for sent in dispatcher.messages]
        published = shared.repository.snapshot()
        sight = _sight(mine, tracker, action=action.name(), looked=noting.looked).model_copy(
            update={"chosen": _chosen(mine, published, Person.read(tracker, mine), told)}
        )
    for sent in dispatcher.messages:
        sent["custom"]["sight"] = sight.model_dump(mode="json")
    return events


def _sight(shared: Resources, tracker: Tracker, *, action: str, looked: list[Looked]) -> Sight:
    person = Person.read(tracker, shared)
    guess = shared.search.language_of(person.text)
    message = tracker.latest_message
    ranking = [_intent(one) for one in message.get("intent_ranking") or []]
    return Sight(
        intent=_intent(message["intent"]) if message.get("intent") else None,
        other_intents=ranking[1:_MOST],
        entities=[
            Named(
                name=str(found["entity"]),
                value=str(found["value"]),
                confidence=found.get("confidence_entity"),
            )
            for found in message.get("entities") or []
        ],
        written_in=guess.language,
        language_chance=guess.probability,
        language=person.language,
        corridor=person.corridor,
        action=action,
        looked=looked,
    )


def _intent(found: Mapping[str, Any]) -> Named:
    return Named(name=str(found.get("name")), confidence=found.get("confidence"))


def _chosen(
    shared: Resources, published: Snapshot, person: Person, keys: Sequence[str | None]
) -> list[Chosen]:
    """The texts behind the answers that were told, and which of them nobody else is told yet."""
    language, corridor = person.language, person.corridor
    told = [text for key in keys if key and (text := shared.repository.answer(key, language, corridor))]
    return [
        Chosen(
            answer=text.key,
            variant=text.variant,
            of=shared.repository.snapshot().of_variant(text.key, text.variant),
            draft=(public := published.answer(text.key, language, corridor)) is None
            or (text.title, text.body) != (public.title, public.body),
        )
        for text in told
    ]
