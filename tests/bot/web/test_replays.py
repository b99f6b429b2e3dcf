"""A turn sent again gets its first outcome, and nobody else's."""

import asyncio

import pytest

from bot.replays import Replays


class Counter:
    def __init__(self) -> None:
        self.made = 0

    async def __call__(self) -> int:
        self.made += 1
        return self.made


async def twice(replays: Replays[int], make: Counter, person: str = "p", key: str = "k") -> int:
    kept = await replays.get(person, key)
    return await replays.once(person, key, make) if kept is None else kept


def test_what_is_sent_again_is_not_done_again() -> None:
    async def talk() -> list[int]:
        replays, make = Replays[int](), Counter()
        return [
            await twice(replays, make),
            await twice(replays, make),
            await twice(replays, make, key="other"),
        ]

    assert asyncio.run(talk()) == [1, 1, 2]


def test_two_who_come_at_once_get_one_outcome() -> None:
    async def talk() -> list[int]:
        replays, make = Replays[int](), Counter()
        return await asyncio.gather(*(replays.once("p", "k", make) for _ in range(2)))

    assert asyncio.run(talk()) == [1, 1]


def test_persons_do_not_share_keys() -> None:
    async def talk() -> list[int]:
        replays, make = Replays[int](), Counter()
        return [await twice(replays, make), await twice(replays, make, person="q")]

    assert asyncio.run(talk()) == [1, 2]


def test_who_comes_while_it_is_being_done_waits_for_it() -> None:
    async def talk() -> list[int]:
        replays, go, made = Replays[int](), asyncio.Event(), []

        async def slow() -> int:
            made.append(1)
            await go.wait()
            return len(made)

        first = asyncio.create_task(replays.once("p", "k", slow))
        await asyncio.sleep(0)
        second = asyncio.create_task(replays.get("p", "k"))
        await asyncio.sleep(0)
        go.set()
        return [await first, await second or 0]

    assert asyncio.run(talk()) == [1, 1]


def test_it_is_done_even_if_who_asked_has_gone() -> None:
    async def talk() -> int | None:
        replays, go = Replays[int](), asyncio.Event()

        async def slow() -> int:
            await go.wait()
            return 7

        asked = asyncio.create_task(replays.once("p", "k", slow))
        await asyncio.sleep(0)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        go.set()
        return await replays.get("p", "k")

    assert asyncio.run(talk()) == 7


def test_a_failure_is_not_kept() -> None:
    async def talk() -> int | None:
        replays = Replays[int]()

        async def broken() -> int:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await replays.once("p", "k", broken)
        return await replays.get("p", "k")

    assert asyncio.run(talk()) is None


def test_what_is_old_or_too_much_is_let_go() -> None:
    async def talk() -> list[int]:
        now = [0.0]
        replays, make = Replays[int](seconds=10, most=2, clock=lambda: now[0]), Counter()
        made = [await twice(replays, make)]
        now[0] = 10.0
        made.append(await twice(replays, make))
        made += [await twice(replays, make, key=key) for key in ("a", "b", "c")]
        return [*made, await twice(replays, make)]

    assert asyncio.run(talk()) == [1, 2, 3, 4, 5, 6]


def test_a_person_s_turns_can_be_forgotten() -> None:
    async def talk() -> list[int]:
        replays, make = Replays[int](), Counter()
        await twice(replays, make)
        await twice(replays, make, person="q")
        replays.forget("p")
        return [await twice(replays, make), await twice(replays, make, person="q")]

    assert asyncio.run(talk()) == [3, 2]
