"""Booking by keyboard: arrows choose, Space takes hold, arrows move, Enter puts down, Escape lets be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from civicdesk.ui.widgets.timeline.hand import Grip, Spot
from civicdesk.ui.widgets.timeline.plan import Block, Row

if TYPE_CHECKING:
    from civicdesk.ui.widgets.timeline.view import Timeline

_HOUR = 60
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Keys:
    """What the keyboard does on a timeline."""

    def __init__(self, view: Timeline) -> None:
        self._view = view

    def press(self, event: QKeyEvent) -> bool:
        """Answer a key; False if it means nothing here."""
        key = Qt.Key(event.key())
        if self._view.hand.holds:
            self._in_hand(key, event.modifiers())
        elif key in _ARROWS:
            self._walk(*_ARROWS[key])
        elif key == Qt.Key.Key_Space:
            self._take()
        elif key in _ENTER:
            self._open()
        else:
            return False
        return True

    def _in_hand(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        """Shift pulls at the end, Alt at the beginning; alone the arrows move the whole."""
        view = self._view
        across, down = _ARROWS.get(key, (0, 0))
        count = len(view.plan.rows)
        if key == Qt.Key.Key_Escape:
            view.let_be()
        elif key in (*_ENTER, Qt.Key.Key_Space):
            view.put_down()
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            view.hand.step(longer=across, row_count=count)
        elif modifiers & Qt.KeyboardModifier.AltModifier:
            view.hand.step(earlier=-across, row_count=count)
        else:
            view.hand.step(by=across, rows=down, row_count=count)
        view.judge_ghost()
        view.follow_ghost()

    def _walk(self, across: int, down: int) -> None:
        """Sideways through a room and its bookings; up and down to what is nearest in time."""
        entry = self._view.chosen_entry()
        if entry is None:
            self._view.choose_place(0)
        elif across:
            self._view.choose_place(self._view.currentIndex().row() + across)
        else:
            self._walk_down(entry, down)

    def _walk_down(self, entry: Row | Block, down: int) -> None:
        view = self._view
        there = view.row_of(entry.row if isinstance(entry, Block) else entry.key) + down
        if not 0 <= there < len(view.plan.rows):
            return
        row = view.plan.rows[there]
        blocks = view.plan.by_row[row.key]
        if isinstance(entry, Row) or not blocks:
            view.choose_row(row.key)
        else:
            view.choose(min(blocks, key=lambda block: abs(block.start - entry.start)).key)

    def _take(self) -> None:
        view = self._view
        entry = view.chosen_entry()
        if isinstance(entry, Block) and not entry.is_fixed:
            row = view.row_of(entry.row)
            view.hand.take(entry, row, Grip.BODY, Spot(row, entry.start))
        elif isinstance(entry, Row):
            view.hand.draw(Spot(view.row_of(entry.key), self._first_free(entry)))
            view.hand.step(longer=_HOUR // view.hand.snap - 1, row_count=len(view.plan.rows))
        view.judge_ghost()
        view.follow_ghost()

    def _first_free(self, row: Row) -> int:
        """The first quarter from now, or from the left, at which the room is free for an hour."""
        plan, snap = self._view.plan, self._view.hand.snap
        begin = plan.stretches[0].begin
        start = _next_full(max(begin if plan.now is None else plan.now, begin), snap)
        for block in plan.by_row[row.key]:
            if block.start - block.setup < start + _HOUR and block.end + block.clear > start:
                start = _next_full(block.end + block.clear, snap)
        return start

    def _open(self) -> None:
        entry = self._view.chosen_entry()
        if isinstance(entry, Block):
            self._view.opened.emit(entry.key)
        elif entry is not None:
            self._view.row_opened.emit(entry.key)


def _next_full(minute: int, snap: int) -> int:
    return -(-minute // snap) * snap
