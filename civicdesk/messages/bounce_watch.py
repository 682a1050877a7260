"""Looks now and then whether e-mails came back: one thread, so that no mailbox delays the desk."""

from __future__ import annotations

import logging
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import bounces
from civicdesk.desk.email_trouble import EmailTrouble
from civicdesk.errors import Unavailable
from civicdesk.messages import dsn, mailbox, secret
from civicdesk.messages.mailbox import Found, Place
from civicdesk.messages.smtp import SecurityContext
from civicdesk.models import Counter
from civicdesk.settings import BounceSettings

_BUSY_S = 2.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Looked:
    """How the last look went: when, what came back, and the trouble if the mailbox could not be read."""

    at: datetime | None = None
    came_back: int = 0
    trouble: EmailTrouble | None = None
    said: str = ""


class BounceWatch:
    """Reads a mailbox every few minutes. Nothing here touches a screen; `told` and `bug` are called on its thread."""

    def __init__(
        self,
        database: Database,
        *,
        at: Callable[[], datetime],
        told: Callable[[Looked], None],
        bug: Callable[[BaseException], None],
        password: Callable[[BounceSettings], str] = secret.find,
        context: SecurityContext = ssl.create_default_context,
        desk: str = "",
    ) -> None:
        self.database, self.at, self.told, self.bug, self.desk = database, at, told, bug, desk
        self.password, self.context = password, context
        self._worker: _Worker | None = None

    def use(self, box: BounceSettings | None) -> None:
        """Read this mailbox from now on, or none."""
        self._end()
        self.told(Looked())
        if box is not None:
            self._worker = _Worker(self, box)
            self._worker.start()

    def look_now(self) -> None:
        """Do not wait for the next round."""
        if self._worker is not None:
            self._worker.wanted.set()

    def stop(self, within: float = 1.0) -> None:
        """Whatever is under way is read again next time."""
        worker = self._end()
        if worker is not None:
            worker.join(within)

    def _end(self) -> threading.Thread | None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.ends.set()
            worker.wanted.set()
        return worker


class _Worker(threading.Thread):
    """The thread of one mailbox."""

    def __init__(self, watch: BounceWatch, box: BounceSettings) -> None:
        super().__init__(name="bounces", daemon=True)
        self.watch, self.box = watch, box
        self.wanted, self.ends = threading.Event(), threading.Event()

    def run(self) -> None:
        while not self.ends.is_set():
            pause = self._turn()
            self.wanted.wait(pause)
            self.wanted.clear()

    def _turn(self) -> float:
        try:
            return self._look()
        except Unavailable as trouble:
            _log.warning("bounces: %s", trouble)
            return _BUSY_S
        except Exception as bug:
            self.watch.bug(bug)
            return self.box.minutes * 60

    def _look(self) -> float:
        watch, box = self.watch, self.box
        at = watch.at()
        with watch.database.read() as session:
            place = _place(session, box)
        found = mailbox.look(box, watch.password(box), place, at=at, context=watch.context)
        if self.ends.is_set():
            return 0
        count = self._write(found, place, at) if found.trouble is None else 0
        watch.told(Looked(at, count, found.trouble, found.said))
        return 0 if found.has_more else box.minutes * 60

    def _write(self, found: Found, before: Place, at: datetime) -> int:
        """What came back and how far was read, in one transaction: nothing is missed, and nothing told twice."""
        if not found.reports and found.place == before:
            return 0
        with self.watch.database.begin(desk=self.watch.desk) as session:
            _remember(session, self.box, found.place)
            reported = [each for raw in found.reports for each in dsn.read(raw)]
            return sum(bounces.note(session, each, at=at) is not None for each in reported)


def _place(session: Session, box: BounceSettings) -> Place:
    validity, last = (session.get(Counter, name) for name in _names(box))
    return Place(validity.value if validity else 0, last.value if last else 0)


def _remember(session: Session, box: BounceSettings, place: Place) -> None:
    for name, value in zip(_names(box), (place.validity, place.last), strict=True):
        session.merge(Counter(name=name, value=value))


def _names(box: BounceSettings) -> tuple[str, str]:
    where = f"{box.user}@{box.server}/{box.folder}"
    return f"mailbox-age:{where}", f"mailbox-read:{where}"
