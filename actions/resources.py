"""What every action shares: stores, words and the search index, opened once a process."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from content.danger import DangerNet
from content.people import People
from content.people.tally import Tally
from content.people.team import Team
from content.registers import Registers
from content.repository import Repository
from content.search.live import LiveSearch
from content.search.search import Search
from content.settings import StoreSettings
from content.store import open_store
from content.words import Words

_LOOK_EVERY = 0.25  # seconds until an edit is told, at the most


class ActionsSettings(StoreSettings):
    """What the actions need to know about their place in the world."""

    actions_port: int = 5055
    library_dir: Path = Path("content/library")
    locales_dir: Path = Path("locales")


@dataclass(frozen=True, slots=True)
class Resources:
    """Everything an action may read, and the one thing it may write to (people).

    While staff try the bot (`is_trial`), nothing is written at all.
    """

    settings: ActionsSettings
    repository: Repository
    registers: Registers
    people: People
    team: Team
    tally: Tally
    words: Words
    search: Search
    net: DangerNet
    is_trial: bool = False

    @classmethod
    def open(cls, settings: ActionsSettings) -> "Resources":
        """Open the stores and build the first index."""
        content = open_store(settings.content_address)
        repository = Repository(content, look_every=_LOOK_EVERY)
        store = open_store(settings.people_address)
        people = People(store)
        return cls(
            settings=settings,
            repository=repository,
            registers=Registers(content),
            people=people,
            team=Team(store),
            tally=Tally(people),
            words=Words(settings.locales_dir),
            search=LiveSearch(repository, kept_in=settings.index_file),
            net=DangerNet.read(settings.library_dir / "danger"),
        )

    def close(self) -> None:
        """Write down what is not written yet."""
        if isinstance(self.search, LiveSearch):
            self.search.close()
        self.tally.close()


@cache
def resources() -> Resources:
    """The process's resources; the first call opens them and begins to follow the store."""
    opened = Resources.open(ActionsSettings.read())
    if isinstance(opened.search, LiveSearch):
        opened.search.watch()
    opened.tally.watch()
    return opened
