"""The library's files as the exporter writes them: items put together to files, keys in their order.

Not here: writing them (`content.exporter`), what may stand in them (`content.schema`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from content.export_records import record_files
from content.fields import SOURCE_LANGUAGE
from content.items import (
    LIBRARY_KINDS,
    AboutItem,
    GazetteerItem,
    Item,
    PhrasesItem,
    RecordItem,
    RecordWordsItem,
    ReviewItem,
    ServiceItem,
    SourcesItem,
    TextItem,
)
from content.schema import DEFAULT, ServiceEntry, SourceEntry
from content.yaml_text import OneLine

_WORDS = ("name", "who_for", "hours", "languages", "place", "cost")


def library_files(items: Iterable[Item]) -> dict[str, dict[str, Any]]:
    """Content of every file, by its place in the library folder."""
    by_kind: dict[type[Item], list[Any]] = defaultdict(list)
    for item in items:
        by_kind[type(item)].append(item)
    files = _services(by_kind[ServiceItem]) | _gazetteers(by_kind[GazetteerItem])
    answers = _Answers(by_kind)
    for about in by_kind[AboutItem]:
        files |= answers.files_of(about)
    return files | record_files(
        by_kind[RecordItem],
        by_kind[RecordWordsItem],
        answers=[about.key for about in by_kind[AboutItem] if answers.is_told(about.key)],
        services=[item.service.id for item in by_kind[ServiceItem]],
    )


class _Answers:
    """The items of all answers, by key; knows which of them are told."""

    def __init__(self, by_kind: Mapping[type[Item], list[Any]]) -> None:
        self._texts: dict[str, dict[str, dict[str, TextItem]]] = defaultdict(lambda: defaultdict(dict))
        for text in by_kind[TextItem]:
            self._texts[text.key][text.language][text.variant] = text
        self._reviews: dict[str, ReviewItem] = {item.key: item for item in by_kind[ReviewItem]}
        self._sources: dict[tuple[str, str], SourcesItem] = {
            (item.key, item.variant): item for item in by_kind[SourcesItem]
        }
        self._phrases: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(dict)
        for phrases in by_kind[PhrasesItem]:
            self._phrases[phrases.key, phrases.language].update(phrases.phrases)
        self._services = {item.service.id for item in by_kind[ServiceItem]}

    def files_of(self, about: AboutItem) -> dict[str, dict[str, Any]]:
        """`answer.yml` and a file for each language; none if nothing of the answer is told."""
        if not self.is_told(about.key):
            return {}
        folder = "answers/" + about.key.replace(".", "/", 1)
        files = {f"{folder}/answer.yml": self._about(about)}
        for language, texts in self._texts[about.key].items():
            if DEFAULT in texts:
                names = [each.name for each in about.variants if each.name in texts]
                told = {name: texts[name] for name in names}
                phrases = self._phrases.get((about.key, language), {})
                files[f"{folder}/{language}.yml"] = _language_file(told, phrases)
        return files

    def is_told(self, key: str) -> bool:
        """Whether people are told the answer."""
        return DEFAULT in self._texts.get(key, {}).get(SOURCE_LANGUAGE, {})

    def _about(self, about: AboutItem) -> dict[str, Any]:
        told = self._texts[about.key][SOURCE_LANGUAGE]
        related = [key for key in about.related if self.is_told(key)]
        services = [id_ for id_ in about.services if id_ in self._services]
        concerns = [corridor.model_dump(exclude_none=True) for corridor in about.concerns]
        return {
            "topic": about.topic,
            "audience": about.audience,
            "owner": about.owner,
            "review_every_days": about.review_every_days,
            "review_date": self._reviews[about.key].review_date,
            **({"concerns": concerns} if concerns else {}),
            **({"related": OneLine(related)} if related else {}),
            **({"services": OneLine(services)} if services else {}),
            "variants": [
                {
                    "name": variant.name,
                    "applies_to": variant.applies_to.model_dump(exclude_none=True),
                    "sources": [_source(source) for source in self._sources[about.key, variant.name].sources],
                }
                for variant in about.variants
                if variant.name in told
            ],
        }


def _language_file(texts: dict[str, TextItem], phrases: dict[str, list[str]]) -> dict[str, Any]:
    kinds = [*LIBRARY_KINDS, *(["staff"] if phrases.get("staff") else [])]
    further = {name: _text(text) for name, text in texts.items() if name != DEFAULT}
    return {
        **_text(texts[DEFAULT]),
        "phrases": {kind: phrases.get(kind, []) for kind in kinds},
        **({"variants": further} if further else {}),
        **_translation(texts),
    }


def _text(text: TextItem) -> dict[str, Any]:
    minor = {"minor_edit_of": text.minor_edit_of} if text.minor_edit_of else {}
    return {"title": text.title, "body": text.body, **minor}


def _translation(texts: dict[str, TextItem]) -> dict[str, Any]:
    if texts[DEFAULT].language == SOURCE_LANGUAGE:
        return {}
    entry = {
        "state": _for_all({name: text.state for name, text in texts.items()}),
        "of": {name: text.of for name, text in texts.items()} if len(texts) > 1 else texts[DEFAULT].of,
        "reviewed_by": _for_all({name: text.reviewed_by for name, text in texts.items()}),
        "reviewed_on": _for_all({name: text.reviewed_on for name, text in texts.items()}),
    }
    return {"translation": {key: value for key, value in entry.items() if value is not None}}


def _for_all(values: Mapping[str, object]) -> object:
    """One value if it is that of all variants, else each its own; None if there is none at all."""
    if len(set(values.values())) == 1:
        return next(iter(values.values()))
    return {name: value for name, value in values.items() if value is not None}


def _source(source: SourceEntry) -> dict[str, Any]:
    return {**source.model_dump(exclude={"facts"}), **_one_line("facts", source.facts)}


def _one_line(key: str, words: list[str]) -> dict[str, Any]:
    return {key: OneLine(words)} if words else {}


def _services(items: list[ServiceItem]) -> dict[str, dict[str, Any]]:
    by_country: dict[str, list[Any]] = defaultdict(list)
    for item in items:
        by_country[item.country].append(_service(item.service))
    return {
        f"services/{country.lower()}.yml": {"country": country, "services": services}
        for country, services in by_country.items()
    }


def _service(service: ServiceEntry) -> dict[str, Any]:
    data = service.model_dump(exclude_none=True)
    if service.opens:
        data["opens"] = service.opens.model_dump(exclude_defaults=True)
    for key in ("serves", "speaks"):
        data |= _one_line(key, data.pop(key))
    for key in _WORDS:
        if key in data:
            data[key] = _source_language_first(data[key])
    kinds = data.pop("danger_kinds")
    facts = data["source"].pop("facts")
    last = {
        "checked_on": data.pop("checked_on"),
        **({"note": data.pop("note")} if "note" in data else {}),
        "source": {**data.pop("source"), **_one_line("facts", facts)},
    }
    danger = {"danger": data.pop("danger"), **_one_line("danger_kinds", kinds)}
    return {**data, "phones": OneLine(data["phones"]), **danger, **last}


def _gazetteers(items: list[GazetteerItem]) -> dict[str, dict[str, Any]]:
    by_entity: dict[str, list[Any]] = defaultdict(list)
    for item in items:
        by_entity[item.entity].append(_gazetteer_value(item))
    return {
        f"gazetteers/{entity}.yml": {"entity": entity, "values": values}
        for entity, values in by_entity.items()
    }


def _gazetteer_value(item: GazetteerItem) -> dict[str, Any]:
    entry = item.entry
    return {
        "value": entry.value,
        **_one_line("roles", list(entry.roles)),
        **({"destination": entry.destination} if entry.destination else {}),
        **_one_line("origins", entry.origins),
        "names": _source_language_first(entry.names),
        "aliases": _source_language_first(entry.aliases, OneLine),
    }


def _source_language_first(
    words: Mapping[str, Any], form: Callable[[Any], Any] = lambda value: value
) -> dict[str, Any]:
    order = sorted(words, key=lambda language: (language != SOURCE_LANGUAGE, language))
    return {language: form(words[language]) for language in order}
