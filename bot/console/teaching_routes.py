"""The routes of unanswered questions and of phrases, with the parts that they share."""

from starlette.routing import Route

from bot.console.console import Console
from bot.console.phrases import Phrases
from bot.console.question import QuestionPage
from bot.console.teaching import Teaching
from bot.console.unanswered import Unanswered

_POST = ("POST",)
_PHRASES = "/answers/{key}/phrases/{language}"
_QUESTION = "/unanswered/{question}"


def unanswered_routes(console: Console, teaching: Teaching) -> list[Route]:
    """The routes under `/staff/unanswered`, and those of phrases."""
    page = console.door.page
    unanswered, question = Unanswered(console, teaching), QuestionPage(console, teaching)
    phrases = Phrases(console, teaching)
    return [
        page("/unanswered", unanswered.index, "editor"),
        page("/unanswered/aside", unanswered.aside, "editor"),
        page("/unanswered/aside", unanswered.set_aside, "editor", methods=_POST),
        page("/unanswered/back", unanswered.take_back, "editor", methods=_POST),
        page("/unanswered/feedback", unanswered.feedback, "editor"),
        page(_QUESTION, question.show, "editor"),
        page(f"{_QUESTION}/teach", question.teach, "editor", methods=_POST),
        page("/phrases/effect", phrases.effect, "editor"),
        page(_PHRASES, phrases.show, "editor"),
        page(_PHRASES, phrases.add, "editor", methods=_POST),
        page(f"{_PHRASES}/remove", phrases.remove, "editor", methods=_POST),
    ]
