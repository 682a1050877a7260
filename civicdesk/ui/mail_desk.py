"""The e-mail of this desk, for the screens: whether it leaves, what waits, and what is asked of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from sqlalchemy.orm import Session

from civicdesk.database import Changes
from civicdesk.desk import centre, emails, invitations, period, untold
from civicdesk.desk.emails import Standing
from civicdesk.messages import calendar, composing
from civicdesk.messages.bounce_watch import BounceWatch, Looked
from civicdesk.messages.letter import Attachment
from civicdesk.messages.queue import MailQueue, State
from civicdesk.models import EmailBounce, EmailJob, EmailKind, MailState, Organisation
from civicdesk.settings import BounceSettings, MailSettings, Settings
from civicdesk.ui.runner import Runner

_REST_MS = 150
_COUNTED: Changes = frozenset({EmailJob, EmailBounce, MailState, Organisation})


class MailDesk(QObject):
    """Runs the mail queue and tells how it stands; nothing here waits for a server."""

    changed = Signal()
    _told = Signal(object)  # State; from the queue's thread
    _has_looked = Signal(object)  # Looked; from the thread that reads the mailbox
    _bug = Signal(object)

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._runner = runner
        self._queue: MailQueue | None = None
        self.mail: MailSettings | None = None
        self.mailbox: BounceSettings | None = None
        self.state, self.standing = State(), Standing()
        self.cut_short = 0
        self.untold, self.looked = 0, Looked()
        self._watch: BounceWatch | None = None
        self._is_used = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.look)
        self._told.connect(self._hear)
        self._bug.connect(_raise)
        self._has_looked.connect(self._hear_look)
        runner.changed.connect(self._wake, Qt.ConnectionType.DirectConnection)
        runner.changed.connect(self._note)

    def open(self) -> None:
        """Look what a stop cut short. Raises Unavailable while another program holds the file."""
        if self._queue is None:
            self._queue = self._make()

    def use(self, settings: Settings) -> None:
        """Send by the server of these settings from now on; one that did not change goes on undisturbed."""
        self.open()
        if self._queue is not None and not (self._is_used and settings.mail == self.mail):
            self._is_used = True
            self.mail = settings.mail
            self._queue.use(self.mail)
            self.look()
        self._use_mailbox(settings)

    def renew(self) -> None:
        """The password was written anew: begin again with the same server."""
        if self._queue is not None:
            self._queue.use(self.mail)

    def try_now(self) -> None:
        """Do not wait until the server is tried again by itself."""
        if self._queue is not None:
            self._queue.wake()

    def stop(self) -> None:
        """Let the server go; one that dawdles holds nobody up."""
        self._rest.stop()
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.stop()
        queue, self._queue = self._queue, None
        if queue is not None:
            queue.stop()

    def look(self) -> None:
        """Count what waits."""
        if self._queue is not None:
            self._runner.read(
                lambda session: (emails.standing(session), len(untold.look(session))), self._counted
            )

    def look_for_returned(self) -> None:
        """Read the mailbox now."""
        if self._watch is not None:
            self._watch.look_now()

    def renew_mailbox(self) -> None:
        """Its password was written anew."""
        if self._watch is not None:
            self._watch.use(self.mailbox)

    def _counted(self, counted: tuple[Standing, int]) -> None:
        self.standing, self.untold = counted
        self.changed.emit()

    def _use_mailbox(self, settings: Settings) -> None:
        """Read the mailbox of these settings, or none."""
        if self._queue is None or (self._watch is None and settings.bounces is None):
            return
        if self._watch is None:
            self._watch = self._make_watch()
        if settings.bounces != self.mailbox:
            self.mailbox = settings.bounces
            self._watch.use(self.mailbox)

    def _make_watch(self) -> BounceWatch:
        return BounceWatch(
            self._runner.database,
            at=self._runner.at,
            told=self._has_looked.emit,
            bug=self._bug.emit,
            desk=self._runner.desk,
        )

    def _make(self) -> MailQueue:
        queue = MailQueue(
            self._runner.database,
            at=self._runner.at,
            told=self._told.emit,
            bug=self._bug.emit,
            attach=attachments,
            desk=self._runner.desk,
        )
        self.cut_short = queue.start()
        return queue

    def _hear(self, state: State) -> None:
        if self._queue is not None:
            self.state = state
            self.changed.emit()

    def _hear_look(self, looked: Looked) -> None:
        if self._watch is not None:
            self.looked = looked
            self.changed.emit()

    def _wake(self, changes: Changes) -> None:
        """On whatever thread has written: what the queue writes down itself need not wake it."""
        if EmailJob in changes and self._queue is not None and not self._queue.is_at_work():
            self._queue.wake()

    def _note(self, changes: Changes) -> None:
        if not _COUNTED.isdisjoint(changes) and self._queue is not None and not self._rest.isActive():
            self._rest.start()


def attachments(session: Session, job: EmailJob, at: datetime) -> Sequence[Attachment]:
    """What goes along with an e-mail, as it is true when it leaves. On the queue's thread."""
    if job.kind == EmailKind.SHEET:
        return (_sheet(session, composing.sheet_day(job), at),)
    if job.kind != EmailKind.PASS or job.subject_id is None:
        return ()
    from civicdesk.printing.visitor_pass import pass_pdf  # noqa: PLC0415  drawing is slow to import

    invitation, here = invitations.one(session, job.subject_id), centre.the_centre(session)
    pdf = Attachment("pass.pdf", "application/pdf", pass_pdf(here, invitation))
    return pdf, calendar.entry(here, invitation, at=at)


def _sheet(session: Session, on: date, at: datetime) -> Attachment:
    from civicdesk.printing import report_files  # noqa: PLC0415  drawing is slow to import

    name = report_files.file_name("occupancy", period.days(on, on), "pdf")
    return Attachment(name, "application/pdf", report_files.occupancy(session, on, "pdf", at=at))


def _raise(bug: BaseException) -> None:
    sys.excepthook(type(bug), bug, bug.__traceback__)
