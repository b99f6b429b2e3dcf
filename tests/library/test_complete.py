"""Nothing is missing: every answer, record, service and thing people name, in every language."""

from datetime import date

import pytest

from content.folder import Library
from content.records import AgencyCheck, Checklist, Course, FeeRules, Record, SchemeFacts
from content.schema import PHRASES_NEEDED
from tests.library.conftest import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_and_every_variant_is_told(library: Library, language: str) -> None:
    missing = [
        f"{key}/{variant.name}"
        for key, answer in library.answers.items()
        for variant in answer.about.variants
        if language not in answer.texts or variant.name not in answer.texts[language].told()
    ]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_has_ten_phrases_and_more(library: Library, language: str) -> None:
    few = {
        key: len(answer.texts[language].phrases.all())
        for key, answer in library.answers.items()
        if len(answer.texts[language].phrases.all()) < sum(PHRASES_NEEDED.values())
    }
    assert few == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_record_has_its_words(library: Library, language: str) -> None:
    with_words = [record for record in library.records.values() if list(record.about.slots())]
    assert len(with_words) > 50
    assert [record.about.id for record in with_words if language not in record.words] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_service_says_in_the_language_whom_it_is_for(library: Library, language: str) -> None:
    services = [service for file in library.services.values() for service in file.services]
    assert len(services) > 120
    assert [service.id for service in services if language not in service.who_for] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_people_name_has_a_name_in_the_language(library: Library, language: str) -> None:
    values = [(file.entity, value) for file in library.gazetteers.values() for value in file.values]
    assert len(values) > 100
    assert [(entity, value.value) for entity, value in values if language not in value.names] == []


def test_every_source_was_checked_and_every_answer_is_looked_at_again(library: Library) -> None:
    checked = [
        (source.checked_on, answer.about.review_date)
        for answer in library.answers.values()
        for variant in answer.about.variants
        for source in variant.sources
    ]
    assert len(checked) > 500
    assert all(date(2026, 1, 1) <= day < review for day, review in checked)


def kinds[Kind: Record](library: Library, kind: type[Kind]) -> list[Kind]:
    return [record.about for record in library.records.values() if isinstance(record.about, kind)]


def test_rules_of_at_least_25_countries_say_what_may_be_charged(library: Library) -> None:
    assert len({rules.country for rules in kinds(library, FeeRules)}) >= 25


def test_a_country_with_fee_rules_tells_how_to_check_or_whom_to_ask_or_leads_to_an_answer(
    library: Library,
) -> None:
    checkable = {check.country for check in kinds(library, AgencyCheck)}
    served = {file.country for file in library.services.values() if file.services}
    led_on = {rules.country for rules in kinds(library, FeeRules) if rules.answers}
    assert {rules.country for rules in kinds(library, FeeRules)} - checkable - served - led_on == set()


def test_every_scheme_that_people_name_is_told_as_facts_and_the_other_way_round(library: Library) -> None:
    named = {value.value for value in library.gazetteers["scheme"].values}
    assert {scheme.scheme for scheme in kinds(library, SchemeFacts)} == named


def test_every_service_belongs_to_a_country_that_people_can_name(library: Library) -> None:
    named = {value.value for value in library.gazetteers["country"].values}
    assert {file.country for file in library.services.values()} - named == set()


def test_palm_rse_eps_and_anyone_have_a_checklist_and_a_course(library: Library) -> None:
    wanted = {"PALM", "RSE", "EPS", None}
    assert wanted <= {checklist.scheme for checklist in kinds(library, Checklist)}
    assert wanted <= {course.scheme for course in kinds(library, Course)}
