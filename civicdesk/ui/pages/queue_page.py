"""The print queue: what waits and why, what may or may not have come out, and what came out of late."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from civicdesk.database import Changes
from civicdesk.desk import print_look
from civicdesk.desk.print_look import Look
from civicdesk.models import JobState, PrintJob
from civicdesk.text import _, ngettext, number
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.page_head import BendingHead
from civicdesk.ui.pages.queue.deeds import QueueDeeds
from civicdesk.ui.pages.queue.lines import JobLine, question, queue_lines
from civicdesk.ui.pages.queue.printers_card import PrintersCard
from civicdesk.ui.pages.queue.steps import JobSteps
from civicdesk.ui.pages.visitors.lines import Line
from civicdesk.ui.pages.visitors.people_list import PeopleList
from civicdesk.ui.paper_words import trouble_advice
from civicdesk.ui.print_desk import PrintDesk
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy, scaled
from civicdesk.ui.widgets.button import Button, IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.touch import TouchScrollArea

_MARGIN = 20
_REST_MS = 150
_SIDE = 300
_NARROW = 860


class QueuePage(Page):
    """Jobs under their printers; a job tapped opens in place. The printers stand beside it."""

    watches: ClassVar[Changes] = frozenset({PrintJob})
    printers_wanted = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("queue_page")
        self.desk: PrintDesk | None = None
        self._look: Look | None = None
        self._asking: PrintJob | None = None
        self._open: object = None
        self.deeds = QueueDeeds(runner)
        self._make_head()
        self._make_body()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._build()
        self._connect()
        self.retranslate()

    def use_printers(self, desk: PrintDesk) -> None:
        """Show these printers."""
        self.desk = desk
        desk.changed.connect(self._rest_then_refresh)
        self.refresh_now()

    def refresh(self) -> None:
        if self.desk is not None:
            self.runner.read(print_look.look, self._show)

    def retranslate(self) -> None:
        self._asking = None  # the question is asked anew, in the other language
        self.title.setText(_("Print queue"))
        self.back.say(_("Back"))
        self.cancel_all.setText(_("Cancel all waiting"))
        self.set_up.setText(_("Printers"))
        self.first.setText(_("Set a printer"))
        self.card.set_title(_("Papers"))
        self.printers.set_title(_("Printers"))
        self.list.setAccessibleName(_("Print queue"))

    def _make_head(self) -> None:
        self.back = IconButton("arrow-left", "", name="queue_back")
        self.title, self.second = label("", "title"), label("", "second", wrap=True)
        self.cancel_all = Button("", "ban", name="queue_cancel_all")
        self.set_up = Button("", "settings", name="queue_set_up")

    def _make_body(self) -> None:
        self.banner = RefusalBanner(name="queue_banner")
        self.steps = JobSteps()
        self.list = PeopleList(self.steps, name="queue_list")
        self.first = Button("", "printer", name="queue_first", role="primary")
        self.nothing = EmptyState("printer", "", name="queue_nothing", button=self.first)
        self.card = Card(name="queue_card")
        self.printers = PrintersCard()

    def _build(self) -> None:
        self.card.add(self.list, 1)
        self.card.add(self.nothing, 1)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(12)
        self._body.addWidget(self.card, 1)
        self._body.addWidget(self.printers)
        content = QWidget()
        whole = QVBoxLayout(content)
        whole.setContentsMargins(_MARGIN, 12, _MARGIN, _MARGIN)
        whole.setSpacing(12)
        self._head = BendingHead(self.back, self.title, self.second, [self.cancel_all, self.set_up])
        whole.addLayout(self._head)
        whole.addWidget(self.banner)
        whole.addLayout(self._body, 1)
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(TouchScrollArea(content))

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        for button in (self.set_up, self.first):
            button.clicked.connect(lambda _on=False: self.printers_wanted.emit())
        self.cancel_all.clicked.connect(lambda _on=False: self.deeds.cancel_all())
        self._rest.timeout.connect(self.refresh_now)
        self.printers.move_wanted.connect(self.deeds.move_all)
        self.deeds.done.connect(self.refresh_now)
        self.list.acted.connect(lambda line: self.deeds.act(line.job))
        self.list.opened.connect(self._opened)
        self.steps.here_wanted.connect(self.deeds.it_is_here)
        self.steps.again_wanted.connect(self.deeds.again)
        self.steps.cancel_wanted.connect(self.deeds.cancel)
        self.steps.once_more_wanted.connect(self.deeds.once_more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._fit)  # once the pieces have grown or shrunk

    def _fit(self) -> None:
        sideways, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.fit(self.width())
        is_narrow = self.width() < scaled(_NARROW)
        self._body.setDirection(down if is_narrow else sideways)
        self.printers.setFixedWidth(self.width() - 2 * _MARGIN if is_narrow else scaled(_SIDE))
        self.card.setMinimumHeight(roomy(300))
        self.printers.setMinimumHeight(roomy(180))

    def _note_changes(self, changes: Changes) -> None:
        if PrintJob in changes:
            self._rest_then_refresh()

    def _rest_then_refresh(self) -> None:
        """Once for many changes: five hundred badges change a thousand times."""
        if not self._rest.isActive():
            self._rest.start()

    def _show(self, look: Look) -> None:
        assert self.desk is not None
        self._look = look
        found = queue_lines(look, self.desk, self.runner.at())
        self.list.show_lines(found)
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self._say_nothing()
        self.printers.show_printers(self.desk, look)
        self._show_counts(look)
        self._ask(look)

    def _say_nothing(self) -> None:
        has_printers = bool(self.desk and self.desk.printers)
        self.first.setVisible(not has_printers)
        self.nothing.say(
            _("Nothing waits. Whatever is printed stands here until it came out.")
            if has_printers
            else _("No printer is set yet. Badges and lists become files to be opened until then.")
        )

    def _show_counts(self, look: Look) -> None:
        waiting = sum(job.state != JobState.UNSURE for job in look.jobs) + look.more
        asking = sum(job.state == JobState.UNSURE for job in look.jobs)
        said = []
        if waiting:
            words = ngettext("{} paper waits", "{} papers wait", waiting)
            said.append(words.format(number(waiting)))
        if asking:
            words = ngettext(
                "of {} nobody knows whether it came out", "of {} nobody knows whether they came out", asking
            )
            said.append(words.format(number(asking)))
        self.second.setText(" · ".join(said) or _("Nothing waits."))
        self.cancel_all.setVisible(any(job.state == JobState.WAITING for job in look.jobs))

    def _ask(self, look: Look) -> None:
        """One question at a time; each answer brings the next."""
        asking = [job for job in look.jobs if job.state == JobState.UNSURE]
        if not asking:
            self._asking = None
            self.banner.clear()
            return
        job = asking[0]
        is_same = self._asking is not None and self._asking.id == job.id and self.banner.isVisible()
        self._asking = job
        if is_same:
            return
        name = look.names.get(job.subject_id) if job.subject_id else None
        said = " · ".join(filter(None, (question(job), name)))
        advice = trouble_advice(job.trouble) if job.trouble else ""
        self.banner.show_refusal(
            f"{said}\n{advice}" if advice else said,
            (_("Yes, it is here"), lambda: self.deeds.it_is_here(job)),
            (_("No, print again"), lambda: self.deeds.again(job, "")),
            tone="warn",
        )

    def _opened(self, line: Line | None) -> None:
        if isinstance(line, JobLine) and line.job is not None and self.desk is not None:
            holder = self.desk.holder(line.job)
            self.steps.show_job(line.job, holder, self.desk.others(holder))
            if line.key != self._open:
                QTimer.singleShot(0, self, self._see_steps)  # once they are as high as they will be
        self._open = line.key if line else None

    def _see_steps(self) -> None:
        rows = [row for row, line in enumerate(self.list.people.lines) if line.is_steps]
        if rows:
            self.list.doItemsLayout()
            self.list.scrollTo(self.list.people.index(rows[0]))
