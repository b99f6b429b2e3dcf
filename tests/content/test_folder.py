"""The library's schema: what is wrong is named with file, key and value, all of it at once."""

from pathlib import Path

import pytest

from content.folder import LibraryError, read_library, read_without_faulty, survey
from tests.content.conftest import Change

ANSWER = "answers/palm/cost/answer.yml"
ENGLISH = "answers/palm/cost/en.yml"
BISLAMA = "answers/palm/cost/bi.yml"


def problems(folder: Path) -> list[str]:
    _, found = survey(folder)
    return [str(problem).removeprefix(f"{folder}/") for problem in found]


def test_small_library_is_whole(library_folder: Path) -> None:
    library = read_library(library_folder)
    assert list(library.answers) == ["fees.who-pays", "palm.cost"]
    assert list(library.answers["palm.cost"].texts) == ["en", "bi"]
    assert library.services["au"].services[0].phones == ["000"]
    assert [value.value for value in library.gazetteers["country"].values] == ["VU", "NO"]


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            ENGLISH,
            "    - do i pay for a place\n",
            "",
            f"{ENGLISH}: phrases.plain: at least 4 are needed, there are 3",
        ),
        (ENGLISH, "    - cost?\n", "", f"{ENGLISH}: phrases.short: at least 3 are needed, there are 2"),
        (ENGLISH, "- cost?", "- PALM fee", f"{ENGLISH}: phrases: 'palm fee' stands twice"),
        (
            ENGLISH,
            "- cost?",
            "- agent fee",
            f"{ENGLISH}: phrases: 'agent fee' is a phrase of fees.who-pays already",
        ),
        (ENGLISH, "**Nothing.**", "# Nothing", f"{ENGLISH}: body: a heading is not allowed"),
        (ENGLISH, "**Nothing.**", "<b>Nothing</b>", f"{ENGLISH}: body: HTML is not allowed"),
        (
            ENGLISH,
            "title: What does it cost to join?",
            'title: "What\\a does it cost?"',
            f"{ENGLISH}: title: the control character U+0007 is not allowed",
        ),
        (ENGLISH, "phrases:\n", "colour: red\nphrases:\n", f"{ENGLISH}: colour: is not a key of this file"),
        (ENGLISH, "  palm-vu:\n", "  fj:\n", f"{ENGLISH}: variants.palm-vu.body: is missing"),
        (
            ANSWER,
            "review_date: 2027-02-20",
            "review_date: 2027-02-30",
            f"{ANSWER}: review_date: '2027-02-30' is not a day like 2026-11-22",
        ),
        (
            ANSWER,
            "review_date: 2027-02-20",
            "review_date: 2026-11-22",
            f"{ANSWER}: review_date: 2026-11-22 is not after 2026-11-22, when a source was checked",
        ),
        (ANSWER, "review_date: 2027-02-20\n", "", f"{ANSWER}: review_date: is missing"),
        (ANSWER, "topic: palm", "topic: pal", f"{ANSWER}: topic: 'pal' must be 'palm', as the file is named"),
        (
            ANSWER,
            "related: [fees.who-pays]",
            "related: [fees.nobody]",
            f"{ANSWER}: related: there is no answer 'fees.nobody'",
        ),
        (
            ANSWER,
            "- scheme: PALM",
            "- scheme: PLAM",
            f"{ANSWER}: concerns: there is no scheme 'PLAM'",
        ),
        (
            ANSWER,
            "- scheme: PALM",
            "- {}",
            f"{ANSWER}: concerns: must name a scheme, an origin or a destination",
        ),
        (
            ANSWER,
            "- scheme: PALM",
            "- scheme: PALM\n  - scheme: PALM",
            f"{ANSWER}: concerns: ",
        ),
        (
            ANSWER,
            "applies_to: {origin: VU}",
            "applies_to: {origin: XX}",
            f"{ANSWER}: applies_to: there is no country 'XX'",
        ),
        (
            ANSWER,
            "services: [au-line]",
            "services: [au-nobody]",
            f"{ANSWER}: services: there is no service 'au-nobody'",
        ),
        (
            ANSWER,
            "url: https://example.org/apply",
            "url: page 3 of a file",
            f"{ANSWER}: variants.0.sources.0.url: 'page 3 of a file' must begin with https://, or be empty",
        ),
        (
            "services/au.yml",
            '["000"]',
            '["triple zero"]',
            "services/au.yml: services.0.phones.0: 'triple zero' is not a phone number",
        ),
        (
            "services/au.yml",
            "danger_kinds: [violence, locked-in]",
            "danger_kinds: []",
            "services/au.yml: services.0.danger_kinds: must be given if it is for danger, and only then",
        ),
        (
            "services/vu.yml",
            "id: vu-emergency",
            "id: au-emergency",
            "services/vu.yml: id: 'au-emergency' stands in {folder}/services/au.yml too",
        ),
        (
            "gazetteers/country.yml",
            "value: NO",
            "value: VU",
            "gazetteers/country.yml: value: 'VU' stands twice",
        ),
        (
            BISLAMA,
            "A$300",
            "A$320",
            f"{BISLAMA}: body: the figure 300 of the source text (en) is missing here",
        ),
        (BISLAMA, "A$300", "A$320", f"{BISLAMA}: body: the figure 320 is not in the source text (en)"),
        (BISLAMA, "1800 515 131", "1800 515 132", f"{BISLAMA}: body: the figure 1800515132 is not"),
        (
            BISLAMA,
            "Ofis long",
            "Ofis 7 long",
            f"{BISLAMA}: variants.vu.body: the figure 7 is not in the source text (en)",
        ),
        (
            BISLAMA,
            "state: machine-drafted",
            "state: reviewed",
            f"{BISLAMA}: translation.reviewed_by.default: is missing, and the state is reviewed",
        ),
        (BISLAMA, ", vu: c16c364442bc", "", f"{BISLAMA}: translation.of.vu: is missing"),
        (
            BISLAMA,
            "e3a70327dd7b",
            "pending",
            f"{BISLAMA}: translation.of: is pending: run python -m content.importer --stamp",
        ),
        (
            BISLAMA,
            "e3a70327dd7b",
            "yesterday",
            f"{BISLAMA}: translation.of.default: 'yesterday' is not the fingerprint",
        ),
    ],
)
def test_a_wrong_file_is_named_with_key_and_value(
    library_folder: Path, change: Change, *, file: str, old: str, new: str, problem: str
) -> None:
    change(file, old, new)
    expected = problem.replace("{folder}", str(library_folder))
    found = problems(library_folder)
    assert [text for text in found if text.startswith(expected)], found


