"""Words on a screen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption

from civicdesk.ui.theme.now import scaled
from civicdesk.ui.theme.style import restyle


def label(words: str, kind: str = "body", *, wrap: bool = False) -> QLabel:
    """Words in one of the desk's sizes: display, figure, title, heading, strong, body, second or label."""
    shown = QLabel(words)
    shown.setTextFormat(Qt.TextFormat.PlainText)
    shown.setProperty("kind", kind)
    shown.setWordWrap(wrap)
    return shown


def set_tone(widget: QLabel, tone: str) -> None:
    """Colour words by what they mean: ok, warn, bad, info, accent, primary, or nothing."""
    widget.setProperty("tone", tone)
    restyle(widget)


class ElidedLabel(QLabel):
    """One line that ends in … when there is no room; the tip and the screen reader have it whole."""

    def __init__(self, words: str = "", kind: str = "body") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(words)

    def setText(self, words: str) -> None:
        super().setText(words)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def shown(self) -> str:
        """What can be read in the room there is."""
        return self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )

    def sizeHint(self) -> QSize:
        metrics, margins = self.fontMetrics(), self.contentsMargins()
        return QSize(
            metrics.horizontalAdvance(self.text()) + margins.left() + margins.right() + 2,
            metrics.height() + margins.top() + margins.bottom() + 2,
        )

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), scaled(48)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QPainter(self), QStyleOption()
        option.initFrom(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(QStyle.visualAlignment(self.layoutDirection(), self.alignment()))
            | int(Qt.TextFlag.TextSingleLine),
            option.palette,
            self.isEnabled(),
            self.shown(),
            self.foregroundRole(),
        )
