"""Files for translators: nothing is lost on the way out and in, and nothing wrong is taken in."""

import csv
import re
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import Engine, select

from content.editorial import Editorial
from content.folder import read_library
from content.importer import import_library
from content.models import AuditEntry, Revision, TranslatedFile
from content.repository import Repository
from content.store import reading
from content.translating.board import lagging, next_text, totals
from content.translating.files import FORMS, FileForm, read, texts_for, written
from content.translating.interface import Entry, completeness, entries
from content.translating.judging import Judged, judged
from content.translating.texts import Wording, WorkText, work_texts
from content.translating.units import MOST_BYTES, MOST_UNITS, FileFault, UnitIn, units_out
from content.translating.uploads import ChangedMeanwhileError, Uploads
from content.words import Words
from content.workflow import Workflow
from tests.content.random_library import RandomLibrary

COST = ("palm.cost", "default")
LANGUAGES = ("bi", "tpi")
BODY = "A$1,200, A$300, 1800 515 131."
ALL_FORMS = pytest.mark.parametrize("form", FORMS)

type Change = Callable[[str], str]


def texts_of(store: Engine, language: str = "bi") -> dict[tuple[str, str], WorkText]:
    with reading(store) as session:
        return dict(work_texts(session, language))


def out_and_in(store: Engine, form: FileForm, change: Change = str, language: str = "bi") -> list[UnitIn]:
    """Written, changed by a translator, and read again."""
    content = written(texts_for(store, language), language, form)
    return read(change(content.decode()).encode(), language)


def verdicts(store: Engine, units: Sequence[UnitIn], language: str = "bi") -> dict[str, str]:
    return {one.name: one.verdict for one in judged(units, texts_of(store, language))}


def translated(units: Sequence[UnitIn], **targets: str) -> list[UnitIn]:
    """Units of palm.cost with other targets."""
    return [
        UnitIn(unit.id, targets.get(unit.place[2], unit.target), unit.meaning, unit.finished, unit.line)
        if unit.id.startswith("palm.cost/default/")
        else unit
        for unit in units
    ]


def judgement(store: Engine, units: Sequence[UnitIn], language: str = "bi") -> Judged:
    """What becomes of palm.cost."""
    return next(one for one in judged(units, texts_of(store, language)) if (one.key, one.variant) == COST)


def revisions(store: Engine) -> int:
    with reading(store) as session:
        return len(session.scalars(select(Revision.id)).all())


def take(store: Engine, units: list[UnitIn], *, review: bool = False, language: str = "bi") -> int:
    """All of a file's texts, written as drafts by Mere."""
    uploads = Uploads(store)
    upload = uploads.found(uploads.keep(units, language=language, file="work.xlf", by="Mere"), "Mere")
    assert upload is not None
    chosen = [one.name for one in upload.judged]
    return uploads.take(upload, chosen, shown=upload.fingerprint, review=review, by="Mere")


# --- nothing is lost ------------------------------------------------------------------------------


@ALL_FORMS
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_published_text_survives_byte_for_byte(store: Engine, form: FileForm, language: str) -> None:
    texts = texts_for(store, language)
    assert len(texts) == 4
    came = {unit.id: unit for unit in read(written(texts, language, form), language)}
    assert list(came) == [unit.id for unit in units_out(texts)]
    for unit in units_out(texts):
        assert came[unit.id].target == unit.target
        assert came[unit.id].meaning == unit.text.meaning
    if language == "bi":
        told = Editorial(store, ["bi"]).told("palm.cost", "default", "bi")
        assert told is not None
        assert came["palm.cost/default/body"].target == told.body
        assert came["palm.cost/default/title"].target == told.title


@ALL_FORMS
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_comes_back_unchanged_leaves_nothing_to_do(
    store: Engine, form: FileForm, language: str
) -> None:
    found = verdicts(store, out_and_in(store, form, language=language), language)
    assert len(found) == 4
    assert set(found.values()) == {"unchanged"}


@ALL_FORMS
@pytest.mark.parametrize("seed", range(12))
def test_the_oddest_texts_survive_too(empty_store: Engine, tmp_path: Path, form: FileForm, seed: int) -> None:
    RandomLibrary(seed).write(tmp_path / "odd")
    import_library(empty_store, read_library(tmp_path / "odd"))
    for language in ("bi", "my"):
        texts = texts_for(empty_store, language)
        assert len(texts) >= 4
        units = read(written(texts, language, form), language)
        assert [unit.target for unit in units] == [unit.target for unit in units_out(texts)]
        assert set(verdicts(empty_store, units, language).values()) == {"unchanged"}


