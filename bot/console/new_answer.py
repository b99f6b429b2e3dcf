"""A new answer: written on one page with its sources and phrases, then a draft that can go to review.

Often it begins with a question that nobody answered yet; that becomes one of its phrases.
Not here: the step itself (`content.answer_steps`), writing on afterwards (`editor`, `phrases`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from starlette.responses import Response

from bot.console.answer_sources import REFUSED, SourcesForm, with_row
from bot.console.console import Console
from bot.console.door import Visit
from bot.console.record_form import facts_of, form_of
from bot.console.refusals import by_field
from content.answer_rules import NewAnswer, checked
from content.clock import today
from content.fields import SOURCE_LANGUAGE
from content.people.masking import MARK
from content.record_rules import SheetError
from content.schema import PHRASES_NEEDED
from content.search.normalise import normalise

AUDIENCES = ("everyone", "migrant", "family")
_INTERVAL = "90"
_SHORT, _STORY = 3, 14  # words: up to as many a phrase is short, from as many on a story
_LONGEST_NAME = 40
_PLAIN_FIELDS = ("topic", "name", "audience", "owner", "review_every_days", "title", "body")
_UNTOLD = {"and", "are", "can", "does", "for", "from", "how", "the", "what", "when", "where", "who", "why"}
_FEWEST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form. `question` is what it began with, in a language."""

    fields: Mapping[str, str]
    phrases: Mapping[str, str]
    sources: dict[str, Any]
    question: str = ""
    language: str = SOURCE_LANGUAGE

    @property
    def key(self) -> str:
        """The key that the answer will have: proposed from its title unless a name is given."""
        return f"{self.fields['topic']}.{self.fields['name'] or name_of(self.fields['title'])}"

    def values(self) -> dict[str, Any]:
        """Everything as `NewAnswer` wants it."""
        days = self.fields["review_every_days"]
        checked_on = [str(source.get("checked_on", "")) for source in self.sources["sources"]]
        phrases = {kind: lines_of(text) for kind, text in self.phrases.items()}
        told: dict[str, Any] = {SOURCE_LANGUAGE: phrases}
        if self.question and self.language != SOURCE_LANGUAGE and MARK not in self.question:
            told[self.language] = {"staff": [" ".join(self.question.split())]}
        return {
            "key": self.key,
            "topic": self.fields["topic"],
            "audience": self.fields["audience"],
            "owner": self.fields["owner"].strip(),
            "review_every_days": days,
            "review_date": _review_date(checked_on, days),
            "title": self.fields["title"].strip(),
            "body": self.fields["body"],
            "sources": self.sources["sources"],
            "phrases": told,
        }


