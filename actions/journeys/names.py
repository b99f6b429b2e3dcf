"""Names of countries, schemes, kinds of work and money, for reading what people type in a journey."""

from actions.resources import Resources
from content.journeys.amount_words import amount_words
from content.journeys.reading import Names
from content.journeys.spoken import Ways
from content.words import SOURCE_LANGUAGE


def names_of(shared: Resources, language: str) -> Names:
    """The names in a language, and in English, which people mix in."""
    snapshot = shared.repository.snapshot()

    def ways(entity: str) -> Ways:
        return {
            each.value: tuple(
                name
                for spoken in dict.fromkeys((language, SOURCE_LANGUAGE))
                for name in (each.names.get(spoken, each.value), *each.aliases.get(spoken, ()))
            )
            for each in snapshot.gazetteer(entity)
        }

    return Names(
        language=language,
        countries=ways("country"),
        schemes=ways("scheme"),
        sectors=ways("sector"),
        leads_to={each.value: each.destination for each in snapshot.gazetteer("scheme") if each.destination},
        amounts=amount_words(snapshot.gazetteer("currency"), language),
    )
