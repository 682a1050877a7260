"""What can be done with the line that is open."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.text import _, ngettext
from civicdesk.ui.pages.visitors.lines import Line
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.stepper import Stepper
from civicdesk.ui.widgets.themed import Themed, named


class Steps(Themed, QWidget):
    """Stands under the open line: some leave, a new badge, the visitor; or nobody expected any more."""

    some_left = Signal(int)  # how many
    reprint_wanted = Signal()
    visitor_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._key: object = None
        self.leaving = Stepper("", name="visitors_leaving", lowest=1, highest=1)
        self.leave = Button("", "log-out", name="visitors_leave_early")
        self.reprint = Button("", "printer", name="visitors_reprint")
        self.visitor = Button("", "user", name="visitors_show_visitor")
        self.cancel = Button("", "ban", name="visitors_cancel_invitation")
        self._room = QVBoxLayout(self)
        self._room.addWidget(FlowRow([self.leaving, self.leave, self.reprint, self.visitor, self.cancel]))
        self._connect()
        named(self, "visitors_steps", "")
        self.dress()
        self.retranslate()

    def _connect(self) -> None:
        self.leaving.value_changed.connect(lambda _people: self._name_leave())
        self.leave.installEventFilter(self)
        self.leave.clicked.connect(lambda _on=False: self.some_left.emit(self.leaving.value()))
        self.reprint.clicked.connect(lambda _on=False: self.reprint_wanted.emit())
        self.visitor.clicked.connect(lambda _on=False: self.visitor_wanted.emit())
        self.cancel.clicked.connect(lambda _on=False: self.cancel_wanted.emit())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The second half of a double tap would take out as many again."""
        return watched is self.leave and event.type() == QEvent.Type.MouseButtonDblClick

    def show_line(self, line: Line) -> None:
        """Offer what fits this line; a number already chosen for it stays."""
        visit = line.visit
        company = visit.people - 1 if visit is not None and visit.is_open else 0
        self.leaving.set_highest(max(1, company))
        if line.key != self._key:
            self.leaving.set_value(1)
        self._key = line.key
        for part in (self.leaving, self.leave):
            part.setVisible(company > 0)
        self.reprint.setVisible(visit is not None and visit.is_open)
        self.cancel.setVisible(line.invitation is not None)
        self._name_leave()

    def retranslate(self) -> None:
        self.leaving.setAccessibleName(_("How many leave"))
        self.leaving.number.setAccessibleName(_("How many leave"))
        self.reprint.setText(_("Reprint badge"))
        self.visitor.setText(_("Show visitor"))
        self.cancel.setText(_("Cancel the invitation"))
        self.setAccessibleName(_("What can be done"))
        self._name_leave()

    def dress(self) -> None:
        self._room.setContentsMargins(roomy(16), roomy(10), roomy(16), roomy(10))
        self.leaving.number.setFixedWidth(scaled(64))
        for button in (self.leave, self.reprint, self.visitor, self.cancel):
            button.setMinimumHeight(self.leaving.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.fillRect(self.rect(), QColor(theme.primary_soft))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(theme.line))

    def _name_leave(self) -> None:
        count = self.leaving.value()
        self.leave.setText(
            ngettext("{count} person left early", "{count} people left early", count).format(count=count)
        )
