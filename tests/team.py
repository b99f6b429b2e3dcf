"""Our team as tests want it: there at any hour, or not."""

from sqlalchemy import Engine

from content.people.cipher import Cipher
from content.people.handovers import Handovers
from content.people.models import HandoverMessage, HandoverRequest
from content.people.team import Hours, Team
from content.staff import Staff
from content.store import reading

ALWAYS = Hours(offered=True, time_zone="Pacific/Efate", days=("00:00-23:59",) * 7)


def open_always(people: Engine, secret: str, *, counsellor: str | None = "nobody-yet") -> Team:
    """The team with hours around the clock; with a counsellor of all languages, unless told otherwise."""
    team = Team(people)
    team.set_hours(ALWAYS)
    if counsellor:
        Staff(people, Cipher(secret)).create(counsellor, ["counsellor"])
    return team


def rows_of_talks(people: Engine) -> int:
    """How many rows of requests and their messages there are."""
    with reading(people) as session:
        return session.query(HandoverRequest).count() + session.query(HandoverMessage).count()


def said(people: Engine, secret: str, person: str) -> list[tuple[str, str]]:
    """Who said what in a person's talks; notices by the id of their words."""
    return [(line.author, line.text) for line in Handovers(people, Cipher(secret)).lines(person)]
