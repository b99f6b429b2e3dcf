"""Records: structured facts for the guided journeys, and the words that go with them per language.

A record has an id, facts that are the same in every language, and slots of words. Rules have
figures only. Not here: files and references between them (`content.record_folder`), answers and
services (`content.schema`).
"""

from content.records.agency_check import AgencyCheck
from content.records.checklist import Checklist, ChecklistItem
from content.records.course import Course, Lesson
from content.records.dated_rules import DatedRule, DatedRules, Period
from content.records.fee_rules import FeeItem, FeeLimit, FeePeriod, FeeRule, FeeRules
from content.records.money_figures import Figure, MoneyFigures, MoneyPeriod, MoneyRule, Terms
from content.records.occupation_facts import Demand, OccupationFacts
from content.records.record import Record, Reviewed
from content.records.record_words import RecordTranslation, RecordWords, words_fingerprint
from content.records.references import Meets, Referred, less_references, references
from content.records.scheme_facts import AgeSpan, SchemeFacts

KINDS: tuple[type[Record], ...] = (
    FeeRules,
    MoneyFigures,
    AgencyCheck,
    SchemeFacts,
    OccupationFacts,
    Checklist,
    Course,
)

__all__ = [
    "KINDS",
    "AgeSpan",
    "AgencyCheck",
    "Checklist",
    "ChecklistItem",
    "Course",
    "DatedRule",
    "DatedRules",
    "Demand",
    "FeeItem",
    "FeeLimit",
    "FeePeriod",
    "FeeRule",
    "FeeRules",
    "Figure",
    "Lesson",
    "Meets",
    "MoneyFigures",
    "MoneyPeriod",
    "MoneyRule",
    "OccupationFacts",
    "Period",
    "Record",
    "RecordTranslation",
    "RecordWords",
    "Referred",
    "Reviewed",
    "SchemeFacts",
    "Terms",
    "less_references",
    "references",
    "words_fingerprint",
]
