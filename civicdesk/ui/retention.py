"""Once a day, and when the desk opens, the names whose days are over go; beside the clerk's work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from sqlalchemy.orm import Session

from civicdesk.desk import mail_photos, retention, retention_post
from civicdesk.text import local
from civicdesk.ui.runner import Runner

T = TypeVar("T")

_PAUSE_SECONDS = 0.02
_UNDONE_WITHIN = timedelta(days=1)


class Retention(QObject):
    """Keeps what the screens promise: “The name is deleted after … days”."""

    done = Signal(int)  # names forgotten

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._runner = runner
        self._day: date | None = None
        self._stopped = Event()

    def tick(self, at: datetime) -> None:
        """The first time on a day: begin."""
        today = local(at).date()
        if today != self._day:
            self._day = today
            self._runner.background(lambda: self._forget(at), then=self.done.emit, owner=self)

    def stop(self) -> None:
        """The desk closes: what is left is forgotten when it opens again."""
        self._stopped.set()

    def _forget(self, at: datetime) -> int:
        """Many short transactions with a pause after each, so that a tap at the desk never waits for long."""
        names = 0
        while not self._stopped.is_set() and (count := self._write(partial(retention.forget_names, at=at))):
            names += count
        for forget in (retention.forget_contacts, retention_post.forget_mail, retention_post.forget_messages):
            while not self._stopped.is_set() and self._write(partial(forget, at=at)):
                pass
        self._write(partial(mail_photos.forget_loose, before=at - _UNDONE_WITHIN))
        is_first = True
        while names and self._write(partial(retention.clear_search, is_first=is_first)):
            is_first = False
            if self._stopped.is_set():
                break
        return names

    def _write(self, use_case: Callable[[Session], T]) -> T:
        with self._runner.database.begin(desk=self._runner.desk) as session:
            result = use_case(session)
        self._stopped.wait(_PAUSE_SECONDS)
        return result
