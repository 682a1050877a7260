"""The mail queue at work: one thread that composes what is due and sends it, so that no server delays the desk."""

from __future__ import annotations

import logging
import ssl
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import centre, emails, post_emails
from civicdesk.desk.email_trouble import EmailTrouble
from civicdesk.desk.emails import Outcome
from civicdesk.errors import Unavailable
from civicdesk.messages import composing, secret
from civicdesk.messages.letter import Attachment, letter
from civicdesk.messages.smtp import SecurityContext, Sender
from civicdesk.models import EmailJob
from civicdesk.settings import MailSettings

ROUND_S = 60.0
"""How often it is looked what is due to be told."""

PAUSES_S = (15.0, 30.0, 60.0, 120.0, 300.0, 900.0)
"""How long a server in trouble is left alone, by how often it was asked."""

STOP_S = 3.0
"""How long the desk waits for an e-mail under way when it closes."""

_BUSY_S = 2.0
"""When the file is tried again that another program holds."""

Attach = Callable[[Session, EmailJob, datetime], Sequence[Attachment]]
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class State:
    """How the server is: well, or in what trouble, in its own words and since when."""

    trouble: EmailTrouble | None = None
    said: str = ""
    since: datetime | None = None


def _nothing(_session: Session, _job: EmailJob, _at: datetime) -> Sequence[Attachment]:
    return ()


class MailQueue:
    """Sends what stands in the database. Nothing here touches a screen; `told` and `bug` are called on its thread."""

    def __init__(
        self,
        database: Database,
        *,
        at: Callable[[], datetime],
        told: Callable[[State], None],
        bug: Callable[[BaseException], None],
        attach: Attach = _nothing,
        password: Callable[[MailSettings], str] = secret.find,
        context: SecurityContext = ssl.create_default_context,
        desk: str = "",
    ) -> None:
        self.database, self.at, self.told, self.bug, self.desk = database, at, told, bug, desk
        self.attach, self.password, self.context = attach, password, context
        self._worker: _Worker | None = None
        self._before: list[_Worker] = []

    def start(self) -> int:
        """What a stop cut short is sent once more; how many e-mails that was. Call it before `use`."""
        with self.database.begin(desk=self.desk) as session:
            return emails.recover(session, at=self.at())

    def use(self, mail: MailSettings | None) -> None:
        """Send by this server from now on, or by none; a password may have changed with it."""
        self._end()
        self._before = [worker for worker in self._before if worker.is_alive()]
        self.told(State())
        if mail is not None:
            self._worker = _Worker(self, mail, self._before)
            self._worker.start()

    def wake(self) -> None:
        """Something was asked for, or a person wants it tried now."""
        if self._worker is not None:
            self._worker.wanted.set()

    def stop(self, within: float = STOP_S) -> None:
        """Let what is under way end; what takes longer is hung up on, and asked about after the next start."""
        self._end()
        for worker in self._before:
            worker.join(within)
            if worker.is_alive():
                worker.hang_up()
                worker.join(1.0)
            worker.is_left = worker.is_alive()
        self._before = []

    def is_at_work(self) -> bool:
        """Whether this is the queue's own thread: what it writes down itself need not wake it."""
        return isinstance(threading.current_thread(), _Worker)

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._before.append(self._worker)
            self._worker = None


