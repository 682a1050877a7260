"""After closing the desk's file is backed up by itself; what stands in the way is told on Today."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from sqlalchemy.orm import Session

from civicdesk.backup import standing, taking
from civicdesk.backup.standing import Place
from civicdesk.backup.taking import Taken
from civicdesk.errors import Refusal, Unavailable
from civicdesk.settings import BackupSettings, Settings
from civicdesk.text import _, clock, day, local
from civicdesk.ui.runner import Runner

_MINUTE = timedelta(minutes=1)
ByHand = tuple[str, str, str, str]
Outcomes = Mapping[Path, Taken | Unavailable]


class BackupDesk(QObject):
    """Looks once a minute whether a backup is due, and takes it off the screen's thread."""

    told = Signal(list)  # matters for Today
    stood = Signal(list)  # Place: how each of them stands now
    went = Signal(object, object)  # bytes done, of how many: more than an int of Qt holds
    ended = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._runner = runner
        self._backup: BackupSettings | None = None
        self._desk = ""
        self._looked_at: datetime | None = None
        self._wants_no_more = threading.Event()
        self.is_at_work = False

    def use(self, settings: Settings) -> None:
        """Work by these settings from now on."""
        self._backup, self._desk = settings.backup, settings.desk
        self.look()

    def tick(self, at: datetime) -> None:
        """Some seconds passed; a clock that was set back must not stop it."""
        if self._looked_at is None or not timedelta(0) <= at - self._looked_at < _MINUTE:
            self._looked_at = at
            self._runner.read(partial(standing.due, paths=self._paths(), at=at), self._take)
            self.look()

    def look(self) -> None:
        """Say how the places stand."""
        self._runner.read(self._look, self._tell)

    def back_up_now(self) -> None:
        """Somebody wants one at once."""
        self._runner.read(_refuse_demo, lambda _none: self._take(self._paths()))

    def cancel(self) -> None:
        """Stop the backup that is being taken; nothing of it is left."""
        self._wants_no_more.set()

    def _paths(self) -> list[Path]:
        return [Path(place) for place in self._backup.places] if self._backup else []

    def _take(self, paths: list[Path]) -> None:
        if self.is_at_work or not paths or self._backup is None:
            return
        self.is_at_work = True
        self._wants_no_more.clear()
        job = partial(
            self._take_all,
            tuple(paths),
            self._backup.recipient,
            f"{self._desk} {self._backup.tag}",
            self._runner.at(),
        )
        self._runner.background(job, lambda _none: self._over(), owner=self)

    def _take_all(self, paths: tuple[Path, ...], recipient: str, desk: str, at: datetime) -> None:
        """Off the screen's thread."""
        outcomes: Outcomes
        try:
            outcomes = taking.take_everywhere(
                self._runner.database.path, paths, recipient, desk, at=at, tell=self._say_how_far
            )
        except taking.Stopped:
            return
        except (Refusal, Unavailable) as trouble:
            outcomes = dict.fromkeys(paths, Unavailable(str(trouble)))
        with self._runner.database.begin(desk=self._runner.desk) as session:
            standing.note(session, outcomes, at=at)

    def _say_how_far(self, done: int, of: int) -> bool:
        self.went.emit(done, of)
        return not self._wants_no_more.is_set()

    def _over(self) -> None:
        self.is_at_work = False
        self.ended.emit()
        self.look()

    def _look(self, session: Session) -> tuple[list[Place], bool]:
        paths = self._paths()
        lacks_any = not paths and standing.is_wanted(session, at=self._runner.at())
        return standing.look(session, paths), lacks_any

    def _tell(self, found: tuple[list[Place], bool]) -> None:
        places, lacks_any = found
        self.stood.emit(places)
        self.told.emit(matters(places, self._runner.at(), lacks_any=lacks_any))


def matters(places: list[Place], at: datetime, *, lacks_any: bool = False) -> list[ByHand]:
    """What of the backups needs somebody."""
    found: list[ByHand] = []
    if lacks_any:
        found.append(
            (
                "database",
                "warn",
                _("This desk has no backup"),
                _("A broken disk would take everything with it."),
            )
        )
    for place in places:
        since = last_words(place)
        if place.trouble:
            found.append(("database", "bad", _("The backup failed"), f"{since} · {place.trouble}"))
        elif place.is_old(at):
            found.append(("database", "bad", _("The backup is old"), f"{since} · {place.path}"))
    return found


def last_words(place: Place) -> str:
    """When the last good backup of a place was taken."""
    if place.taken_at is None:
        return _("no backup there yet")
    on = local(place.taken_at).date()
    return _("last backup: {}").format(f"{day(on, 'd MMMM EEE')} {clock(place.taken_at)}")


def _refuse_demo(session: Session) -> None:
    if standing.is_demo(session):
        raise Refusal("demo", _("The demo centre is not backed up. Nothing in it is real."))
