"""What moves over a timeline: the booking in the hand, and the ring around the chosen one."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.timeline.geometry import Geometry
from civicdesk.ui.widgets.timeline.hand import Ghost
from civicdesk.ui.widgets.timeline.letters import MIDDLE, Letters, write
from civicdesk.ui.widgets.timeline.plan import wall

_WRAPPED = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)


class Ghosts:
    """Draws above the ground, anew in every frame."""

    def __init__(self, geometry: Geometry, letters: Letters) -> None:
        self._geometry, self._letters = geometry, letters

    def ghost(self, painter: QPainter, ghost: Ghost, refusal: str, seen: QRect) -> None:
        """The booking in the hand: where it would be, from when until when, and why not if it cannot."""
        theme, geometry = current(), self._geometry
        strong, soft = theme.tone("bad" if refusal else "primary")
        left, right = geometry.x(ghost.start), geometry.x(ghost.end)
        box = QRectF(left, geometry.top(ghost.row) + 2, max(right - left, 8), geometry.row_height - 4)
        painter.setOpacity(0.92)
        painter.setPen(QPen(QColor(strong), 2, Qt.PenStyle.DashLine if refusal else Qt.PenStyle.SolidLine))
        painter.setBrush(QColor(soft))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 10, 10)
        painter.setOpacity(1)
        times = f"{wall(ghost.start)}–{wall(ghost.end)}"
        words = f"{times} · {refusal}" if refusal else times
        self._caption(painter, box, words, (strong, soft), seen)

    def _caption(
        self, painter: QPainter, box: QRectF, words: str, colours: tuple[str, str], seen: QRect
    ) -> None:
        """In the ghost if it fits, else over it, whole."""
        strong, soft = colours
        wide = self._letters.of_title.horizontalAdvance(words) + 20
        if wide <= box.width():
            write(painter, box, words, self._letters.title, strong, MIDDLE)
            return
        size = QSize(min(wide, seen.width() - 8), scaled(28))
        if size.width() < wide:  # as many lines as it needs: it says what to do
            inner = QRect(0, 0, size.width() - 20, 10 * size.height())
            size.setHeight(self._letters.of_title.boundingRect(inner, _WRAPPED, words).height() + 10)
        left = min(max(box.center().x() - size.width() / 2, seen.left() + 4), seen.right() - size.width() - 4)
        above = box.top() - size.height() - 4
        top = above if above >= seen.top() else box.bottom() + 4
        label = QRectF(QPointF(left, top), QSizeF(size))
        painter.setPen(QPen(QColor(strong), 1))
        painter.setBrush(QColor(soft))
        painter.drawRoundedRect(label, 8, 8)
        painter.setFont(self._letters.title)
        painter.drawText(label.adjusted(8, 0, -8, 0), _WRAPPED, words)

    def mark(self, painter: QPainter, box: QRectF, *, has_handles: bool) -> None:
        """The ring around what is chosen, with a handle at each end of what can be pulled."""
        theme = current()
        painter.setPen(QPen(QColor(theme.primary), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 11, 11)
        if has_handles:
            painter.setBrush(QColor(theme.surface))
            for x in (box.left(), box.right()):
                painter.drawEllipse(QPointF(x, box.center().y()), roomy(7), roomy(7))
