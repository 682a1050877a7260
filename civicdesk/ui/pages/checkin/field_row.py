"""Fields side by side, or one under the other where there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.themed import Themed


class FieldRow(Themed, QWidget):
    """Each field as wide as its weight says; in a narrow place the first one has a line of its own."""

    def __init__(self, fields: Sequence[tuple[QWidget, int]], *, least: int) -> None:
        super().__init__()
        self._fields, self._least = fields, least
        self._is_wide: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._arrange(is_wide=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.dress()

    def dress(self) -> None:
        self._arrange(is_wide=self.width() >= roomy(roomy(self._least)))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the fields are with the first one in a line of its own."""
        (first, _weight), *others = self._fields
        beside = [field.minimumSizeHint().width() for field, _share in others]
        gaps = self._grid.spacing() * max(0, len(others) - 1)
        width = max(first.minimumSizeHint().width(), sum(beside) + gaps)
        return QSize(width, super().minimumSizeHint().height())

    def _arrange(self, *, is_wide: bool) -> None:
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        (first, _weight), *others = self._fields
        self._grid.addWidget(first, 0, 0, 1, 1 if is_wide else len(others))
        for place, (field, _share) in enumerate(others):
            self._grid.addWidget(field, 0 if is_wide else 1, place + is_wide)
        shown = self._fields if is_wide else self._fields[1:]
        for column in range(len(self._fields)):
            self._grid.setColumnStretch(column, shown[column][1] if column < len(shown) else 0)
