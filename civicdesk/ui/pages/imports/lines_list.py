"""The rows of a file, each with what would become of it and a tick; quick with twenty thousand."""

from __future__ import annotations

from collections.abc import Sequence

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
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from civicdesk.ui.pages.imports.subject import Line, Subject
from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.letters import desk_font
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.painted_line import paint_focus, paint_words
from civicdesk.ui.widgets.themed import Themed, named
from civicdesk.ui.widgets.touch import touch_list

_Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole
_SEMI = QFont.Weight.DemiBold
_WIDE = 620  # from here on the day stands beside the title, and the verdict has its word


class LinesModel(QAbstractListModel):
    """The rows that are shown, and which of all are ticked, by their place in the file."""

    ticks_changed = Signal()

    def __init__(self, subject: Subject) -> None:
        super().__init__()
        self._subject = subject
        self.lines: Sequence[tuple[int, Line]] = ()
        self.ticked: set[int] = set()
        self.takes_overridable = False

    def show_lines(self, lines: Sequence[tuple[int, Line]]) -> None:
        """Show these, each with its number among all."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def may_tick(self, line: Line) -> bool:
        """Whether a row can be taken in, as things stand or with the reason that was given."""
        return line.can_be_taken and (not line.is_overridable or self.takes_overridable)

    def tick(self, index: _Index) -> None:
        """Tick a row, or take its tick away."""
        number, line = self.lines[index.row()]
        if self.may_tick(line):
            self.ticked ^= {number}
            self.dataChanged.emit(index, index)
            self.ticks_changed.emit()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        number, line = self.lines[index.row()]
        is_ticked = number in self.ticked
        if role == _ROW:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return self._subject.title_of(line)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._subject.spoken(line, is_ticked=is_ticked)
        if role == Qt.ItemDataRole.CheckStateRole and self.may_tick(line):
            return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and self.may_tick(self.lines[index.row()][1]):
            return plain | Qt.ItemFlag.ItemIsUserCheckable
        return plain


class LinesList(Themed, QListView):
    """A tap, Space or Enter ticks a row and ticks it off again; what cannot be taken in says why instead."""

    def __init__(self, subject: Subject, *, name: str) -> None:
        super().__init__()
        self.rows = LinesModel(subject)
        self.setModel(self.rows)
        self.setItemDelegate(_Painting(self, subject))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._tick)
        named(self, name, "")
        touch_list(self)

    def dress(self) -> None:
        self.scheduleDelayedItemsLayout()

    @property
    def is_wide(self) -> bool:
        """Whether the words before a row have a column of their own."""
        return self.viewport().width() >= scaled(_WIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # rows are higher in a narrow list

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tick(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _tick(self, index: QModelIndex) -> None:
        if index.isValid():
            self.rows.tick(index)


class _Painting(QStyledItemDelegate):
    """Draws a row: tick, two words, what it is and what of it or why not; the verdict by word, shape and colour."""

    def __init__(self, owner: LinesList, subject: Subject) -> None:
        super().__init__(owner)
        self._list, self._subject = owner, subject

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(roomy(100), roomy(22) + scaled(46 if self._list.is_wide else 68))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: Line = index.data(_ROW)
        box: QRect = option.rect
        checked = index.data(Qt.ItemDataRole.CheckStateRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(current().line))
        room = box.adjusted(roomy(16), 0, -roomy(16), -1)
        room.setLeft(
            _paint_tick(painter, room, None if checked is None else checked == Qt.CheckState.Checked)
        )
        is_wide = self._list.is_wide
        room.setRight(_paint_verdict(painter, room, self._subject.verdict(line.verdict), is_wide=is_wide))
        if is_wide:
            room.setLeft(self._paint_lead(painter, room, line))
        self._paint_what(painter, room, line, is_wide=is_wide)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, box)
        painter.restore()

    def _paint_lead(self, painter: QPainter, room: QRect, line: Line) -> int:
        """Two words one over the other, as wide in every row; returns where the rest begins."""
        theme = current()
        width = QFontMetrics(desk_font(15, _SEMI)).horizontalAdvance(self._subject.lead_room)
        first, second = self._subject.lead_of(line)
        top, below = _lines(QRect(room.left(), room.top(), width, room.height()), 2)
        paint_words(painter, top, first, desk_font(15, _SEMI), theme.ink)
        paint_words(painter, below, second, desk_font(14), theme.mute)
        return room.left() + width + roomy(8)

    def _paint_what(self, painter: QPainter, room: QRect, line: Line, *, is_wide: bool) -> None:
        theme = current()
        tone = self._subject.verdict(line.verdict)[1]
        ink = theme.tone(tone)[0] if line.why and tone else theme.mute
        lead = " · ".join(filter(None, self._subject.lead_of(line)))
        said = [
            (self._subject.title_of(line), desk_font(16, _SEMI), theme.ink),
            *([] if is_wide else [(lead, desk_font(14), theme.ink)]),
            (self._subject.second_of(line), desk_font(14), ink),
        ]
        for strip, (what, font, colour) in zip(_lines(room, len(said)), said, strict=True):
            paint_words(painter, strip, what, font, colour)


def _paint_tick(painter: QPainter, room: QRect, is_ticked: bool | None) -> int:
    """The box of the tick, nothing for what cannot be taken in; returns where the words begin."""
    theme, size = current(), roomy(26)
    at = QRectF(room.left(), room.center().y() - size / 2, size, size)
    if is_ticked is not None:
        painter.setPen(QPen(QColor(theme.primary if is_ticked else theme.edge), 2))
        painter.setBrush(QColor(theme.primary if is_ticked else theme.surface))
        painter.drawRoundedRect(at.adjusted(1, 1, -1, -1), 7, 7)
        if is_ticked:
            inner = size * 5 // 8
            spot = at.center().toPoint()
            painter.drawPixmap(
                spot.x() - inner // 2, spot.y() - inner // 2, pixmap("check", theme.on_primary, inner)
            )
    return room.left() + size + roomy(14)


def _paint_verdict(painter: QPainter, room: QRect, said: tuple[str, str, str], *, is_wide: bool) -> int:
    """The pill at the end of the row; returns where it begins."""
    theme, font = current(), desk_font(13, _SEMI)
    whole, tone, shape = said
    strong, soft = theme.tone(tone)
    word = whole if is_wide else ""
    size, side = scaled(16), roomy(12)
    width = 2 * side + size + (QFontMetrics(font).horizontalAdvance(word) + 6 if word else 0)
    height = roomy(32)
    at = QRect(room.right() - width + 1, room.center().y() - height // 2, width, height)
    painter.setPen(QPen(QColor(strong if theme.pill_edge else soft), 1))
    painter.setBrush(QColor(soft))
    painter.drawRoundedRect(QRectF(at).adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2)
    icon = pixmap(shape, strong, size)
    painter.drawPixmap(at.left() + side, at.center().y() - size // 2 + 1, icon)
    paint_words(painter, at.adjusted(side + size + 6, 0, 0, 0), word, font, strong)
    return at.left() - roomy(14)


def _lines(room: QRect, count: int) -> list[QRect]:
    """The lines of a row, one under the other."""
    inner = room.adjusted(0, roomy(8), 0, -roomy(8))
    high = inner.height() // count
    return [QRect(inner.left(), inner.top() + at * high, inner.width(), high) for at in range(count)]
