"""What people said of answers: helpful or not, in daily counts. Who said it is not kept."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, func, select

from content.people.models import Feedback
from content.store import reading


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How often an answer in a language was called helpful, and not."""

    answer: str
    language: str
    helpful: int
    unhelpful: int

    @property
    def share(self) -> float:
        """The share of those who said that it did not help."""
        return self.unhelpful / max(1, self.helpful + self.unhelpful)


def verdicts_since(engine: Engine, day: date, languages: Collection[str] | None = None) -> list[Verdicts]:
    """The answers that were called unhelpful since a day, those with most of it first."""
    wanted = (
        select(Feedback.answer, Feedback.language, Feedback.verdict, func.sum(Feedback.number))
        .where(Feedback.day >= day)
        .group_by(Feedback.answer, Feedback.language, Feedback.verdict)
    )
    if languages is not None:
        wanted = wanted.where(Feedback.language.in_(languages))
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    with reading(engine) as session:
        for answer, language, verdict, number in session.execute(wanted):
            counts[answer, language][verdict] = int(number)
    found = [
        Verdicts(answer, language, said.get("helpful", 0), said["unhelpful"])
        for (answer, language), said in counts.items()
        if said.get("unhelpful")
    ]
    return sorted(found, key=lambda each: (-each.unhelpful, -each.share, each.answer, each.language))
