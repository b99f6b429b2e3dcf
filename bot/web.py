"""The whole web side in one place: every route, middleware and error handler, as lists.

Not here: what the endpoints do (`channels/`, `health`), how the process is started (`__main__`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ExceptionHandler, Lifespan

from bot.assets import Assets
from bot.channels.api import Api
from bot.channels.embed import Embed
from bot.channels.guide import Guide
from bot.channels.webchat import WebChat
from bot.console.console import assemble
from bot.console.routes import console_routes
from bot.conversation import Conversation
from bot.errors import Errors
from bot.headers import SecurityHeaders
from bot.health import Health
from bot.identity import Identity
from bot.limits import Limits
from bot.pages import Pages
from bot.problems import Problem
from bot.settings import Settings
from bot.turns import Turns


@dataclass(frozen=True, slots=True)
class Stores:
    """The stores that staff work on."""

    content: Engine
    people: Engine


def create_app(
    settings: Settings,
    conversation: Conversation,
    identity: Identity,
    *,
    limits: Limits | None = None,
    stores: Stores | None = None,
    more_routes: Sequence[BaseRoute] = (),
    lifespan: Lifespan[Starlette] | None = None,
) -> Starlette:
    """The application. `stores` are what the console works on; without them there is none.

    `more_routes` are those of other channels (Telegram's webhook).
    """
    assets = Assets()
    pages = Pages(conversation.words, conversation.repository, assets, settings.public_url)
    limits = limits or limits_of(settings, conversation)
    turns = Turns(conversation, identity, limits, conversation.metrics)
    api, chat, guide, embed = (
        Api(turns, conversation.handover, pages),
        WebChat(turns, conversation, pages),
        Guide(pages),
        Embed(pages),
    )
    health, errors = Health(conversation, conversation.metrics), Errors(pages, turns.new_token)

    routes: list[BaseRoute] = [
        Route("/", chat.start),
        Route("/chat/{language}", chat.page, methods=["GET", "POST"]),
        Route("/chat/{language}/messages", chat.messages, methods=["POST"]),
        Route("/chat/{language}/transcript", chat.transcript, methods=["POST"]),
        Route("/chat/{language}/news", chat.news, methods=["POST"]),
        Route("/chat/{language}/look", chat.look, methods=["POST"]),
        Route("/embed/{language}.js", embed.loader),
        Route("/embed/{language}", chat.page, methods=["GET", "POST"]),
        Route("/embed/{language}/messages", chat.messages, methods=["POST"]),
        Route("/embed/{language}/transcript", chat.transcript, methods=["POST"]),
        Route("/embed/{language}/news", chat.news, methods=["POST"]),
        Route("/embed/{language}/look", chat.look, methods=["POST"]),
        Route("/guide", guide.start),
        Route("/guide/{language}", guide.index),
        Route("/guide/{language}/all", guide.whole),
        Route("/guide/{language}/help", guide.help),
        Route("/guide/{language}/{key}", guide.answer),
        Mount("/api/v1", routes=_api_routes(api), middleware=[_OPEN_TO_ALL_SITES]),
        Route("/static/{name}", assets.serve),
        Route("/healthz", health.alive),
        Route("/readyz", health.ready),
        Route("/metrics", health.metrics),
        *_console_routes(settings, stores, conversation, pages, limits),
        *more_routes,
    ]
    middleware = [Middleware(SecurityHeaders), Middleware(GZipMiddleware, minimum_size=500, compresslevel=6)]
    exception_handlers: Mapping[type[Exception], ExceptionHandler] = {
        Problem: errors.problem,
        HTTPException: errors.http,
        Exception: errors.crash,
    }
    return Starlette(
        routes=routes,
        middleware=middleware,
        exception_handlers=exception_handlers,
        lifespan=lifespan,
    )


def _console_routes(
    settings: Settings, stores: Stores | None, conversation: Conversation, pages: Pages, limits: Limits
) -> list[BaseRoute]:
    if stores is None:
        return []
    console = assemble(
        settings,
        content=stores.content,
        people=stores.people,
        repository=conversation.repository,
        pages=pages,
        limits=limits,
        search=conversation.search,
    )
    return console_routes(console, conversation)


def limits_of(settings: Settings, conversation: Conversation) -> Limits:
    """The rate limits that the settings ask for."""
    redis_url = settings.redis_url.get_secret_value() if settings.redis_url else None
    return Limits(
        settings.secret,
        enabled=settings.rate_limits == "on",
        redis_url=redis_url,
        metrics=conversation.metrics,
    )


# No cookies and no sign-in: a page of any site may ask what any person may ask.
_OPEN_TO_ALL_SITES = Middleware(
    CORSMiddleware,
    allow_origins=["*"],
    allow_methods=["GET", "POST"],
    allow_headers=["Content-Type", "Idempotency-Key"],
    expose_headers=["Retry-After"],
)


def _api_routes(api: Api) -> list[BaseRoute]:
    return [
        Route("/messages", api.messages, methods=["POST"]),
        Route("/news", api.news, methods=["POST"]),
        Route("/languages", api.languages),
        Route("/answers", api.answers),
        Route("/answers/{key}", api.answer),
        Route("/openapi.json", api.openapi),
    ]
