"""How a line of the lists of visitors is drawn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from civicdesk.ui.pages.visitors.lines import Line
from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.letters import desk_font
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.painted_line import END, paint_focus, paint_words

LINE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_SEMI = QFont.Weight.DemiBold
_WIDE = 900  # from here on pills and notes stand beside the name


class Painting(QStyledItemDelegate):
    """Time, name with what is known under it, pills, a note and the button."""

    def __init__(self, parent: QObject, steps_height: Callable[[], int]) -> None:
        super().__init__(parent)
        self._steps_height = steps_height

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line: Line = index.data(LINE)
        if line.is_steps:
            return QSize(roomy(100), self._steps_height())
        if line.is_heading:
            return QSize(roomy(100), roomy(22) + scaled(22))
        return QSize(roomy(100), roomy(24) + scaled(44))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: Line = index.data(LINE)
        if line.is_steps:
            return
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.is_heading:
            _paint_heading(painter, box, line)
        else:
            _paint_line(painter, box, line)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, box)
        painter.restore()


def action_box(line: Line, box: QRect) -> QRect:
    """Where the button of a line stands; a finger may miss it a little."""
    width = QFontMetrics(desk_font(15, _SEMI)).horizontalAdvance(line.action)
    width += 2 * roomy(16) + scaled(20) + roomy(8)
    height = max(44, roomy(24) + scaled(20))
    return QRect(box.right() - roomy(16) - width, box.center().y() - height // 2, width, height)


def _paint_heading(painter: QPainter, box: QRect, line: Line) -> None:
    theme = current()
    painter.fillRect(box, QColor(theme.canvas))
    room = box.adjusted(roomy(16), 0, -roomy(16), 0)
    end = paint_words(painter, room, line.note, desk_font(13), theme.mute, where=END)
    paint_words(painter, room.adjusted(0, 0, -end - 12, 0), line.title, desk_font(15, _SEMI), theme.ink)


def _paint_line(painter: QPainter, box: QRect, line: Line) -> None:
    theme = current()
    painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(theme.line))
    room = box.adjusted(roomy(16), 0, -roomy(16), -1)
    _paint_lead(painter, room, line)
    if line.action:
        button = action_box(line, box)
        _paint_action(painter, button, line)
        room.setRight(button.left() - roomy(14))
    if box.width() >= scaled(_WIDE):
        _paint_note(painter, room, line)
        _paint_pills(painter, room, line)
        _paint_who(painter, room, line, line.second)
    else:
        _paint_marks(painter, room, line)
        known = (*(words for words, _tone, _icon in line.pills), line.note, line.second)
        _paint_who(painter, room, line, " · ".join(filter(None, known)))


def _paint_lead(painter: QPainter, room: QRect, line: Line) -> None:
    """The time, as wide in every line; and the mark of what came of it."""
    theme = current()
    font = desk_font(16, _SEMI)
    ink = theme.tone(line.lead_tone)[0] if line.lead_tone else theme.ink
    paint_words(painter, room, line.lead, font, ink)
    room.setLeft(room.left() + QFontMetrics(font).horizontalAdvance("00:00") + roomy(18))
    if line.icon:
        size = scaled(22)
        strong, _soft = theme.tone(line.icon_tone)
        painter.drawPixmap(room.left(), room.center().y() - size // 2, pixmap(line.icon, strong, size))
        room.setLeft(room.left() + size + roomy(14))


def _paint_action(painter: QPainter, at: QRect, line: Line) -> None:
    theme = current()
    ink = theme.on_primary if line.is_main else theme.ink
    painter.setPen(QPen(QColor(theme.primary if line.is_main else theme.edge), 1))
    painter.setBrush(QColor(theme.primary if line.is_main else theme.surface))
    painter.drawRoundedRect(QRectF(at).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
    size = scaled(20)
    left = at.left() + roomy(16)
    painter.drawPixmap(left, at.center().y() - size // 2, pixmap(line.action_icon, ink, size))
    words = at.adjusted(roomy(16) + size + roomy(8), 0, 0, 0)
    paint_words(painter, words, line.action, desk_font(15, _SEMI), ink)


def _paint_note(painter: QPainter, room: QRect, line: Line) -> None:
    if line.note:
        font = desk_font(14)
        width = max(scaled(84), QFontMetrics(font).horizontalAdvance(line.note))
        paint_words(painter, room, line.note, font, current().mute, where=END)
        room.setRight(room.right() - width - roomy(14))


def _paint_pills(painter: QPainter, room: QRect, line: Line) -> None:
    """From the end towards the name, never over half of the room."""
    least = room.left() + room.width() // 2
    for words, tone, icon in reversed(line.pills):
        width = _pill_width(words, icon)
        at = QRect(room.right() - width, room.center().y() - roomy(15), width, roomy(30))
        if at.left() < least:
            at.setLeft(least)
        _paint_pill(painter, at, words, tone, icon)
        room.setRight(at.left() - roomy(8))
        if at.left() <= least:
            break


def _paint_marks(painter: QPainter, room: QRect, line: Line) -> None:
    """Where there is no room for pills: who is late or needs something is still seen at a glance."""
    side = roomy(30)
    for _pill, tone, icon in reversed(line.pills):
        if icon and tone in ("warn", "info"):
            at = QRect(room.right() - side, room.center().y() - side // 2, side, side)
            _paint_ground(painter, at, tone)
            size = scaled(16)
            strong, _soft = current().tone(tone)
            corner = at.center() - QPoint(size // 2 - 1, size // 2 - 1)
            painter.drawPixmap(corner, pixmap(icon, strong, size))
            room.setRight(at.left() - roomy(8))


def _pill_width(words: str, icon: str) -> int:
    width = QFontMetrics(desk_font(13, _SEMI)).horizontalAdvance(words) + 2 * roomy(11) + 2
    return width + (scaled(16) + 6 if icon else 0)


def _paint_pill(painter: QPainter, at: QRect, words: str, tone: str, icon: str) -> None:
    _paint_ground(painter, at, tone)
    strong, _soft = current().tone(tone)
    inner = at.adjusted(roomy(11), 0, -roomy(11) + 2, 0)
    if icon:
        size = scaled(16)
        painter.drawPixmap(inner.left(), at.center().y() - size // 2 + 1, pixmap(icon, strong, size))
        inner.setLeft(inner.left() + size + 6)
    paint_words(painter, inner, words, desk_font(13, _SEMI), strong)


def _paint_ground(painter: QPainter, at: QRect, tone: str) -> None:
    theme = current()
    strong, soft = theme.tone(tone)
    painter.setPen(QPen(QColor(strong if theme.pill_edge else soft), 1))
    painter.setBrush(QColor(soft))
    painter.drawRoundedRect(QRectF(at).adjusted(0.5, 0.5, -0.5, -0.5), at.height() / 2, at.height() / 2)


def _paint_who(painter: QPainter, room: QRect, line: Line, second: str) -> None:
    theme = current()
    if not second:
        paint_words(painter, room, line.title, desk_font(15, _SEMI), theme.ink)
        return
    top, below = QRect(room), QRect(room)
    top.setTop(room.top() + roomy(9))
    top.setBottom(room.center().y() + scaled(1))
    below.setTop(room.center().y() + scaled(1))
    below.setBottom(room.bottom() - roomy(9))
    paint_words(painter, top, line.title, desk_font(15, _SEMI), theme.ink)
    paint_words(painter, below, second, desk_font(13), theme.mute)
