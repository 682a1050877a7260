"""A long list of people to tick off, quick with five hundred of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from civicdesk.text import _
from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.letters import desk_font
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.painted_line import END, paint_focus, paint_words
from civicdesk.ui.widgets.themed import Themed, named
from civicdesk.ui.widgets.touch import touch_list

_Index = QModelIndex | QPersistentModelIndex
_LINE = Qt.ItemDataRole.UserRole
_SEMI = QFont.Weight.DemiBold


class RollLine(Protocol):
    """What a line of the list has to say; without `visit_id` it cannot be ticked."""

    @property
    def key(self) -> object: ...
    @property
    def title(self) -> str: ...
    @property
    def second(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def visit_id(self) -> object: ...
    @property
    def is_heading(self) -> bool: ...
    @property
    def is_safe(self) -> bool: ...
    @property
    def tone(self) -> str: ...
    def spoken(self) -> str: ...


class RollModel(QAbstractListModel):
    """The lines as Qt asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[RollLine] = ()

    def show_lines(self, lines: Sequence[RollLine]) -> bool:
        """Show these; says whether other lines than before are shown."""
        if [line.key for line in lines] == [line.key for line in self.lines]:
            self.lines = lines
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return False
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()
        return True

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == _LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return line.title
        return line.spoken() if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        line = self.lines[index.row()] if index.isValid() else None
        if line is None or line.visit_id is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RollList(Themed, QListView):
    """People under headings; a tap, Space or Enter ticks a line and ticks it off again."""

    ticked = Signal(object)  # the line

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.roll = RollModel()
        self.setModel(self.roll)
        self.setItemDelegate(_Painting(self))
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._tick)
        named(self, name, "")
        touch_list(self)

    def show_lines(self, lines: Sequence[RollLine]) -> None:
        """Show these lines and stay where the reader is."""
        at = self.verticalScrollBar().value()
        row = self.currentIndex().row()
        if self.roll.show_lines(lines):
            self.doItemsLayout()
            self.setCurrentIndex(self.roll.index(min(row, len(lines) - 1)) if row >= 0 else QModelIndex())
            self.verticalScrollBar().setValue(at)

    def dress(self) -> None:
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tick(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _tick(self, index: QModelIndex) -> None:
        line = index.data(_LINE) if index.isValid() else None
        if line is not None and line.visit_id is not None:
            self.ticked.emit(line)


class _Painting(QStyledItemDelegate):
    """Draws a line: a round to tick, who it is, what is known, and the word for how it stands."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line: RollLine = index.data(_LINE)
        if line.is_heading:
            return QSize(roomy(100), roomy(24) + scaled(24))
        return QSize(roomy(100), roomy(20) + scaled(46 if line.second else 30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: RollLine = index.data(_LINE)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.is_heading:
            _paint_heading(painter, box, line)
        else:
            _paint_row(painter, box, line)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_HasFocus and line.visit_id is not None:
            paint_focus(painter, box)
        painter.restore()


def _paint_heading(painter: QPainter, box: QRect, line: RollLine) -> None:
    theme = current()
    strong, soft = theme.tone(line.tone)
    painter.fillRect(box, QColor(soft if line.tone else theme.canvas))
    room = box.adjusted(roomy(16), 0, -roomy(16), 0)
    ink = strong if line.tone else theme.ink
    end = paint_words(painter, room, line.note, desk_font(13, _SEMI), ink, where=END)
    paint_words(painter, room.adjusted(0, 0, -end - 12, 0), line.title, desk_font(15, QFont.Weight.Bold), ink)


def _paint_row(painter: QPainter, box: QRect, line: RollLine) -> None:
    theme = current()
    painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(theme.line))
    room = box.adjusted(roomy(16), 0, -roomy(16), -1)
    room.adjust(_paint_round(painter, room, line) + roomy(14), 0, 0, 0)
    room.adjust(0, 0, -_paint_state(painter, room, line) - roomy(14), 0)
    if line.note:
        room.adjust(
            0,
            0,
            -paint_words(painter, room, line.note, desk_font(), theme.ink, where=END) - roomy(14),
            0,
        )
    top, below = QRect(room), QRect(room)
    if line.second:
        top.setBottom(room.center().y() + scaled(1))
        below.setTop(room.center().y() + scaled(1))
        top.adjust(0, roomy(6), 0, 0)
        below.adjust(0, 0, 0, -roomy(6))
        second = theme.bad if line.tone == "bad" else theme.mute
        paint_words(painter, below, line.second, desk_font(13), second)
    paint_words(painter, top, line.title, desk_font(17, _SEMI), theme.ink)


def _paint_round(painter: QPainter, room: QRect, line: RollLine) -> int:
    theme, size = current(), roomy(32)
    at = QRect(room.left(), room.center().y() - size // 2, size, size)
    if line.is_safe or line.visit_id is None:
        strong, soft = theme.tone("ok" if line.is_safe else line.tone)
        painter.setPen(QPen(QColor(strong), 1))
        painter.setBrush(QColor(strong if line.is_safe else soft))
        painter.drawEllipse(at)
        inner = size * 5 // 8
        mark = "check" if line.is_safe else "users-round"
        ink = theme.on_tone if line.is_safe else strong
        painter.drawPixmap(
            at.center().x() - inner // 2 + 1, at.center().y() - inner // 2 + 1, pixmap(mark, ink, inner)
        )
    else:
        painter.setPen(QPen(QColor(theme.edge), 2))
        painter.setBrush(QColor(theme.surface))
        painter.drawEllipse(QRectF(at).adjusted(1, 1, -1, -1))
    return size


def _paint_state(painter: QPainter, room: QRect, line: RollLine) -> int:
    """The word for how it stands, on a soft ground; nothing for those who cannot be ticked."""
    if line.visit_id is None and not line.is_safe:
        return 0
    theme = current()
    word, tone = (_("Safe"), "ok") if line.is_safe else (_("Not seen yet"), "")
    font = desk_font(13, _SEMI)
    width = QFontMetrics(font).horizontalAdvance(word) + 2 * roomy(14)
    height = roomy(34)
    at = QRect(room.right() - width + 1, room.center().y() - height // 2, width, height)
    strong, soft = theme.tone(tone)
    painter.setPen(QPen(QColor(strong if theme.pill_edge or line.is_safe else theme.edge), 1))
    painter.setBrush(QColor(soft))
    painter.drawRoundedRect(QRectF(at).adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(QColor(strong))
    painter.drawText(at, Qt.AlignmentFlag.AlignCenter, word)
    return width
