"""A conversation on a data folder, put together as the bot process does it."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlalchemy import Engine

from bot.conversation import Conversation
from bot.engine_client import EngineClient
from bot.metrics import Metrics
from bot.settings import Settings
from bot.trackers import Trackers
from content.alarm import Alarm
from content.danger import DangerNet
from content.ear import Ear
from content.people import People
from content.people.cipher import Cipher
from content.people.handovers import Handovers
from content.people.reminders import Reminders
from content.people.team import Team
from content.repository import Repository
from content.store import open_store
from content.words import Words
from tests.ears import WEIGHING


@dataclass(frozen=True, slots=True)
class Conversing:
    """A conversation, and the stores behind it."""

    conversation: Conversation
    content: Engine
    people: Engine


@contextlib.asynccontextmanager
async def conversing(
    settings: Settings, client: EngineClient, *, net: DangerNet, words: Words, ear: Ear | None = None
) -> AsyncIterator[Conversing]:
    """Opens the stores of a data folder, and closes them at the end."""
    addresses = (settings.content_address, settings.people_address, settings.tracker_address)
    with contextlib.ExitStack() as stack:
        content, people, trackers = (open_store(address) for address in addresses)
        for store in (content, people, trackers):
            stack.callback(store.dispose)
        conversation = Conversation(
            engine=client,
            repository=Repository(content),
            people=People(people),
            handovers=Handovers(people, Cipher(settings.secret.decode())),
            reminders=Reminders(people, Cipher(settings.secret.decode())),
            team=Team(people),
            trackers=Trackers(trackers),
            words=words,
            alarm=Alarm(net, ear, WEIGHING),
            metrics=Metrics(),
            index_kept_in=settings.index_file,
        )
        yield Conversing(conversation, content, people)
