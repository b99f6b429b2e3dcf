"""What is refused or found wrong: every error and every fault has words whose blanks are filled."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from content import schema_errors
from content.words import Words

ERRORS = frozenset({"WorkflowError", "EditConflict", "SheetConflict", "Saying"})
PRODUCT = ("actions", "bot", "content")
VALUES_OF_FIGURES = frozenset({"missing", "added"})
# The saying whose id stands in a table.
TOLD_BY_PYDANTIC = frozenset({"value", "reason"}) | VALUES_OF_FIGURES


def raised(source: str) -> Iterator[tuple[str | None, frozenset[str]]]:
    """Every error that a source makes: the id of its sentence (None: not written out), and its values."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
            first = node.args[0] if node.args else None
            written = isinstance(first, ast.Constant) and isinstance(first.value, str)
            names = {word.arg for word in node.keywords if word.arg}
            spread = VALUES_OF_FIGURES if any(word.arg is None for word in node.keywords) else frozenset()
            yield first.value if written else None, frozenset(names | spread)  # type: ignore[union-attr]


def all_raised() -> list[tuple[str | None, frozenset[str]]]:
    files = [path for part in PRODUCT for path in sorted(Path(part).rglob("*.py"))]
    return [each for path in files for each in raised(path.read_text(encoding="utf-8"))]


def test_the_reader_sees_errors_that_are_known() -> None:
    found = {sentence for sentence, _ in all_raised()}
    # One of each module that raises some.
    assert found >= {
        "workflow.no-source",
        "workflow.publish-first",
        "workflow.no-sheet",
        "workflow.sheet-changed",
        "workflow.default-stays",
        "workflow.figures",
        "workflow.phrase-with-gap",
        "fault.not-one-line",
        "fault.markdown.heading",
        "console.state.in-review",
    }


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('raise WorkflowError("there is no answer")', ("there is no answer", frozenset())),
        ('raise WorkflowError(f"there is no {x}", a=1)', (None, frozenset({"a"}))),
        ('raise EditConflict("workflow.x", 1, **other)', ("workflow.x", VALUES_OF_FIGURES)),
    ],
)
def test_the_reader_sees_sentences_in_code(source: str, found: tuple[str | None, frozenset[str]]) -> None:
    assert list(raised(source)) == [found]


def test_every_refusal_has_words_whose_blanks_are_filled() -> None:
    words, seen = Words(Path("locales")), all_raised()
    assert len(seen) > 25
    for sentence, values in seen:
        if sentence is None and values == TOLD_BY_PYDANTIC:
            continue
        assert sentence is not None, f"an error with {sorted(values)} has its words in the code"
        assert words.has(sentence, "en"), sentence
        blanks = {name for _, name, _, _ in Formatter().parse(words.say(sentence, "en")) if name}
        assert blanks <= values, sentence


def test_what_pydantic_finds_has_words_too() -> None:
    words = Words(Path("locales"))
    assert len(schema_errors.MESSAGES) > 10
    for sentence in schema_errors.MESSAGES.values():
        blanks = {name for _, name, _, _ in Formatter().parse(words.say(sentence, "en")) if name}
        assert blanks <= {"value", *schema_errors.NAMED}, sentence


def test_no_words_of_refusals_and_faults_are_left_over() -> None:
    catalogue = Path("locales/en/LC_MESSAGES/console.po").read_text(encoding="utf-8")
    kept = {
        line[7:-1]
        for line in catalogue.splitlines()
        if line.startswith(('msgid "workflow.', 'msgid "fault.'))
    }
    raised_ones = {
        sentence for sentence, _ in all_raised() if sentence and not sentence.startswith("console.")
    }
    # Those of a whole form and of what pydantic found are named in tables.
    assert kept == raised_ones | {"workflow.not-as-allowed", "fault.other"} | set(
        schema_errors.MESSAGES.values()
    )
