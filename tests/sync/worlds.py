"""A centre with its hub and three desks, for tests that let anything happen to them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from copy import deepcopy
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import pytest

from civicdesk.database import Database
from civicdesk.sync import file_hub, payload, pull
from civicdesk.sync.port import HubPort
from tests import postgres
from tests.sync import oracle
from tests.sync.deeds import furnish
from tests.sync.editing import Story
from tests.sync.lives import Desk

MOST_DESKS = 6
_NAMES = ("front", "post", "upstairs")
Saved = tuple[Desk, Path, int]


@contextmanager
def small_batches() -> Iterator[None]:
    """Batches and pages of a few rows, so that a few deeds are enough for several of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(payload, "MOST_ROWS", 5)
        patch.setattr(pull, "PAGE", 4)
        patch.setattr(pull, "_FIRST", 3)
        yield


class World:
    """A hub, its desks, files that were saved, and the story of all that was written."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.folder = folder
        self.desks: list[Desk] = []
        self.saved: list[Saved] = []
        self.trial: postgres.TrialHub | None = None
        self._count = 0
        if kind == "file":
            self._from_template()
        else:
            self._at_server()

    def copy(self, desk: Desk) -> None:
        self.desks.append(desk.copy(self._new_path(), f"{desk.life}+{self._count}"))

    def save(self, desk: Desk) -> None:
        path = self._new_path()
        desk.save(path)
        self.saved.append((desk, path, self.story.place))

    def put_back(self, number: int) -> None:
        desk, path, place = self.saved[number % len(self.saved)]
        desk.put_back(path)
        self.story.forget(desk.life, place)

    def erase(self, desk: Desk, subject: str) -> None:
        with closing(desk.connect()) as port:
            port.erase(subject, "on request")
        self.story.erased.add(subject)

    def check(self) -> None:
        with closing(self._observe()) as port:
            incarnation = uuid4().hex
            port.enrol(incarnation, None)
            oracle.check(self.desks, port, incarnation, self.story)

    def close(self) -> None:
        for desk in self.desks:
            desk.close()
        self._put_away()

    def _from_template(self) -> None:
        source, story = template()
        shutil.copytree(source, self.folder, dirs_exist_ok=True)
        self.story = deepcopy(story)
        hub = self.folder / "hub.db"
        for name in _NAMES:
            self._add(name, lambda name=name: file_hub.SqliteFileHub(hub, name))
        self._observe = self.desks[0].connect
        self._put_away = lambda: None

    def _at_server(self) -> None:
        self.trial = hub = postgres.a_hub(postgres.shared_server())
        self.story = Story()
        for name in _NAMES:
            credential = hub.credential(name)
            connect = lambda c=credential: postgres.PgHub(hub.address(c), c.secret)  # noqa: E731
            shutil.copy(empty_desk(), self.folder / f"{name}.db")
            self._add(name, connect)
        join(self.desks)
        credential = hub.credential("observer")
        self._observe = lambda: postgres.PgHub(hub.address(credential), credential.secret)
        self._put_away = hub.close

    def _add(self, name: str, connect: Callable[[], HubPort]) -> None:
        self.desks.append(Desk(self.folder / f"{name}.db", connect, self.story, name))

    def _new_path(self) -> Path:
        self._count += 1
        return self.folder / f"copy{self._count}.db"


def join(desks: list[Desk]) -> None:
    """The first desk has the centre's rooms; the others begin empty."""
    furnish(desks[0].editor)
    for desk in desks:
        assert desk.join() is not None


@cache
def empty_desk() -> Path:
    """A migrated file without rows."""
    path = Path(mkdtemp(prefix="sync-empty-")) / "desk.db"
    with closing(Database(path)) as database:
        database.prepare()
    return path


@cache
def template() -> tuple[Path, Story]:
    """A hub in a file with three desks that have joined, made once."""
    folder, story = Path(mkdtemp(prefix="sync-template-")), Story()
    hub = folder / "hub.db"
    file_hub.create(hub, tenant=1, scope=1)
    desks = []
    for name in _NAMES:
        file_hub.enrol(hub, name)
        path = folder / f"{name}.db"
        shutil.copy(empty_desk(), path)
        desks.append(Desk(path, lambda name=name: file_hub.SqliteFileHub(hub, name), story, name))
    join(desks)
    for desk in desks:
        desk.close()
    return folder, story
