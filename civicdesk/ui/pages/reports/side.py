"""Beside a report: which days, whose, print it, keep it as a file, and what happens by itself."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from civicdesk.desk.report_kinds import Needs
from civicdesk.text import _
from civicdesk.ui.pages.booking.organisation_pick import OrganisationPick
from civicdesk.ui.pages.reports.by_itself_card import ByItselfCard
from civicdesk.ui.pages.reports.choice import Chosen
from civicdesk.ui.pages.reports.period_card import PeriodCard
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import BigButton, Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.touch import TouchScrollArea


class ReportSide(QWidget):
    """The column at the right."""

    grown = Signal()
    """Its parts need another width."""
    print_wanted = Signal()
    file_wanted = Signal(str)  # pdf, xlsx or csv
    whose_wanted = Signal(object)  # Organisation or None

    def __init__(self, runner: Runner, today: date) -> None:
        super().__init__()
        self.days, self.by_itself = PeriodCard(today), ByItselfCard()
        self.whose = OrganisationPick(runner, name="reports_organisation")
        self.whose_card = Card(name="reports_whose", padded=True)
        self.print = BigButton("", "printer", name="reports_print", role="primary")
        self.pdf = Button("", "save", name="reports_pdf")
        self.xlsx, self.csv = Button("", name="reports_xlsx"), Button("", name="reports_csv")
        self._build()
        self.whose.settled.connect(self.whose_wanted)
        self.print.clicked.connect(lambda _on=False: self.print_wanted.emit())
        for button, ending in ((self.pdf, "pdf"), (self.xlsx, "xlsx"), (self.csv, "csv")):
            button.clicked.connect(lambda _on=False, ending=ending: self.file_wanted.emit(ending))

    def show_chosen(self, chosen: Chosen, today: date, *, is_open: bool) -> None:
        """Offer what can be done with this report; nothing with one that stays closed."""
        kind = chosen.kind
        self.days.show_period(kind.needs, chosen.period, today)
        self.days.setVisible(is_open and kind.needs is not Needs.NOW)
        self.whose_card.setVisible(is_open and kind.takes_organisation)
        self.by_itself.setVisible(kind.name == "occupancy")
        self.print.setVisible(is_open and not kind.needs_reason)
        is_there = is_open and (bool(chosen.reason) or not kind.needs_reason)
        for button in (self.pdf, self.xlsx, self.csv):
            button.setVisible(is_there)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self.grown.emit()
        return super().eventFilter(watched, event)

    def wide(self) -> int:
        """How wide its parts need it."""
        return self._area.minimumWidth()

    def retranslate(self) -> None:
        """Write every word in the language spoken now."""
        self.days.retranslate()
        self.by_itself.retranslate()
        self.whose.say(_("Only of one organisation"))
        self.whose.text.setPlaceholderText(_("All organisations"))
        self.print.setText(_("Print"))
        self.pdf.setText(_("Save PDF"))
        self.xlsx.setText("Excel")
        self.csv.setText("CSV")

    def _build(self) -> None:
        self.print.setProperty("grown", "huge")
        self.whose_card.add(self.whose.field)
        self.whose_card.add(self.whose.matches)
        numbers = QWidget()
        pair = QHBoxLayout(numbers)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(8)
        pair.addWidget(self.xlsx, 1)
        pair.addWidget(self.csv, 1)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.days, self.whose_card, self.print, self.pdf, numbers, self.by_itself):
            column.addWidget(part)
        column.addStretch(1)
        self._inside.installEventFilter(self)
        holder = QVBoxLayout(self)
        holder.setContentsMargins(0, 0, 0, 0)
        self._area = TouchScrollArea(self._inside)
        holder.addWidget(self._area)
