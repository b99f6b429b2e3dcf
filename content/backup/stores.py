"""Which databases hold the three stores. Stores that share a database are backed up together, once."""

from pathlib import Path

from sqlalchemy import URL

from content.backup.archive import Store
from content.backup.databases import Database
from content.backup.postgresql import PostgreSQL
from content.backup.sqlite import SQLite
from content.settings import StoreSettings
from content.store import store_url


def databases_of(settings: StoreSettings) -> dict[tuple[Store, ...], Database]:
    """Each database by the stores in it."""
    addresses: dict[Store, str] = {
        "content": settings.content_address,
        "people": settings.people_address,
        "tracker": settings.tracker_address,
    }
    stores: dict[URL, tuple[Store, ...]] = {}
    for store, address in addresses.items():
        url = _url(address)
        stores[url] = (*stores.get(url, ()), store)
    return {names: _database(url, names) for url, names in stores.items()}


def _url(address: str) -> URL:
    url = store_url(address)
    if url.get_backend_name() == "sqlite":
        return url.set(drivername="sqlite", database=str(Path(str(url.database)).absolute()))
    return url


def _database(url: URL, stores: tuple[Store, ...]) -> Database:
    if url.get_backend_name() == "sqlite":
        return SQLite(Path(str(url.database)), stores)
    return PostgreSQL(url, stores)
