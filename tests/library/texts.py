"""Texts of the library taken apart: plain words, sentences, where each stands."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

from content.folder import Library

_PARSER = MarkdownIt("commonmark")
_SENTENCE = re.compile(r"(?<=[.?!])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʻ-][^\W\d_]+)*")


def texts(library: Library, language: str) -> Iterator[tuple[str, str, str]]:
    """Where, title and plain body of every telling in a language."""
    for key, answer in library.answers.items():
        file = answer.texts.get(language)
        for variant in file.told() if file else ():
            told = file.text_of(variant) if file else None
            if told:
                yield f"{key}/{variant}", told.title, plain_text(told.body)


def plain_text(markdown: str) -> str:
    """The words of a body, a line for each paragraph and each item of a list."""
    lines = [token for token in _PARSER.parse(markdown) if token.type == "inline"]
    return "\n".join(
        "".join(
            child.content if child.type == "text" else " " if "break" in child.type else ""
            for child in line.children or ()
        )
        for line in lines
    )


def sentences(plain: str) -> list[str]:
    """Sentences, and items of lists, that have words."""
    return [part.strip() for part in _SENTENCE.split(plain) if _WORD.search(part)]


def words(plain: str) -> list[str]:
    """The words of a text, in lower case; figures are none."""
    return [word.lower() for word in _WORD.findall(plain)]
