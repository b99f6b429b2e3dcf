"""One spelling for what people type: case, accents, apostrophes and stretched letters put aside.

Used wherever typed text is compared: search, language, danger. Nothing is said to people in
this form.
"""

import re
import unicodedata

_APOSTROPHES = re.compile(r"['`´‘’ʻʼʽ]")
_STRETCHED = re.compile(r"(.)\1{2,}")
_NOT_WORDS = re.compile(r"[^\w]+", re.UNICODE)


def normalise(text: str) -> str:
    """Lower-case words with single spaces: no marks, no punctuation, `helppp!!` as `help`."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _APOSTROPHES.sub("", plain)
    plain = _STRETCHED.sub(lambda run: run[0] if run[1].isdigit() else run[1], plain)
    return _NOT_WORDS.sub(" ", plain).strip()
