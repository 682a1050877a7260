"""A long list of visitors: a tap opens a line in place, its button acts at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from civicdesk.ui.pages.visitors.lines import Line, steps_under
from civicdesk.ui.pages.visitors.painting import LINE, Painting, action_box
from civicdesk.ui.widgets.themed import Themed, named
from civicdesk.ui.widgets.touch import touch_list

_Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PeopleModel(QAbstractListModel):
    """The lines as Qt asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[Line] = ()

    def show_lines(self, lines: Sequence[Line]) -> bool:
        """Show these; says whether other lines than before are shown."""
        if [line.key for line in lines] == [line.key for line in self.lines]:
            self.lines = lines
            if lines:
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
        said: dict[int, object] = {
            LINE: line,
            Qt.ItemDataRole.DisplayRole: line.title,
            Qt.ItemDataRole.ToolTipRole: line.spoken(),
            Qt.ItemDataRole.AccessibleTextRole: line.spoken(),
            Qt.ItemDataRole.AccessibleDescriptionRole: line.hint,
        }
        return said.get(role)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        line = self.lines[index.row()] if index.isValid() else None
        if line is None or line.is_steps:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class PeopleList(Themed, QListView):
    """A tap or Enter on a line opens it, or asks for the visitor; its button, or Space, acts at once.

    `steps` is the one widget that stands under the line that is open.
    """

    acted = Signal(object)  # the line whose button was pressed
    pressed_line = Signal(object)  # a line that opens nothing here
    opened = Signal(object)  # the line now open, or None

    def __init__(self, steps: QWidget, *, name: str) -> None:
        super().__init__()
        self.people = PeopleModel()
        self._lines: Sequence[Line] = ()
        self._open: object = None
        self._pressed_row = -1
        self.steps = steps
        steps.setParent(self.viewport())
        steps.hide()
        steps.installEventFilter(self)
        self.setModel(self.people)
        self.painting = Painting(self, self._steps_height)
        self.setItemDelegate(self.painting)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(lambda _at: self._place_steps())
        named(self, name, "")
        touch_list(self)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; what is open stays open and the reader stays where he is."""
        self._lines = lines
        opened = self.open_line()
        if opened is None:
            self._open = None
        self._lay_out_lines()
        self.opened.emit(opened)
        self._place_steps()

    def open_line(self) -> Line | None:
        """The line that is open."""
        return next((line for line in self._lines if self._open is not None and line.key == self._open), None)

    def close_line(self) -> None:
        """Nothing is open any more."""
        self._open = None
        self.show_lines(self._lines)

    def dress(self) -> None:
        self.scheduleDelayedItemsLayout()

    def tap(self, line: Line) -> None:
        """What a tap on a line does."""
        if line.opens:
            self._open = None if self._open == line.key else line.key
            self.show_lines(self._lines)
            self._see_all_steps()
        elif not line.is_heading and not line.is_steps:
            self.pressed_line.emit(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line: Line | None = self.currentIndex().data(LINE) if self.currentIndex().isValid() else None
        if line and event.key() in _ENTER:
            self.tap(line)
        elif line and line.action and event.key() == Qt.Key.Key_Space:
            self.acted.emit(line)
        elif event.key() == Qt.Key.Key_Escape and self._open is not None:
            self.close_line()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press that was not a scroll."""
        was = self._pressed_row
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index.row() == was:
            self._press(index, event)
        self._pressed_row = -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_row = self.indexAt(event.position().toPoint()).row()
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_steps()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place_steps()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.steps and event.type() == QEvent.Type.LayoutRequest:
            self.scheduleDelayedItemsLayout()
        return False

    def _press(self, index: QModelIndex, event: QMouseEvent) -> None:
        line: Line = index.data(LINE)
        if line.action and action_box(line, self.visualRect(index)).contains(event.position().toPoint()):
            self.acted.emit(line)
        else:
            self.tap(line)

    def _lay_out_lines(self) -> None:
        shown: list[Line] = []
        for line in self._lines:
            shown.append(line)
            if self._open is not None and line.key == self._open:
                shown.append(steps_under(line))
        at, current = self.verticalScrollBar().value(), self.currentIndex()
        key = self.people.lines[current.row()].key if current.isValid() else None
        row = current.row()
        if self.people.show_lines(shown):
            self.doItemsLayout()
            keys = [line.key for line in shown]
            again = keys.index(key) if key in keys else min(row, len(shown) - 1)
            self.setCurrentIndex(self.people.index(again) if row >= 0 else QModelIndex())
            self.verticalScrollBar().setValue(at)

    def _steps_row(self) -> QModelIndex | None:
        for row, line in enumerate(self.people.lines):
            if line.is_steps:
                return self.people.index(row)
        return None

    def _steps_height(self) -> int:
        width = self.viewport().width()
        layout = self.steps.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)
        return self.steps.sizeHint().height()

    def _place_steps(self) -> None:
        index = self._steps_row() if self._open is not None else None
        if index is None:
            self.steps.hide()
            return
        self.steps.setGeometry(self.visualRect(index))
        self.steps.show()

    def _see_all_steps(self) -> None:
        index = self._steps_row()
        if index is not None:
            self.scrollTo(index)
