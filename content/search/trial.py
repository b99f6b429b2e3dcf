"""What a new phrase would change, found out before anybody adds it.

A trial has the phrases besides what is published; the questions that wait and those held out for measuring
are asked before and with them. Not here: how an index is made with them (`index`), adding them (`workflow`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from content.evaluation import Asked, Evaluation
from content.search.built import texts_of
from content.search.learnt import Text
from content.search.search import Search
from content.snapshot import Snapshot


def told_by(search: Search, questions: Iterable[str], language: str) -> dict[str, str | None]:
    """The answer that each question is told; None where the search is not sure."""
    return {question: _told(search, question, language) for question in dict.fromkeys(questions)}


def _told(search: Search, question: str, language: str) -> str | None:
    decision = search.find(question, language)
    return decision.candidates[0].answer if decision.verdict == "sure" else None


def trial(search: Search, published: Snapshot, phrases: Iterable[Text]) -> tuple[Search, Search] | None:
    """The search as it is, and as it would be with phrases; None while it is behind what is published."""
    before = search.built
    if before.version != published.version:
        return None
    index = before.index.updated([*texts_of(published), *phrases])
    after = replace(before, index=index)
    return Search(before, search.calibration), Search(after, search.calibration)


type Told = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Effect:
    """What changes for questions of one language when phrases lead to an answer.

    `answered` are waiting questions that it answers now, `unsure` those of the phrases themselves that even
    now are not surely answered with it. Of evaluation questions, `broken` were answered rightly before and
    `mended` are since (None: not checked). `outside` are questions about something else that are told an
    answer since.
    """

    answered: tuple[str, ...]
    unsure: tuple[str, ...] = ()
    asked: int = 0
    broken: tuple[Asked, ...] | None = None
    stolen: tuple[tuple[str, int], ...] = ()
    mended: int = 0
    outside: tuple[str, ...] = ()

    @property
    def breaks(self) -> int:
        """How many evaluation questions it breaks, those about something else among them."""
        return len(self.broken or ()) + len(self.outside)


def effect(
    answer: str,
    phrases: Sequence[str],
    waiting: Sequence[str],
    evaluation: Evaluation | None,
    *,
    before: Told,
    after: Told,
) -> Effect:
    """What phrases of an answer change, by what all these questions are told before and after."""
    answered = tuple(text for text in waiting if after[text] == answer != before[text])
    unsure = tuple(phrase for phrase in phrases if after[phrase] != answer)
    if evaluation is None:
        return Effect(answered, unsure)
    broken = tuple(
        asked
        for asked in evaluation.asked
        if before[asked.text] in asked.right and after[asked.text] not in asked.right
    )
    stolen = Counter(asked.right[0] for asked in broken if after[asked.text] == answer)
    return Effect(
        answered,
        unsure,
        asked=len(evaluation.asked) + len(evaluation.outside),
        broken=broken,
        stolen=tuple(stolen.most_common()),
        mended=sum(
            before[asked.text] not in asked.right and after[asked.text] in asked.right
            for asked in evaluation.asked
        ),
        outside=tuple(
            text for text in evaluation.outside if before[text] is None and after[text] is not None
        ),
    )
