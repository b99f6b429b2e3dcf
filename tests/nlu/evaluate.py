"""`make evaluate`: how well the running product understands the held-out questions, per language.

Every question goes through the public API of the whole product, each in a conversation of its
own, with English as the channel's language. The table also goes into var/evaluation.md. Ends with 1 if
a measure lies below its floor (`floors.json`), which is where it was last less four points in a hundred,
or less four questions where that is more: CI lets nobody make understanding worse.
Not here: fitting the calibration (`calibrate`).
"""

import asyncio
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.nlu.held_out import SHAPES, HeldOut, all_languages
from tests.product import product

_AT_ONCE = 4
_LONG_ENOUGH = 4  # words; shorter messages may belong to several languages
_REPORT = Path("var/evaluation.md")
_FLOORS = Path(__file__).with_name("floors.json")
_LESS_IS_BETTER = {"wrong with confidence", "false alarms"}
_SMALLTALK_KINDS = {"smalltalk", "notice"}
_PRIVACY = "privacy."


@dataclass(slots=True)
class Score:
    """The measures of one language, each as right of all."""

    rows: dict[str, tuple[int, int]] = field(default_factory=dict)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, measure: str, hits: Sequence[bool]) -> None:
        """One measure."""
        self.rows[measure] = (sum(hits), len(hits))

    def share(self, measure: str) -> float:
        """A measure between 0 and 1."""
        right, of = self.rows[measure]
        return right / of


class Asking:
    """Asks the product, a few questions at once."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def ask(self, text: str, conversation: str | None = None) -> dict[str, Any]:
        """The reply to a question, in a new conversation unless one is given."""
        body = {"text": text, "language": "en"} | ({"conversation": conversation} if conversation else {})
        async with self._turns:
            response = await self._client.post("/api/v1/messages", json=body)
            response.raise_for_status()
            reply: dict[str, Any] = response.json()
            return reply

    async def talk(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """The replies to the turns of one conversation."""
        replies: list[dict[str, Any]] = []
        for text in texts:
            replies.append(await self.ask(text, replies[-1]["conversation"] if replies else None))
        return replies

    async def all(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """The replies to many."""
        return list(await asyncio.gather(*(self.ask(text) for text in texts)))


async def score_of(held: HeldOut, asking: Asking) -> Score:
    """Measure one language."""
    score = Score()
    spoken: list[bool] = []
    wrong: list[bool] = []
    for shape in SHAPES:
        questions = held.questions[shape]
        replies = await asking.all([question.text for question in questions])
        right, among = [], []
        for question, reply in zip(questions, replies, strict=True):
            told, offered = _told(reply), _offered(reply)
            right.append(told in question.right)
            among.append(told in question.right or bool(set(offered) & set(question.right)))
            wrong.append(told is not None and told not in question.right)
            if told is not None and told not in question.right:
                score.confused[question.right[0], told] += 1
            if len(question.text.split()) >= _LONG_ENOUGH:
                spoken.append(reply["language"] == held.language)
        score.add(f"{shape}: answered rightly", right)
        score.add(f"{shape}: rightly or offered", among)
    score.add("wrong with confidence", wrong)
    right, among = await _follow_ups(held, asking)
    score.add("follow-ups: answered rightly", right)
    score.add("follow-ups: rightly or offered", among)
    score.add("language of 4 words and more", spoken)
    replies = await asking.all(held.out_of_scope)
    score.add("out of scope not answered", [_told(reply) is None for reply in replies])
    score.add("danger caught", [_kind(reply) == "danger" for reply in await asking.all(held.danger)])
    score.add("false alarms", [_kind(reply) == "danger" for reply in await asking.all(held.harmless)])
    replies = await asking.all([text for text, _ in held.smalltalk])
    score.add("small talk and navigation", [_is_smalltalk(reply) for reply in replies])
    return score


async def _follow_ups(held: HeldOut, asking: Asking) -> tuple[list[bool], list[bool]]:
    """Of the turns after the first of each dialogue that have an answer: whether it was told, or offered."""
    right, among = [], []
    for talk in held.dialogues:
        replies = await asking.talk([turn.text for turn in talk])
        for turn, reply in zip(talk[1:], replies[1:], strict=True):
            if turn.right:
                right.append(_told(reply) in turn.right)
                among.append(right[-1] or bool(set(_offered(reply)) & set(turn.right)))
    return right, among


def _told(reply: dict[str, Any]) -> str | None:
    return next((m.get("answer") for m in reply["messages"] if m["kind"] == "answer"), None)


def _offered(reply: dict[str, Any]) -> list[str]:
    payloads = [b["payload"] for m in reply["messages"] if m["kind"] == "clarify" for b in m["buttons"]]
    return [payload.removeprefix("answer:") for payload in payloads if payload.startswith("answer:")]


def _is_smalltalk(reply: dict[str, Any]) -> bool:
    """A friendly or navigating reply; to what asks about privacy, the answer to that too."""
    return _kind(reply) in _SMALLTALK_KINDS or str(_told(reply)).startswith(_PRIVACY)


def _kind(reply: dict[str, Any]) -> str:
    return str(reply["messages"][0]["kind"])


def report(scores: dict[str, Score]) -> Iterator[str]:
    """Measures by language, as docs/evaluation.md keeps them, and what was told instead of the right."""
    yield f"| {'measure':<30} | " + " | ".join(f"{language:>12}" for language in scores) + " |"
    yield f"| {'-' * 30} | " + " | ".join("-" * 12 for _ in scores) + " |"
    for measure in next(iter(scores.values())).rows:
        cells = (
            f"{score.share(measure):5.1%} {'/'.join(map(str, score.rows[measure])):>6}"
            for score in scores.values()
        )
        yield f"| {measure:<30} | " + " | ".join(cells) + " |"
    for language, score in scores.items():
        worst = ", ".join(f"{right} → {told} ({n})" for (right, told), n in score.confused.most_common(8))
        yield f"\n{language}, told instead of the right one: {worst or 'none'}"


def below_floor(scores: dict[str, Score], floors: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """The measures that are worse than they may be; of `_LESS_IS_BETTER` the floor is a ceiling."""
    for measure, by_language in floors.items():
        for language, floor in by_language.items():
            share = scores[language].share(measure)
            worse = share > floor if measure in _LESS_IS_BETTER else share < floor
            if worse:
                yield f"{language}: {measure} is {share:.1%}, its floor {floor:.1%}"


async def measure(address: str) -> dict[str, Score]:
    """All languages' scores."""
    async with httpx.AsyncClient(base_url=address, timeout=60, trust_env=False) as client:
        return {held.language: await score_of(held, Asking(client)) for held in all_languages()}


def main() -> int:
    """Start the product and measure it."""
    with (
        tempfile.TemporaryDirectory(prefix="tokstret-evaluate-") as folder,
        product(Path(folder)) as running,
    ):
        scores = asyncio.run(measure(running.address))
    text = "\n".join(report(scores))
    print(text)
    _REPORT.parent.mkdir(exist_ok=True)
    _REPORT.write_text(text + "\n", encoding="utf-8")
    worse = list(below_floor(scores, json.loads(_FLOORS.read_text(encoding="utf-8"))))
    print("\n".join(worse), file=sys.stderr)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
