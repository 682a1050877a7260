"""The sync of this desk, for the screens: it runs on a thread of its own, by night, by day and when asked for."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from civicdesk.errors import Refusal, Unavailable
from civicdesk.settings import HubSettings, Settings
from civicdesk.sync import standing
from civicdesk.sync.nights import Tries, is_due
from civicdesk.sync.opening import open_hub
from civicdesk.sync.port import Away, HubPort, Refused
from civicdesk.sync.session import GivenUp, Outcome, Stopped
from civicdesk.sync.standing import Standing
from civicdesk.ui.runner import Runner, wall_clock

_LONGEST_WAIT_S = 5.0
_log = logging.getLogger(__name__)


class SyncDesk(QObject):
    """Syncs when it is due, tells how far it is and how the desk stands with its hub. Nobody ever waits for it."""

    went = Signal(object)  # Progress
    ended = Signal(object)  # Outcome, or the exception that ended it
    stood = Signal(object)  # Standing
    _went = Signal(object)
    _ended = Signal(object)

    def __init__(
        self,
        runner: Runner,
        *,
        clock: Callable[[], datetime] = wall_clock,
        open_: Callable[[HubSettings], HubPort] = open_hub,
    ) -> None:
        super().__init__(runner)
        self._runner, self._clock, self._open = runner, clock, open_
        self.hub: HubSettings | None = None
        self.standing = Standing()
        self._tries = Tries()
        self._thread: threading.Thread | None = None
        self._wants_no_more = threading.Event()
        self._went.connect(self.went)
        self._ended.connect(self._end)

    @property
    def is_at_work(self) -> bool:
        return self._thread is not None

    def use(self, settings: Settings) -> None:
        """Sync with the hub of these settings from now on, or with none."""
        if settings.hub != self.hub:
            self.hub, self._tries = settings.hub, Tries()
        self.look()

    def tick(self) -> None:
        """Some seconds passed."""
        hub = self.hub
        if hub is None or self.is_at_work or self.standing.alarm:
            return
        if is_due(
            self.standing.synced_at,
            self._tries,
            key=f"{hub.role}@{hub.host}{hub.path}",
            night_from=hub.night_from,
            every_minutes=hub.every_minutes,
            at=self._clock(),
        ):
            self.sync_now()

    def sync_now(self) -> None:
        """Begin a session, unless one is under way."""
        if self.hub is None or self.is_at_work:
            return
        self._wants_no_more.clear()
        self._thread = threading.Thread(target=self._sync, args=(self.hub,), name="sync", daemon=True)
        self._thread.start()
        self.stood.emit(self.standing)

    def cancel(self) -> None:
        """Stop after the step under way; what was done stays done."""
        self._wants_no_more.set()

    def stop(self) -> None:
        """The desk is closed; a hub that dawdles holds nobody up."""
        self._wants_no_more.set()
        if self._thread is not None:
            self._thread.join(_LONGEST_WAIT_S)

    def look(self) -> None:
        """Read how the desk stands with its hub."""
        self._runner.read(standing.look, self._show)

    def _sync(self, hub: HubSettings) -> None:
        """On the thread."""
        from civicdesk.sync.joining import join  # noqa: PLC0415

        ended: object
        try:
            port = self._open(hub)
            try:
                ended = join(
                    self._runner.database, port, tell=self._went.emit, is_given_up=self._wants_no_more.is_set
                )
            finally:
                port.close()
        except Exception as trouble:  # each is told on the screen's thread
            ended = trouble
        self._ended.emit(ended)

    def _end(self, ended: object) -> None:
        self._thread = None
        if isinstance(ended, Outcome):
            self._tries = Tries()
        elif not isinstance(ended, GivenUp):
            self._tries = self._tries.after_failure(self._clock())
            _log.warning("sync: %r", ended)
        self.ended.emit(ended)
        self.look()
        if isinstance(ended, Exception) and not isinstance(
            ended, Away | Refused | Stopped | GivenUp | Refusal | Unavailable
        ):
            raise ended

    def _show(self, found: Standing) -> None:
        self.standing = found
        self.stood.emit(found)
