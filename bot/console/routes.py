"""Every page of the console in one list, with the role that each demands."""

from starlette.routing import BaseRoute, Route

from bot.console import export, insights, log, people, requests, team, translations
from bot.console.account import Account
from bot.console.answer_routes import answer_routes
from bot.console.answers import Answers
from bot.console.console import Console
from bot.console.door import ANYBODY, SIGN_IN
from bot.console.editor import Editor
from bot.console.library_routes import library_routes
from bot.console.sign_in import SignIn
from bot.console.teaching import Teaching
from bot.console.teaching_routes import unanswered_routes
from bot.console.todo import Todo
from bot.console.try_it import TryIt
from bot.conversation import Conversation

POST, BOTH = ("POST",), ("GET", "POST")
TEXT = "/answers/{key}/{variant}/{language}"


def console_routes(console: Console, conversation: Conversation) -> list[BaseRoute]:
    """The routes under `/staff`. Those of signing in stand before the door."""
    page = console.door.page
    sign_in, account, answers = SignIn(console), Account(console), Answers(console)
    editor, teaching = Editor(console, answers), Teaching(console)
    todo, try_it = Todo(console, teaching), TryIt(console, conversation)
    return [
        Route(SIGN_IN, sign_in.form, methods=["GET", "POST"]),
        Route(f"{SIGN_IN}/code", sign_in.code, methods=["GET", "POST"]),
        page("/sign-out", sign_in.out, ANYBODY, methods=POST),
        page("/account", account.show, ANYBODY),
        page("/account/password", account.password, ANYBODY, methods=BOTH),
        page("/account/totp", account.totp, ANYBODY, methods=BOTH),
        page("/account/totp/end", account.end_totp, ANYBODY, methods=POST),
        page("/account/sessions/end", account.end_session, ANYBODY, methods=POST),
        page("", todo.show, ANYBODY),
        page("/try", try_it.show, "editor"),
        page("/try", try_it.say, "editor", methods=POST),
        *unanswered_routes(console, teaching),  # before a text's own: "phrases" is no variant
        *answer_routes(console, answers),
        page("/answers", answers.index, "editor"),
        page("/answers/{key}", answers.answer, "editor"),
        page("/answers/{key}/still-correct", answers.still_correct, "reviewer", methods=POST),
        page(TEXT, editor.show, "editor"),
        page(TEXT, editor.save, "editor", methods=POST),
        page(f"{TEXT}/keep", editor.keep, "editor", methods=POST),
        page(f"{TEXT}/forget", editor.forget, "editor", methods=POST),
        page(f"{TEXT}/decide", editor.decide, "editor", methods=POST),
        page(f"{TEXT}/withdraw", editor.withdraw, "reviewer", methods=POST),
        page(f"{TEXT}/history", editor.history, "editor"),
        page(f"{TEXT}/restore", editor.restore, "reviewer", methods=POST),
        *team.routes(console),  # before a request's own: "hours" is none
        *requests.routes(console),
        *export.routes(console),
        *insights.routes(console),
        *people.routes(console),
        *log.routes(console),
        *translations.routes(console),
        *library_routes(console),
    ]
