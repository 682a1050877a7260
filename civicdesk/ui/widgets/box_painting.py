"""How a box of the wall is painted, in large and small."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from civicdesk.desk.mail_wall import Age, Tile
from civicdesk.text import _, number
from civicdesk.ui.post_words import age_tone, days_words
from civicdesk.ui.theme.letters import desk_font
from civicdesk.ui.theme.now import current, roomy, scaled

_SEMI, _BOLD = QFont.Weight.DemiBold, QFont.Weight.Bold
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine)


@dataclass(frozen=True)
class _Colours:
    """How a box is coloured; never by colour alone, as count, shape and word say it too."""

    ground: str
    edge: str
    number: str


def paint_ground(painter: QPainter, box: QRectF, tile: Tile, *, is_open: bool, is_small: bool) -> None:
    """The ground and the edge; the box that is open has a heavier one."""
    colours = _colours(tile)
    width = 3 if is_open else 2 if tile.notices else 1
    painter.setPen(QPen(QColor(current().primary if is_open else colours.edge), width))
    painter.setBrush(QColor(current().surface if is_open and not is_small else colours.ground))
    inset = width / 2
    radius = 5 if is_small else roomy(10)
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)


def _colours(tile: Tile) -> _Colours:
    theme = current()
    if tile.notices:
        return _Colours(theme.bad_soft, theme.bad, theme.ink)
    if tile.waiting:
        edge = theme.info if theme.pill_edge else theme.info_soft
        return _Colours(theme.info_soft, edge, theme.ink)
    return _Colours(theme.surface, theme.line, theme.ink if tile.organisations else theme.mute)


def paint_large(painter: QPainter, box: QRectF, tile: Tile) -> None:
    """Number, count, whose it is, and how long the oldest item has waited."""
    theme, inner = current(), box.adjusted(roomy(9), roomy(6), -roomy(7), -roomy(5))
    side = scaled(24) if tile.waiting else 0
    line = scaled(18)
    top = QRectF(inner.left(), inner.top(), inner.width() - side, max(line, side))
    _write(painter, top, str(tile.number), desk_font(15, _BOLD), _colours(tile).number)
    if tile.waiting:
        mark = QRectF(inner.right() - side, inner.top(), side, side)
        _paint_count(painter, mark, tile)
    names = " · ".join(tile.short_names) or _("free")
    second = QRectF(inner.left(), top.bottom(), inner.width(), scaled(16))
    _write(painter, second, names, desk_font(12), theme.mute)
    if tile.waiting:
        _paint_age(painter, QRectF(inner.left(), second.bottom(), inner.width(), scaled(16)), tile)


def paint_small(painter: QPainter, box: QRectF, tile: Tile) -> None:
    """The number, heavy where something waits; in the corner a mark whose shape tells a notice from the rest."""
    font = desk_font(11, _BOLD if tile.waiting else QFont.Weight.Normal)
    font.setPixelSize(max(8, min(scaled(13), int(box.width() / 2.4), int(box.height() / 1.7))))
    painter.setFont(font)
    painter.setPen(QColor(_colours(tile).number if tile.waiting else current().mute))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(tile.number))
    if tile.waiting:
        side = max(5.0, box.height() / 4)
        corner = QRectF(box.right() - side - 2, box.top() + 2, side, side)
        _paint_shape(
            painter,
            corner,
            tile.age,
            current().bad if tile.notices else current().info,
            is_square=bool(tile.notices),
        )


def _paint_count(painter: QPainter, mark: QRectF, tile: Tile) -> None:
    """A disc with the count; a notice has a square one."""
    theme = current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.bad if tile.notices else theme.info))
    if tile.notices:
        painter.drawRoundedRect(mark, 5, 5)
    else:
        painter.drawEllipse(mark)
    painter.setPen(QColor(theme.on_tone))
    count = number(tile.waiting) if tile.waiting < 100 else "99+"  # noqa: PLR2004  two digits fit
    painter.setFont(desk_font(13 if tile.waiting < 10 else 11, _BOLD))  # noqa: PLR2004
    painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, count)


def _paint_age(painter: QPainter, room: QRectF, tile: Tile) -> None:
    """How old the oldest item is: a shape for the step it reached, and the days in words."""
    tone = age_tone(tile.age)
    ink = current().tone(tone)[0]
    words = days_words(tile.days)
    left = room.left()
    if tile.age:
        side = scaled(9)
        spot = QRectF(left, room.center().y() - side / 2, side, side)
        _paint_shape(painter, spot, tile.age, ink)
        left += side + 4
    rest = QRectF(left, room.top(), room.right() - left, room.height())
    _write(painter, rest, words, desk_font(12, _SEMI if tile.age else QFont.Weight.Normal), ink)


def _paint_shape(painter: QPainter, spot: QRectF, age: Age, ink: str, *, is_square: bool = False) -> None:
    """A dot from three days on, a triangle from seven, a diamond from thirty."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink))
    middle, top, low = spot.center(), spot.top(), spot.bottom()
    if is_square:
        painter.drawRect(spot)
    elif age is Age.DAYS_30:
        diamond = [QPointF(middle.x(), top), QPointF(spot.right(), middle.y())]
        diamond += [QPointF(middle.x(), low), QPointF(spot.left(), middle.y())]
        painter.drawPolygon(QPolygonF(diamond))
    elif age is Age.DAYS_7:
        painter.drawPolygon(QPolygonF([QPointF(middle.x(), top), spot.bottomRight(), spot.bottomLeft()]))
    else:
        painter.drawEllipse(spot)


def _write(painter: QPainter, room: QRectF, words: str, font: QFont, ink: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(ink))
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, _LEFT, shown)
