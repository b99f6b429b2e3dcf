"""A stand-in for Telegram's Bot API: a real HTTP server on loopback, as strict as Telegram's.

It keeps updates until they are acknowledged, serves them by long polling or posts them to
the webhook, checks what is sent, and can be told to refuse, to hold or to drop calls. Tests
wait on what it has seen (`until`), never on the clock. Not here: updates people cause
(`bot_api_people`), Telegram's HTML (`bot_api_html`).
"""

import asyncio
import contextlib
import json
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Send

from tests.bot_api_html import Entity, HtmlRefused, parsed
from tests.local_server import serving

TOKEN = "123456:stand-in-token-that-must-not-be-logged"
MAX_UNITS = 4096
MAX_PAYLOAD = 64
PATIENCE = 60.0
_TEXTS = frozenset({"text", "callback_query_id", "url", "secret_token"})

JSON = dict[str, Any]
Answer = Callable[[JSON], Awaitable[Any]]


@dataclass(frozen=True)
class Call:
    """One call of the Bot API, as it arrived."""

    method: str
    values: JSON


@dataclass(frozen=True)
class Sent:
    """A message that a person has received."""

    chat: int
    text: str
    entities: list[Entity]
    buttons: list[list[tuple[str, str]]]
    values: JSON
    message_id: int


@dataclass
class Refusal(Exception):
    """An answer of Telegram that is not `ok`."""

    status: int
    description: str
    parameters: JSON = field(default_factory=dict)


@dataclass
class Held:
    """Calls of one method that wait, after so many that do not: `arrived` once one is there."""

    after: int = 0
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)


