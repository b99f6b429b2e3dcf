"""The bot process: `python -m bot` serves the web, the API and Telegram until it is stopped."""

import asyncio
import contextlib
import logging
import sys
from collections.abc import AsyncIterator
from functools import partial

import uvicorn
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette

from bot.alerts import Alerts, Mail
from bot.channels.telegram import Telegram
from bot.conversation import Conversation
from bot.engine_client import EngineClient
from bot.identity import Identity
from bot.metrics import Metrics
from bot.settings import Settings, SettingsError
from bot.trackers import Trackers
from bot.training import EAR
from bot.web import Stores, create_app, limits_of
from content.alarm import Alarm
from content.danger import DangerError, DangerNet
from content.ear import Ear, EarError
from content.logs import configure
from content.people import People
from content.people.cipher import Cipher
from content.people.handovers import Handovers
from content.people.inbox import Inbox
from content.people.reminders import Reminders
from content.people.team import Team
from content.repository import Repository
from content.store import open_store
from content.words import Words, WordsError

_log = logging.getLogger("bot")
_LOOK_EVERY = 0.25  # seconds until an edit is told, at the most
_RETENTION_EVERY = 6 * 60 * 60  # seconds


def build(settings: Settings) -> Starlette:
    """All parts put together, once."""
    people, content = open_store(settings.people_address), open_store(settings.content_address)
    cipher = Cipher(settings.secret.decode())
    engine = EngineClient(settings.engine_url, settings.actions_url, settings.engine_seconds)
    conversation = Conversation(
        engine=engine,
        repository=Repository(content, look_every=_LOOK_EVERY),
        people=People(people),
        handovers=Handovers(people, cipher),
        reminders=Reminders(people, cipher),
        team=Team(people),
        trackers=Trackers(open_store(settings.tracker_address)),
        words=Words(settings.locales_dir),
        alarm=Alarm(DangerNet.read(settings.library_dir / "danger"), _ear()),
        metrics=Metrics(),
        keep_days=settings.keep_days,
        index_kept_in=settings.index_file,
    )
    conversation.handover.alerts = alerts = _alerts(settings, conversation.words)
    identity = Identity(settings.secret)
    limits = limits_of(settings, conversation)
    telegram = None
    if settings.telegram_bot_token is not None:
        inbox = Inbox(people, cipher)
        telegram = Telegram(
            settings, conversation=conversation, inbox=inbox, identity=identity, limits=limits
        )
        if settings.alert_chat:
            alerts.add(partial(telegram.alert, settings.alert_chat))

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        retention = asyncio.create_task(_keep_little(conversation, settings.keep_days))
        if telegram is not None:
            await telegram.start()
        try:
            yield
        finally:
            retention.cancel()
            if telegram is not None:
                await telegram.stop()
            await limits.aclose()
            await engine.close()

    return create_app(
        settings,
        conversation,
        identity,
        limits=limits,
        stores=Stores(content, people),
        more_routes=telegram.routes() if telegram else (),
        lifespan=lifespan,
    )


def _alerts(settings: Settings, words: Words) -> Alerts:
    """Tells the team that somebody asks for them; Telegram adds itself."""
    site = str(settings.public_url).rstrip("/") if settings.public_url else ""
    alerts = Alerts(words, f"{site}/staff/requests" if site else "")
    if settings.alert_email:
        alerts.add(Mail(settings))
    return alerts


def _ear() -> Ear | None:
    """The ear that was learnt; without one, the net is on its own."""
    try:
        return Ear.load(EAR)
    except EarError as error:
        _log.error("only the danger net hears cries for help: %s", error)
        return None


async def _keep_little(conversation: Conversation, keep_days: int) -> None:
    """Let old conversations go, now and every few hours."""
    while True:
        try:
            await conversation.expire(keep_days)
        except SQLAlchemyError:
            _log.exception("old conversations could not be let go; trying again later")
        await asyncio.sleep(_RETENTION_EVERY)


def main() -> int:
    """Serve until SIGTERM or Ctrl-C."""
    configure("bot")
    try:
        settings = Settings.read()
        app = build(settings)
    except (SettingsError, WordsError, DangerError) as error:
        _log.critical("%s", error)
        return 2
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