def test_all_problems_are_told_at_once(library_folder: Path, change: Change) -> None:
    change(ENGLISH, "    - cost?\n", "")
    change(ANSWER, "audience: everyone", "audience: cats")
    change("services/au.yml", "kind: emergency", "kind: emergency\n    colour: red")
    (library_folder / "answers/fees/who-pays/en.yml").unlink()
    with pytest.raises(LibraryError) as failure:
        read_library(library_folder)
    files = {problem.file.relative_to(library_folder).as_posix() for problem in failure.value.problems}
    assert {ENGLISH, ANSWER, "services/au.yml", "answers/fees/who-pays/en.yml"} <= files
    assert str(failure.value).count("\n") == len(failure.value.problems) - 1


def test_a_key_that_stands_twice_is_refused(library_folder: Path, change: Change) -> None:
    change(ENGLISH, "phrases:\n", "title: Another\nphrases:\n")
    assert any("the key 'title' stands twice" in problem for problem in problems(library_folder))


def test_numbers_in_another_form_are_the_same_figures(library_folder: Path, change: Change) -> None:
    change(BISLAMA, "A$1200", "A$1.200")
    change(BISLAMA, "1800 515 131", "1800515131")
    assert problems(library_folder) == []


def test_without_the_faulty_the_rest_can_be_read(library_folder: Path, change: Change) -> None:
    change(BISLAMA, "A$300", "A$320")
    change("answers/fees/who-pays/answer.yml", "audience: migrant", "audience: cats")
    library, found = read_without_faulty(library_folder)
    assert list(library.answers) == ["palm.cost"]
    assert list(library.answers["palm.cost"].texts) == ["en"]
    assert len(found) == 3
