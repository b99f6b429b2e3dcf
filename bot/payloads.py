"""What buttons carry, `name` or `name:value`, and how the engine is told about it.

Payloads are the same on every channel and in the public API; only this module knows how
Rasa spells them (`/intent{"entity": "value"}`).
"""

import json
import re

MAX_BYTES = 64
STEERING = frozenset({"control:back", "control:why", "control:stop"})
"""Buttons that steer a journey instead of answering its question; channels show them apart."""

# Guided journeys: the name alone begins one, `name:step.value` tells a step.
_JOURNEYS = (
    "fee-check",
    "agency-check",
    "offer-check",
    "service-finder",
    "orientation",
    "career-guide",
    "money",
    "checklist",
)
_FORM = re.compile(r"(?P<name>[a-z]+(?:-[a-z]+)*)(?::(?P<value>[A-Za-z0-9_.-]+))?", re.ASCII)

# name without a value → intent
_PLAIN = {
    "menu": "menu",
    "languages": "change_language",
    "danger": "danger",
    "person": "ask_person",
    "privacy": "privacy",
    "erase": "erase_data",
    "erase-yes": "confirm_erase",
    "restart": "start_again",
    "help": "help",
    "none-of-these": "none_of_these",
    **{name: name.replace("-", "_") for name in _JOURNEYS},
}
# name with a value → intent, entity that takes the value, further fixed entities
_VALUED: dict[str, tuple[str, str, dict[str, str]]] = {
    "answer": ("choose_answer", "answer", {}),
    "topic": ("choose_topic", "topic", {}),
    "language": ("choose_language", "language", {}),
    "danger": ("danger", "country", {}),
    "country": ("choose_country", "country", {}),
    "helpful": ("give_feedback", "answer", {"verdict": "helpful"}),
    "control": ("journey_control", "control", {}),
    "unhelpful": ("give_feedback", "answer", {"verdict": "unhelpful"}),
}

# Around a talk with our team: never told to the engine (`bot.handover`). Name → whether it has a value.
TEAM = {"team": False, "team-yes": False, "team-question": True, "team-end": False}


class PayloadError(ValueError):
    """The payload is none that our buttons carry."""


def split(payload: str) -> tuple[str, str | None]:
    """Name and value of a payload; raises PayloadError when it is none of ours."""
    form = _FORM.fullmatch(payload)
    if form is None or len(payload) > MAX_BYTES:
        raise PayloadError("a payload is `name` or `name:value` of at most 64 bytes")
    name, value = form["name"], form["value"]
    if name in _JOURNEYS and value is not None:
        if "." not in value:
            raise PayloadError(f"{name!r} needs a step and a value")
        return name, value
    known = TEAM.get(name) is (value is not None) or name in (_PLAIN if value is None else _VALUED)
    if not known:
        raise PayloadError(f"there is no payload {name!r} {'with' if value else 'without'} a value")
    return name, value


def is_for_team(payload: str | None) -> bool:
    """Whether a payload is about a talk with our team."""
    return payload is not None and split(payload)[0] in TEAM


def for_engine(payload: str) -> str:
    """The Rasa message that says the same as the payload."""
    name, value = split(payload)
    if name in TEAM:
        raise PayloadError(f"the engine knows nothing of {name!r}")
    if value is None:
        return f"/{_PLAIN[name]}"
    if name in _JOURNEYS:
        step, _, told = value.partition(".")
        return f"/{_PLAIN[name]}{json.dumps({'step': step, 'value': told})}"
    intent, entity, fixed = _VALUED[name]
    return f"/{intent}{json.dumps({entity: value, **fixed})}"


def danger_for_engine(kind: str, country: str | None) -> str:
    """The Rasa message for a cry for help that the net before the engine has heard."""
    return f"/danger{json.dumps({'danger_kind': kind} | ({'country': country} if country else {}))}"


def text_for_engine(text: str) -> str:
    """Typed text, so that it can never be read as a Rasa payload: those begin with a slash."""
    return text.lstrip("/ \t\r\n") or "?"
