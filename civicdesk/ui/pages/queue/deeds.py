"""What a tap does to jobs of the print queue, and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QElapsedTimer, QObject, Signal
from PySide6.QtWidgets import QApplication

from civicdesk.desk import print_jobs, print_look
from civicdesk.errors import Refusal
from civicdesk.models import JobState, PaperKind, PrintJob
from civicdesk.text import _, ngettext, number
from civicdesk.ui.pages.queue.lines import what
from civicdesk.ui.runner import Runner


class QueueDeeds(QObject):
    """Does it at once; what can be taken back is offered back."""

    done = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.runner = runner
        self._tapped = QElapsedTimer()

    def act(self, job: PrintJob) -> None:
        """The button of a line."""
        if job.state == JobState.UNSURE:
            self.it_is_here(job)
        elif job.ended_at is None:
            self.cancel(job)
        else:
            self.once_more(job)

    def it_is_here(self, job: PrintJob) -> None:
        """Somebody saw it come out."""
        if self._is_first_tap():
            came = partial(print_jobs.came_out, job_id=job.id, at=self.runner.at())
            self._do(came, lambda _job: self.runner.say(_("{}: came out.").format(what(job))))

    def again(self, job: PrintJob, printer: str) -> None:
        """Nothing came out, or it is wanted now, or on another printer."""
        if not self._is_first_tap():
            return
        once = partial(print_jobs.print_again, job_id=job.id, at=self.runner.at(), printer=printer)
        words = _("{} goes to {}.").format(what(job), printer) if printer else _("{} is tried again.")
        self._do(once, lambda _job: self.runner.say(words.format(what(job))))

    def cancel(self, job: PrintJob) -> None:
        """Not at all."""
        if not self._is_first_tap():
            return
        words = _("{} is not printed.")
        if job.state == JobState.SENDING:
            words = _("{} was taken off the queue; what the printer has already may still come out.")
        self._cancel([job.id], words.format(what(job)))

    def cancel_all(self) -> None:
        """Nothing of what waits."""
        if self._is_first_tap():
            self.runner.read(print_look.waiting, self._cancel_these)

    def move_all(self, name: str, kinds: list[str], other: str) -> None:
        """Whatever waits for one printer goes to another."""
        if self._is_first_tap():
            waiting = partial(print_look.waiting_of, printer=name, kinds=kinds)
            self.runner.read(waiting, partial(self._move, name, other))

    def once_more(self, job: PrintJob) -> None:
        """It came out, and is wanted again."""
        if self._is_first_tap():
            more = partial(print_look.once_more, job_id=job.id, at=self.runner.at())
            self._do(more, lambda _job: self.runner.say(_once_more_words(job)))

    def _move(self, name: str, other: str, jobs: list[UUID]) -> None:
        at = self.runner.at()
        words = ngettext("{} paper goes to {}.", "{} papers go to {}.", len(jobs))
        self._do(
            partial(print_jobs.move, job_ids=jobs, printer=other, at=at),
            lambda moved: self.runner.say(
                words.format(number(moved), other),
                undo=lambda session: print_jobs.move(session, jobs, name, at=self.runner.at()),
            ),
        )

    def _cancel_these(self, jobs: list[UUID]) -> None:
        words = ngettext("{} paper is not printed.", "{} papers are not printed.", len(jobs))
        self._cancel(jobs, words.format(number(len(jobs))))

    def _cancel(self, jobs: list[UUID], words: str) -> None:
        self._do(
            partial(print_jobs.cancel, job_ids=jobs, at=self.runner.at()),
            lambda gone: self.runner.say(
                words,
                "info",
                undo=lambda session: print_jobs.bring_back(session, gone, at=self.runner.at()),
            ),
        )

    def _do(self, use_case: Callable[..., object], then: Callable[..., None]) -> None:
        def settled(result: object) -> None:
            then(result)
            self.done.emit()

        self.runner.now(use_case, settled, self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self.runner.say(str(refusal), "info")
        self.done.emit()

    def _is_first_tap(self) -> bool:
        """The line goes with the tap and the next one comes up under the finger: a double tap must not reach it."""
        is_second = self._tapped.isValid() and self._tapped.elapsed() < QApplication.doubleClickInterval()
        if not is_second:
            self._tapped.start()
        return not is_second


def _once_more_words(job: PrintJob) -> str:
    if job.kind == PaperKind.BADGE and job.state != JobState.CANCELLED:
        return _("A new copy of badge {} is printed; the former copy is void.").format(job.label)
    return _("{} is printed again.").format(what(job))
