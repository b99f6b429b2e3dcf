"""Takes personal data out of a text before it is kept: phones, mails, addresses, papers, accounts, names.

It errs to the safe side: too much may go, never too little. The words of each language are in
`content/library/masking.yml`.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from content.yaml_text import load

MARK = "[…]"
WORDS = Path(__file__).parents[1] / "library" / "masking.yml"

_APOSTROPHE = "['’‘ʻ`]?"
_MAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.\w+")
_ADDRESS = re.compile(r"(?P<host>(?:https?://)?(?:[\w-]+\.)+[a-z]{2,})(?P<rest>[/?#][^\s]*)", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\w)@\w[\w.]+")
# A word of letters and digits with at least five digits: a passport, a visa, an account.
_PAPER = re.compile(r"(?<![\w$])(?=[\w-]*[^\W\d_])(?=(?:[\w-]*?\d){5})[\w-]+")
_NUMBER = re.compile(r"(?<!\w)\+?\(?\d(?:[\s().,/-]{0,2}\d)*")
_FEWEST_DIGITS = 6
_MOST_NAME_WORDS = 3


class Masking:
    """Masks with the words of all languages."""

    def __init__(self, words: dict[str, Any]) -> None:
        ends = {word.casefold() for words in words["ends"].values() for word in words}
        money = sorted((re.escape(word) for word in words["money"]), key=len, reverse=True)
        self._name = _after_leads(_all(words["names"]), _all(words["between"]), ends)
        self._money_before = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(money)})\.?\s?$", re.IGNORECASE)
        self._money_after = re.compile(rf"\s?(?:{'|'.join(money)})(?!\w)", re.IGNORECASE)
        self._money_in_word = re.compile(
            rf"(?:{'|'.join(money)})?[\d.,]+(?:{'|'.join(money)})?", re.IGNORECASE
        )

    @classmethod
    def read(cls, path: Path = WORDS) -> "Masking":
        """Read the words of the library."""
        return cls(load(path.read_text(encoding="utf-8")))

    def mask(self, text: str) -> str:
        """The text with a mark in place of everything personal that was found."""
        text = _MAIL.sub(MARK, text)
        text = _ADDRESS.sub(lambda found: f"{found['host']}/{MARK}", text)
        text = _HANDLE.sub(MARK, text)
        text = self._name.sub(lambda found: f"{found['lead']}{MARK}", text)
        text = _PAPER.sub(self._paper, text)
        return _NUMBER.sub(self._number, text)

    def _paper(self, found: re.Match[str]) -> str:
        return found[0] if self._money_in_word.fullmatch(found[0]) else MARK

    def _number(self, found: re.Match[str]) -> str:
        few = sum(letter.isdigit() for letter in found[0]) < _FEWEST_DIGITS
        if few or self._is_money(found):
            return found[0]
        return MARK

    def _is_money(self, found: re.Match[str]) -> bool:
        before, after = found.string[: found.start()], found.string[found.end() :]
        # Groups apart by more than a separator are several numbers, or a phone.
        amount = re.fullmatch(r"\d+(?:[ ,.]\d{3})*(?:[.,]\d{1,2})?", found[0]) is not None
        return amount and bool(self._money_before.search(before) or self._money_after.match(after))


def _all(by_language: dict[str, list[str]]) -> list[str]:
    return [words for each in by_language.values() for words in each]


def _after_leads(leads: Iterable[str], between: Iterable[str], ends: Iterable[str]) -> re.Pattern[str]:
    """Finds up to three words after a lead; the first is always a name, the others until one that ends it."""
    end = rf"(?:{_choice(ends)})(?!\w)"
    word = r"[^\W\d_][\w'’-]*\.?"
    return re.compile(
        rf"(?P<lead>(?<!\w)(?:{_choice(leads)})\.?:?(?:\s+(?:{_choice(between)})(?=\s))?[\s:]+)"
        rf"{word}(?:\s+(?!{end}){word}){{0,{_MOST_NAME_WORDS - 1}}}",
        re.IGNORECASE,
    )


def _choice(words: Iterable[str]) -> str:
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(_spelt(word) for word in longest_first)


def _spelt(words: str) -> str:
    """The words however they are spaced, and with or without their apostrophes."""
    escaped = (re.escape(word).replace("'", _APOSTROPHE) for word in words.split())
    return r"\s+".join(escaped)
