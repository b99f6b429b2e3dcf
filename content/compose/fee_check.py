"""The result of the fee check: what of it is allowed, by which rule, what to do, whom to tell.

Not here: the verdicts (`content.journeys.fee_check`).
"""

from collections.abc import Iterable, Iterator

from content.compose.amounts import amount_text, limit_text
from content.compose.journeys import title_of
from content.compose.writer import Writer, service_line
from content.journeys.fee_check import FeeOutcome, FeesOutcome, RuleOutcome
from content.journeys.fee_rules_in_force import Way
from content.messages import Message, Source
from content.schema import SourceEntry

JOURNEY = "fee-check"
_MOST_RULES = 3
_MOST_SERVICES = 4
_MOST_ANSWERS = 2
_PARAGRAPH = "\n\n"


def fee_check(writer: Writer, outcome: FeesOutcome, way: Way) -> Message:
    """All fees one by one, their total, what to ask for, the sources, and who takes complaints."""
    language = writer.language
    told = [*(each for fee in outcome.fees for each in fee.decisive), *outcome.totals]
    parts = [
        _lead(writer, outcome, way),
        *(_PARAGRAPH.join(_fee(writer, fee)) for fee in outcome.fees),
        *_totals(writer, outcome),
        _ask_for(writer, outcome),
        writer.say("fee-check.not-law"),
    ]
    services = writer.repository.services(language, ids=outcome.complain)[:_MOST_SERVICES]
    return Message(
        kind="journey",
        text=_PARAGRAPH.join(part for part in parts if part),
        language=language,
        title=writer.say("fee-check.title"),
        checked_on=min((each.rule.source.checked_on for each in told), default=None),
        sources=list(_sources(told)),
        services=[service_line(service) for service in services],
        buttons=[
            writer.button("fee-check.change", f"{JOURNEY}:change.last"),
            writer.button("fee-check.again", JOURNEY),
            *writer.answer_buttons(outcome.answers, most=_MOST_ANSWERS),
            writer.button("person.button", "person"),
            writer.button("menu.button", "menu"),
        ],
    )


def _lead(writer: Writer, outcome: FeesOutcome, way: Way) -> str:
    day = writer.words.day(outcome.fees[0].on, writer.language)
    unknown = writer.say("fee-check.way-unknown")
    origin = writer.name_of("country", way.origin) if way.origin else unknown
    if way.scheme not in (None, "none"):
        to = writer.name_of("scheme", str(way.scheme))
    else:
        to = writer.name_of("country", way.destination) if way.destination else unknown
    return writer.say("fee-check.lead", origin=origin, to=to, day=day)


def _fee(writer: Writer, fee: FeeOutcome) -> Iterator[str]:
    """One fee: the verdict, what makes it, what is in doubt."""
    item = title_of(writer, "fee", fee.fee.item)
    amount = f" – {amount_text(writer, fee.fee.amount)}" if fee.fee.amount is not None else ""
    yield f"**{item}{amount}: {writer.say(f'fee-check.verdict.{fee.verdict}')}**"
    yield " ".join(_said(writer, fee))
    rules = "\n".join(f"- {_rule(writer, each)}" for each in fee.decisive[:_MOST_RULES])
    if rules:
        yield rules


def _said(writer: Writer, fee: FeeOutcome) -> Iterator[str]:
    if fee.over is not None:
        yield writer.say("fee-check.over", over=amount_text(writer, fee.over))
    yield writer.say(f"fee-check.means.{fee.verdict}")
    if fee.scheme_says is not None:
        yield writer.say(f"fee-check.scheme-pays.{fee.scheme_says}")
    for doubt in fee.doubts:
        if doubt == "currency-not-said" and fee.fee.amount is not None:
            yield writer.say("fee-check.doubt.currency-not-said", amount=amount_text(writer, fee.fee.amount))
        elif doubt in ("other-rules-may-apply", "only-a-total"):
            yield writer.say(f"fee-check.doubt.{doubt}")


def _rule(writer: Writer, told: RuleOutcome) -> str:
    """What a rule says, whose it is, what it is called, and since when it holds as far as we know."""
    period = told.rule.period
    country = writer.name_of("country", told.rule.country)
    says = (
        writer.say("fee-check.rule.limited", limit=limit_text(writer, period.limit))
        if period.limit is not None and period.limit.value
        else writer.say(f"fee-check.rule.{'forbidden' if told.verdict == 'forbidden' else period.verdict}")
    )
    since = writer.words.day(period.since, writer.language)
    known = writer.say(f"fee-check.rule.{period.starts}", day=since)
    return f"{country}: {says} {told.rule.rule.law} ({known})"


def _totals(writer: Writer, outcome: FeesOutcome) -> Iterator[str]:
    """The sum of several fees, where a limit on everything together exists."""
    if len(outcome.fees) > 1:
        for each in outcome.totals:
            verdict = writer.say(f"fee-check.verdict.{each.verdict}")
            yield f"**{writer.say('fee-check.together')}: {verdict}**\n\n- {_rule(writer, each)}"


def _ask_for(writer: Writer, outcome: FeesOutcome) -> str:
    """What to do now, once for all fees."""
    wanted = dict.fromkeys(what for fee in outcome.fees for what in fee.ask_for)
    lines = [writer.say(f"fee-check.ask-for.{what}") for what in wanted]
    if any(fee.fee.paid and fee.verdict in ("forbidden", "above-limit") for fee in outcome.fees):
        lines.insert(0, writer.say("fee-check.paid"))
    if outcome.complain:
        lines.append(writer.say("fee-check.complain"))
    if not lines:
        return ""
    return f"**{writer.say('fee-check.now')}**\n\n" + "\n".join(f"- {line}" for line in lines)


def _sources(told: Iterable[RuleOutcome]) -> Iterator[Source]:
    seen: dict[str, SourceEntry] = {}
    for each in told:
        source = each.rule.source
        seen.setdefault(source.url, source)
    for source in seen.values():
        yield Source(
            title=source.title, publisher=source.publisher, url=str(source.url), checked_on=source.checked_on
        )
