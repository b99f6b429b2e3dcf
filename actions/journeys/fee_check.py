"""The fee check as a journey: its steps with the records of the library, and its result."""

from actions.journeys.destinations import destinations_for
from actions.journeys.journey import Journey
from actions.resources import Resources
from content import compose
from content.clock import today
from content.compose import Writer
from content.journeys.fee_check_steps import FeeCheck, way_of
from content.journeys.steps import Question, Told
from content.messages import Message
from content.records import FeeRules, SchemeFacts
from content.words import SOURCE_LANGUAGE


class FeeCheckJourney(Journey):
    """Origin, place, what for, how much, who asks, what else; then what a limit still needs."""

    name = "fee-check"

    def next(self, shared: Resources, told: Told) -> Question | None:
        return _policy(shared, told).next(told)

    def result(self, shared: Resources, writer: Writer, told: Told) -> Message:
        return compose.fee_check(writer, _policy(shared, told).outcome(told), way_of(told))


def _policy(shared: Resources, told: Told) -> FeeCheck:
    snapshot = shared.repository.snapshot()
    return FeeCheck(
        rules=[each.about for each in snapshot.records(FeeRules, SOURCE_LANGUAGE)],
        schemes=[each.about for each in snapshot.records(SchemeFacts, SOURCE_LANGUAGE)],
        destinations=destinations_for(shared, told),
        day=today(),
    )
