"""The checklist as a journey: its list with the checklists of the store, and the wish to be reminded."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from actions.journeys.journey import Journey, State
from actions.person import Person
from actions.resources import Resources
from content import compose
from content.clock import today
from content.compose import ChecklistView, Writer
from content.journeys.checklist import (
    TICK,
    Checklists,
    Plan,
    Thing,
    begun_plan,
    departure_of,
    next_reminder,
    step_of,
    value_of,
)
from content.journeys.steps import Question, Told
from content.messages import Message, Reminding
from content.records import Checklist
from content.texts import RecordText
from content.words import SOURCE_LANGUAGE

_REMIND = "remind"
_SENT_TO = "telegram"  # where we can write first
_STEPS = ("list", "departure")
# What was said of reminders holds for one message; then they are on, or nothing is said of them.
_SAID_ONCE = frozenset({"no", "off", "elsewhere"})
_LEADS = {
    "no": "checklist.not-reminded",
    "off": "checklist.remind-off",
    "elsewhere": "checklist.remind-only-telegram",
}


class ChecklistJourney(Journey):
    """Which list and which day; then what to do by when, which stays open for what is done."""

    name = "checklist"

    def next(self, shared: Resources, told: Told) -> Question:
        return _policy(shared).next(told)

    def result(self, shared: Resources, writer: Writer, told: Told) -> Message:
        """The list as it stands; in the engine it stays open, and so is asked rather than told."""
        return compose.checklist(writer, _view(shared, writer, told))

    def begun(self, shared: Resources, person: Person, before: Told) -> dict[str, str]:
        """Where it was left; else the list of the person's scheme."""
        policy = _policy(shared)
        if policy.chosen(before) is not None:
            return dict(before)
        scheme = person.corridor.scheme
        return {"list": scheme} if scheme in {value_of(each) for each in policy.lists} else {}

    def settled(self, told: Told) -> Told:
        said = told.get(_REMIND)
        if said in _SAID_ONCE:
            return {step: value for step, value in told.items() if step != _REMIND}
        return {**told, _REMIND: "on"} if said == "yes" else told

    def with_steps(self, shared: Resources, told: Told, steps: Told) -> dict[str, str]:
        """Numbers are told as what they mean; an older button of a list chooses that list."""
        policy = _policy(shared)
        if TICK in steps:
            steps = policy.ticked(told, [int(number) for number in steps[TICK].split(".")])
        if policy.chosen(told) is None and "list" not in steps:
            told = {**told, **_list_of(policy, steps)}
        return {step: value for step, value in told.items() if step not in steps} | dict(steps)

    def changed(self, told: Told, what: str) -> dict[str, str]:
        """Without the day; or without the list and the day. What is done stays."""
        forgotten = _STEPS if what == "list" else ("departure",)
        return {step: value for step, value in told.items() if step not in forgotten}

    def shown(self, state: State) -> Told:
        return {step: value for step, value in state.told.items() if step in _STEPS}

    def left(self, state: State) -> dict[str, Any] | None:
        """What was ticked off, to be gone on with."""
        return State(told=state.told).kept()

    def asks(self, shared: Resources, person: Person, state: State) -> Message | None:
        asked = self.next(shared, state.told)
        if state.note == "quiet":
            return None
        if asked.step == _REMIND:
            return compose.checklist_consent(person.writer(shared))
        if not asked.stays_open and state.told.get(_REMIND) == "off":
            writer = person.writer(shared)
            return compose.notice(writer, "checklist.remind-off")
        if not asked.stays_open:
            return super().asks(shared, person, state)
        return None if state.note == "on" else self._listed(shared, person, state)

    def _listed(self, shared: Resources, person: Person, state: State) -> Message:
        """The list, what was said of reminders, and what the bot must know of that."""
        writer, told = person.writer(shared), state.told
        said, plan = told.get(_REMIND), _plan(shared, told)
        checklist = _policy(shared).chosen(told)
        upcoming = next_reminder(checklist, plan) if checklist and plan else None
        kept = said == "on" and _is_reminded(shared, person)
        is_on = upcoming is not None and (said == "yes" or kept)
        payload = f"{self.name}:{_REMIND}.{'ask' if person.channel == _SENT_TO else 'elsewhere'}"
        view = _view(
            shared,
            writer,
            told,
            is_brief=not state.note and _is_of_a_thing(_policy(shared), told),
            can_remind=payload if upcoming and not is_on else None,
            next_reminder=upcoming if is_on else None,
        )
        lead = writer.say("checklist.why.tick") if state.note == "why" else ""
        if said == "yes" and is_on:
            lead = writer.say("checklist.reminded", day=writer.words.day(upcoming, writer.language))
        elif said in _LEADS:
            lead = writer.say(_LEADS[said])
        message = compose.checklist(writer, view, lead=lead)
        if checklist is None or plan is None or not is_on:
            return message
        reminding = Reminding(
            wish="begin" if said == "yes" else "update",
            list=checklist.id,
            departure=plan.departure,
            done=tuple(sorted(plan.done)),
            countries=_countries(writer, checklist),
        )
        return message.model_copy(update={"reminding": reminding})


