"""Entities by name: countries, schemes, documents, money … from the library's gazetteers.

Runs in the engine, on spaCy's blank multilingual pipeline. A gazetteer reaches this component as
lookup tables of the training data: a table `country/VU` holds the names of one value in all
languages; a plain table `country` holds names whose value is their synonym, else the name itself.
Money is a number beside a name from the `currency/…` tables.
Not here: where the tables come from (`bot.training`), what an entity means (actions).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc, Span

from bot.nlu.spelling import Spelling, spell

CURRENCY = "currency"
MONEY = "money"
_GROUP_DIGITS = 3
_NUMBER = {"TEXT": {"REGEX": r"^\d[\d.,]*$"}}
_GROUP = {"TEXT": {"REGEX": rf"^\d{{{_GROUP_DIGITS}}}$"}, "OP": "*"}
_UNIT = {"ENT_TYPE": CURRENCY, "OP": "+"}


class Entry(NamedTuple):
    """One value of an entity and every name it goes by."""

    entity: str
    value: str
    names: list[str]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class GazetteerEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Finds names of the gazetteers and amounts of money; the longest name wins."""

    FILE_NAME = "gazetteer.json"

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, entries: list[Entry] | None = None
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._prepare(entries or [])

    def _prepare(self, entries: list[Entry]) -> None:
        self._entries = entries
        self._nlp = spacy.blank("xx")
        self._names = PhraseMatcher(self._nlp.vocab)
        for index, entry in enumerate(entries):
            spelt = {spell(name).text for name in entry.names}
            self._names.add(str(index), [self._nlp.make_doc(name) for name in sorted(spelt) if name])
        self._money = Matcher(self._nlp.vocab)
        self._money.add(MONEY, [[_UNIT, _NUMBER, _GROUP], [_NUMBER, _GROUP, _UNIT]], greedy="LONGEST")

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GazetteerEntityExtractor:
        """Make the component without names; training gives them."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> GazetteerEntityExtractor:
        """Make the component with the names it was trained with."""
        with model_storage.read_from(resource) as folder:
            rows = json.loads((folder / cls.FILE_NAME).read_text(encoding="utf-8"))
        return cls(model_storage, resource, [Entry(*row) for row in rows])

    def train(self, training_data: TrainingData) -> Resource:
        """Take the names out of the lookup tables and keep them with the model."""
        self._prepare(list(_entries(training_data)))
        with self._model_storage.write_to(self._resource) as folder:
            (folder / self.FILE_NAME).write_text(
                json.dumps(self._entries, ensure_ascii=False), encoding="utf-8"
            )
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities found to each message."""
        for message in messages:
            found = self.add_extractor_name(self.entities(str(message.get(TEXT) or "")))
            message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        return messages

    def entities(self, text: str) -> list[dict[str, Any]]:
        """What is named in `text`, in the order of the text, with offsets into it as it was written."""
        spelling = spell(text)
        doc = self._nlp.make_doc(spelling.text)
        named = _longest(Span(doc, start, end, label=label) for label, start, end in self._names(doc))
        money = self._money_in(doc, [span for span in named if self._entry(span).entity == CURRENCY])
        covered = {token.i for span, _ in money for token in span}
        rows = [(span, MONEY, value) for span, value in money]
        rows += [
            (span, self._entry(span).entity, self._entry(span).value)
            for span in named
            if self._entry(span).entity != CURRENCY and not covered.intersection(range(span.start, span.end))
        ]
        return [_entity(spelling, *row) for row in sorted(rows, key=lambda row: (row[0].start, row[1]))]

    def _entry(self, span: Span) -> Entry:
        return self._entries[int(span.label_)]

    def _money_in(self, doc: Doc, currencies: list[Span]) -> list[Any]:
        """Numbers beside a currency, with their value: {"amount": 300, "currency": "AUD"}."""
        if not currencies:
            return []
        units = {span.start: self._entry(span).value for span in currencies}
        marked = [Span(doc, span.start, span.end, label=CURRENCY) for span in currencies]
        doc.set_ents(_longest(marked, single=True))
        found = []
        for _, start, end in self._money(doc):
            span = doc[start:end]
            digits = "".join(token.text for token in span if token.ent_type_ != CURRENCY)
            unit = next(units[token.i] for token in span if token.i in units)
            found.append((span, {"amount": _amount(digits), "currency": unit}))
        return found


def _entries(training_data: TrainingData) -> Iterable[Entry]:
    for table in training_data.lookup_tables:
        entity, _, value = table["name"].partition("/")
        if value:
            yield Entry(entity, value, list(table["elements"]))
            continue
        for name in table["elements"]:
            yield Entry(entity, training_data.entity_synonyms.get(name, name), [name])


def _longest(spans: Iterable[Span], *, single: bool = False) -> list[Span]:
    """The spans without those inside or across a longer one; of equal ones all, unless `single`."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start, span.label)):
        rivals = [other for other in kept if span.start < other.end and other.start < span.end]
        if all((o.start, o.end) == (span.start, span.end) and not single for o in rivals):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def _amount(digits: str) -> float:
    """`1,500.50` and `1.500,50` are both 1500.5; one mark before three digits groups them."""
    parts = re.split(r"[.,]", digits.strip(".,"))
    if len(parts) == 1 or (len(parts[-1]) == _GROUP_DIGITS and len(set(re.findall(r"[.,]", digits))) <= 1):
        return float("".join(parts))
    return float("".join(parts[:-1]) + "." + parts[-1])


def _entity(spelling: Spelling, span: Span, entity: str, value: Any) -> dict[str, Any]:
    start, end = spelling.original(span.start_char, span.end_char)
    return {"entity": entity, "start": start, "end": end, "value": value}
