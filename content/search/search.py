"""Asking: which answer a question means and how sure that is, which language it is in."""

from content.search.built import Built
from content.search.calibration import Calibration
from content.search.decision import Decision, decide
from content.search.follow_up import Before
from content.search.index import Ranking
from content.search.language import Guess
from content.search.normalise import normalise
from content.search.parts import halves
from content.texts import ANYWHERE, Corridor

_MOST_WORDS_ADDED = 10
_FEWEST_WORDS_OF_TWO, _MOST_WORDS_OF_TWO = 7, 28
_SURE_OF_TWO = 0.8


class Search:
    """Ranks, decides and identifies with one index; that of another state can take its place."""

    def __init__(self, built: Built, calibration: Calibration) -> None:
        self._built = built
        self._calibration = calibration

    @property
    def version(self) -> int:
        """The version of the store that the index in use was built from."""
        return self._built.version

    @property
    def built(self) -> Built:
        """All that answers, as it is now."""
        return self._built

    @property
    def calibration(self) -> Calibration:
        """How much each thing counts."""
        return self._calibration

    def find(self, question: str, language: str | None = None, known: Corridor = ANYWHERE) -> Decision:
        """Which answer, and how sure; `known` is the corridor known of the person."""
        return decide(self.rank(question, language, known), self._calibration, language)

    def find_after(
        self, before: Before, question: str, language: str | None = None, known: Corridor = ANYWHERE
    ) -> Decision:
        """Which answer, to a question that may go on from the one before it; a long one stands alone."""
        if self.stands_alone(question):
            return self.find(question, language, known)
        ranking = self._built.rank_after(before, question, language, self._calibration, known)
        return decide(ranking, self._calibration.of_follow_ups(), language)

    def stands_alone(self, question: str) -> bool:
        """Whether a question is too long to go on from the one before it."""
        return len(self._built.corridors.unnamed(normalise(question)).split()) > _MOST_WORDS_ADDED

    def find_both(
        self, question: str, language: str | None = None, known: Corridor = ANYWHERE
    ) -> tuple[Decision, Decision] | None:
        """What a message asks that asks two things, "who pays my ticket and how much do I earn"; else None.

        Both parts must surely have an answer, and not the same; a long message tells a story.
        """
        if not _FEWEST_WORDS_OF_TWO <= len(question.split()) <= _MOST_WORDS_OF_TWO:
            return None
        both = [
            (self.find(one, language, known), self.find(other, language, known))
            for one, other in halves(question, language)
        ]
        told = [two for two in both if all(part.verdict == "sure" for part in two)]
        told = [two for two in told if two[0].candidates[0].answer != two[1].candidates[0].answer]
        surest = max(told, key=_less_sure, default=None)
        return surest if surest and _less_sure(surest) >= _SURE_OF_TWO else None

    def said_besides_names(self, text: str) -> int | None:
        """How many words a message has besides the countries and schemes it names; None if it names none."""
        plain = normalise(text)
        left = self._built.corridors.unnamed(plain)
        return None if left == plain else len(left.split())

    def rank(self, question: str, language: str | None = None, known: Corridor = ANYWHERE) -> Ranking:
        """The likeliest answers, whatever they are worth."""
        return self._built.rank(question, language, self._calibration, known)

    def language_of(self, text: str) -> Guess:
        """The language a message is written in; names alone tell none."""
        if self.said_besides_names(text) == 0:
            return Guess(None, 0.0, sure=False)
        return self._built.identifier.guess(text)


def _less_sure(two: tuple[Decision, Decision]) -> float:
    return min(part.chance for part in two)