class BotApi:
    """What the stand-in has seen, and what it is to do (`bot_api()` makes a running one)."""

    def __init__(self, *, username: str = "tokstret_bot", deliver_to: str | None = None) -> None:
        self.url = ""
        self.username = username
        self.deliver_to = deliver_to
        self.calls: list[Call] = []
        self.sent: list[Sent] = []
        self.pending: list[JSON] = []
        self.chats: set[int] = set()
        self.blocked: set[int] = set()
        self.queries: set[str] = set()
        self.commands: dict[str, list[JSON]] = {}
        self.webhook: JSON = {"url": ""}
        self.planned: dict[str, list[Refusal | Literal["answer", "drop"]]] = defaultdict(list)
        self.holds: dict[str, Held] = {}
        self._changed = asyncio.Condition()
        self._poller = 0
        self._next_message = 1
        self._next_update = 1000

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serve, and deliver to the webhook if there is one."""
        app = Starlette(routes=[Route("/bot{token}/{method}", self._serve, methods=["GET", "POST"])])
        async with serving(app) as self.url:
            delivering = asyncio.create_task(self._deliver())
            try:
                yield
            finally:
                delivering.cancel()
                await asyncio.gather(delivering, return_exceptions=True)
                await self._let_go()

    # What a test can arrange

    def refuse(
        self, method: str, status: int, description: str, *, times: int = 1, **parameters: Any
    ) -> None:
        """Answer the next calls of a method with an error, e.g. 429 with retry_after."""
        self.planned[method] += [Refusal(status, description, parameters)] * times

    def drop(self, method: str, *, times: int = 1) -> None:
        """Break the connection of the next calls of a method, without an answer."""
        self.planned[method] += ["drop"] * times

    def answer(self, method: str, *, times: int = 1) -> None:
        """Answer the next calls of a method as usual, before what is planned after them."""
        self.planned[method] += ["answer"] * times

    def hold(self, method: str, *, after: int = 0) -> Held:
        """Let calls of a method wait, undone, until released; the first `after` of them pass."""
        self.holds[method] = Held(after)
        return self.holds[method]

    def release(self, method: str) -> None:
        """Let the waiting calls of a method go on, and all later ones pass."""
        self.holds.pop(method).released.set()

    async def update(self, **kind: JSON) -> int:
        """Put an update in the queue, e.g. `message={…}`; its number."""
        self._next_update += 1
        async with self._changed:
            self.pending.append({"update_id": self._next_update, **kind})
            self._changed.notify_all()
        return self._next_update

    def message_id(self) -> int:
        """A fresh message number."""
        self._next_message += 1
        return self._next_message

    # What a test can wait for and look at

    async def until(self, seen: Callable[[], bool]) -> None:
        """Wait until the condition holds; it is looked at whenever a call was served."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(seen)

    async def messages(self, count: int, chat: int | None = None) -> list[Sent]:
        """The messages that people (or one chat) received, once there are that many."""
        await self.until(lambda: len(self.received(chat)) >= count)
        return self.received(chat)

    def received(self, chat: int | None = None) -> list[Sent]:
        """The messages received so far."""
        return [sent for sent in self.sent if chat in (None, sent.chat)]

    async def called(self, method: str, count: int = 1) -> list[Call]:
        """The calls of a method, once there are that many."""
        await self.until(lambda: len(self.calls_of(method)) >= count)
        return self.calls_of(method)

    def calls_of(self, method: str) -> list[Call]:
        """The calls of a method so far."""
        return [call for call in self.calls if call.method == method]

    async def acknowledged(self) -> None:
        """Wait until no update is left in the queue."""
        await self.until(lambda: not self.pending)

    # Serving

    async def _serve(self, request: Request) -> Response:
        if request.path_params["token"] != TOKEN:
            await self._note(Call("refused token", {}))
            return JSONResponse({"ok": False, "error_code": 401, "description": "Unauthorized"}, 401)
        method = request.path_params["method"]
        values = {key: _value(key, str(value)) for key, value in (await request.form()).items()}
        await self._note(Call(method, values))
        try:
            if held := self.holds.get(method):
                await self._hold(held, request)
            plan = self.planned[method].pop(0) if self.planned[method] else "answer"
            if plan == "drop":
                return _Broken()
            if isinstance(plan, Refusal):
                raise plan
            result = await self._answer(method)(values)
        except Refusal as refused:
            body = {"ok": False, "error_code": refused.status, "description": refused.description}
            if refused.parameters:
                body["parameters"] = refused.parameters
            return JSONResponse(body, refused.status)
        finally:
            await self._note(None)
        return JSONResponse({"ok": True, "result": result})

    async def _let_go(self) -> None:
        """End the calls that still wait, so that the server can stop."""
        for held in self.holds.values():
            held.released.set()
        async with self._changed:
            self._poller += 1
            self._changed.notify_all()

    async def _note(self, call: Call | None) -> None:
        async with self._changed:
            if call:
                self.calls.append(call)
            self._changed.notify_all()

    async def _hold(self, held: Held, request: Request) -> None:
        held.after -= 1
        if held.after >= 0:
            return
        held.arrived.set()
        leaving = asyncio.create_task(_gone(request))
        releasing = asyncio.create_task(held.released.wait())
        _, waiting = await asyncio.wait({leaving, releasing}, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        if not held.released.is_set():
            raise Refusal(499, "the caller went away")

    def _answer(self, method: str) -> Answer:
        name = "_" + re.sub(r"([A-Z])", lambda letter: "_" + letter[1].lower(), method)
        answer: Answer | None = getattr(self, name, None)
        if answer is None:
            raise Refusal(404, "Not Found")
        return answer

    async def _get_me(self, _: JSON) -> JSON:
        return {"id": 123456, "is_bot": True, "first_name": "Tokstret", "username": self.username}

    async def _get_updates(self, values: JSON) -> list[JSON]:
        if self.webhook["url"]:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        self._poller += 1
        mine = self._poller
        async with self._changed:
            self.pending = [one for one in self.pending if one["update_id"] >= values.get("offset", 0)]
            self._changed.notify_all()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(values.get("timeout", 0)):
                    await self._changed.wait_for(lambda: bool(self.pending) or self._poller != mine)
            if self._poller != mine:
                raise Refusal(409, "Conflict: terminated by other getUpdates request")
            return self.pending[: values.get("limit", 100)]

    async def _send_message(self, values: JSON) -> JSON:
        chat = int(values["chat_id"])
        if chat in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if chat not in self.chats:
            raise Refusal(400, "Bad Request: chat not found")
        sent = Sent(chat, *_text(values), _buttons(values), values, self.message_id())
        self.sent.append(sent)
        return {
            "message_id": sent.message_id,
            "date": 1_800_000_000,
            "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup"},
            "text": sent.text,
        }

    async def _edit_message_text(self, values: JSON) -> bool:
        _text(values)
        _buttons(values)
        return True

    async def _answer_callback_query(self, values: JSON) -> bool:
        if values["callback_query_id"] not in self.queries:
            raise Refusal(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        self.queries.discard(values["callback_query_id"])
        return True

    async def _send_chat_action(self, values: JSON) -> bool:
        if values.get("action") != "typing":
            raise Refusal(400, "Bad Request: wrong parameter action in request")
        return True

    async def _set_my_commands(self, values: JSON) -> bool:
        language = values.get("language_code", "")
        if language and not re.fullmatch("[a-z]{2}", language):
            raise Refusal(400, "Bad Request: invalid language code")
        for command in values["commands"]:
            if (
                not re.fullmatch("[a-z0-9_]{1,32}", command["command"])
                or not 1 <= len(command["description"]) <= 256
            ):
                raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        self.commands[language] = values["commands"]
        return True

    async def _set_webhook(self, values: JSON) -> bool:
        if values["url"] and not values["url"].startswith("https://"):
            raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch("[A-Za-z0-9_-]{0,256}", values.get("secret_token", "")):
            raise Refusal(400, "Bad Request: secret token contains unallowed characters")
        self.webhook = values
        return True

    async def _delete_webhook(self, _: JSON) -> bool:
        self.webhook = {"url": ""}
        return True

    async def _get_webhook_info(self, _: JSON) -> JSON:
        return {
            "url": self.webhook["url"],
            "has_custom_certificate": False,
            "pending_update_count": len(self.pending),
        }

    async def _deliver(self) -> None:
        """Post updates to the webhook, one by one, again and again until each is taken."""
        async with httpx.AsyncClient() as client:
            while True:
                async with self._changed:
                    await self._changed.wait_for(
                        lambda: bool(self.webhook["url"] and self.pending and self.deliver_to)
                    )
                path = httpx.URL(self.webhook["url"]).path
                secret = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
                answer = await client.post(f"{self.deliver_to}{path}", json=self.pending[0], headers=secret)
                if answer.is_success:
                    self.pending.pop(0)
                await self._note(Call("→ webhook", {"status": answer.status_code}))


class _Broken(Response):
    """No answer: the connection is closed after the head of one."""

    async def __call__(self, _scope: Any, _receive: Any, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _value(key: str, text: str) -> Any:
    """A form value as the Bot API reads it: texts as they are, other fields as JSON where they are."""
    if key in _TEXTS:
        return text
    return json.loads(text) if re.match(r"[\[{]|-?\d+$|true$|false$", text) else text


def _text(values: JSON) -> tuple[str, list[Entity]]:
    text, entities = str(values["text"]), list[Entity]()
    if values.get("parse_mode") == "HTML":
        try:
            text, entities = parsed(text)
        except HtmlRefused as refused:
            raise Refusal(400, f"Bad Request: can't parse entities: {refused}") from None
    if not text.strip():
        raise Refusal(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > MAX_UNITS:
        raise Refusal(400, "Bad Request: message is too long")
    return text, entities


def _buttons(values: JSON) -> list[list[tuple[str, str]]]:
    rows = values.get("reply_markup", {}).get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if not 1 <= len(button["callback_data"].encode()) <= MAX_PAYLOAD:
            raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        if not button["text"].strip():
            raise Refusal(400, "Bad Request: inline keyboard button text is empty")
    return [[(button["text"], button["callback_data"]) for button in row] for row in rows]


@contextlib.asynccontextmanager
async def bot_api(**options: Any) -> AsyncIterator[BotApi]:
    """A running stand-in."""
    api = BotApi(**options)
    async with api.running():
        yield api