class NewAnswers:
    """The page at `/staff/answers/new`."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def page(self, visit: Visit) -> Response:
        """An empty form, or one that begins with a question; what is posted is kept as a draft."""
        visit.demand_language(SOURCE_LANGUAGE)
        if visit.request.method == "GET":
            return self._show(visit, self._begun(visit))
        typed, do = self._typed(visit), visit.field("do")
        if do not in ("draft", "review"):
            with_row(typed.sources, do)
            return self._show(visit, typed)
        try:
            new = checked(NewAnswer, typed.values())
            revision = self._console.workflow.create_answer(new, by=visit.member.name)
        except SheetError as error:
            return self._show(visit, typed, wrong=by_field(self._console, visit, error))
        enough = not new.phrases[SOURCE_LANGUAGE].missing()
        if do == "review":
            self._console.workflow.submit(revision, visit.member.name)
        said = "answer-made" if enough else "answer-made-phrases"
        return self._console.done(f"/answers/{new.key}", said)

    def _begun(self, visit: Visit) -> Typed:
        """The form at first; a question of another language is shown beside, to be put into English."""
        question = " ".join(visit.query.get("title", "").split())
        language = visit.query.get("language", SOURCE_LANGUAGE)
        language = language if language in self._console.editorial.languages else SOURCE_LANGUAGE
        is_english = language == SOURCE_LANGUAGE
        phrases = dict.fromkeys(PHRASES_NEEDED, "")
        if question and is_english and MARK not in question:
            phrases[kind_of(question)] = question
        fields = {
            "topic": self._guessed_topic(question, language),
            "name": "",
            "audience": AUDIENCES[0],
            "owner": visit.member.name,
            "review_every_days": _INTERVAL,
            "title": _as_title(question) if is_english else "",
            "body": "",
        }
        sources = with_row({"sources": []}, "add:sources")
        return Typed(fields, phrases, sources, question, language)

    def _typed(self, visit: Visit) -> Typed:
        fields = {name: visit.field(name).replace("\r\n", "\n") for name in _PLAIN_FIELDS}
        fields["name"] = fields["name"].strip()
        phrases = {kind: visit.field(f"phrases.{kind}").replace("\r\n", "\n") for kind in PHRASES_NEEDED}
        language = visit.field("language")
        known = language in self._console.editorial.languages
        return Typed(
            fields,
            phrases,
            facts_of(SourcesForm, visit.form, without=("review_date",)),
            visit.field("question"),
            language if known else SOURCE_LANGUAGE,
        )

    def _show(self, visit: Visit, typed: Typed, *, wrong: list[tuple[str, str]] | None = None) -> Response:
        faults: dict[str, list[str]] = {}
        for key, text in wrong or ():
            faults.setdefault(_field_of(key), []).append(text)
        of_sources = [each for each in wrong or () if each[0].startswith("sources")]
        return self._console.page(
            visit,
            "new_answer.html",
            status=REFUSED if wrong else 200,
            here="answers",
            typed=typed,
            proposed=name_of(typed.fields["title"]),
            form=form_of(SourcesForm, typed.sources, wrong=of_sources, without=("review_date",)),
            faults=faults,
            wrong=wrong or [],
            topics=self._topics(),
            audiences=AUDIENCES,
            needed=PHRASES_NEEDED,
            source_language=SOURCE_LANGUAGE,
            is_marked=MARK in typed.question,
        )

    def _topics(self) -> list[str]:
        return sorted({row.topic for row in self._console.editorial.answers()})

    def _guessed_topic(self, question: str, language: str) -> str:
        """That of the answer which is nearest to the question, if the search is there."""
        search = self._console.search.if_ready() if question else None
        ranked = search.rank(question, language).candidates if search else ()
        answer = self._console.repository.answer(ranked[0].answer, SOURCE_LANGUAGE) if ranked else None
        return answer.topic if answer else ""


def name_of(title: str) -> str:
    """The second part of a key, from a title: `bring-dog` of "Can I bring my dog?"."""
    words = [word for word in normalise(title).split() if word.isascii()]
    telling = [word for word in words if len(word) >= _FEWEST_LETTERS and word not in _UNTOLD] or words
    name = ""
    for word in telling:
        if len(name) + len(word) >= _LONGEST_NAME:
            break
        name = f"{name}-{word}" if name else word
    return name


def kind_of(question: str) -> str:
    """As which kind of phrase a question counts, by its length."""
    words = len(question.split())
    return "short" if words <= _SHORT else "story" if words >= _STORY else "plain"


def lines_of(text: str) -> list[str]:
    """Phrases, one a line."""
    return [line for each in text.splitlines() if (line := " ".join(each.split()))]


def _as_title(question: str) -> str:
    """A question as a title begins and ends."""
    if not question:
        return ""
    return question[0].upper() + question[1:] + ("" if question[-1] in ".!?" else "?")


def _review_date(checks: list[str], days: str) -> date:
    """So many days after the last check. What is no day and no number is refused by its own field."""
    try:
        last = max([date.fromisoformat(check) for check in checks], default=today())
        return max(last, today()) + timedelta(days=int(days))
    except (ValueError, OverflowError):
        return date.max


def _field_of(key: str) -> str:
    """The field that a fault belongs to."""
    if key.startswith("phrases."):
        return ".".join(("phrases", key.split(".")[2]))
    return {"key": "name"}.get(key, key.partition(".")[0])
