"""What a plot shows: marks, each with its value or why it has none, as Qt lists them for keys and screen readers."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

_Index = QModelIndex | QPersistentModelIndex
NOTHING = "—"


class Kind(Enum):
    """How a mark is filled; never by colour alone, so that it survives grey and weak eyes."""

    SEEN = "seen"  # solid
    BOOKED = "booked"  # an outline: it was only booked, or lies ahead
    CLOSED = "closed"  # hatched
    MISSING = "missing"  # a dash


@dataclass(frozen=True)
class Mark:
    """One cell, bar or point. `value` is how long or dark it is, `words` what is written, `spoken` all of it.

    `usual` is what it is compared with, `usual_words` the same in words; `second` is a line beneath the label. A mark
    with nothing behind it does not `open`.
    """

    key: Hashable
    label: str = ""
    value: float | None = None
    words: str = ""
    spoken: str = ""
    usual: float | None = None
    usual_words: str = ""
    second: str = ""
    kind: Kind = Kind.SEEN
    tone: str = "primary"
    opens: bool = True

    @property
    def said(self) -> str:
        """What is written at it: its figure, or a dash where there is none."""
        return self.words or (NOTHING if self.value is None else "")


class MarkModel(QAbstractListModel):
    """The marks in reading order."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: Sequence[Mark] = ()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show these instead."""
        is_same = [mark.key for mark in marks] == [mark.key for mark in self.marks]
        if not is_same:
            self.beginResetModel()
        self.marks = marks
        if not is_same:
            self.endResetModel()
        elif marks:
            self.dataChanged.emit(self.index(0), self.index(len(marks) - 1))

    def mark(self, index: _Index) -> Mark | None:
        """What an index stands for."""
        return self.marks[index.row()] if index.isValid() and index.row() < len(self.marks) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.marks)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        mark = self.mark(index)
        if mark is None:
            return None
        spoken = mark.spoken or " · ".join(filter(None, (mark.label, mark.said)))
        said: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: mark.said,
            Qt.ItemDataRole.AccessibleTextRole: spoken,
            Qt.ItemDataRole.ToolTipRole: spoken,
        }
        return said.get(role)
