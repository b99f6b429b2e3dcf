"""Letting a question lead to an answer: what the pages of questions and of phrases share.

Not here: the pages (`unanswered`, `question`, `phrases`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console.console import Console
from bot.console.phrase_effects import Change, PhraseEffects
from bot.console.waiting_list import WaitingList
from content.editorial import Editorial
from content.fields import SOURCE_LANGUAGE
from content.people.masking import MARK
from content.people.questions import Questions
from content.repository import AnswerText, PhraseText
from content.search.normalise import normalise
from content.search.too_like import TooLike
from content.workflow import Workflow, WorkflowError

_FOUND = 8


@dataclass(frozen=True, slots=True)
class Warnings:
    """What should be looked at before phrases are added.

    `too_like` are phrases of other answers; `marked` those that lack what was personal in them;
    `told_in` is the language in which the answer is told instead of theirs, "" if it is told in theirs.
    """

    too_like: tuple[PhraseText, ...] = ()
    marked: tuple[str, ...] = ()
    told_in: str = ""

    def __bool__(self) -> bool:
        return bool(self.too_like or self.marked or self.told_in)


class Teaching:
    """The steps, and what is kept from page to page."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.questions = Questions(console.people)
        self.list = WaitingList(self.questions, console.search)
        self.effects = PhraseEffects(
            console.search, console.repository, self.questions, console.settings.evaluation_dir
        )
        self._too_like = TooLike()
        self._workflow: Workflow = console.workflow
        self._editorial: Editorial = console.editorial

    def answer(self, key: str, language: str) -> AnswerText | None:
        """An answer that is told, in a language, else in English."""
        return self.console.repository.answer(key, language) if key else None

    def answers(self, keys: Sequence[str], language: str) -> list[AnswerText]:
        """Those of some answers that are told."""
        return [found for key in keys if (found := self.answer(key, language))]

    def found_by(self, words: str, language: str) -> list[AnswerText]:
        """Answers with the words in their title, what the search finds, those with them in their text."""
        wanted = normalise(words).split()
        if not wanted:
            return []
        snapshot = self.console.repository.snapshot()
        english = {answer.key: answer for answer in snapshot.answers(SOURCE_LANGUAGE)}
        told = [(answer, english[answer.key]) for answer in snapshot.answers(language)]
        titles = [a.key for a, source in told if _has_all(wanted, f"{a.key} {a.title} {source.title}")]
        bodies = [a.key for a, source in told if _has_all(wanted, f"{a.body} {source.body}")]
        search = self.console.search.if_ready()
        ranked = search.find(words, language).candidates if search else ()
        keys = dict.fromkeys((*titles, *(candidate.answer for candidate in ranked), *bodies))
        return self.answers(list(keys)[:_FOUND], language)

    def warnings(self, change: Change) -> Warnings:
        """What speaks against it at first sight; what it changes takes longer to find out (`effects`)."""
        told = self.answer(change.answer, change.language)
        published = self.console.repository.snapshot()
        too_like = [
            phrase
            for text in change.phrases
            for phrase in self._too_like.phrases(published, change.answer, change.language, text)
        ]
        return Warnings(
            tuple(dict.fromkeys(too_like)),
            tuple(text for text in change.phrases if MARK in text),
            told.language if told and told.language != change.language else "",
        )

    def add(self, change: Change, by: str) -> None:
        """Let phrases lead to an answer; those that do already are left alone. Raises WorkflowError."""
        there = {row.text.casefold() for row in self._editorial.phrases(change.answer, change.language)}
        for phrase in change.phrases:
            if MARK in phrase:
                raise WorkflowError("workflow.phrase-with-gap", phrase=phrase)
            if " ".join(phrase.split()).casefold() not in there:
                self._workflow.add_phrase(change.answer, change.language, phrase, by)


def _has_all(words: Sequence[str], text: str) -> bool:
    there = normalise(text)
    return all(word in there for word in words)
