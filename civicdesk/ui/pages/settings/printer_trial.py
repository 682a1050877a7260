"""Whether a printer prints: it is asked how it is, then a test card goes to it as everything else does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from uuid import UUID

from PySide6.QtCore import Signal
from sqlalchemy.orm import Session

from civicdesk import codes
from civicdesk.database import Changes
from civicdesk.desk import print_jobs
from civicdesk.models import JobState, PaperKind, PrintJob, Trouble, new_id
from civicdesk.printing.printers.port import Printer, Status
from civicdesk.settings import PrinterSettings
from civicdesk.text import _
from civicdesk.ui.paper_words import (
    card_sentence,
    state_tone,
    state_words,
    status_sentence,
    status_tone,
    status_words,
    trouble_tone,
    trouble_words,
)
from civicdesk.ui.print_desk import make_printer
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.pill import Pill

_NOBODY_THERE = (Trouble.AWAY, Trouble.SILENT)
_HELD_OPEN = ("usb", "serial")
"""Nobody else can open these while the queue has them."""

_ICONS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-x", "info": "printer"}

Make = Callable[[PrinterSettings], Printer]


class TrialCard(Card):
    """Two answers: how the printer is, and what became of the test card."""

    mute_wanted = Signal(object)  # PrinterSettings: use it without answers from now on

    def __init__(self, runner: Runner, make: Make = make_printer) -> None:
        super().__init__(name="printer_trial", padded=True)
        self.runner, self.make = runner, make
        self.printer: PrinterSettings | None = None
        self._status: Status | None = None
        self._is_asking = False
        self.job: PrintJob | None = None
        self._trial = 0
        self.state, self.said = Pill("", ""), label("", "body", wrap=True)
        self.outcome, self.told = Pill("", ""), label("", "body", wrap=True)
        self.again = Button("", "refresh-cw", name="trial_again")
        self.mute = Button("", name="trial_mute", role="primary")
        self.close_ = Button("", name="trial_close")
        self._asked, self._carded = label("", "label"), label("", "label")
        self._lay_out()
        runner.changed.connect(self._note)
        self.hide()
        self.retranslate()

    def begin(self, printer: PrinterSettings, told: Status | None = None) -> None:
        """Find out how this printer is; a test card follows if somebody is there.

        A printer whose plug stays open is asked by the queue, which has it; `told` is what it said last.
        """
        self._give_up()
        self._trial += 1
        self.printer, self._status, self._is_asking = printer, None, True
        trial = self._trial
        if printer.link not in _HELD_OPEN:
            self.runner.background(
                lambda: ask(self.make, printer), then=lambda status: self._hear(trial, status), owner=self
            )
        elif told is not None:
            self._hear(trial, told)
        self._show()
        self.show()

    def show_told(self, status: Status) -> None:
        """The queue heard something new from the printer on trial."""
        if self._is_asking and self.printer is not None and self.printer.link in _HELD_OPEN:
            self._hear(self._trial, status)
        elif not self._is_asking:
            self._status = status
            self._show()

    def end(self) -> None:
        """Close the trial; a card that has not come out yet does not surprise anybody later."""
        self._give_up()
        self._trial += 1
        self.printer = None
        self.hide()

    def retranslate(self) -> None:
        self._asked.setText(_("The printer says"))
        self._carded.setText(_("The test card"))
        self.again.setText(_("Try again"))
        self.mute.setText(_("Use it without answers"))
        self.close_.setText(_("Close"))
        self._show()

    def _lay_out(self) -> None:
        self.state.setObjectName("trial_state")
        self.outcome.setObjectName("trial_outcome")
        self.said.setObjectName("trial_said")
        self.told.setObjectName("trial_told")
        self.body.setSpacing(roomy(8))
        self._carded.setContentsMargins(0, roomy(10), 0, 0)
        for part in (
            self._asked,
            FlowRow([self.state]),
            self.said,
            self._carded,
            FlowRow([self.outcome]),
            self.told,
            FlowRow([self.mute, self.again, self.close_]),
        ):
            self.add(part)
        self.again.clicked.connect(lambda _on=False: self._begin_again())
        self.close_.clicked.connect(lambda _on=False: self.end())
        self.mute.clicked.connect(lambda _on=False: self.mute_wanted.emit(self.printer))

    def _begin_again(self) -> None:
        if self.printer is not None:
            self.begin(self.printer, self._status)

    def _hear(self, trial: int, status: Status) -> None:
        if trial != self._trial or self.printer is None:
            return
        self._status, self._is_asking = status, False
        if status.trouble not in _NOBODY_THERE:
            self._send_card(self.printer.name)
        self._show()

    def _send_card(self, name: str) -> None:
        at, key, code = self.runner.at(), new_id().hex, codes.make(codes.Kind.TEST_CARD)

        def send(session: Session) -> PrintJob | None:
            job = print_jobs.ask(session, PaperKind.TEST_CARD, key, at=at, label=code, printer=name)
            return print_jobs.one(session, job)

        self.runner.now(send, then=self._follow)

    def _follow(self, job: PrintJob | None) -> None:
        self.job = job
        self._show()

    def _note(self, changes: Changes) -> None:
        job = self.job
        if job is not None and PrintJob in changes:
            self.runner.read(lambda session: print_jobs.one(session, job.id), then=self._follow)

    def _give_up(self) -> None:
        job, self.job = self.job, None
        if job is not None and job.ended_at is None:
            at = self.runner.at()
            self.runner.now(lambda session: _cancel(session, job.id, at))

    def _show(self) -> None:
        if self.printer is None:
            return
        self.set_title(_("Trying {}").format(self.printer.name))
        self._show_status()
        self._show_job()
        is_silent = Trouble.SILENT in (
            self._status.trouble if self._status else None,
            self.job.trouble if self.job else None,
        )
        self.mute.setVisible(is_silent and self.printer.answers)
        self.again.setEnabled(not self._is_asking)

    def _show_status(self) -> None:
        status = self._status
        if self._is_asking or status is None:
            self.state.show_as(_("Being asked…"), "info", "refresh-cw")
            self.said.setText(_("The printer is asked how it is. That takes a few seconds at most."))
            return
        tone = status_tone(status)
        self.state.show_as(status_words(status), tone, _ICONS[tone])
        self.said.setText(status_sentence(status))

    def _show_job(self) -> None:
        is_there = self.job is not None
        for part in (self._carded, self.outcome, self.told):
            part.setVisible(is_there)
        if self.job is None:
            return
        words, tone, sentence = _job_words(self.job)
        self.outcome.show_as(words, tone, _ICONS.get(tone, "clock"))
        self.told.setText(sentence)


def ask(make: Make, printer: PrinterSettings) -> Status:
    """How a printer says it is. Takes as long as the printer's patience; call it off the GUI thread."""
    with closing(make(printer)) as asked:
        return asked.status()


def _cancel(session: Session, job: UUID, at: object) -> None:
    print_jobs.cancel(session, [job], at=at)  # type: ignore[arg-type]


def _job_words(job: PrintJob) -> tuple[str, str, str]:
    """What became of the card: two or three words, their tone, and a sentence."""
    is_held_up = job.state in (JobState.WAITING, JobState.SENDING) and job.trouble
    if is_held_up:
        return state_words(JobState.WAITING), "warn", card_sentence(job.state, job.trouble)
    if job.state == JobState.UNSURE and job.trouble not in ("", Trouble.SILENT):
        return trouble_words(job.trouble), trouble_tone(job.trouble), card_sentence(job.state, job.trouble)
    return state_words(job.state), state_tone(job.state), card_sentence(job.state, job.trouble)
