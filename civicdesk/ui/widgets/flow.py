"""A row that goes on in the next line when it is full."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QStyle, QWidget

_Line = list[tuple[QLayoutItem, QSize]]
_HIGHEST = 10_000


class FlowLayout(QLayout):
    """Lays widgets out like words in a paragraph, from the side where reading begins.

    With `grow` the widgets of a line share what is left of it.
    """

    def __init__(self, parent: QWidget | None = None, spacing: int = 8, *, grow: bool = False) -> None:
        super().__init__(parent)
        self._grow = grow
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, room: QRect) -> None:  # noqa: N802
        super().setGeometry(room)
        self._lay(room, move=True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lay(self, room: QRect, *, move: bool) -> int:
        """Place every widget, or only ask how high they would be."""
        y = 0
        for line in self._lines(room.width()):
            height = max(size.height() for _item, size in line)
            if move:
                self._place(line, QRect(room.left(), room.top() + y, room.width(), height), room)
            y += height + self.spacing()
        return max(0, y - self.spacing())

    def _lines(self, width: int) -> list[_Line]:
        """The widgets as they fall into lines of this width."""
        lines: list[_Line] = []
        left = -1
        for item in self._shown():
            size = item.sizeHint().boundedTo(QSize(max(width, item.minimumSize().width()), _HIGHEST))
            if left < size.width():
                lines.append([])
                left = width
            lines[-1].append((item, size))
            left -= size.width() + self.spacing()
        return lines

    def _place(self, line: _Line, strip: QRect, room: QRect) -> None:
        x = strip.left()
        for (item, size), width in zip(line, self._widths(line, strip.width()), strict=True):
            at = QRect(QPoint(x, strip.top()), QSize(width, size.height()))
            item.setGeometry(QStyle.visualRect(self._direction(), room, at))
            x += width + self.spacing()

    def _widths(self, line: _Line, width: int) -> list[int]:
        """As wide as each wants to be; growing ones fill the line, alike if all fit in an equal share."""
        wanted = [size.width() for _item, size in line]
        if not self._grow:
            return wanted
        room = width - self.spacing() * (len(line) - 1)
        share = room // len(line)
        widths = [share] * len(line) if share >= max(wanted) else wanted
        more, rest = divmod(max(0, room - sum(widths)), len(line))
        return [each + more + (at < rest) for at, each in enumerate(widths)]

    def _direction(self) -> Qt.LayoutDirection:
        owner = self.parentWidget()
        return owner.layoutDirection() if owner else Qt.LayoutDirection.LeftToRight


class FlowRow(QWidget):
    """Pills or buttons side by side, as many to a line as there is room for."""

    def __init__(self, widgets: Sequence[QWidget] = (), spacing: int = 8, *, grow: bool = False) -> None:
        super().__init__()
        self.flow = FlowLayout(self, spacing, grow=grow)
        for widget in widgets:
            self.flow.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Put another one at the end."""
        self.flow.addWidget(widget)
