"""The journey `money`: its steps with the figures of the store, and its results."""

from actions.journeys.destinations import destinations_for
from actions.journeys.journey import Journey
from actions.resources import Resources
from content import compose
from content.clock import today
from content.compose import Writer
from content.journeys.money_steps import MoneySums, loan
from content.journeys.steps import Question, Told
from content.messages import Message
from content.records import MoneyFigures, SchemeFacts
from content.words import SOURCE_LANGUAGE


class MoneyJourney(Journey):
    """Which sum; then what it needs."""

    name = "money"

    def next(self, shared: Resources, told: Told) -> Question | None:
        return _policy(shared, told).next(told)

    def result(self, shared: Resources, writer: Writer, told: Told) -> Message:
        policy = _policy(shared, told)
        match told["sum"]:
            case "take-home" if (left := policy.take_home(told)) is not None:
                return compose.money_take_home(writer, left, policy.figures_of(told))
            case "loan" if (paid := loan(told)) is not None:
                return compose.money_loan(writer, paid)
            case "transfer" if (cost := policy.transfer(told)) is not None:
                return compose.money_transfer(writer, cost)
        return compose.money_too_little(writer)


def _policy(shared: Resources, told: Told) -> MoneySums:
    snapshot = shared.repository.snapshot()
    return MoneySums(
        figures=[each.about for each in snapshot.records(MoneyFigures, SOURCE_LANGUAGE)],
        schemes=[each.about for each in snapshot.records(SchemeFacts, SOURCE_LANGUAGE)],
        destinations=destinations_for(shared, told),
        day=today(),
    )