@ALL_FORMS
def test_the_source_stands_beside_each_target_as_it_is(store: Engine, form: FileForm) -> None:
    texts = texts_for(store, "bi")
    content = written(texts, "bi", form)
    if form == "xliff":
        found = [unit.text for unit in ET.fromstring(content).iter() if unit.tag.endswith("}source")]
    else:
        rows = csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""))
        found = [re.sub(r"^'(?=[=+@-])", "", row["source"]) for row in rows]
    assert found == [unit.source for unit in units_out(texts)]


def test_a_spreadsheet_is_given_no_formula(store: Engine) -> None:
    Workflow(store).draft("palm.cost", "bi", title="=1+1", body="- wan\n- tu", by="Ana")
    rows = list(csv.reader(StringIO(written(texts_for(store, "bi"), "bi", "csv").decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    targets = {unit.id: unit.target for unit in out_and_in(store, "csv")}
    assert targets["palm.cost/default/title"] == "=1+1"
    assert targets["palm.cost/default/body"] == "- wan\n- tu"


@pytest.mark.parametrize("start", ["", "'", "''", "'=", "''-", "ʻ"])
def test_an_apostrophe_of_the_text_itself_is_kept(store: Engine, start: str) -> None:
    Workflow(store).draft("palm.cost", "bi", title=f"{start}o le tau", body="Wan.", by="Ana")
    targets = {unit.id: unit.target for unit in out_and_in(store, "csv")}
    assert targets["palm.cost/default/title"] == f"{start}o le tau"


def test_a_text_that_xml_cannot_hold_is_left_out_of_xliff_alone(store: Engine) -> None:
    Workflow(store).draft("palm.cost", "bi", title="Odd \uffff", body="Wan.", by="Ana")
    assert "palm.cost/default/title" not in {unit.id for unit in out_and_in(store, "xliff")}
    assert "palm.cost/default/title" in {unit.id for unit in out_and_in(store, "csv")}


# --- what translators' programs do ----------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(",", ";") if '"' not in text else re.sub(r'","', '";"', text),
        lambda text: text.replace('"key","variant"', '"Key ","Variant"'),
        lambda text: text + "\r\n,,,,,,,\r\n",
    ],
    ids=["lines", "semicolons", "headings", "empty row"],
)
def test_spreadsheets_may_write_csv_their_own_way(store: Engine, change: Change) -> None:
    assert set(verdicts(store, out_and_in(store, "csv", change)).values()) == {"unchanged"}


def test_a_spreadsheet_may_write_utf_16(store: Engine) -> None:
    content = written(texts_for(store, "bi"), "bi", "csv").decode("utf-8-sig").encode("utf-16")
    assert set(verdicts(store, read(content, "bi")).values()) == {"unchanged"}


def test_rows_may_be_left_out_and_sorted(store: Engine) -> None:
    units = [unit for unit in out_and_in(store, "csv") if unit.id.endswith("/title")]
    assert set(verdicts(store, list(reversed(units))).values()) == {"unchanged"}


def test_marks_around_words_and_other_translations_are_no_part_of_the_target(store: Engine) -> None:
    def change(text: str) -> str:
        text = re.sub(r"(<target[^>]*>)([^<]+)</target>", r'\1<mrk mtype="seg">\2</mrk></target>', text)
        return text.replace(
            "</trans-unit>", "<alt-trans><target>Narawan</target></alt-trans><note>Hello</note></trans-unit>"
        )

    assert set(verdicts(store, out_and_in(store, "xliff", change)).values()) == {"unchanged"}


# --- what is judged -------------------------------------------------------------------------------


def test_a_missing_text_is_new_and_a_told_one_changed(store: Engine) -> None:
    units = translated(out_and_in(store, "xliff"), title="Niu taetol", body=BODY)
    found = judgement(store, units)
    assert (found.verdict, found.came) == ("changed", Wording("Niu taetol", BODY))
    units = translated(out_and_in(store, "xliff", language="tpi"), title="Nupela", body=BODY)
    assert judgement(store, units, "tpi").verdict == "new"


@pytest.mark.parametrize(
    ("targets", "reason", "part"),
    [
        ({"title": ""}, "empty", "title"),
        ({"body": " \n"}, "empty", "body"),
        ({"body": f"{BODY} I sas 777 vatu."}, "figures", "body"),
        ({"body": "Nogat namba."}, "figures", "body"),
        ({"body": f"<b>{BODY}</b>"}, "text", "body"),
        ({"body": f"[pej](javascript:alert(1)) {BODY}"}, "text", "body"),
        ({"title": "Tu\nlaen"}, "text", "body"),
    ],
)
def test_what_may_not_be_taken_is_refused_with_its_unit(
    store: Engine, targets: dict[str, str], reason: str, part: str
) -> None:
    units = translated(out_and_in(store, "xliff"), **targets)
    refusal = judgement(store, units).refusal
    assert refusal is not None
    assert (refusal.reason, refusal.unit.place[2]) == (reason, part)
    assert refusal.unit.line > 1
    assert (refusal.error is not None) == (reason in ("figures", "text"))


def test_a_translation_of_an_older_source_is_refused_but_not_after_a_minor_edit(store: Engine) -> None:
    units = translated(out_and_in(store, "csv"), title="Niu taetol")
    publish(store, "en", "What does it cost to join?", f"Other. {BODY}", minor=True)
    assert judgement(store, units).verdict == "changed"
    publish(store, "en", "What does it cost to join?", f"Another. {BODY}")
    refusal = judgement(store, units).refusal
    assert refusal is not None
    assert refusal.reason == "source-changed"
    assert (
        judgement(store, translated(units, title=texts_of(store)[COST].current.title)).verdict == "unchanged"
    )


def publish(store: Engine, language: str, title: str, body: str, *, minor: bool = False) -> None:
    workflow = Workflow(store)
    number = workflow.draft("palm.cost", language, title=title, body=body, by="Ana", minor=minor)
    workflow.submit(number, "Ana")
    workflow.publish(number, "Ben")


@pytest.mark.parametrize("id_", ["x", "palm.cost/default", "palm.cost/default/notes", "a/b/c/title", ""])
def test_a_unit_of_no_text_is_refused(store: Engine, id_: str) -> None:
    [found] = judged([UnitIn(id_, "Wan", "0" * 12, False, 7)], texts_of(store))
    assert found.refusal is not None
    assert (found.refusal.reason, found.refusal.unit.id, found.line) == ("unknown-unit", id_, 7)


def test_a_text_that_is_unknown_or_stands_twice_or_names_no_source_is_refused(store: Engine) -> None:
    units = [
        unit for unit in translated(out_and_in(store, "xliff"), title="Niu") if "palm.cost/default" in unit.id
    ]
    elsewhere = [UnitIn("no.such/default/title", "Wan", "0" * 12, False, 3)]
    nameless = [UnitIn(unit.id, unit.target, "", False, unit.line) for unit in units]
    reasons = [
        one.refusal.reason
        for some in (elsewhere, units * 2, nameless)
        for one in judged(some, texts_of(store))
        if one.refusal
    ]
    assert reasons == ["unknown", "twice", "no-meaning"]


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("xliff", 'state="needs-review-translation"', 'state="translated"'),
        ("xliff", "<trans-unit ", '<trans-unit approved="yes" '),
        ("csv", '"machine-drafted"', '"Done"'),
    ],
)
def test_a_translator_can_say_that_a_text_is_right_as_it_stands(
    store: Engine, form: FileForm, old: str, new: str
) -> None:
    units = out_and_in(store, form, lambda text: text.replace(old, new))
    assert judgement(store, units).verdict == "confirmed"
    take(store, units, review=True)
    Workflow(store).publish(texts_of(store)[COST].newest, "Ben")
    told = Repository(store).answer("palm.cost", "bi")
    assert told is not None
    assert told.translation == "reviewed"


