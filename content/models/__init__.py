"""Tables of the content store. Not here: tables of the people store (`content.people.models`)."""

from content.models.answers import Answer, Phrase, Publication, Revision, Source, Variant
from content.models.audit import AuditEntry
from content.models.base import Base
from content.models.gazetteers import GazetteerEntry
from content.models.records import StoredRecord, StoredWords
from content.models.services import Service, ServiceWords
from content.models.state import ImportedItem, StoreState

__all__ = [
    "Answer",
    "AuditEntry",
    "Base",
    "GazetteerEntry",
    "ImportedItem",
    "Phrase",
    "Publication",
    "Revision",
    "Service",
    "ServiceWords",
    "Source",
    "StoreState",
    "StoredRecord",
    "StoredWords",
    "Variant",
]
