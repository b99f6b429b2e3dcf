"""The guide for staff (docs/console.md) uses the words that stand on the pages."""

import re
from pathlib import Path

from content.catalogues import console_path
from content.words import read_catalogue


def test_the_guide_names_what_the_pages_say() -> None:
    said = {str(message.string) for message in read_catalogue(console_path(Path("locales")))}
    guide = Path("docs/console.md").read_text(encoding="utf-8")
    named = re.findall(r"\*\*(.+?)\*\*", guide, re.DOTALL)
    assert len(named) > 40
    assert [words for words in named if " ".join(words.split()) not in said] == []
