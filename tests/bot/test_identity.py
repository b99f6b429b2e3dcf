"""Tokens and sender ids."""

import pytest

from bot.identity import BadToken, Identity

IDENTITY = Identity(b"a secret key for tests, long enough")


def test_a_token_leads_to_one_person_always_the_same() -> None:
    token = IDENTITY.new_token()
    assert IDENTITY.person_of_token(token) == IDENTITY.person_of_token(token)
    assert IDENTITY.person_of_token(token) != IDENTITY.person_of_token(IDENTITY.new_token())


def test_the_person_does_not_show_the_token_nor_the_chat() -> None:
    token = IDENTITY.new_token()
    assert token.split(".")[0] not in IDENTITY.person_of_token(token)
    assert "123456" not in IDENTITY.person_of_chat(123456)


@pytest.mark.parametrize("token", ["", "x", "x.y", "a.b.c", "é.é", "." * 3])
def test_a_token_that_we_did_not_make_is_refused(token: str) -> None:
    with pytest.raises(BadToken):
        IDENTITY.person_of_token(token)


def test_a_token_of_another_secret_is_refused() -> None:
    with pytest.raises(BadToken):
        IDENTITY.person_of_token(Identity(b"another secret key, long enough too").new_token())
