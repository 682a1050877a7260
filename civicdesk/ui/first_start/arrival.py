"""The work behind joining a hub at the first start: on a thread of its own, told of step by step."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from civicdesk.errors import Refusal, Unavailable
from civicdesk.settings import HubSettings
from civicdesk.sync import arriving
from civicdesk.sync.joining import join
from civicdesk.sync.opening import open_hub
from civicdesk.sync.port import Away, HubPort, Refused
from civicdesk.sync.session import GivenUp, Progress, Stopped
from civicdesk.ui import sync_words
from civicdesk.ui.runner import wall_clock

Found = tuple[HubSettings, bool]
"""The hub, and whether this computer keeps the secret for the next start."""

_FORESEEN = (Away, Refused, Stopped, GivenUp, Refusal, Unavailable)
_log = logging.getLogger(__name__)


class Arrival(QObject):
    """Fills the file of a new desk from its hub."""

    found = Signal(object, bool)  # HubSettings of a hub that answered; whether the secret is kept
    ready = Signal()  # the desk can be opened
    went = Signal(object)  # Progress
    ended = Signal(str)  # why, in a sentence; empty when everything has arrived
    _said = Signal(str, object)

    def __init__(
        self, path: Path, parent: QObject, open_: Callable[[HubSettings], HubPort] = open_hub
    ) -> None:
        super().__init__(parent)
        self._path, self._open = path, open_
        self._wants_no_more = threading.Event()
        self._thread: threading.Thread | None = None
        self._said.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    @property
    def is_at_work(self) -> bool:
        return self._thread is not None

    def begin(self, find: Callable[[], Found]) -> None:
        """Find the hub, and fetch from it. What an earlier try brought is kept."""
        if self._thread is None:
            self._wants_no_more.clear()
            self._thread = threading.Thread(target=self._work, args=(find,), name="arrival", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop after the step under way."""
        self._wants_no_more.set()

    def _work(self, find: Callable[[], Found]) -> None:
        """On the thread."""
        ended: object = None
        try:
            hub, is_kept = find()
            port = self._open(hub)
            try:
                arriving.expect_centre(port)
                self._say("found", (hub, is_kept))
                self._fetch(port)
            finally:
                port.close()
        except _FORESEEN as trouble:
            ended = trouble
        except Exception as trouble:  # whatever it was, nobody must wait for ever
            _log.exception("the desk did not arrive")
            ended = trouble
        self._say("ended", ended)

    def _fetch(self, port: HubPort) -> None:
        database, _aside = arriving.prepared(self._path, at=wall_clock())
        try:
            arriving.begin(database, port, at=wall_clock(), is_given_up=self._is_given_up)
            self._say("ready", None)
            join(
                database,
                port,
                tell=lambda progress: self._say("went", progress),
                is_given_up=self._is_given_up,
            )
        finally:
            database.close()

    def _is_given_up(self) -> bool:
        return self._wants_no_more.is_set() or not isValid(self)

    def _say(self, what: str, about: object) -> None:
        if isValid(self):
            self._said.emit(what, about)

    def _hear(self, what: str, about: object) -> None:
        if what == "found":
            self.found.emit(*about)  # type: ignore[misc]
        elif what == "ready":
            self.ready.emit()
        elif isinstance(about, Progress):
            self.went.emit(about)
        else:
            self._thread = None
            self.ended.emit(sync_words.arrival_words(about))
