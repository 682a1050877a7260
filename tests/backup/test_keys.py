from __future__ import annotations

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

from civicdesk.backup import keys
from civicdesk.errors import Refusal


def test_a_key_is_read_as_it_was_scanned_or_typed(key: str) -> None:
    for typed in (key, key.lower(), keys.grouped(key), f"  {key[:30]}\n{key[30:]} "):
        assert keys.recipient_of(typed) == keys.recipient_of(key)


@pytest.mark.parametrize(
    ("typed", "reason"), [("", "no_key"), ("  \n", "no_key"), ("age1abc", "bad_key"), ("çığ" * 40, "bad_key")]
)
def test_what_is_no_key_gets_a_sentence(typed: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        keys.read(typed)
    assert refused.value.reason == reason


def test_one_wrong_letter_is_found(key: str) -> None:
    wrong = key[:-1] + ("Q" if key[-1] != "Q" else "P")
    with pytest.raises(Refusal, match="a letter of it is wrong"):
        keys.read(wrong)


def test_a_computer_without_a_keyring_does_not_keep_it_and_says_so(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoKeyring(KeyringBackend):
        def get_password(self, service: str, username: str) -> str | None:
            raise KeyringError("no keyring")

        def set_password(self, service: str, username: str, password: str) -> None:
            raise KeyringError("no keyring")

    monkeypatch.setattr(keyring, "get_keyring", NoKeyring)
    monkeypatch.setattr("keyring.core._keyring_backend", NoKeyring())
    assert not keys.keep(key)
    assert not keys.find(keys.recipient_of(key))
