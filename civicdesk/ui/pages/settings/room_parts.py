"""A room that can be divided: its parts, or the room of which it is a part."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from civicdesk.models import Booking, Room
from civicdesk.text import _, ngettext, number
from civicdesk.ui.pages.settings.in_the_way import InTheWay
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.choice import ChoiceField
from civicdesk.ui.widgets.fields import LabelledField
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.refusal_banner import RefusalBanner


class PartsCard(Card):
    """Whoever books the whole room has all its parts; whoever books a part leaves the others free."""

    part_wanted = Signal(object)  # Room that becomes a part of this one
    apart_wanted = Signal(object)  # Room that becomes one of its own

    def __init__(self) -> None:
        super().__init__(name="room_parts", padded=True)
        self.room: Room | None = None
        self._whole: Room | None = None
        self._others: dict[object, Room] = {}
        self.lead = label("", "second", wrap=True)
        self.banner, self.in_the_way = RefusalBanner(name="parts_banner"), InTheWay("parts_in_the_way")
        self.list = Card(name="parts_list")
        self.list.setProperty("kind", "column")
        self.other = ChoiceField("", name="part_choice")
        self._other = LabelledField("", self.other)
        self.make_part = Button("", "plus", name="part_add", role="primary")
        self._adding = FlowRow([self._other], grow=True)
        self._steps = FlowRow([self.make_part])
        for part in (self.lead, self.banner, self.in_the_way, self.list, self._adding, self._steps):
            self.add(part)
        self.make_part.clicked.connect(self._add)
        self.retranslate()

    def begin(self) -> None:
        """Another room is shown."""
        self.banner.clear()
        self.in_the_way.clear()

    def show_room(self, room: Room, rooms: Sequence[Room]) -> None:
        """Show how this room is divided, among all rooms."""
        self.room = room
        self._whole = next((each for each in rooms if each.id == room.part_of_id), None)
        parts = [each for each in rooms if each.part_of_id == room.id]
        wholes = {each.part_of_id for each in rooms}
        free = [each for each in rooms if each.part_of_id is None and each.id not in {room.id, *wholes}]
        self._others = {each.id.hex: each for each in free}
        self.other.set_choices([(key, each.name) for key, each in self._others.items()])
        may_add = self._whole is None and bool(free)
        self._adding.setVisible(may_add)
        self._steps.setVisible(may_add)
        self._fill(parts)
        self._lead(parts)

    def refuse(self, sentence: str, bookings: Sequence[Booking]) -> None:
        """Say why not, with what stands in the way."""
        self.banner.show_refusal(sentence)
        self.in_the_way.show_bookings(bookings)

    def retranslate(self) -> None:
        self.set_title(_("Divided room"))
        self._other.set_words(_("A room that is a part of this one"))
        self.make_part.setText(_("Make it a part"))

    def _lead(self, parts: Sequence[Room]) -> None:
        if self._whole is not None:
            words = _("This room is a part of “{}”. Whoever books the whole has this part too.")
            self.lead.setText(words.format(self._whole.name))
        elif parts:
            words = ngettext(
                "Whoever books this room has its part too.",
                "Whoever books this room has all its {} parts; whoever books one leaves the others free.",
                len(parts),
            )
            self.lead.setText(words.format(number(len(parts))))
        else:
            self.lead.setText(
                _("A room with a folding wall is booked whole or by its parts. It has none now.")
            )

    def _fill(self, parts: Sequence[Room]) -> None:
        shown = [self.room] if self._whole is not None and self.room is not None else parts
        rows: list[QWidget] = [self._row(part) for part in shown]
        self.list.fill(rows)
        self.list.setVisible(bool(rows))

    def _row(self, part: Room) -> ListRow:
        button = Button(_("Make it a room of its own"), name=f"part_apart_{part.id.hex}")
        button.setAccessibleName(f"{part.name}: {button.words()}")
        people = ngettext("{} person", "{} people", part.capacity).format(number(part.capacity))
        row = ListRow(part.name, people, name=f"part_{part.id.hex}", button=button)
        row.action_wanted.connect(partial(self.apart_wanted.emit, part))
        return row

    def _add(self) -> None:
        other = self._others.get(self.other.value())
        if other is not None:
            self.part_wanted.emit(other)
        else:
            self.banner.show_refusal(_("Choose the room first."), tone="warn")
