"""Where the secret of a desk at its hub is kept."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import PasswordDeleteError

from civicdesk.sync import secrets


class InMemory(KeyringBackend):
    """A keyring of this test."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture(autouse=True)
def own_keyring() -> Iterator[None]:
    usual = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    yield
    keyring.set_keyring(usual)
    secrets.forget()


def test_a_secret_is_there_at_the_next_start() -> None:
    assert secrets.remember("desk_1", "s3cret")
    secrets.forget()

    assert secrets.recall("desk_1") == "s3cret"
    assert secrets.recall("desk_2") == ""


def test_an_empty_secret_takes_it_away_and_twice_is_once() -> None:
    secrets.remember("desk_1", "s3cret")

    assert secrets.remember("desk_1", "")
    assert secrets.remember("desk_1", "")
    secrets.forget()

    assert secrets.recall("desk_1") == ""


def test_without_a_keyring_it_lasts_until_the_desk_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.set_keyring(NoKeyring())

    assert not secrets.remember("desk_1", "s3cret")
    assert secrets.recall("desk_1") == "s3cret"
    secrets.forget()
    assert secrets.recall("desk_1") == ""
    monkeypatch.setenv(secrets.VARIABLE, "from outside")
    assert secrets.recall("desk_1") == "from outside"
    assert secrets.VARIABLE in secrets.without_keyring()
