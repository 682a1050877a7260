"""What can be done with the job that is open."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.models import JobState, PaperKind, PrintJob
from civicdesk.text import _
from civicdesk.ui.pages.queue.lines import is_gone, question
from civicdesk.ui.pages.queue.printer_row import shortened
from civicdesk.ui.paper_words import trouble_advice
from civicdesk.ui.theme.now import current, roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import empty
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.themed import Themed, named

_MOST = 4
_UNDER_WAY = (JobState.WAITING, JobState.SENDING)


class JobSteps(Themed, QWidget):
    """Stands under the open line: it came out, print it again, on another printer, not at all."""

    here_wanted = Signal(object)  # job
    again_wanted = Signal(object, str)  # job, printer (empty: as set)
    cancel_wanted = Signal(object)
    once_more_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._said: object = None
        self.words = label("", "second", wrap=True)
        self._room = QVBoxLayout(self)
        self._buttons = QVBoxLayout()
        self._room.addWidget(self.words)
        self._room.addLayout(self._buttons)
        named(self, "queue_steps", "")
        self.dress()
        self.retranslate()

    def show_job(self, job: PrintJob, holder: str, others: list[str]) -> None:
        """Offer what fits this job; `others` are printers that could do it instead."""
        said = (job.id, job.state, job.trouble, holder, tuple(others), _("Cancel printing"))
        if said == self._said:
            return
        self._said = said
        self.words.setText(_sentence(job))
        self.words.setVisible(bool(self.words.text()))
        empty(self._buttons)
        self._buttons.addWidget(FlowRow(self._offered(job, others[:_MOST])))

    def retranslate(self) -> None:
        self.setAccessibleName(_("What can be done"))

    def dress(self) -> None:
        self._room.setContentsMargins(roomy(16), roomy(10), roomy(16), roomy(10))
        self._room.setSpacing(roomy(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.fillRect(self.rect(), QColor(theme.primary_soft))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(theme.line))

    def _offered(self, job: PrintJob, others: list[str]) -> list[Button]:
        if job.ended_at is not None:
            return [] if is_gone(job) else [self._once_more(job)]
        found: list[Button] = []
        if job.state == JobState.UNSURE:
            here = Button(_("Yes, it is here"), "check", name="queue_here", role="primary")
            here.clicked.connect(lambda _on=False: self.here_wanted.emit(job))
            found += [here, self._again(job, _("No, print again"))]
        elif job.state == JobState.WAITING:
            found.append(self._again(job, _("Try now")))
        if job.state != JobState.SENDING or job.trouble:
            found += [self._elsewhere(job, name, place) for place, name in enumerate(others)]
        cancel = Button(_("Cancel printing"), "x", name="queue_cancel")
        cancel.clicked.connect(lambda _on=False: self.cancel_wanted.emit(job))
        return [*found, cancel]

    def _again(self, job: PrintJob, words: str) -> Button:
        button = Button(words, "rotate-ccw", name="queue_again")
        button.clicked.connect(lambda _on=False: self.again_wanted.emit(job, ""))
        return button

    def _elsewhere(self, job: PrintJob, printer: str, place: int) -> Button:
        button = Button(
            _("Print on {}").format(shortened(printer)), "printer", name=f"queue_elsewhere_{place}"
        )
        button.clicked.connect(partial(_emit, self.again_wanted, job, printer))
        return button

    def _once_more(self, job: PrintJob) -> Button:
        words = _("Print after all") if job.state == JobState.CANCELLED else _("Print again")
        if job.kind == PaperKind.BADGE and job.state != JobState.CANCELLED:
            words = _("Make a new copy")
        button = Button(words, "printer", name="queue_once_more")
        button.clicked.connect(lambda _on=False: self.once_more_wanted.emit(job))
        return button


def _emit(signal: object, job: PrintJob, printer: str, _on: bool = False) -> None:
    signal.emit(job, printer)  # type: ignore[attr-defined]


def _sentence(job: PrintJob) -> str:
    """What the clerk should know before pressing."""
    if job.state == JobState.UNSURE:
        return " ".join(
            filter(None, (question(job) + ".", trouble_advice(job.trouble) if job.trouble else ""))
        )
    if job.state in _UNDER_WAY:
        return trouble_advice(job.trouble) if job.trouble else ""
    if is_gone(job):
        return trouble_advice(job.trouble)
    if job.kind == PaperKind.BADGE and job.state != JobState.CANCELLED:
        return _("The badge given out before will be void as soon as a new copy is made.")
    return ""
