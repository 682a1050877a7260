"""The card of what needs attention: its rows, and what is done from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from civicdesk.desk.today import Today
from civicdesk.text import language
from civicdesk.ui.one_tap import OneTap
from civicdesk.ui.pages.today.matters import ByHand, Matter, Step, matters
from civicdesk.ui.pages.today.room_deeds import RoomDeeds
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.matter_row import MatterRow
from civicdesk.ui.widgets.tone_icon import ToneIcon


class Attention(QObject):
    """Fills the card, and keeps a row as it is while it says the same: a finger may be on it."""

    wanted = Signal(str, object)  # where to, about what

    def __init__(self, rows: Card, deeds: RoomDeeds, tap: OneTap) -> None:
        super().__init__(rows)
        self._list, self._tap = rows, tap
        self._said: object = None
        self._deeds: Mapping[str, Callable[[object], None]] = {
            "take": deeds.take,
            "next": deeds.ask_next,
            "leave": deeds.leave,
            "quorum": deeds.quorum_met,
            "needed": deeds.needed,
        }

    def show(self, seen: Today, by_hand: Mapping[str, Sequence[ByHand]]) -> None:
        """Show what needs attention now."""
        found = matters(seen, by_hand)
        said = language(), [matter.said for matter in found]
        if said != self._said:
            self._said = said
            self._list.fill([self._row(matter) for matter in found])

    def _row(self, matter: Matter) -> QWidget:
        name = f"today_matter_{matter.icon}"
        if matter.steps:
            buttons = [self._button(step, matter) for step in matter.steps]
            return MatterRow(matter.icon, matter.tone, matter.title, matter.second, buttons, name=name)
        button = self._button(matter.button, matter) if matter.button else None
        lead = ToneIcon(matter.icon, matter.tone, size=42)
        row = ListRow(
            matter.title, matter.second, name=name, lead=lead, button=button, opens=bool(matter.act)
        )
        if matter.act:
            row.clicked.connect(partial(self._go, matter.act, matter.subject))
        else:
            row.setCursor(Qt.CursorShape.ArrowCursor)
        return row

    def _button(self, step: Step, matter: Matter) -> Button:
        suffix = f"_{matter.key}" if matter.key else ""
        button = Button(step.words, name=f"today_{step.act}{suffix}", role=step.role)
        button.setAccessibleName(step.spoken or step.words)
        button.clicked.connect(partial(self._go, step.act, matter.subject))
        return button

    def _go(self, act: str, subject: object, _on: bool = False) -> None:
        if self._tap.is_second():  # the next row came up under the finger
            return
        if act in self._deeds:
            self._deeds[act](subject)
        else:
            self.wanted.emit(act, subject)
