"""Hints before publishing: what a text lacks, and what becomes of its translations."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from content.answer_facts import read_variants
from content.answer_rules import NewVariant
from content.clock import as_of
from content.hints import Hint
from content.publishing_warnings import warnings
from content.repository import Repository
from content.schema import AppliesTo
from content.store import reading
from content.words import Words
from content.workflow import Workflow

KEY = "palm.cost"


def text(store: Engine, language: str = "en") -> tuple[str, str]:
    answer = Repository(store).answer(KEY, language)
    assert answer is not None
    return answer.title, answer.body


def hints(
    store: Engine,
    title: str,
    body: str,
    *,
    language: str = "en",
    variant: str = "default",
    minor: bool = False,
) -> dict[str, dict[str, object]]:
    found = warnings(store, KEY, variant, language, title, body, minor=minor)
    return {hint.name: hint.values for hint in found}


def test_the_text_that_is_told_has_nothing_to_warn_of(store: Engine) -> None:
    assert hints(store, *text(store)) == {}
    assert hints(store, *text(store, "bi"), language="bi") == {}


def test_a_changed_english_text_names_the_translations_that_become_outdated(store: Engine) -> None:
    title, body = text(store)
    assert hints(store, title, f"{body} Ask first.") == {"translations-outdated": {"languages": "bi"}}
    assert hints(store, title, f"{body} Ask first.", minor=True) == {}


def test_a_translation_that_is_outdated_already_is_not_named_again(store: Engine) -> None:
    title, body = text(store)
    publish(store, title, f"{body} Ask first.")
    assert hints(store, title, f"{body} Ask twice.") == {}


def test_another_figure_is_named_with_what_it_withdraws(store: Engine) -> None:
    title, body = text(store)
    assert "300" in body
    expected: dict[str, dict[str, object]] = {
        "figures-gone": {"figures": "300"},
        "figures-new": {"figures": "320"},
        "translations-withdrawn": {"languages": "bi"},
        "variants-withdrawn": {"variants": "vu"},
    }
    changed = body.replace("300", "320")
    assert hints(store, title, changed) == expected
    assert hints(store, title, changed, minor=True) == expected | {"not-minor": {}}


def test_what_is_foretold_of_withdrawals_comes_true(store: Engine) -> None:
    title, body = text(store)
    publish(store, title, body.replace("300", "320"))
    languages = {row.name: row.languages for row in read_variants(store, KEY)}
    assert languages["default"] == languages["vu"] == ("en",)


def test_a_variant_without_a_source_is_told_so(store: Engine) -> None:
    new = NewVariant(name="palm", applies_to=AppliesTo(scheme="PALM"))
    Workflow(store).add_variant(KEY, new, by="Ana")
    assert hints(store, "T", "B", variant="palm") == {"no-source": {}}


def test_sources_that_nobody_has_read_for_long_are_counted(store: Engine) -> None:
    title, body = text(store)
    with as_of(date(2027, 2, 19)):
        assert hints(store, title, body) == {
            "source-old": {"number": 1, "days": 90, "title": "Costs", "checked": "2026-11-20"}
        }
    with as_of(date(2027, 6, 1)):
        assert hints(store, title, body)["source-old"]["number"] == 2


def test_what_is_not_there_is_not_warned_of(store: Engine) -> None:
    assert warnings(store, "no.such", "default", "en", "T", "B") == []


def test_a_session_serves_as_well_and_languages_have_names(store: Engine) -> None:
    with reading(store) as session:
        body = text(store)[1]
        found = warnings(session, KEY, "default", "en", "T", body, language_name=lambda code: f"<{code}>")
    assert found == [Hint("translations-outdated", {"languages": "<bi>"})]


@pytest.mark.parametrize(
    ("name", "blanks"),
    [
        ("no-source", ()),
        ("source-old", ("number", "days", "title", "checked")),
        ("figures-gone", ("figures",)),
        ("figures-new", ("figures",)),
        ("not-minor", ()),
        ("translations-outdated", ("languages",)),
        ("translations-withdrawn", ("languages",)),
        ("variants-withdrawn", ("variants",)),
    ],
)
def test_every_hint_has_words_with_its_blanks(name: str, blanks: tuple[str, ...]) -> None:
    filled = {blank: f"<{blank}>" for blank in blanks}
    said = Words(Path("locales")).say(f"console.hint.{name}", "en", **filled)
    assert all(mark in said for mark in filled.values())


def publish(store: Engine, title: str, body: str) -> None:
    workflow = Workflow(store)
    number = workflow.draft(KEY, "en", title=title, body=body, by="Ana")
    workflow.submit(number, "Ana")
    workflow.publish(number, "Ben")