def _view(shared: Resources, writer: Writer, told: Told, **of_reminders: Any) -> ChecklistView:
    policy = _policy(shared)
    things = policy.things(told)
    return ChecklistView(
        text=_text(shared, policy, writer, told),
        things=things,
        departure=departure_of(told),
        day=today(),
        just_done=_just_done(policy, told, things),
        **of_reminders,
    )


def _just_done(policy: Checklists, told: Told, things: Sequence[Thing]) -> Thing | None:
    """What the last message told to be done."""
    chosen, last = policy.chosen(told), next(reversed(list(told)), "")
    if chosen is None:
        return None
    return next((thing for thing in things if thing.is_done and step_of(chosen, thing.item) == last), None)


def _is_of_a_thing(policy: Checklists, told: Told) -> bool:
    """Whether the last message told of a thing, so that the whole list was seen just before."""
    chosen, last = policy.chosen(told), next(reversed(list(told)), "")
    return chosen is not None and any(step_of(chosen, item) == last for item in chosen.items)


def _plan(shared: Resources, told: Told) -> Plan | None:
    """What reminders would go by from now on."""
    policy, departure = _policy(shared), departure_of(told)
    chosen = policy.chosen(told)
    if chosen is None or departure is None:
        return None
    done = frozenset(thing.item.id for thing in policy.things(told) if thing.is_done)
    return begun_plan(chosen, departure, done, today())


def _list_of(policy: Checklists, steps: Told) -> dict[str, str]:
    """The list that a thing belongs to."""
    of_things = [each for each in policy.lists if any(step_of(each, item) in steps for item in each.items)]
    return {"list": value_of(of_things[0])} if of_things else {}


def _countries(writer: Writer, checklist: Checklist) -> tuple[str, str]:
    """Whose clock counts before departure, and after it."""
    leads_to = {each.value: each.destination for each in writer.repository.gazetteer("scheme")}
    before = writer.corridor.origin or next(iter(writer.offered_origins()), "")
    after = leads_to.get(checklist.scheme or "") or writer.corridor.destination or before
    return (before, after)


def _is_reminded(shared: Resources, person: Person) -> bool:
    """Whether reminders are on; while the store is out of reach, they are taken for on."""
    try:
        return shared.people.next_reminder(person.key) is not None
    except SQLAlchemyError:
        return True


def _policy(shared: Resources) -> Checklists:
    return Checklists([each.about for each in shared.repository.records(Checklist, SOURCE_LANGUAGE)])


def _text(shared: Resources, policy: Checklists, writer: Writer, told: Told) -> RecordText[Checklist]:
    chosen = policy.chosen(told)
    found = shared.repository.record(Checklist, chosen.id, writer.language) if chosen else None
    if found is None:
        raise LookupError(f"the checklist {told.get('list')!r} is not in the store")
    return found
