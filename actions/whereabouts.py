"""The country typed after a safety reply or a wish for a person: "Kuwait", "i am in new zealand".

Both ask in which country somebody is. The buttons under them carry the country; people type it.
"""

from typing import Any

from rasa_sdk import Tracker

from actions import slots
from actions.person import Person, entities
from actions.resources import Resources
from content import compose
from content.messages import Message
from content.texts import Corridor

_FEW_WORDS = 4  # besides the country: "nasa Saudi Arabia po ako ngayon"


def told_where(shared: Resources, person: Person, tracker: Tracker) -> tuple[Message, dict[str, Any]] | None:
    """The reply to a message that tells hardly more than a country, where that was asked; else None.

    With it come the slots that change.
    """
    if not person.where_asked:
        return None
    named = entities(tracker, slots.COUNTRY)
    besides = shared.search.said_besides_names(person.text)
    if not named or besides is None or besides > _FEW_WORDS:
        return None
    country = str(named[-1])
    if person.repeated == slots.DANGER:
        message = compose.danger(person.writer(shared), None, country)
    else:
        message = compose.handover(person.of_corridor(Corridor(destination=country)).writer(shared))
    return message, person.where_asked
