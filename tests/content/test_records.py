"""Records of the guided journeys: from their files through the store to readers, in every language."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from content.exporter import export_library
from content.folder import read_library, read_without_faulty, survey
from content.importer import import_library
from content.records import KINDS, AgencyCheck, Checklist, FeeRules, SchemeFacts, references
from content.repository import Repository
from content.stamping import outdated_translations, stamp
from content.workflow import Workflow
from tests.content.conftest import Change

RULES = "rules/fee_check/vu.yml"
AGENCY = "agencies/vu/agency.yml"
ENGLISH = "agencies/vu/en.yml"
BISLAMA = "agencies/vu/bi.yml"
SCHEME = "schemes/palm/scheme.yml"
COURSE = "orientation/palm/course.yml"


def test_every_kind_of_record_comes_from_the_library_to_readers(store: Engine) -> None:
    published = Repository(store)
    for kind in KINDS:
        (told,) = published.records(kind, "en")
        assert set(told.words) == set(told.about.slots())
        assert published.record(kind, told.about.id, "en") == told
        assert published.record(kind, "nothing", "en") is None


def test_words_come_in_the_language_else_in_english(store: Engine) -> None:
    published = Repository(store)
    bislama = published.record(AgencyCheck, "vu", "bi")
    samoan = published.record(AgencyCheck, "vu", "sm")
    assert bislama is not None
    assert samoan is not None
    assert (bislama.language, bislama.translation) == ("bi", "reviewed")
    assert bislama.words["step.look-up"] == "Lukaotem insaed long 2 dei."
    assert (samoan.language, samoan.translation) == ("en", "missing")
    assert samoan.words["lead"] == "Only a licensed agent may recruit."


def test_words_are_outdated_when_the_source_changed_since(
    store: Engine, library_folder: Path, change: Change
) -> None:
    change(ENGLISH, "may recruit", "may send workers")
    assert [(path.name, what) for path, what in outdated_translations(library_folder)] == [
        ("bi.yml", "words")
    ]
    import_library(store, read_library(library_folder))
    told = Repository(store).record(AgencyCheck, "vu", "bi")
    assert told is not None
    assert told.translation == "outdated"


def test_stamping_pins_words_to_the_source_words_of_now(library_folder: Path, change: Change) -> None:
    pinned = read_library(library_folder).records["agencies", "vu"].words["bi"].translation
    assert pinned is not None
    change(BISLAMA, f"of: {pinned.of}", "of: pending")
    assert stamp(library_folder) == [library_folder / BISLAMA]
    assert read_library(library_folder).records["agencies", "vu"].words["bi"].translation == pinned


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2019, 12, 31), None),
        (date(2020, 1, 1), "limited"),
        (date(2024, 12, 31), "limited"),
        (date(2025, 1, 1), "forbidden"),
        (date(2126, 1, 1), "forbidden"),
    ],
)
def test_a_day_in_no_period_has_no_verified_figure(store: Engine, day: date, verdict: str | None) -> None:
    rules = Repository(store).record(FeeRules, "vu", "en")
    assert rules is not None
    period = rules.about.rules[0].on(day)
    assert (period.verdict if period else None) == verdict
    if verdict == "limited" and period and period.limit:
        assert (period.limit.value, period.limit.unit) == (Decimal("1.5"), "months-of-pay")


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (RULES, "until: 2024-12-31", "until: 2025-06-30", "begins before the one before it ends"),
        (RULES, "until: 2024-12-31", "until: 2019-12-31", "until: 2019-12-31 is before 2020-01-01"),
        (RULES, "verdict: forbidden", "verdict: limited", "limit: must be given if the verdict is limited"),
        (RULES, "value: 1.5", "value: much", "rules.0.periods.0.limit.value"),
        (RULES, "item: placement", "item: bribe", "rules.0.item"),
        (RULES, "id: vu\n", "id: fj\n", "id: 'fj' must be 'vu', as the file is named"),
        (RULES, "[au-emergency]", "[au-nobody]", "service: there is no service 'au-nobody'"),
        (RULES, "[palm.cost]", "[palm.nothing]", "answer: there is no answer 'palm.nothing'"),
        (RULES, "other_side: [NO]", "other_side: [XX]", "country: there is no country 'XX'"),
        (SCHEME, "scheme: PALM", "scheme: PLAM", "scheme: there is no scheme 'PLAM'"),
        (SCHEME, "review_date: 2027-02-20", "review_date: 2026-10-01", "is not after 2026-11-01"),
        (AGENCY, "steps: [ask-number, look-up]", "steps: [ask-number]", "words.step.look-up: has no place"),
        (AGENCY, "[ask-number, look-up]", "[ask-number, look-up, call]", "words.step.call: is missing"),
        (ENGLISH, "within 2 days", "within 3 days", "the figure 3 of the source text (en) is missing here"),
        (BISLAMA, "state: reviewed", "state: perfect", "translation.state"),
        (COURSE, "right: 1", "right: 3", "right: 3 is none of the 2 choices"),
    ],
)
def test_a_wrong_record_is_named_with_file_and_key(
    library_folder: Path, change: Change, *, file: str, old: str, new: str, problem: str
) -> None:
    change(file, old, new)
    _, found = survey(library_folder)
    said = [str(each) for each in found]
    assert [text for text in said if problem in text], said


def test_a_record_without_its_source_words_is_told_and_left_out(library_folder: Path, change: Change) -> None:
    (library_folder / ENGLISH).unlink()
    change("agencies/vu/bi.yml", "of: ", "of: x")
    library, found = read_without_faulty(library_folder)
    assert ("agencies", "vu") not in library.records
    assert ("schemes", "palm") in library.records
    assert {problem.file.name for problem in found} == {"en.yml", "bi.yml"}


def test_a_faulty_translation_of_a_record_leaves_the_rest(library_folder: Path, change: Change) -> None:
    change(BISLAMA, "2 dei", "3 dei")
    library, _ = read_without_faulty(library_folder)
    assert list(library.records["agencies", "vu"].words) == ["en"]


def test_a_record_that_left_the_library_is_told_no_more_on_demand(
    store: Engine, library_folder: Path
) -> None:
    (library_folder / "checklists/palm/checklist.yml").unlink()
    library = read_library(library_folder)
    assert "record checklists/palm" in import_library(store, library).missing
    assert len(Repository(store).records(Checklist, "en")) == 1
    import_library(store, library, withdraw_missing=True)
    assert Repository(store).records(Checklist, "en") == ()


def test_an_exported_record_leads_only_to_what_is_told(store: Engine, tmp_path: Path) -> None:
    Workflow(store).withdraw("palm.cost", "en", "default", "Ana")
    export_library(store, tmp_path / "out")
    records = read_library(tmp_path / "out").records
    assert len(records) == len(KINDS)
    named = {reference for each in records.values() for reference in references(each.about)}
    assert {name for what, name in named if what == "answer"} == set()
    assert ("service", "au-emergency") in named
    scheme = records["schemes", "palm"].about
    assert isinstance(scheme, SchemeFacts)
    assert scheme.apply_at == {"VU": ["au-emergency"]}
