"""A month at a glance: six weeks of days, each with what is on; a tap opens the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from civicdesk.text import _, day, ngettext
from civicdesk.ui.theme.letters import desk_font
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.themed import Themed, named

_Index = QModelIndex | QPersistentModelIndex
_CELL = Qt.ItemDataRole.UserRole
_SEMI = QFont.Weight.DemiBold
_DAYS = 7
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight) | int(Qt.TextFlag.TextSingleLine)
_FIRST_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True)
class DayCell:
    """A day of the grid. `lines` are tone and words of what is on, earliest first; `count` is how many in all."""

    on: date
    lines: tuple[tuple[str, str], ...] = ()
    count: int = 0
    is_outside: bool = False
    is_today: bool = False
    closed: str = ""

    def spoken(self) -> str:
        """The day as a screen reader says it."""
        said = ngettext("{} booking", "{} bookings", self.count).format(self.count) if self.count else ""
        return " · ".join(filter(None, (day(self.on), self.closed, said)))


class MonthModel(QAbstractTableModel):
    """Weeks down, days across, Monday first."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: Sequence[DayCell] = ()

    def show_cells(self, cells: Sequence[DayCell]) -> None:
        """Show whole weeks of days, the first a Monday."""
        is_as_long = len(cells) == len(self.cells)
        if not is_as_long:
            self.beginResetModel()
        self.cells = cells
        if not is_as_long:
            self.endResetModel()
        elif cells:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, _DAYS - 1))

    def cell(self, index: _Index) -> DayCell | None:
        """The day at an index."""
        place = index.row() * _DAYS + index.column()
        return self.cells[place] if index.isValid() and place < len(self.cells) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.cells) // _DAYS

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else _DAYS

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.cell(index)
        if cell is None:
            return None
        said: dict[int, object] = {
            _CELL: cell,
            Qt.ItemDataRole.DisplayRole: str(cell.on.day),
            Qt.ItemDataRole.AccessibleTextRole: cell.spoken(),
        }
        return said.get(role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return day(_FIRST_MONDAY.replace(day=1 + section), "EEE")


class MonthGrid(Themed, QTableView):
    """Tap or Enter opens a day."""

    day_opened = Signal(object)  # date

    def __init__(self, *, name: str, spoken: str = "", is_small: bool = False) -> None:
        super().__init__()
        named(self, name, spoken)
        self.setProperty("small", is_small)
        self._model = MonthModel()
        self.setModel(self._model)
        self.setItemDelegate(_Painting(self, is_small=is_small))
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        if is_small:
            self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setMinimumSectionSize(1)
        self.horizontalHeader().setSectionsClickable(False)
        self.clicked.connect(self._open)

    def show_cells(self, cells: Sequence[DayCell]) -> None:
        """Show whole weeks of days, the first a Monday."""
        self._model.show_cells(cells)
        self.viewport().update()

    def mark_day(self, on: date) -> None:
        """Let the keyboard begin at this day."""
        place = next((n for n, cell in enumerate(self._model.cells) if cell.on == on), 0)
        self.setCurrentIndex(self._model.index(*divmod(place, _DAYS)))

    def retranslate(self) -> None:
        self._model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _DAYS - 1)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if cell := self._model.cell(index):
            self.day_opened.emit(cell.on)


class _Painting(QStyledItemDelegate):
    """A day: its number, why it is closed, and as many lines of what is on as fit; a small one is its number."""

    def __init__(self, parent: QTableView, *, is_small: bool) -> None:
        super().__init__(parent)
        self._is_small = is_small

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        cell: DayCell = index.data(_CELL)
        box = QRectF(option.rect)
        theme = current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, QColor(theme.canvas if cell.is_outside else theme.surface))
        if cell.closed:
            painter.fillRect(box, QBrush(QColor(theme.line), Qt.BrushStyle.BDiagPattern))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(theme.line))
        painter.fillRect(QRectF(box.right() - 1, box.top(), 1, box.height()), QColor(theme.line))
        inner = box.adjusted(roomy(8), roomy(6), -roomy(8), -roomy(4))
        top = self._number(painter, cell, inner)
        self._lines(painter, cell, QRectF(inner.left(), top, inner.width(), inner.bottom() - top))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(theme.primary), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(2, 2, -3, -3), 8, 8)
        painter.restore()

    def _number(self, painter: QPainter, cell: DayCell, inner: QRectF) -> float:
        theme, font = current(), desk_font(15, _SEMI)
        side = scaled(26)
        spot = QRectF(inner.left(), inner.top(), side, side)
        if self._is_small:
            side = scaled(34)
            spot = QRectF(0, 0, side, side)
            spot.moveCenter(inner.center())
        ink = theme.mute if cell.is_outside else theme.ink
        if cell.is_today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.primary))
            painter.drawEllipse(spot)
            ink = theme.on_primary
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, str(cell.on.day))
        if cell.closed:
            rest = QRectF(spot.right() + 4, spot.top(), inner.right() - spot.right() - 4, side)
            _write(painter, rest, cell.closed, desk_font(12), theme.mute, _RIGHT)
        return spot.bottom() + 3

    def _lines(self, painter: QPainter, cell: DayCell, room: QRectF) -> None:
        theme, high = current(), scaled(19) + 2
        fits = int(room.height() // high)
        shown = cell.lines[: fits if cell.count <= fits else max(fits - 1, 0)]
        for place, (tone, words) in enumerate(shown):
            strong, soft = theme.tone(tone)
            line = QRectF(room.left(), room.top() + place * high, room.width(), high - 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(soft))
            painter.drawRoundedRect(line, 5, 5)
            _write(painter, line.adjusted(6, 0, -4, 0), words, desk_font(12), strong, _LEFT)
        left = cell.count - len(shown)
        if left and fits:
            line = QRectF(room.left(), room.top() + len(shown) * high, room.width(), high - 2)
            words = _("{} more").format(left) if shown else str(left)
            _write(painter, line.adjusted(6, 0, -4, 0), words, desk_font(12, _SEMI), theme.mute, _LEFT)


def _write(painter: QPainter, room: QRectF, words: str, font: QFont, ink: str, where: int) -> None:  # noqa: PLR0917
    painter.setFont(font)
    painter.setPen(QColor(ink))
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, where, shown)
