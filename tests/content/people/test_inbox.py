"""Telegram updates: written down once, handled once, then emptied."""

import pytest
from sqlalchemy import Engine, text

from content.people.cipher import Cipher, CipherError
from content.people.inbox import Inbox, IncomingUpdate, WaitingUpdate

SECRET = "a secret key for tests"


@pytest.fixture
def inbox(people_store: Engine) -> Inbox:
    return Inbox(people_store, Cipher(SECRET))


def update(number: int, chat: str = "hash", said: str = "hamas") -> IncomingUpdate:
    return IncomingUpdate(number, chat, {"message": {"text": said}})


def stored(store: Engine) -> list[dict[str, object]]:
    with store.connect() as connection:
        rows = connection.execute(text("SELECT * FROM telegram_update ORDER BY update_id"))
        return [dict(row) for row in rows.mappings()]


def test_updates_wait_in_their_order_whatever_order_they_came_in(inbox: Inbox) -> None:
    assert inbox.store([update(7), update(5)]) == 2
    assert inbox.store([update(6)]) == 1
    assert [waiting.update_id for waiting in inbox.waiting()] == [5, 6, 7]


def test_an_update_that_comes_again_is_ignored_even_after_it_was_handled(inbox: Inbox) -> None:
    inbox.store([update(5)])
    inbox.finish(5)
    assert inbox.store([update(5), update(6)]) == 1
    assert [waiting.update_id for waiting in inbox.waiting()] == [6]


def test_nothing_to_store_is_no_fault(inbox: Inbox) -> None:
    assert inbox.store([]) == 0
    assert inbox.waiting() == []


def test_replies_are_kept_until_they_are_sent(inbox: Inbox) -> None:
    inbox.store([update(5, said="ʻ🙂")])
    assert inbox.waiting() == [WaitingUpdate(5, "hash", {"message": {"text": "ʻ🙂"}}, None, 0)]
    inbox.save_replies(5, [{"text": "one"}, {"text": "two"}])
    inbox.mark_sent(5, 1)
    (waiting,) = inbox.waiting()
    assert (waiting.replies, waiting.sent) == ([{"text": "one"}, {"text": "two"}], 1)


def test_a_handled_update_is_emptied(inbox: Inbox, people_store: Engine) -> None:
    inbox.store([update(5)])
    inbox.save_replies(5, [{"text": "one"}])
    inbox.finish(5)
    (row,) = stored(people_store)
    assert inbox.waiting() == []
    assert (row["payload"], row["replies"], row["chat"], row["state"]) == (None, None, "", "handled")
    assert row["handled_at"] is not None


def test_what_was_said_is_not_readable_in_the_store(inbox: Inbox, people_store: Engine) -> None:
    inbox.store([update(5, said="MARKED")])
    inbox.save_replies(5, [{"text": "MARKED"}])
    assert "MARKED" not in str(stored(people_store))
    assert Inbox(people_store, Cipher("another secret key")).waiting() == []


def test_the_next_offset_follows_the_newest_update(inbox: Inbox) -> None:
    assert inbox.next_offset() is None
    inbox.store([update(2**40)])
    inbox.finish(2**40)
    assert inbox.next_offset() == 2**40 + 1


def test_a_damaged_value_is_refused() -> None:
    cipher = Cipher(SECRET)
    text_ = cipher.encrypt({"a": [1, "ʻ"]})
    assert cipher.decrypt(text_) == {"a": [1, "ʻ"]}
    with pytest.raises(CipherError):
        cipher.decrypt(text_[:-4] + "AAA=")


def test_what_cannot_be_read_any_more_does_not_hold_up_the_rest(
    inbox: Inbox, people_store: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    Inbox(people_store, Cipher("the key before this one")).store([update(5)])
    inbox.store([update(6)])
    assert [waiting.update_id for waiting in inbox.waiting()] == [6]
    assert "update 5 cannot be read" in caplog.text
    assert [(row["update_id"], row["state"]) for row in stored(people_store)] == [
        (5, "handled"),
        (6, "received"),
    ]
