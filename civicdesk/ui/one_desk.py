"""One running desk per database: a second start brings the first to the front."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from civicdesk.errors import Unavailable
from civicdesk.text import _

_WAIT_MS = 1_000


class OneDesk(QObject):
    """Holds the file for this process, and hears when another start asks for it."""

    raised = Signal()

    def __init__(self, path: Path) -> None:
        super().__init__()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _no_folder() from error
        self._lock = QLockFile(str(path.with_suffix(".lock")))
        self._lock.setStaleLockTime(0)  # stale only when its process is gone, however long the desk runs
        self._name = "civicdesk-" + hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:16]
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._heard)

    def take(self) -> bool:
        """Whether the file is ours; if not, the desk that has it was asked to come to the front.

        Raises Unavailable for a folder in which nothing can be written.
        """
        if not self.hold():
            self._ask()
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def hold(self) -> bool:
        """Whether the file is ours; nobody is asked anything, so this needs no running application.

        Raises Unavailable as `take` does.
        """
        if self._lock.tryLock(0):
            return True
        if self._lock.error() is not QLockFile.LockError.LockFailedError:
            raise _no_folder()
        return False

    def release(self) -> None:
        """Let another start have the file."""
        self._server.close()
        self._lock.unlock()

    def _ask(self) -> None:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_WAIT_MS):
            socket.disconnectFromServer()

    def _heard(self) -> None:
        while connection := self._server.nextPendingConnection():
            connection.deleteLater()
        self.raised.emit()


def _no_folder() -> Unavailable:
    return Unavailable(_("The database file cannot be opened. Check the disk and the folder."))
