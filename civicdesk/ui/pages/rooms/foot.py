"""Under the calendar: what the colours mean, what hands can do, how much is booked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from civicdesk.text import _
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.themed import Themed

_GAP = 16


class RoomsFoot(Themed, QWidget):
    """The hint goes first when there is no room for all; the words of the colours never do."""

    def __init__(self) -> None:
        super().__init__()
        self.legend = [Pill("", tone) for tone in ("accent", "primary", "info", "warn", "bad")]
        self.hint = label("", "second")
        self._share, self._can_drag = "", True
        self._pills = FlowRow(self.legend)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self._pills, 1)
        row.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignVCenter)
        self.retranslate()

    def show_share(self, words: str, *, can_drag: bool) -> None:
        """Say how much is booked, or nothing, and whether there is something to drag."""
        self._share, self._can_drag = words, can_drag
        self._fit()

    def retranslate(self) -> None:
        words = (
            (_("Assembly / strategy workshop"), ""),
            (_("Training / panel"), ""),
            (_("Meeting"), ""),
            (_("Nobody came?"), "circle-help"),
            (_("Clash"), "triangle-alert"),
        )
        for pill, (said, icon) in zip(self.legend, words, strict=True):
            pill.show_as(said, pill.tone, icon)
        self._fit()

    def dress(self) -> None:
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self._pills.sizeHint().width() - _GAP
        hint = _("Drag over free time to book, drag a booking to move it") if self._can_drag else ""
        both = " · ".join(filter(None, (hint, self._share)))
        metrics = self.hint.fontMetrics()
        fits = next((words for words in (both, self._share) if metrics.horizontalAdvance(words) < room), "")
        if fits != self.hint.text():
            self.hint.setText(fits)
        self.hint.setVisible(bool(fits))
