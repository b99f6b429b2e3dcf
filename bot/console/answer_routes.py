"""The pages of whole answers: a new one, its sources, what it is about, its variants.

They stand before those of an answer's texts: "new", "sources" and "about" are no keys and no variants.
"""

from starlette.routing import Route

from bot.console.about import About
from bot.console.answer_sources import AnswerSources
from bot.console.answers import Answers
from bot.console.console import Console
from bot.console.new_answer import NewAnswers

_BOTH, _POST = ("GET", "POST"), ("POST",)


def answer_routes(console: Console, answers: Answers) -> list[Route]:
    """The routes of whole answers."""
    page, about, one = console.door.page, About(console, answers), "/answers/{key}"
    return [
        page("/answers/new", NewAnswers(console).page, "editor", methods=_BOTH),
        page(f"{one}/sources/{{variant}}", AnswerSources(console, answers).page, "editor", methods=_BOTH),
        page(f"{one}/about", about.page, "reviewer", methods=_BOTH),
        page(f"{one}/about/variants", about.add_variant, "reviewer", methods=_POST),
        page(f"{one}/about/{{variant}}/retire", about.retire_variant, "reviewer", methods=_POST),
    ]
