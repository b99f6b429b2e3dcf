"""The offer check as a journey: its steps with the signs of the library, and its result."""

from actions.journeys.destinations import destinations_for
from actions.journeys.journey import Journey, State
from actions.journeys.names import names_of
from actions.person import Person
from actions.resources import Resources
from content import compose
from content.clock import today
from content.compose import Writer
from content.journeys.offer_check_steps import OfferJourney
from content.journeys.offer_signs import offer_signs
from content.journeys.offer_text import offer_steps
from content.journeys.steps import Question, Told, known
from content.messages import Message
from content.records import AgencyCheck, SchemeFacts
from content.words import SOURCE_LANGUAGE

PASTED = "pasted"
"""The step that says that the others were read in an offer, before the journey began."""


class OfferCheckJourney(Journey):
    """Where from, where to, and one question for each sign of a false offer."""

    name = "offer-check"

    def next(self, shared: Resources, told: Told) -> Question | None:
        return _policy(shared, told).next(told)

    def begun(self, shared: Resources, person: Person, before: Told) -> dict[str, str]:
        """What is known of the way to go, and what was read in an offer just before."""
        read = before if PASTED in before else self.pasted(shared, person, {})
        known_before = super().begun(shared, person, before)
        return {**known_before, **{step: value for step, value in read.items() if step != PASTED}}

    def pasted(self, shared: Resources, person: Person, told: Told) -> Told:
        """What a pasted offer tells."""
        return offer_steps(person.text, told, names_of(shared, person.language))

    def asks(self, shared: Resources, person: Person, state: State) -> Message | None:
        asked, outcome = self.next(shared, state.told), _policy(shared, state.told).outcome(state.told)
        if state.note not in ("read", "taken") or asked is None or not outcome.signs:
            return super().asks(shared, person, state)
        writer = person.writer(shared)
        lead = compose.offer_read(writer, outcome)
        return compose.journey_question(writer, self.name, asked, state.told, lead=lead)

    def result(self, shared: Resources, writer: Writer, told: Told) -> Message:
        outcome = _policy(shared, told).outcome(told)
        ways = shared.repository.records(AgencyCheck, SOURCE_LANGUAGE)
        at_home = (each.about.services for each in ways if each.about.country == known(told, "origin"))
        return compose.offer_check(writer, outcome, next(at_home, ()))


def offer_pasted(shared: Resources, person: Person) -> tuple[Message, State] | None:
    """What to say of a text that looks like a false offer, and the journey ready to go on with it."""
    steps = offer_steps(person.text, {}, names_of(shared, person.language))
    outcome = _policy(shared, steps).outcome(steps)
    if not outcome.signs:
        return None
    message = compose.offer_seen(person.writer(shared), outcome)
    return message, State(told={**steps, PASTED: "yes"})


def _policy(shared: Resources, told: Told) -> OfferJourney:
    schemes = shared.repository.records(SchemeFacts, SOURCE_LANGUAGE)
    return OfferJourney(
        signs=offer_signs(),
        schemes=[each.about for each in schemes],
        destinations=destinations_for(shared, told),
        day=today(),
    )
