"""The library's part of the engine's training data, written as Rasa NLU files.

The files of the library are the source, so that a fresh checkout trains the same model everywhere:
a phrase of each kind of all answers in all languages, or a few (examples of `ask_question`; all phrases
of a topic that has an intent of its own) and the gazetteers (lookup tables, one a value: `country/VU`),
with the languages' own names out of the catalogues. A phrase that stands in the hand-written examples
too is left to them, so that no text has two intents.
Not here: the hand-written part (`data/`), and when to train (`bot.training`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from content.words import Words

QUESTION = "ask_question"
# Enough to know a question by. All of them would outweigh the other intents, danger first.
_OF_EACH_KIND = 1
INTENT_OF_TOPIC = {"privacy": "privacy"}


class TrainingDataError(Exception):
    """A file of the library cannot be used for training; the message names it."""


@dataclass(frozen=True, slots=True)
class TrainingData:
    """What the library gives: the intent of each distinct phrase that the engine learns from, and names by
    lookup table; and every phrase there is, from which the ear learns.
    """

    phrases: Mapping[str, str]
    every_phrase: tuple[str, ...]
    languages: tuple[str, ...]
    tables: Mapping[str, tuple[str, ...]]

    def write(self, folder: Path) -> None:
        """Write the data into `folder` as the Rasa files phrases.yml and gazetteers.yml."""
        folder.mkdir(parents=True, exist_ok=True)
        intents = [
            {
                "intent": intent,
                "examples": _lines(phrase for phrase, of in self.phrases.items() if of == intent),
            }
            for intent in sorted(set(self.phrases.values()))
        ]
        tables = [{"lookup": name, "examples": _lines(names)} for name, names in sorted(self.tables.items())]
        _dump(folder / "phrases.yml", intents)
        _dump(folder / "gazetteers.yml", tables)


def training_data(library: Path, words: Words, handwritten: Path = Path("data/nlu")) -> TrainingData:
    """Read the library's phrases and gazetteers, and the languages' own names."""
    files = sorted(path for path in library.glob("answers/*/*/*.yml") if path.name != "answer.yml")
    taken = {text.casefold() for _, text in examples(handwritten)}
    phrases: dict[str, str] = {}
    every_phrase: list[str] = []
    for path in files:
        topic = path.parts[-3]
        intent = INTENT_OF_TOPIC.get(topic, QUESTION)
        most = None if topic in INTENT_OF_TOPIC else _OF_EACH_KIND
        for place, phrase in _phrases(path):
            every_phrase.append(phrase)
            if (most is None or place < most) and phrase.casefold() not in taken:
                taken.add(phrase.casefold())
                phrases[phrase] = intent
    tables = dict(_tables(library / "gazetteers"))
    for language in words.languages():
        name = f"language/{language}"
        tables[name] = _distinct((*tables.get(name, ()), words.name(language)))
    languages = tuple(sorted({path.stem for path in files}))
    return TrainingData(phrases, tuple(every_phrase), languages, tables)


def examples(folder: Path) -> Iterator[tuple[str, str]]:
    """The hand-written examples, as pairs of intent and text."""
    for path in sorted(folder.rglob("*.yml")):
        for block in read_yaml(path).get("nlu") or []:
            for line in str(block.get("examples") or "").splitlines():
                if text := line.removeprefix("- ").strip():
                    yield str(block.get("intent")), text


def _phrases(path: Path) -> Iterator[tuple[int, str]]:
    """The phrases of an answer in a language, each with its place among those of its kind."""
    kinds = read_yaml(path).get("phrases") or {}
    if not isinstance(kinds, dict):
        raise TrainingDataError(f"{path}: phrases must be lists by kind.")
    for kind, texts in kinds.items():
        for place, text in enumerate(texts or []):
            if not isinstance(text, str):
                raise TrainingDataError(f"{path}: phrases.{kind}: {text!r} is not a text.")
            if line := _line(text):
                yield place, line


def _tables(folder: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    for path in sorted(folder.glob("*.yml")):
        content = read_yaml(path)
        for row in content.get("values", []):
            names = [*row.get("names", {}).values()]
            names += [alias for aliases in row.get("aliases", {}).values() for alias in aliases]
            yield f"{content.get('entity', path.stem)}/{row['value']}", _distinct(map(_line, names))


def read_yaml(path: Path) -> dict[str, Any]:
    """A file that holds keys and values; raises TrainingDataError that names it."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise TrainingDataError(f"{path}: {error}") from error
    if not isinstance(content, dict):
        raise TrainingDataError(f"{path}: the file must hold keys and values.")
    return content


def _line(text: str) -> str:
    """One line, with nothing that Rasa would read as markup or as a payload."""
    return " ".join(text.translate(str.maketrans("[]{}", "()()")).split()).lstrip("/-# ")


def _lines(texts: Iterable[str]) -> str:
    return "".join(f"- {text}\n" for text in texts)


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, which Rasa's reader wants."""


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None
    ),
)


def _dump(path: Path, nlu: list[dict[str, str]]) -> None:
    content = {"version": "3.1", "nlu": nlu}
    path.write_text(
        yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000),
        encoding="utf-8",
    )
