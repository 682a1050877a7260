"""A hub for the rehearsal: PostgreSQL where this computer has its programs, else a file."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Protocol

import keyring
from keyring.backend import KeyringBackend

from civicdesk.database import Database
from civicdesk.hub import desks, making
from civicdesk.hub.private_server import PrivateServer
from civicdesk.rehearsal.stage import Missing
from civicdesk.settings import HubSettings
from civicdesk.sync import invitation, opening
from civicdesk.sync.joining import join
from civicdesk.sync.port import Away
from civicdesk.sync.session import Outcome, Phase, Progress


class TrialHub(Protocol):
    """What the rehearsal needs of a hub."""

    @property
    def words(self) -> str:
        """Which hub it is."""

    @property
    def victim(self) -> str:
        """What is killed in the middle of a sync."""

    def ask_in(self, label: str) -> str | Path:
        """The code for one more desk, or the file that is the hub."""

    def cut(self, path: Path, known: HubSettings) -> None:
        """Kill the hub, or the desk where the hub is a file, in the middle of a sync of this desk."""

    def close(self) -> None:
        """Leave nothing behind."""


def a_hub(folder: Path) -> TrialHub:
    """The best this computer has."""
    try:
        return ServerHub()
    except (FileNotFoundError, subprocess.CalledProcessError):
        return FileHub(folder / "centre.hub")


class OwnKeyring(KeyringBackend):
    """Secrets of the rehearsal stay in its memory; those of this computer are not touched."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._kept.pop((service, username), None)


def use_own_keyring() -> KeyringBackend:
    """Keep secrets in memory from now on; the keyring that was in use."""
    before = keyring.get_keyring()
    keyring.set_keyring(OwnKeyring())
    return before


def use_keyring(one: KeyringBackend) -> None:
    """Use this keyring again."""
    keyring.set_keyring(one)


def known(asked: str | Path, label: str) -> HubSettings:
    """How a desk knows the hub after it was asked in."""
    if isinstance(asked, Path):
        return opening.at_file(asked, label)
    return opening.accept(opening.read_code(asked))[0]


def sync(path: Path, hub: HubSettings) -> Outcome:
    """One session of the desk whose file this is, without its screens."""
    database = Database(path)
    try:
        with closing(opening.open_hub(hub)) as port:
            return join(database, port)
    finally:
        database.close()


class ServerHub:
    """A PostgreSQL server of its own, with one centre. What it has said is kept when it is killed."""

    victim = "hub"

    def __init__(self) -> None:
        self._server = PrivateServer(is_durable=True)
        try:
            self._server.start()
            with self._server.admin() as admin:
                making.run(admin, "CREATE DATABASE hub")
                self.words = f"PostgreSQL {admin.info.server_version // 10_000}"
            with self._server.admin("hub") as owner:
                making.create(owner)
                desks.add_centre(owner, 1, 1, "Işıklar Şehir Evi")
        except BaseException:
            self._server.remove()
            raise

    def ask_in(self, label: str) -> str:
        with self._server.admin("hub") as owner:
            one = desks.enrol(owner, label, 1, 1)
        authority = self._server.ca_file.read_text(encoding="utf-8")
        to = ("localhost", self._server.port, "hub")
        return invitation.encode(invitation.invite(*to, 1, 1, one.role, one.secret, authority))

    def cut(self, path: Path, known: HubSettings) -> None:
        def tell(progress: Progress) -> None:
            if progress.phase is Phase.PUSH:
                self._server.kill()

        database = Database(path)
        try:
            with closing(opening.open_hub(known)) as port, suppress(Away):
                join(database, port, tell=tell)
                raise Missing("the sync did not notice that its hub was killed")
        finally:
            database.close()
            self._server.start()

    def close(self) -> None:
        self._server.remove()


class FileHub:
    """The hub as a file. It cannot be killed; the desk that writes into it can."""

    words, victim = "a file", "desk"

    def __init__(self, path: Path) -> None:
        self._path = path

    def ask_in(self, _label: str) -> Path:
        return self._path

    def cut(self, path: Path, known: HubSettings) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "civicdesk.rehearsal.sync_and_die", str(path), known.path, known.role],
            check=False,
        )
        if done.returncode != -signal.SIGKILL:
            raise Missing(f"the desk was not killed in the middle of its sync: {done.returncode}")

    def close(self) -> None:
        """The file goes with the rehearsal's folder."""
