"""What people do on Telegram, as updates of the stand-in: writing, pressing, sending things."""

from typing import Any

from tests.bot_api import JSON, BotApi

_DATE = 1_800_000_000


class Chat:
    """A person in a private chat, or in a group (a negative number), with names we must not keep."""

    def __init__(self, api: BotApi, number: int, language: str | None = "en") -> None:
        self._api = api
        self.number = number
        self.language = language
        api.chats.add(number)

    async def say(self, text: str, **more: Any) -> int:
        """Write something."""
        return await self.send(text=text, **more)

    async def send(self, **content: Any) -> int:
        """Send a message of any kind."""
        return await self._api.update(message=self.message(**content))

    async def edit(self, **content: Any) -> int:
        """Change a message."""
        return await self._api.update(edited_message=self.message(edit_date=_DATE + 1, **content))

    async def press(self, payload: str, *, old: bool = False) -> str:
        """Press a button; `old` ones cannot be acknowledged any more. The query's number."""
        query = f"query-{self._api.message_id()}"
        if not old:
            self._api.queries.add(query)
        message = self.message(text="…") | {"from": {"id": 123456, "is_bot": True, "first_name": "Tokstret"}}
        await self._api.update(
            callback_query={
                "id": query,
                "from": self._person(),
                "chat_instance": "1",
                "data": payload,
                "message": message,
            }
        )
        return query

    async def change_our_membership(self, old: str, new: str) -> int:
        """Add us to the chat, or block us."""
        us = {"id": 123456, "is_bot": True, "first_name": "Tokstret", "username": self._api.username}
        banned = {"until_date": 0}
        return await self._api.update(
            my_chat_member={
                "chat": self._chat(),
                "from": self._person(),
                "date": _DATE,
                "old_chat_member": {"user": us, "status": old, **(banned if old == "kicked" else {})},
                "new_chat_member": {"user": us, "status": new, **(banned if new == "kicked" else {})},
            }
        )

    def message(self, **content: Any) -> JSON:
        """A message of this person."""
        return {
            "message_id": self._api.message_id(),
            "from": self._person(),
            "chat": self._chat(),
            "date": _DATE,
            **content,
        }

    def _person(self) -> JSON:
        person = {
            "id": abs(self.number),
            "is_bot": False,
            "first_name": "Marker-Name",
            "username": "marker_user",
        }
        return person | ({"language_code": self.language} if self.language else {})

    def _chat(self) -> JSON:
        if self.number < 0:
            return {"id": self.number, "type": "supergroup", "title": "Marker-Group"}
        return {"id": self.number, "type": "private", "first_name": "Marker-Name", "username": "marker_user"}
