"""Step three: the rooms, and how many fit into the building."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout
from sqlalchemy.orm import Session

from civicdesk.desk import centre, rooms, setup
from civicdesk.models import Room
from civicdesk.text import _, ngettext, number
from civicdesk.ui.first_start.step import Step
from civicdesk.ui.first_start.swatches import COLOURS, Dot, Swatches
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button, IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import FieldLabel, LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import ElidedLabel
from civicdesk.ui.widgets.pressable import Pressable
from civicdesk.ui.widgets.stepper import Stepper
from civicdesk.ui.widgets.themed import named

_USUAL_PEOPLE = 20


class RoomsStep(Step):
    """A form for one room and the list of those there are; every room is kept as soon as it is added."""

    key: ClassVar[str] = "rooms"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._editing: Room | None = None
        self._rooms: Sequence[Room] = ()
        self._has_own_capacity = False
        self._make_form()
        self.list = Card(name="setup_rooms_list")
        self.capacity = Stepper("", name="setup_rooms_capacity", highest=setup.MOST_PEOPLE, value=100)
        self.capacity_words = FieldLabel("", self.capacity)
        self._build()
        self.setFocusProxy(self.name)
        self.retranslate()

    def _make_form(self) -> None:
        self.name = text_field("", name="setup_room_name")
        self.zone = text_field("", name="setup_room_zone")
        self.people = Stepper("", name="setup_room_size", highest=rooms.MOST_PEOPLE, value=_USUAL_PEOPLE)
        self.fields = [LabelledField("", part) for part in (self.name, self.zone, self.people)]
        self.colour = Swatches(name="setup_room_colour")
        self.add = Button("", "plus", name="setup_room_add", role="primary")
        self.cancel = Button("", name="setup_room_cancel", role="quiet")

    def _build(self) -> None:
        form = Card(name="setup_room_form", padded=True)
        for field, width in zip(self.fields, (250, 180, 160), strict=True):
            field.setMinimumWidth(roomy(width))
        form.add(FlowRow(self.fields, spacing=12, grow=True))
        form.add(FlowRow([self.colour, self.add, self.cancel], spacing=12))
        building = QHBoxLayout()
        building.addWidget(self.capacity_words, 1)
        building.addWidget(self.capacity)
        self.column.addWidget(form)
        self.column.addWidget(self.list)
        self.column.addLayout(building)
        self.column.addStretch(1)
        self.add.clicked.connect(self._keep_room)
        self.cancel.clicked.connect(self._clear)
        self.name.returnPressed.connect(self._keep_room)

    def heading(self) -> tuple[str, str]:
        return _("The rooms"), _("Visitors are sent to a room; the evacuation list goes room by room.")

    def retranslate(self) -> None:
        for field, words in zip(
            self.fields, (_("Room"), _("Zone or floor"), _("People at most")), strict=True
        ):
            field.set_words(words)
        self.colour.setAccessibleName(_("Colour"))
        self.cancel.setText(_("Cancel"))
        self.capacity_words.setText(_("So many people may be in the building at once"))
        self.capacity.setAccessibleName(_("So many people may be in the building at once"))
        self._show_form()
        self._fill()

    def load(self) -> None:
        def look(session: Session) -> tuple[Sequence[Room], int | None]:
            found = setup.found(session)
            return centre.rooms(session), found.capacity if found else None

        self.runner.read(look, self._show)

    def save(self) -> None:
        use_case = partial(setup.save_rooms, capacity=self.capacity.value(), at=self.runner.at())
        self.runner.now(use_case, self.kept, self.refuse)

    def _show(self, kept: tuple[Sequence[Room], int | None]) -> None:
        self._rooms = kept[0]
        if kept[1] and not self._has_own_capacity:
            self.capacity.set_value(kept[1])
            self._has_own_capacity = True
        self._fill()

    def _fill(self) -> None:
        count = len(self._rooms)
        self.list.setVisible(bool(count))
        self.list.set_title(ngettext("{count} room", "{count} rooms", count).format(count=number(count)))
        self.list.fill([self._row(at, room) for at, room in enumerate(self._rooms)])

    def _row(self, at: int, room: Room) -> RoomLine:
        row = RoomLine(room, at)
        row.clicked.connect(lambda: self._edit(room))
        row.up.setEnabled(at > 0)
        row.down.setEnabled(at < len(self._rooms) - 1)
        row.up.clicked.connect(lambda: self._write(partial(rooms.move, room_id=room.id, steps=-1)))
        row.down.clicked.connect(lambda: self._write(partial(rooms.move, room_id=room.id, steps=1)))
        row.remove.clicked.connect(lambda: self._remove(room))
        return row

    def _write(self, use_case: Callable[..., object]) -> None:
        self.runner.now(partial(use_case, at=self.runner.at()), lambda _row: self._written(), self.refuse)

    def _written(self) -> None:
        self.banner.clear()
        self._clear()
        self.load()

    def _remove(self, room: Room) -> None:
        self._write(partial(rooms.remove, room_id=room.id))
        if room.id not in {left.id for left in self._rooms}:
            back = partial(self._write, partial(rooms.restore, room_id=room.id))
            words = _("The room “{room}” was removed.").format(room=room.name)
            self.banner.show_refusal(words, (_("Undo"), back), tone="ok")

    def _keep_room(self) -> None:
        face = rooms.Face(
            name=self.name.text(),
            zone=self.zone.text(),
            capacity=self.people.value(),
            colour=self.colour.value(),
        )
        if self._editing:
            self._write(partial(rooms.change, room_id=self._editing.id, **face))
        else:
            self._write(partial(rooms.add, **face))

    def _edit(self, room: Room) -> None:
        self._editing = room
        self.name.setText(room.name)
        self.zone.setText(room.zone)
        self.people.set_value(room.capacity)
        self.colour.set_value(room.colour)
        self._show_form()
        self.name.setFocus()

    def _clear(self) -> None:
        """Ready for the next room; its zone is probably the same."""
        self._editing = None
        self.name.clear()
        used = {room.colour for room in self._rooms}
        self.colour.set_value(next((colour for colour in COLOURS if colour not in used), COLOURS[0]))
        self._show_form()

    def _show_form(self) -> None:
        self.add.setText(_("Keep the change") if self._editing else _("Add the room"))
        self.add.set_icon("check" if self._editing else "plus")
        self.cancel.setVisible(self._editing is not None)


class RoomLine(Pressable):
    """A room in the list: pressing it opens it in the form; beside it up, down and remove."""

    def __init__(self, room: Room, at: int) -> None:
        super().__init__("row", opens=True)
        self.up = IconButton("chevron-up", _("Move up"), name=f"setup_room_{at}_up", role="step")
        self.down = IconButton("chevron-down", _("Move down"), name=f"setup_room_{at}_down", role="step")
        self.remove = IconButton("trash-2", _("Remove"), name=f"setup_room_{at}_remove", role="step")
        holds = ngettext("{count} person", "{count} people", room.capacity)
        second = " · ".join(filter(None, (room.zone, holds.format(count=number(room.capacity)))))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(ElidedLabel(room.name, "strong"))
        words.addWidget(ElidedLabel(second, "second"))
        row = QHBoxLayout(self)
        row.setContentsMargins(roomy(16), 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(Dot(room.colour), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        for button in (self.up, self.down, self.remove):
            row.addWidget(button)
        named(self, f"setup_room_{at}", f"{room.name}, {second}")
