"""Real questions of all languages: those held out for `make evaluate`, which stand in no training file."""

from itertools import chain

from tests.nlu.held_out import SHAPES, all_languages


def held_out() -> list[str]:
    """All held-out questions, languages taking turns."""
    by_language = [
        list(chain.from_iterable((q.text for q in held.questions[shape]) for shape in SHAPES))
        for held in all_languages()
    ]
    longest = max(map(len, by_language), default=0)
    return [some[n % len(some)] for n in range(longest) for some in by_language]