# --- files that cannot be read --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "columns"),
        (b"\xff\xff\xff", "not-utf8"),
        (b"title,body\nx,y\n", "columns"),
        (b'key,variant,part,target,meaning\npalm.cost,default,title,"x"y,z\n', "broken-row"),
        (b"key,variant,part,target,meaning\n", "no-units"),
        (b"key,variant,part,target,meaning,language\na.b,default,title,x,y,tpi\n", "other-language"),
        (b"<tmx/>", "not-xliff"),
        (b'<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"/>', "other-version"),
        (b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n<file', "broken-xml"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><xliff>&a;</xliff>', "dtd"),
        (b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', "no-units"),
        (b"x" * (MOST_BYTES + 1), "too-big"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, name: str) -> None:
    with pytest.raises(FileFault) as found:
        read(content, "bi")
    assert found.value.name == name


def test_a_file_of_another_language_is_refused(store: Engine) -> None:
    with pytest.raises(FileFault, match="other-language"):
        out_and_in(store, "xliff", lambda text: text.replace('target-language="bi"', 'target-language="tpi"'))
    out_and_in(store, "xliff", lambda text: text.replace('target-language="bi"', 'target-language="bi-VU"'))


def test_a_file_with_too_many_units_is_refused() -> None:
    rows = "key,variant,part,target,meaning\n" + "a.b,default,title,x,y\n" * (MOST_UNITS + 1)
    with pytest.raises(FileFault, match="too-many"):
        read(rows.encode(), "bi")


def test_a_broken_row_is_named_as_the_spreadsheet_numbers_it() -> None:
    rows = 'key,variant,part,target,meaning\na.b,default,title,"x\ny",z\na.b,default,body,"x"y,z\n'
    with pytest.raises(FileFault) as found:
        read(rows.encode(), "bi")
    assert found.value.values == {"line": 3}


# --- taking in ------------------------------------------------------------------------------------


def test_drafts_are_written_and_nothing_is_published(store: Engine) -> None:
    before = Repository(store).answer("palm.cost", "bi")
    assert take(store, translated(out_and_in(store, "xliff"), title="Niu taetol")) == 1
    assert Repository(store).answer("palm.cost", "bi") == before
    text = texts_of(store)[COST]
    assert (text.current.title, text.state, text.writer) == ("Niu taetol", "draft", "Mere")
    with reading(store) as session:
        entries_ = session.scalars(select(AuditEntry).where(AuditEntry.by == "Mere")).all()
        assert [entry.sentence for entry in entries_] == ["audit.drafted", "audit.translations-imported"]
        assert entries_[1].values == {"file": "work.xlf", "language": "bi", "number": "1"}
        assert session.scalars(select(TranslatedFile)).all() == []


def test_drafts_can_go_on_to_review(store: Engine) -> None:
    take(store, translated(out_and_in(store, "xliff"), title="Niu taetol"), review=True)
    assert texts_of(store)[COST].state == "in-review"


def test_only_what_was_chosen_is_written(store: Engine) -> None:
    uploads = Uploads(store)
    units = translated(out_and_in(store, "xliff"), title="Niu taetol")
    upload = uploads.found(uploads.keep(units, language="bi", file="x", by="Mere"), "Mere")
    assert upload is not None
    before = revisions(store)
    chosen = ["fees.who-pays/default"]
    assert uploads.take(upload, chosen, shown=upload.fingerprint, review=False, by="Mere") == 0
    assert revisions(store) == before


def test_nothing_is_written_if_the_store_has_moved_on_since_it_was_shown(store: Engine) -> None:
    uploads = Uploads(store)
    units = translated(out_and_in(store, "xliff"), title="Niu taetol")
    upload = uploads.found(uploads.keep(units, language="bi", file="x", by="Mere"), "Mere")
    assert upload is not None
    Workflow(store).draft("palm.cost", "bi", title="Ana i raetem", body=BODY, by="Ana")
    before = revisions(store)
    with pytest.raises(ChangedMeanwhileError):
        uploads.take(upload, ["palm.cost/default"], shown=upload.fingerprint, review=False, by="Mere")
    assert revisions(store) == before
    again = uploads.found(upload.id, "Mere")
    assert again is not None
    assert next(one for one in again.judged if one.name == "palm.cost/default").text == texts_of(store)[COST]


def test_a_file_belongs_to_who_brought_it_and_is_taken_once(store: Engine) -> None:
    uploads = Uploads(store)
    id_ = uploads.keep(out_and_in(store, "xliff"), language="bi", file="x", by="Mere")
    assert uploads.found(id_, "Joe") is None
    uploads.forget(id_, "Joe")
    upload = uploads.found(id_, "Mere")
    assert upload is not None
    with pytest.raises(ChangedMeanwhileError):
        uploads.take(upload, [], shown=upload.fingerprint, review=False, by="Joe")
    uploads.forget(id_, "Mere")
    assert uploads.found(id_, "Mere") is None
    with pytest.raises(ChangedMeanwhileError):
        uploads.take(upload, [], shown=upload.fingerprint, review=False, by="Mere")


# --- what goes out --------------------------------------------------------------------------------


def test_texts_go_out_by_state_and_topic(store: Engine) -> None:
    assert [text.state for text in texts_for(store, "tpi")] == ["missing"] * 4
    drafted = texts_for(store, "bi", states=["machine-drafted"])
    assert {text.key for text in drafted} == {"palm.cost"}
    assert texts_for(store, "bi", states=["outdated"]) == []
    publish(store, "en", "What does it cost to join?", f"Other. {BODY}")
    assert [(text.key, text.variant) for text in texts_for(store, "bi", states=["outdated"])] == [COST]
    assert {text.key for text in texts_for(store, "bi", topic="fees")} == {"fees.who-pays"}


def test_a_withdrawn_text_is_missing_but_its_words_go_out(store: Engine) -> None:
    Workflow(store).withdraw("palm.cost", "bi", "default", "Ben")
    text = texts_of(store)[COST]
    assert text.state == "missing"
    assert text.current.title


def test_after_going_back_the_text_that_is_told_goes_out(store: Engine) -> None:
    first = texts_of(store)[COST]
    publish(store, "bi", "Niu taetol", BODY)
    Workflow(store).go_back(first.newest, "Ben")
    text = texts_of(store)[COST]
    assert text.current == first.current
    assert text.newest > first.newest


# --- the board ------------------------------------------------------------------------------------


def test_totals_count_every_variant_in_each_state(store: Engine) -> None:
    found = {
        total.language: total for total in totals(Editorial(store, ["en", *LANGUAGES]).answers(), LANGUAGES)
    }
    assert list(found) == ["bi", "tpi"]
    assert found["tpi"].counts["missing"] == 4
    assert found["bi"].counts["missing"] + found["bi"].counts["machine-drafted"] == 4
    assert found["bi"].has_more_to_do


def test_the_next_text_is_the_most_urgent_that_nobody_has_begun(store: Engine) -> None:
    editorial = Editorial(store, ["en", "bi"])
    seen: list[str] = []
    while text := next_text(editorial.answers(), "bi", seen[-1] if seen else ""):
        seen.append(f"{text.key}/{text.variant}")
        assert text.state == ("missing" if len(seen) <= 2 else "machine-drafted"), seen
        Workflow(store).draft(text.key, "bi", variant=text.variant, title="x", body="y", by="Ana")
    assert len(seen) == len(set(seen)) == 4


def test_what_is_left_for_later_comes_again_at_the_end(store: Engine) -> None:
    rows = Editorial(store, ["en", "tpi"]).answers()
    seen, after = [], ""
    for _ in range(5):
        text = next_text(rows, "tpi", after)
        assert text is not None
        after = f"{text.key}/{text.variant}"
        seen.append(after)
    assert len(set(seen)) == 4
    assert seen[4] == seen[0]


def test_variants_that_lag_behind_the_default_one_are_marked(store: Engine) -> None:
    def marked() -> list[str]:
        row = Editorial(store, ["en", "bi"]).answer("palm.cost")
        assert row is not None
        return [f"{text.variant} {text.state}" for text in lagging(row, "bi")]

    before = marked()
    Workflow(store).approve_translation(texts_of(store)[COST].newest, "Ben")
    assert len(marked()) >= len(before)
    assert all(not mark.startswith("default") for mark in marked())
    assert marked()


def test_the_interface_is_as_complete_as_its_catalogues(tmp_path: Path) -> None:
    for language, lines in {
        "en": '#. On the first page.\nmsgid "a.one"\nmsgstr "One"\n\nmsgid "a.two"\nmsgstr "Two"\n',
        "bi": 'msgid "a.one"\nmsgstr "Wan"\n\nmsgid "a.two"\nmsgstr ""\n',
        "tpi": 'msgid "a.one"\nmsgstr "Wan"\n\nmsgid "a.two"\nmsgstr "Tu"\n',
    }.items():
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "messages.po").write_text(lines, encoding="utf-8")
    known = entries(tmp_path)
    assert known[0] == Entry("a.one", "One", "On the first page.")
    bislama, tok_pisin = completeness(known, Words(tmp_path))
    assert (bislama.there, bislama.number, bislama.percent) == (1, 2, 50)
    assert bislama.missing == (Entry("a.two", "Two", ""),)
    assert (tok_pisin.percent, tok_pisin.missing) == (100, ())
