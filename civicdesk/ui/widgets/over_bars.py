"""The place over the top bar where answers and notices come up, so that nothing moves under a finger."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

_SIDE, _TOP = 12, 4
_HEARD = (QEvent.Type.Resize, QEvent.Type.ShowToParent, QEvent.Type.HideToParent)


class OverBars(QWidget):
    """Lies over its parent, as wide as that and as high as the bars that are shown."""

    def __init__(self, parent: QWidget, *bars: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("over_bars")
        self._bars = bars
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for bar in bars:
            column.addWidget(bar)
            bar.installEventFilter(
                self
            )  # while all bars are hidden, the layout hears nothing of one that is shown
        parent.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _HEARD:
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return handled

    def _place(self) -> None:
        under, layout = self.parentWidget(), self.layout()
        assert under is not None
        assert layout is not None
        width = under.width() - 2 * _SIDE
        height = (
            layout.totalHeightForWidth(width)
            if layout.hasHeightForWidth()
            else layout.totalSizeHint().height()
        )
        self.setGeometry(_SIDE, _TOP, max(width, 0), max(height, 0))
        self.setVisible(not all(bar.isHidden() for bar in self._bars))
        self.raise_()
