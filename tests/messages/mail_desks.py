"""A desk with a mail queue at work, for tests: a real server on loopback, a real file, no waiting by the clock."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from civicdesk.database import Changes, Database
from civicdesk.desk import emails
from civicdesk.messages.queue import Attach, MailQueue, State
from civicdesk.models import EmailJob, EmailKind, EmailState
from tests.builders import TUESDAY
from tests.messages.mail_server import trusting

PATIENCE_S = 60


class Desk:
    """A file, a queue and what was told; `wait` looks whenever something was written or told."""

    def __init__(
        self, database: Database, attach: Attach = lambda _session, _job, _at: (), password: str = ""
    ) -> None:
        self.database, self.now = database, TUESDAY
        self.states: list[State] = []
        self.bugs: list[BaseException] = []
        self._changed = threading.Condition()
        database.on_change = self._note
        self.queue = MailQueue(
            database,
            at=lambda: self.now,
            told=self._hear,
            bug=self._catch,
            attach=attach,
            password=lambda _mail: password,
            context=trusting,
            desk="desk-1",
        )

    def forward(self, **time: float) -> datetime:
        """The clock moves on, and the queue notices."""
        self.now += timedelta(**time)
        self.queue.wake()
        return self.now

    def ask(self, key: str = "one", to: str = "dernek@ege.example", subject: str = "") -> UUID:
        with self.database.begin() as session:
            return emails.ask(
                session,
                EmailKind.RECEIPT,
                key,
                to=to,
                subject=subject or f"Makbuz {key}",
                body="Teslim edildi.",
                at=self.now,
            )

    def job(self, job_id: UUID) -> EmailJob:
        with self.database.read() as session:
            return session.get_one(EmailJob, job_id)

    def jobs(self) -> list[EmailJob]:
        with self.database.read() as session:
            return list(session.scalars(select(EmailJob).order_by(EmailJob.asked_at)))

    def wait(self, until: Callable[[], bool], otherwise: str = "it never came to that") -> None:
        with self._changed:
            if not self._changed.wait_for(until, PATIENCE_S):
                said = [(job.key, job.state, job.trouble) for job in self.jobs()]
                raise AssertionError(f"{otherwise}: {said}, {self.states}, {self.bugs}")

    def wait_for(self, job_id: UUID, state: EmailState) -> EmailJob:
        self.wait(lambda: self.job(job_id).state == state, f"it is not {state}")
        return self.job(job_id)

    def wait_for_trouble(self, trouble: str | None) -> None:
        self.wait(lambda: bool(self.states) and self.states[-1].trouble == trouble, f"not told of {trouble}")

    def _note(self, changes: Changes) -> None:
        with self._changed:
            self._changed.notify_all()
        if EmailJob in changes and not self.queue.is_at_work():
            self.queue.wake()

    def _hear(self, state: State) -> None:
        with self._changed:
            self.states.append(state)
            self._changed.notify_all()

    def _catch(self, bug: BaseException) -> None:
        with self._changed:
            self.bugs.append(bug)
            self._changed.notify_all()
