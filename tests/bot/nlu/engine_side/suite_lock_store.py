"""bot.nlu.lock_store, in memory and, where TOKSTRET_TEST_REDIS gives an address, on Redis."""

from __future__ import annotations

import asyncio
import os
import unittest
from unittest.mock import patch

from bot.nlu.lock_store import WAIT_SECONDS, MemoryLocks, RedisLocks, lock_store


class InMemory(unittest.IsolatedAsyncioTestCase):
    url = ""

    async def test_turns_of_one_conversation_follow_each_other_in_order(self) -> None:
        store, said = lock_store(self.url), []

        async def turn(number: int) -> None:
            async with store.lock("vu-1"):
                said.append(f"{number} begins")
                await asyncio.sleep(0)
                said.append(f"{number} ends")

        await asyncio.gather(*(turn(number) for number in range(4)))
        self.assertEqual(said, [f"{n} {what}" for n in range(4) for what in ("begins", "ends")])

    async def test_a_waiting_turn_looks_again_at_once(self) -> None:
        store, waits = lock_store(self.url), []
        sleep = asyncio.sleep

        async def noted(seconds: float) -> None:
            waits.append(seconds)
            first_may_end.set()
            await sleep(0)

        first_may_end = asyncio.Event()

        async def first() -> None:
            async with store.lock("vu-1"):
                await first_may_end.wait()

        async def second() -> None:
            async with store.lock("vu-1"):
                pass

        with patch("rasa.core.lock_store.asyncio.sleep", noted):
            await asyncio.gather(first(), second())
        self.assertEqual(set(waits), {WAIT_SECONDS})
        self.assertLess(WAIT_SECONDS, 0.05)

    async def test_conversations_do_not_wait_for_each_other(self) -> None:
        store = lock_store(self.url)
        async with store.lock("vu-1"), store.lock("pg-1"):
            self.assertIsNotNone(store.get_lock("vu-1"))
        self.assertIsNone(store.get_lock("vu-1"))

    def test_the_address_decides_where_locks_are(self) -> None:
        self.assertIsInstance(lock_store(self.url), RedisLocks if self.url else MemoryLocks)


@unittest.skipUnless(os.environ.get("TOKSTRET_TEST_REDIS"), "no Redis address was given")
class OnRedis(InMemory):
    url = os.environ.get("TOKSTRET_TEST_REDIS", "")

    def test_every_part_of_the_address_counts(self) -> None:
        locks = lock_store("rediss://some%40one:pass%2Fword@example.test:6400/3")
        options = locks.red.connection_pool.connection_kwargs
        self.assertEqual(
            [options[name] for name in ("host", "port", "db", "username", "password")],
            ["example.test", 6400, 3, "some@one", "pass/word"],
        )
        self.assertEqual(locks.red.connection_pool.connection_class.__name__, "SSLConnection")
