"""The translators' side of the message catalogues: `python -m content.catalogues check|update|compile`.

English is the source: its catalogue lists every message id with a comment saying where it is
shown. `update` brings the other languages to the same ids (new ones empty, gone ones dropped),
`check` fails where an id, a placeholder or a catalogue is wrong, `compile` writes .mo files for
tools that want them. Not here: saying the words (`content.words`).
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from content.words import SOURCE_LANGUAGE, WordsError, read_catalogue

# The functions whose first text is a message id, and which argument that is.
_KEYWORDS = {
    "t": (1,),
    "say": (1,),
    "button": (1,),
    "notice": (2,),
    "WorkflowError": (1,),
    "EditConflict": (1,),
    "SheetConflict": (1,),
    "Saying": (1,),
}
_METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.js", "javascript")]
_CODE = ("actions", "bot", "content")
_ID = re.compile(r"[a-z][a-z0-9-]*(?:\.[a-z0-9_-]+)+")


def catalogue_path(folder: Path, language: str) -> Path:
    """Where a language's catalogue is."""
    return folder / language / "LC_MESSAGES" / "messages.po"


def console_path(folder: Path, language: str = SOURCE_LANGUAGE) -> Path:
    """Where the words of the staff console are; other languages may have them or not."""
    return folder / language / "LC_MESSAGES" / "console.po"


def languages(folder: Path) -> list[str]:
    """All languages that have a catalogue, but for the source language."""
    found = sorted(path.parents[1].name for path in folder.glob("*/LC_MESSAGES/messages.po"))
    return [language for language in found if language != SOURCE_LANGUAGE]


def ids_in_code(root: Path) -> dict[str, str]:
    """Every message id written out in code or templates, with the file that says it."""
    return {
        str(message): f"{part}/{file}"
        for part in _CODE
        for file, _, message, _, _ in extract_from_dir(
            root / part, method_map=_METHODS, keywords={**_KEYWORDS, "_": None}, comment_tags=()
        )
        if isinstance(message, str) and _ID.fullmatch(message)
    }


def problems(root: Path, folder: Path) -> Iterator[str]:
    """Everything that is wrong with the catalogues, a sentence each."""
    source = _texts(read_catalogue(catalogue_path(folder, SOURCE_LANGUAGE)))
    console = console_path(folder)
    known = source | (_texts(read_catalogue(console)) if console.exists() else {})
    used = ids_in_code(root)
    if not used:
        yield f"{root}: no message ids were found in the code; the search for them must be broken"
    for message, file in sorted(used.items()):
        if message not in known:
            yield f"{file}: the message {message} is not in the English catalogue"
    for language in languages(folder):
        path = catalogue_path(folder, language)
        for message, text in _texts(read_catalogue(path)).items():
            if message not in source:
                yield f"{path}: {message} is not in the English catalogue; run `make words`"
            elif text and _fields(text) != _fields(source[message]):
                yield f"{path}: {message} has other {{placeholders}} than the English text"
    yield from (f"{folder}/en: {message} has no text" for message, text in known.items() if not text)


def update(folder: Path) -> list[str]:
    """Bring every other language to the source's ids; returns a line a language."""
    source = read_catalogue(catalogue_path(folder, SOURCE_LANGUAGE))
    lines = []
    for language in languages(folder):
        path = catalogue_path(folder, language)
        old = read_catalogue(path)
        kept = _texts(old)
        new = Catalog(fuzzy=False, header_comment=old.header_comment, charset="utf-8")
        for message in source:
            if message.id:
                new.add(message.id, kept.get(str(message.id), ""), auto_comments=message.auto_comments)
        write_catalogue(path, new)
        done = sum(1 for message in new if message.id and message.string)
        lines.append(f"{language}: {done} of {len(new)} messages")
    return lines


def write_catalogue(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue file without what changes at every run (dates, versions)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=0, omit_header=True)
    text = path.read_text(encoding="utf-8")
    header = 'msgid ""\nmsgstr ""\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    path.write_text(header + text.lstrip(), encoding="utf-8")


def compile_all(folder: Path) -> list[Path]:
    """Write a .mo file beside every catalogue."""
    made = []
    for language in [SOURCE_LANGUAGE, *languages(folder)]:
        path = catalogue_path(folder, language)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read_catalogue(path))
        made.append(path.with_suffix(".mo"))
    return made


def _texts(catalogue: Catalog) -> dict[str, str]:
    return {str(message.id): str(message.string or "") for message in catalogue if message.id}


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def main(arguments: list[str]) -> int:
    """Run one of the commands; exit status 1 if `check` finds something."""
    root, folder = Path(), Path("locales")
    try:
        if arguments == ["update"]:
            print("\n".join(update(folder)))
        elif arguments == ["compile"]:
            print("\n".join(str(path) for path in compile_all(folder)))
        elif arguments == ["check"]:
            found = list(problems(root, folder))
            print("\n".join(found) or f"{len(languages(folder)) + 1} catalogues are whole")
            return 1 if found else 0
        else:
            print("usage: python -m content.catalogues check|update|compile", file=sys.stderr)
            return 2
    except WordsError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
