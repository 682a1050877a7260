"""Real desks on real files that are copied, put back, cut off and killed between any two steps."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from civicdesk.database import Database
from civicdesk.sync.file import DeskFile
from civicdesk.sync.joining import join
from civicdesk.sync.port import Away, HubPort
from civicdesk.sync.session import Outcome, sync
from tests.sync.editing import Editor, Story

CALLS = (
    *("hello", "enrol", "push", "pull", "digest", "bucket", "inbox", "settle"),
    *("erasures", "erase", "acknowledge", "blob_have", "blob_put", "blob_get"),
)


class Killed(BaseException):
    """The desk's process is gone: nothing more of it runs, what was committed stands."""


@dataclass
class Fate:
    """What happens during one session, by the number of the call to the hub or of the transaction in the file.

    Of a call cut after, the hub has done it and the desk does not hear of it; `lost` is the first of that name that
    suffers so. `during` is done once, in front of the first call of that name.
    """

    cut_before: int = -1
    cut_after: int = -1
    killed_before_commit: int = -1
    killed_after_commit: int = -1
    meanwhile: dict[int, Callable[[], object]] = field(default_factory=dict)
    during: dict[str, Callable[[], object]] = field(default_factory=dict)
    lost: str = ""
    calls: int = 0
    commits: int = 0


class Line:
    """A hub port with a fate."""

    def __init__(self, port: HubPort, fate: Fate, story: Story) -> None:
        self._port, self._fate, self._story = port, fate, story

    def __getattr__(self, name: str) -> Callable[..., object]:
        call: Callable[..., object] = getattr(self._port, name)
        return self._suffering(name, call) if name in CALLS else call

    def _suffering(self, name: str, call: Callable[..., object]) -> Callable[..., object]:
        def suffer(*given: Any) -> object:  # noqa: ANN401
            number = self._fate.calls
            self._fate.calls += 1
            if number == self._fate.cut_before:
                raise Away("cut before")
            for deed in (self._fate.meanwhile.get(number), self._fate.during.pop(name, None)):
                if deed:
                    deed()
            answer = call(*given)
            if name == "push":
                self._story.sent.append(given[2])
            if number == self._fate.cut_after or name == self._fate.lost:
                raise Away("cut after")
            return answer

        return suffer


@contextmanager
def mortal(fate: Fate) -> Iterator[None]:
    """Let the process die in front of, or right after, one of its commits."""
    ordinary = DeskFile.writing

    @contextmanager
    def writing(self: DeskFile) -> Iterator[sqlite3.Connection]:
        number = fate.commits
        fate.commits += 1
        with ordinary(self) as connection:
            yield connection
            if number == fate.killed_before_commit:
                raise Killed
        if number == fate.killed_after_commit:
            raise Killed

    DeskFile.writing = writing  # type: ignore[method-assign]
    try:
        yield
    finally:
        DeskFile.writing = ordinary  # type: ignore[method-assign]


class Desk:
    """One file, and how it reaches its hub. `life` names it in the story."""

    def __init__(self, path: Path, connect: Callable[[], HubPort], story: Story, life: str) -> None:
        self.path, self.life = path, life
        self.connect, self.story = connect, story
        self.editor = Editor(path, story, life)

    def sync(self, fate: Fate | None = None, *, is_thorough: bool = True) -> Outcome | None:
        """One session; None where it was cut or killed."""
        return self._speak(sync, fate or Fate(), is_thorough=is_thorough)

    def join(self, fate: Fate | None = None) -> Outcome | None:
        return self._speak(join, fate or Fate())

    def copy(self, path: Path, life: str) -> Desk:
        """A copy of the file, used as well from now on."""
        self.save(path)
        return Desk(path, self.connect, self.story, life)

    def save(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(self.path)) as here, closing(sqlite3.connect(path)) as there:
            here.backup(there)

    def put_back(self, saved: Path) -> None:
        """The file is again as it was when it was saved."""
        self.editor.close()
        for ending in ("", "-wal", "-shm"):
            Path(f"{self.path}{ending}").unlink(missing_ok=True)
        shutil.copy(saved, self.path)

    def put_to(self, path: Path) -> None:
        """The file lies elsewhere from now on."""
        self.save(path)
        self.editor.close()
        self.path = self.editor.path = path

    def rows(self, sql: str, *given: object) -> list[tuple[Any, ...]]:
        return self.editor.ask(sql, given)

    def close(self) -> None:
        self.editor.close()

    def _speak(self, session: Callable[..., Outcome], fate: Fate, **more: bool) -> Outcome | None:
        database = Database(self.path)
        try:
            with closing(self.connect()) as port, mortal(fate):
                outcome = session(database, Line(port, fate, self.story), **more)
                self.story.mended += outcome.mended + outcome.missing
                return outcome
        except (Away, Killed):
            return None
        finally:
            database.close()


def settle(desks: Sequence[Desk], rounds: int = 6) -> None:
    """Let everybody sync until nobody has anything to say."""
    for _round in range(rounds):
        outcomes = [desk.sync() for desk in desks]
        assert None not in outcomes
        if not any(outcome and (outcome.pushed or outcome.pulled or outcome.mended) for outcome in outcomes):
            return
    raise AssertionError(f"still speaking after {rounds} rounds: {outcomes}")
