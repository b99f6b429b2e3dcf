"""Tables of the content store. Not here: tables of the people store (`content.people.models`)."""

from content.models.answers import Answer, Phrase, Publication, Revision, Source, Variant, WorkingCopy
from content.models.audit import AuditEntry
from content.models.base import Base
from content.models.gazetteers import GazetteerEntry
from content.models.history import ItemVersion
from content.models.records import StoredRecord, StoredWords
from content.models.registers import Agency, FileImport, Register
from content.models.services import Service, ServiceWords
from content.models.state import ImportedItem, StoreState
from content.models.translating import TranslatedFile

__all__ = [
    "Agency",
    "Answer",
    "AuditEntry",
    "Base",
    "FileImport",
    "GazetteerEntry",
    "ImportedItem",
    "ItemVersion",
    "Phrase",
    "Publication",
    "Register",
    "Revision",
    "Service",
    "ServiceWords",
    "Source",
    "StoreState",
    "StoredRecord",
    "StoredWords",
    "TranslatedFile",
    "Variant",
    "WorkingCopy",
]
