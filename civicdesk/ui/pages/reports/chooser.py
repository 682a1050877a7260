"""The reports there are, as rows of a card, or in a field with a list where the screen is narrow."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk.report_kinds import KINDS, ReportKind
from civicdesk.text import _
from civicdesk.ui.pages.reports.choice import ICONS
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.card import Card, empty
from civicdesk.ui.widgets.choice import ChoiceField
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.themed import mark
from civicdesk.ui.widgets.tone_icon import ToneIcon
from civicdesk.ui.widgets.touch import TouchScrollArea


class Chooser(Card):
    """Tells which report is wanted; all of them are listed, also those that only managers may open."""

    chosen = Signal(str)  # name of a report

    def __init__(self) -> None:
        super().__init__(name="reports_list")
        self._rows = QVBoxLayout()
        inside = QWidget()
        inside.setLayout(self._rows)
        self._rows.setContentsMargins(0, roomy(8), 0, roomy(8))
        self._rows.setSpacing(0)
        self._area = TouchScrollArea(inside)
        self.add(self._area, 1)
        self.field = ChoiceField("", name="reports_choice")
        self.field.chosen.connect(lambda name: self.chosen.emit(str(name)))

    def fill_for(self, *, is_manager: bool) -> None:
        """List them as somebody sees them."""
        empty(self._rows)
        for kind in KINDS:
            self._rows.addWidget(self._row(kind, is_open=is_manager or not kind.for_managers))
        self._rows.addStretch(1)
        self.field.set_choices([(kind.name, kind.title) for kind in KINDS])

    def mark(self, name: str) -> None:
        """Show which one is open."""
        self.field.set_value(name)
        for row in self.findChildren(ListRow):
            mark(row, row.objectName() == f"reports_row_{name}")
        QTimer.singleShot(0, self, self._see_marked)  # once the rows have their places

    def retranslate(self) -> None:
        self.setAccessibleName(_("Reports"))
        self.field.setAccessibleName(_("Reports"))

    def _see_marked(self) -> None:
        for row in self.findChildren(ListRow):
            if row.isChecked():
                self._area.ensureWidgetVisible(row, 0, roomy(8))

    def _row(self, kind: ReportKind, *, is_open: bool) -> ListRow:
        lead = ToneIcon(ICONS[kind.name] if is_open else "lock", "primary" if is_open else "", size=40)
        second = kind.second if is_open else _("only for managers")
        row = ListRow(kind.title, second, name=f"reports_row_{kind.name}", lead=lead, opens=True)
        row.setCheckable(True)
        row.clicked.connect(lambda _on=False: self.chosen.emit(kind.name))
        return row
