"""Offer check: which signs of a false offer an offer shows, each with why, and a level.

No level says that an offer is good: without signs there is still something to check, and who told little
gets no level of three, but hears that it was too little. Not here: words, and
taking facts out of a pasted offer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from content.journeys.offer_signs import OfferSigns, SignId
from content.records import SchemeFacts

type Level = Literal["stop", "check-first", "no-sign-seen", "too-little"]
type Question = Literal[
    "money_first",
    "visa",
    "account",
    "contact",
    "pay",
    "passport_asked",
    "address_known",
    "hurry",
    "contract",
    "ticket_free",
]

_ENOUGH_TO_STOP = 2
# Without a sign, as many questions must have been answered before "no sign seen" is more than not asking.
_ENOUGH_TOLD = 5
_QUESTIONS: tuple[Question, ...] = (
    "money_first",
    "visa",
    "contact",
    "pay",
    "passport_asked",
    "address_known",
    "hurry",
    "contract",
)


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What a person told of an offer; None is what is not known."""

    origin: str | None = None
    destination: str | None = None
    scheme: str | None = None
    work: str | None = None
    money_first: bool | None = None
    visa: Literal["work", "tourist", "none"] | None = None
    account: Literal["company", "person", "cash"] | None = None
    contact: Literal["chat-only", "office", "labour-office"] | None = None
    pay: Literal["usual", "too-high"] | None = None
    passport_asked: bool | None = None
    address_known: bool | None = None
    hurry: bool | None = None
    contract: bool | None = None
    ticket_free: bool | None = None
    through_agent: bool | None = None
    contract_lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignSeen:
    """A sign that an offer shows; `answers` say why, with their sources. `because` is the record, if one."""

    id: SignId
    weight: Literal["stop", "check"]
    answers: tuple[str, ...]
    because: str | None = None


@dataclass(frozen=True, slots=True)
class OfferOutcome:
    """What can be said of an offer on a day: the level, its signs, and the questions not answered yet."""

    level: Level
    on: date
    signs: tuple[SignSeen, ...]
    not_told: tuple[Question, ...]
    scheme_status: str | None
    contract_lacks: tuple[str, ...]
    answers: tuple[str, ...]
    services: tuple[str, ...]


def check_offer(
    facts: OfferFacts, signs: OfferSigns, schemes: Sequence[SchemeFacts], day: date
) -> OfferOutcome:
    """The signs that an offer shows on a day, and how much they weigh together."""
    scheme = next((each for each in schemes if each.scheme == facts.scheme), None)
    seen: dict[SignId, SignSeen] = {}
    for id_, answer, because in _seen(facts, signs, scheme, day):
        sign = signs.signs[id_]
        answers = tuple(dict.fromkeys((*((answer,) if answer else ()), *sign.answers)))
        seen.setdefault(id_, SignSeen(id_, sign.weight, answers, because))
    told = sorted(seen.values(), key=lambda each: each.weight != "stop")
    not_told = tuple(name for name in _QUESTIONS if getattr(facts, name) is None)
    return OfferOutcome(
        level=_level(told, len(_QUESTIONS) - len(not_told)),
        on=day,
        signs=tuple(told),
        not_told=not_told,
        scheme_status=scheme.status if scheme else None,
        contract_lacks=facts.contract_lacks,
        answers=tuple(dict.fromkeys(key for each in told for key in each.answers)),
        services=scheme.services if scheme else (),
    )


def _level(signs: Sequence[SignSeen], answered: int) -> Level:
    if any(each.weight == "stop" for each in signs) or len(signs) >= _ENOUGH_TO_STOP:
        return "stop"
    if signs:
        return "check-first"
    return "no-sign-seen" if answered >= _ENOUGH_TOLD else "too-little"


type _Told = tuple[SignId, str | None, str | None]


def _seen(facts: OfferFacts, signs: OfferSigns, scheme: SchemeFacts | None, day: date) -> Iterator[_Told]:
    """Every sign, the answer that fits this case best, and the record that it rests on."""
    yield from _told_signs(facts)
    yield from _closed(facts, signs, scheme, day)
    if scheme is not None and scheme.origins and facts.origin and facts.origin not in scheme.origins:
        yield "scheme-not-for-origin", next(iter(scheme.answers), None), scheme.id
    if facts.scheme in signs.no_agents and facts.through_agent:
        yield "scheme-agent", signs.no_agents[facts.scheme], None
    if facts.destination in signs.compounds.destinations and (facts.ticket_free or facts.pay == "too-high"):
        yield "compound-country", signs.compounds.answer, None


def _told_signs(facts: OfferFacts) -> Iterator[_Told]:
    told: tuple[tuple[SignId, bool], ...] = (
        ("money-before-contract", facts.money_first is True),
        ("tourist-visa", facts.visa == "tourist"),
        ("personal-account", facts.account == "person"),
        ("passport-asked", facts.passport_asked is True),
        ("chat-only", facts.contact == "chat-only"),
        ("pay-too-high", facts.pay == "too-high"),
        ("no-address", facts.address_known is False),
        ("hurry", facts.hurry is True),
        ("no-contract", facts.contract is False),
        ("contract-gaps", bool(facts.contract_lacks)),
    )
    yield from ((id_, None, None) for id_, shows in told if shows)


def _closed(facts: OfferFacts, signs: OfferSigns, scheme: SchemeFacts | None, day: date) -> Iterator[_Told]:
    """Ways that are closed on the day; a scheme with dates goes by these, another by its record's status."""
    dated = [way for way in signs.closed if _is_on(way.scheme, way.destination, way.work, facts)]
    yield from ((way.sign, way.answer, way.id) for way in dated if way.holds_on(day))
    by_date = any(way.scheme is not None for way in dated)
    if scheme is not None and scheme.status in ("not-yet-open", "closed") and not by_date:
        yield "scheme-not-open", next(iter(scheme.answers), None), scheme.id


def _is_on(scheme: str | None, destination: str | None, work: Sequence[str], facts: OfferFacts) -> bool:
    pairs = ((scheme, facts.scheme), (destination, facts.destination))
    return all(wanted is None or wanted == known for wanted, known in pairs) and (
        not work or facts.work in work
    )