class _Worker(threading.Thread):
    """The thread. It begins when those before it have let go, so that no e-mail is in two hands."""

    def __init__(self, queue: MailQueue, mail: MailSettings, before: Sequence[_Worker]) -> None:
        super().__init__(name="mail", daemon=True)
        self.queue, self.mail, self.before = queue, mail, tuple(before)
        self.wanted, self.ends = threading.Event(), threading.Event()
        self.is_left = False
        self.state = State()
        self._sender: Sender | None = None
        self._password: str | None = None
        self._misses = 0
        self._owed: tuple[UUID, int, Outcome] | None = None
        self._tidied_on: date | None = None

    def end(self) -> None:
        """Take nothing new."""
        self.ends.set()
        self.wanted.set()

    def hang_up(self) -> None:
        """Do not wait for the server any longer."""
        if self._sender is not None:
            self._sender.stop()

    def run(self) -> None:
        for worker in self.before:
            worker.join()
        self.before = ()
        while not self.ends.is_set():
            pause = self._turn()
            self.wanted.wait(pause)
            self.wanted.clear()

    def _turn(self) -> float:
        """Do all there is to do; how long to rest then."""
        try:
            self._write_down()
            self._compose()
            return self._send_all()
        except Unavailable as trouble:
            _log.warning("mail: %s", trouble)
            return _BUSY_S
        except Exception as bug:
            self.queue.bug(bug)
            return ROUND_S

    def _compose(self) -> None:
        at = self.queue.at()
        with self.queue.database.begin(desk=self.queue.desk) as session:
            composing.ask_due(session, at=at, digest_at=self.mail.digest_at)
            if self._tidied_on != at.date():
                emails.forget(session, at=at)
                self._tidied_on = at.date()

    def _send_all(self) -> float:
        while not self.ends.is_set() and (taken := self._take()):
            job, outcome = taken
            outcome = outcome or self._send(job)
            self._settle(job, outcome)
            if outcome.is_servers:
                return self._leave_alone(outcome)
            self._tell(State())
        return self._rest()

    def _take(self) -> tuple[EmailJob, Outcome | None] | None:
        """The next e-mail that is still worth sending."""
        at = self.queue.at()
        with self.queue.database.begin(desk=self.queue.desk) as session:
            while (job := emails.take_next(session, at=at)) is not None:
                if not post_emails.is_pointless(session, job):
                    return job, None
                emails.drop(session, job, at=at)
                session.flush()
        return None

    def _send(self, job: EmailJob) -> Outcome:
        if self._password is None:
            self._password = self.queue.password(self.mail)
        try:
            with self.queue.database.read() as session:
                name = centre.the_centre(session).name
                attached = self.queue.attach(session, job, self.queue.at())
            message = letter(job, self.mail, name, attached)
        except Unavailable:
            return Outcome(EmailTrouble.LATER)
        except Exception as bug:
            self.queue.bug(bug)
            return Outcome(EmailTrouble.FAULT, type(bug).__name__)
        self._sender = Sender(self.mail, self._password, context=self.queue.context)
        return self._sender.send(message)

    def _settle(self, job: EmailJob, outcome: Outcome) -> None:
        """Write down what became of an e-mail; where the file is busy, before anything else is done."""
        self._owed = (job.id, job.attempts, outcome)
        self._write_down()

    def _write_down(self) -> None:
        if self._owed is None or self.is_left:
            return
        job_id, attempt, outcome = self._owed
        at, days = self.queue.at(), self.mail.give_up_days
        with self.queue.database.begin(desk=self.queue.desk) as session:
            sent = emails.finish(session, job_id, attempt, outcome, at=at, give_up_days=days)
            if sent is not None:
                post_emails.note_sent(session, sent, at=at)
        self._owed = None

    def _leave_alone(self, outcome: Outcome) -> float:
        pause = PAUSES_S[min(self._misses, len(PAUSES_S) - 1)]
        self._misses += 1
        if outcome.trouble == EmailTrouble.LOGIN:
            self._password = None  # it may be put right in the keyring
        self._tell(State(outcome.trouble, outcome.said, self.state.since or self.queue.at()))
        return pause

    def _tell(self, state: State) -> None:
        if state.trouble is None:
            self._misses = 0
        if not self.ends.is_set() and state != self.state:
            self.state = state
            self.queue.told(state)

    def _rest(self) -> float:
        with self.queue.database.read() as session:
            due = emails.next_due(session)
        if due is None:
            self._tell(State())  # nothing waits for the server, so nobody needs to know
            return ROUND_S
        return min(max((due - self.queue.at()).total_seconds(), 0.2), ROUND_S)
