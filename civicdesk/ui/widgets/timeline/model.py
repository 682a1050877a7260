"""The rooms and bookings of a timeline as Qt lists them, for the keyboard and for screen readers."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from civicdesk.ui.widgets.timeline.plan import Block, Plan, Row, wall

_Index = QModelIndex | QPersistentModelIndex


class TimelineModel(QAbstractListModel):
    """A room, then its bookings, earliest first; then the next room."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: Sequence[Row | Block] = ()
        self._places: dict[tuple[bool, Hashable], int] = {}

    def show_plan(self, plan: Plan) -> None:
        """Show these instead."""
        self.beginResetModel()
        entries: list[Row | Block] = []
        for row in plan.rows:
            entries += (row, *plan.by_row[row.key])
        self.entries = entries
        self._places = {(isinstance(one, Block), one.key): n for n, one in enumerate(self.entries)}
        self.endResetModel()

    def place(self, key: Hashable, *, is_block: bool) -> int:
        """Where a room or a booking stands in the list; -1 if it does not."""
        return self._places.get((is_block, key), -1)

    def entry(self, index: _Index) -> Row | Block | None:
        """What an index stands for."""
        return self.entries[index.row()] if index.isValid() and index.row() < len(self.entries) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entry(index)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return _spoken(entry)
        return None


def _spoken(entry: Row | Block) -> str:
    if isinstance(entry, Row):
        return entry.spoken or " · ".join(filter(None, (entry.title, entry.second)))
    times = f"{wall(entry.start)}–{wall(entry.end)}"
    said = entry.spoken or (entry.title, entry.second, entry.count)
    return " · ".join(filter(None, (times, *said)))
