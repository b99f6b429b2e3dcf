"""What texts are compared by: their words, word pairs and letter groups.

As scikit-learn's analyzers cut them (tests compare the rows). Cut here, because importing
scikit-learn takes 2 s and 80 MB of a process that only looks things up; learning does use it (`learners`).
"""

from itertools import pairwise

_SHORTEST, _LONGEST = 3, 5  # letters of a group


def words_of(plain: str) -> list[str]:
    """The words of a normalised text."""
    return plain.split()


def words_and_pairs(plain: str) -> list[str]:
    """The words, and each with the word after it."""
    words = plain.split()
    return words + [f"{word} {after}" for word, after in pairwise(words)]


def letter_groups(plain: str) -> list[str]:
    """Three to five letters in a row within a word and the spaces around it; a short word once."""
    groups = []
    for word in plain.split():
        spaced = f" {word} "
        for size in range(_SHORTEST, _LONGEST + 1):
            groups += [spaced[start : start + size] for start in range(max(1, len(spaced) - size + 1))]
            if len(spaced) <= size:
                break
    return groups
