"""How plots draw: shades, hatching, words and legends in the theme worn now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen

from civicdesk.ui.theme.letters import desk_font
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.theme.tokens import contrast
from civicdesk.ui.widgets.painted_line import END, START, paint_words
from civicdesk.ui.widgets.plots.marks import Kind, Mark

SEMI, PLAIN = QFont.Weight.DemiBold, QFont.Weight.Normal
MIDDLE = Qt.AlignmentFlag.AlignCenter
_PALEST, _SWATCH = 0.16, 12
_READ_WELL = 4.5
_FILLED = {"solid": Kind.SEEN, "booked": Kind.BOOKED, "closed": Kind.CLOSED}


def shade(tone: str, share: float) -> QColor:
    """From pale to full; even the palest is told from an empty ground."""
    strong, ground = QColor(current().tone(tone)[0]), QColor(current().surface)
    part = _PALEST + (1 - _PALEST) * min(max(share, 0.0), 1.0)
    mixed = [
        round(low + (high - low) * part)
        for low, high in zip(ground.getRgb()[:3], strong.getRgb()[:3], strict=True)  # type: ignore[index]
    ]
    return QColor(*mixed)


def ink_on(ground: QColor) -> str:
    """An ink that is read well on a ground: one of the theme's, on a middling ground black or white."""
    theme = current()
    for ink in (theme.ink, theme.surface, theme.on_primary, "#000000"):
        if contrast(ink, ground.name()) >= _READ_WELL:
            return ink
    return "#FFFFFF"


def fill(painter: QPainter, box: QRectF, mark: Mark, share: float) -> QColor:
    """Fill a box as its mark is; returns the ground on which its words stand."""
    theme, radius = current(), min(roomy(6), box.height() / 3)
    painter.setPen(Qt.PenStyle.NoPen)
    if mark.kind is Kind.SEEN and mark.value:
        ground = shade(mark.tone, share)
    elif mark.kind is Kind.BOOKED:
        ground = QColor(theme.tone(mark.tone)[1])
        painter.setPen(QPen(QColor(theme.tone(mark.tone)[0]), 1.5, Qt.PenStyle.DashLine))
        box = box.adjusted(1, 1, -1, -1)
    else:
        ground = QColor(theme.canvas)
        if theme.pill_edge:  # canvas and surface are one black
            painter.setPen(QPen(QColor(theme.line), 1, Qt.PenStyle.DotLine))
            box = box.adjusted(1, 1, -1, -1)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, radius, radius)
    if mark.kind is Kind.CLOSED:
        painter.setBrush(QBrush(QColor(theme.line), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(box, radius, radius)
    return ground


def write(
    painter: QPainter,
    box: QRectF,
    words: str,
    ink: str,
    *,
    size: int = 13,
    weight: QFont.Weight = QFont.Weight.Normal,
    where: Qt.AlignmentFlag = START,
) -> None:
    """Write one line, ending in … when there is no room."""
    paint_words(painter, box.toRect(), words, desk_font(size, weight), ink, where=where)


def fits(words: str, wide: float, size: int = 13, weight: QFont.Weight = QFont.Weight.Normal) -> bool:
    """Whether words stand whole in so many pixels."""
    return QFontMetrics(desk_font(size, weight)).horizontalAdvance(words) <= wide


def widest(words: Sequence[str], size: int = 13, weight: QFont.Weight = QFont.Weight.Normal) -> int:
    """How wide the longest of some words is."""
    metrics = QFontMetrics(desk_font(size, weight))
    return max((metrics.horizontalAdvance(word) for word in words), default=0)


def legend(painter: QPainter, room: QRect, lines: Sequence[tuple[str, str]]) -> None:
    """What the shapes mean, from the end of the line: `solid`, `booked`, `closed`, `line` or `thin`."""
    right = room.right()
    for shape, words in reversed(lines):
        wide = widest([words])
        write(
            painter,
            QRectF(right - wide, room.top(), wide + 2, room.height()),
            words,
            current().mute,
            where=END,
        )
        side = scaled(_SWATCH)
        spot = QRectF(right - wide - side - roomy(6), room.center().y() - side / 2, side, side)
        swatch(painter, spot, shape)
        right = round(spot.left()) - roomy(14)


def swatch(painter: QPainter, spot: QRectF, shape: str) -> None:
    """A small piece of what a plot draws."""
    theme = current()
    if shape in _FILLED:
        fill(painter, spot, Mark(shape, value=1.0, kind=_FILLED[shape]), 0.8)
    elif shape == "line":
        painter.setPen(usual_pen())
        painter.drawLine(QPointF(spot.left(), spot.center().y()), QPointF(spot.right(), spot.center().y()))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.edge))
        painter.drawRoundedRect(QRectF(spot.left(), spot.center().y() - 3, spot.width(), 6), 3, 3)


def usual_pen() -> QPen:
    """How what is usual is drawn beside what is."""
    return QPen(QColor(current().warn), 2, Qt.PenStyle.DashLine, Qt.PenCapStyle.RoundCap)
