"""The rooms of the centre, one at a time: what each is, how it is set up, what is in it, its parts. For managers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from sqlalchemy.orm import Session

from civicdesk.database import Changes
from civicdesk.desk import calendar, centre, furnishing, rooms, seats
from civicdesk.desk.seats import Seat
from civicdesk.errors import Refusal
from civicdesk.models import Booking, Equipment, Layout, Room, WorkSeat
from civicdesk.text import _, ngettext, number
from civicdesk.ui.booking_words import class_words
from civicdesk.ui.pages.settings.equipment_card import EquipmentCard
from civicdesk.ui.pages.settings.room_form import RoomForm
from civicdesk.ui.pages.settings.room_layouts import LayoutsCard
from civicdesk.ui.pages.settings.room_parts import PartsCard
from civicdesk.ui.pages.settings.seats_card import SeatsCard
from civicdesk.ui.pages.settings.section import Section
from civicdesk.ui.runner import Runner, UseCase
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.themed import Themed

_SHOWN = 200


@dataclass(frozen=True)
class Furnished:
    """What the section shows: all rooms, what is counted, and of the open room how it is set up."""

    rooms: Sequence[Room]
    equipment: Sequence[Equipment]
    seats: dict[str, int] = field(default_factory=dict)
    named: Sequence[Seat] = ()


class RoomsSection(Section):
    """A list of rooms; pressing one opens it, with everything that belongs to it, in place of the list."""

    watches: ClassVar[Changes] = frozenset({Room, Layout, Equipment, WorkSeat})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "settings_rooms")
        self.new = Button("", "plus", name="rooms_new", role="primary")
        self.to_list = Button("", "arrow-left", name="rooms_all")
        self.form, self.form_card = RoomForm(), Card(name="rooms_form", padded=True)
        self.form_card.add(self.form)
        self.layouts, self.parts, self.named = LayoutsCard(), PartsCard(), SeatsCard(runner)
        self.inside = EquipmentCard(runner, name="room_equipment")
        self.list = Card(name="rooms_list", action=self.new)
        self.carried = EquipmentCard(runner, name="carried_equipment")
        self._head = FlowRow([self.to_list])
        self._of_room = (self.named, self.layouts, self.inside, self.parts)
        for part in (self._head, self.form_card, *self._of_room, self.list, self.carried):
            self.add(part)
        self._open(None, is_list=True)
        self._connect()
        self.retranslate()

    def refresh(self) -> None:
        room = self.form.room

        def look(session: Session) -> Furnished:
            found = centre.rooms(session), furnishing.equipment(session)
            if room is None:
                return Furnished(*found)
            return Furnished(*found, furnishing.seats(session, room.id), seats.of_room(session, room.id))

        self.runner.read(look, then=self._show)

    def retranslate(self) -> None:
        self.set_heading(_("Rooms"), _("Press a room to change it; the order is that of every list."))
        self.new.setText(_("New room"))
        self.to_list.setText(_("All rooms"))
        for part in (self.form, self.inside, self.carried, self.layouts, self.parts, self.named):
            part.retranslate()
        self._title_form()

    def begin(self, room: Room | None = None) -> None:
        """Write a room, or a new one."""
        self._open(room)
        self.form.name.setFocus()
        self.area.verticalScrollBar().setValue(0)

    def close_room(self) -> None:
        """Back to the list."""
        self._open(None, is_list=True)

    def _open(self, room: Room | None, *, is_list: bool = False) -> None:
        self.banner.clear()
        self.form.show_room(room)
        self._title_form()
        self._head.setVisible(not is_list)
        self.form_card.setVisible(not is_list)
        for card in self._of_room:
            card.setVisible(room is not None and (card is not self.named or room.is_work_area))
        for part in (self.list, self.carried):
            part.setVisible(is_list)
        if room is not None:
            self.inside.begin(room)
            self.named.begin(room)
            self.parts.begin()
            self.layouts.begin({}, room.capacity)
        self.refresh_now()

    def _connect(self) -> None:
        self.new.clicked.connect(lambda _on=False: self.begin())
        self.to_list.clicked.connect(self.close_room)
        self.form.save.clicked.connect(self._save)
        self.form.cancel.clicked.connect(self.close_room)
        self.form.remove.clicked.connect(self._remove)
        self.form.up.clicked.connect(partial(self._move, -1))
        self.form.down.clicked.connect(partial(self._move, 1))
        self.layouts.wanted.connect(self._set_layouts)
        self.parts.part_wanted.connect(lambda part: self._divide(part, self.form.room))
        self.parts.apart_wanted.connect(lambda part: self._divide(part, None))

    def _show(self, found: Furnished) -> None:
        count = len(found.rooms)
        self.list.set_title(ngettext("{} room", "{} rooms", count).format(count))
        names = {room.id: room.name for room in found.rooms}
        rows: list[QWidget] = [self._row(room, names) for room in calendar.in_order(found.rooms)[:_SHOWN]]
        if not rows:
            sentence = _("Rooms are chosen at check-in and booked for meetings. Add the first one above.")
            rows.append(EmptyState("door-open", sentence, name="rooms_none"))
        self.list.fill(rows)
        self.carried.show_pieces([each for each in found.equipment if each.room_id is None], found.rooms)
        self._show_room(found)

    def _show_room(self, found: Furnished) -> None:
        if self.form.room is None:
            return
        room = next((each for each in found.rooms if each.id == self.form.room.id), None)
        if room is None:  # another desk removed it
            self.close_room()
            return
        self.layouts.show_seats(found.seats, room.capacity)
        self.inside.show_pieces([each for each in found.equipment if each.room_id == room.id], found.rooms)
        self.parts.show_room(room, found.rooms)
        self.named.setVisible(room.is_work_area)
        self.named.show_seats(found.named)

    def _row(self, room: Room, names: dict[UUID, str]) -> ListRow:
        people = ngettext("{} person", "{} people", room.capacity).format(number(room.capacity))
        row = ListRow(
            room.name,
            " · ".join(filter(None, (class_words(room.room_class), room.zone, people))),
            name=f"rooms_row_{room.id.hex}",
            lead=Swatch(room.colour),
            pills=_pills(room, names),
            opens=True,
        )
        row.clicked.connect(lambda: self.begin(room))
        return row

    def _title_form(self) -> None:
        self.form_card.set_title(self.form.room.name if self.form.room else _("New room"))

    def _save(self) -> None:
        at, face, room = self.runner.at(), self.form.face(), self.form.room

        def write(session: Session) -> Room:
            if room is None:
                return rooms.add(session, at=at, **face)
            return rooms.change(session, room.id, at=at, **face)

        self.runner.now(write, then=self._saved, refused=self.form.refuse)

    def _saved(self, room: Room) -> None:
        """A new room stays open, so that its layouts and equipment can be written too."""
        before, at = self.form.room, self.runner.at
        self._open(room if before is None else None, is_list=before is not None)
        self.runner.say(_("Saved: {}").format(room.name), undo=_undo_saved(room, before, at))

    def _move(self, steps: int) -> None:
        at, room = self.runner.at(), self.form.room
        if room is not None:
            self.runner.now(lambda session: rooms.move(session, room.id, steps, at=at))

    def _remove(self) -> None:
        at, room = self.runner.at(), self.form.room
        if room is not None:
            self.runner.now(
                lambda session: rooms.remove(session, room.id, at=at),
                then=self._removed,
                refused=lambda refusal: self._refuse_with(refusal, room, self.form.show_in_the_way),
            )

    def _removed(self, room: Room) -> None:
        self.close_room()
        at = self.runner.at
        undo: UseCase[object] = lambda session: rooms.restore(session, room.id, at=at())  # noqa: E731
        self.runner.say(_("Removed: {}").format(room.name), undo=undo)

    def _set_layouts(self, wanted: dict[str, int]) -> None:
        at, room = self.runner.at(), self.form.room
        if room is not None:
            self.runner.now(
                lambda session: furnishing.set_layouts(session, room.id, wanted, at=at),
                then=partial(self._laid_out, room),
                refused=lambda refusal: self.layouts.banner.show_refusal(str(refusal)),
            )

    def _laid_out(self, room: Room, before: dict[str, int]) -> None:
        at = self.runner.at
        self.layouts.begin(self.layouts.seats(), room.capacity)
        self.runner.say(
            _("Layouts saved: {}").format(room.name),
            undo=lambda session: furnishing.set_layouts(session, room.id, before, at=at()),
        )

    def _divide(self, part: Room, whole: Room | None) -> None:
        at = self.runner.at()
        self.runner.now(
            lambda session: rooms.divide(session, part.id, whole.id if whole else None, at=at),
            then=partial(self._divided, part.part_of_id),
            refused=lambda refusal: self._refuse_with(refusal, whole or part, self.parts.refuse),
        )

    def _divided(self, before: UUID | None, part: Room) -> None:
        self.parts.begin()
        at = self.runner.at
        words = _("{} is a part now.") if part.part_of_id else _("{} is a room of its own now.")
        self.runner.say(
            words.format(part.name), undo=lambda session: rooms.divide(session, part.id, before, at=at())
        )

    def _refuse_with(
        self, refusal: Refusal, room: Room, show: Callable[[str, Sequence[Booking]], None]
    ) -> None:
        """Say why not, with the bookings that stand in the way."""
        at, in_the_way = self.runner.at(), room.part_of_id or room.id
        if refusal.reason not in ("booked", "room_has_bookings"):
            show(str(refusal), ())
            return
        asked = room.id if refusal.reason == "booked" else in_the_way
        self.runner.read(
            lambda session: rooms.coming(session, asked, at=at),
            then=lambda found: show(str(refusal), found),
        )


def _undo_saved(room: Room, before: Room | None, at: Callable[[], datetime]) -> UseCase[object]:
    if before is None:
        return lambda session: rooms.remove(session, room.id, at=at())
    was: rooms.Face = {
        "name": before.name,
        "zone": before.zone,
        "capacity": before.capacity,
        "colour": before.colour,
        "is_accessible": before.is_accessible,
        "is_work_area": before.is_work_area,
        "room_class": before.room_class,
    }
    return lambda session: rooms.change(session, room.id, at=at(), **was)


class Swatch(Themed, QWidget):
    """The colour of a room; its name stands beside it."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(roomy(18), roomy(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(self._colour))
        painter.setPen(QColor(self._colour))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(4.5, 0.5, -4.5, -0.5), 4, 4)


def _pills(room: Room, names: dict[UUID, str]) -> list[Pill]:
    pills = [] if room.is_accessible else [Pill(_("steps on the way"), "warn", "footprints")]
    whole = names.get(room.part_of_id) if room.part_of_id else None
    return [*pills, Pill(_("part of {}").format(whole), "primary")] if whole else pills
