"""Stamping: pins of translations are filled in, and what is outdated is found."""

from pathlib import Path

import pytest

from content.folder import read_library, survey
from content.importing_command import main
from content.schema import fingerprint_of
from content.stamping import outdated_translations, stamp

BISLAMA = "answers/palm/cost/bi.yml"
PINS = "{default: e3a70327dd7b, vu: c16c364442bc}"


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    "pending",
    ["pending", "'pending'", "{default: pending, vu: c16c364442bc}", "{default: pending, vu: pending}"],
)
def test_pending_pins_are_filled_in_and_nothing_else_changes(library_folder: Path, pending: str) -> None:
    path = library_folder / BISLAMA
    before = path.read_text(encoding="utf-8")
    rewrite(path, PINS, pending)
    assert stamp(library_folder) == [path]
    assert path.read_text(encoding="utf-8") == before
    assert stamp(library_folder) == []


def test_a_translation_without_variants_gets_one_pin(library_folder: Path) -> None:
    path = library_folder / "answers/fees/who-pays/bi.yml"
    english = (library_folder / "answers/fees/who-pays/en.yml").read_text(encoding="utf-8")
    path.write_text(f"{english}translation: {{state: machine-drafted, of: pending}}\n", encoding="utf-8")
    stamp(library_folder)
    pin = fingerprint_of("Who pays the recruitment fee?", "The employer. Not you.")
    assert path.read_text(encoding="utf-8").endswith(f"translation: {{state: machine-drafted, of: {pin}}}\n")
    read_library(library_folder)


def test_a_text_that_speaks_of_pending_things_is_left_alone(library_folder: Path) -> None:
    path = library_folder / BISLAMA
    rewrite(path, "**Nating.** Ofis", "of: pending\n\n      **Nating.** Ofis")
    rewrite(path, PINS, "pending")
    stamp(library_folder)
    assert "      of: pending\n" in path.read_text(encoding="utf-8")


def test_a_changed_source_text_makes_its_translation_outdated(library_folder: Path) -> None:
    assert outdated_translations(library_folder) == []
    rewrite(library_folder / "answers/palm/cost/en.yml", "Nobody may take money", "Nobody may ask for money")
    assert outdated_translations(library_folder) == [(library_folder / BISLAMA, "default")]
    assert main(["--library", str(library_folder), "--outdated"]) == 1


def test_another_layout_of_the_source_text_does_not(library_folder: Path) -> None:
    rewrite(
        library_folder / "answers/palm/cost/en.yml", "Nobody may take money", "Nobody may\n  take   money"
    )
    assert outdated_translations(library_folder) == []


def test_a_minor_edit_does_not(library_folder: Path) -> None:
    path = library_folder / "answers/palm/cost/en.yml"
    rewrite(path, "Nobody may take money", "No one may take money")
    rewrite(path, "phrases:\n", "minor_edit_of: e3a70327dd7b\nphrases:\n")
    assert outdated_translations(library_folder) == []
    assert survey(library_folder)[1] == []


def test_new_phrases_or_sources_do_not(library_folder: Path) -> None:
    rewrite(library_folder / "answers/palm/cost/en.yml", "    - cost?\n", "    - cost?\n    - praes\n")
    rewrite(library_folder / "answers/palm/cost/answer.yml", "A ministry", "Another ministry")
    assert outdated_translations(library_folder) == []
