"""The rooms of the centre and their order. For managers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from sqlalchemy.orm import Session

from civicdesk.database import Changes
from civicdesk.desk import centre, rooms
from civicdesk.models import Room
from civicdesk.text import _, ngettext
from civicdesk.ui.pages.settings.room_form import RoomForm
from civicdesk.ui.pages.settings.section import Section
from civicdesk.ui.runner import Runner, UseCase
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.themed import Themed

_SHOWN = 200


class RoomsSection(Section):
    """A list of rooms; pressing one opens it in the form above."""

    watches: ClassVar[Changes] = frozenset({Room})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "settings_rooms")
        self.new = Button("", "plus", name="rooms_new", role="primary")
        self.form = RoomForm()
        self.form_card = Card(name="rooms_form", padded=True)
        self.form_card.add(self.form)
        self.list = Card(name="rooms_list", action=self.new)
        self.add(self.form_card)
        self.add(self.list)
        self.form_card.hide()
        self._connect()
        self.retranslate()

    def refresh(self) -> None:
        self.runner.read(centre.rooms, then=self._show)

    def retranslate(self) -> None:
        self.set_heading(_("Rooms"), _("Press a room to change it; the order is that of every list."))
        self.new.setText(_("New room"))
        self.form.retranslate()
        self._title_form()

    def begin(self, room: Room | None = None) -> None:
        """Write a room, or a new one."""
        self.banner.clear()
        self.form.show_room(room)
        self._title_form()
        self.form_card.show()
        self.form.name.setFocus()
        self.area.ensureWidgetVisible(self.form.name)

    def _connect(self) -> None:
        self.new.clicked.connect(lambda _on=False: self.begin())
        self.form.save.clicked.connect(self._save)
        self.form.cancel.clicked.connect(self.form_card.hide)
        self.form.remove.clicked.connect(self._remove)
        self.form.up.clicked.connect(partial(self._move, -1))
        self.form.down.clicked.connect(partial(self._move, 1))

    def _show(self, found: Sequence[Room]) -> None:
        count = len(found)
        self.list.set_title(ngettext("{} room", "{} rooms", count).format(count))
        rows: list[QWidget] = [self._row(room) for room in found[:_SHOWN]]
        if not rows:
            sentence = _("Rooms are chosen at check-in and booked for meetings. Add the first one above.")
            rows.append(EmptyState("door-open", sentence, name="rooms_none"))
        self.list.fill(rows)

    def _row(self, room: Room) -> ListRow:
        people = ngettext("{} person", "{} people", room.capacity).format(room.capacity)
        row = ListRow(
            room.name,
            " · ".join(filter(None, (room.zone, people))),
            name=f"rooms_row_{room.id.hex}",
            lead=Swatch(room.colour),
            pills=_pills(room),
            opens=True,
        )
        row.clicked.connect(lambda: self.begin(room))
        return row

    def _title_form(self) -> None:
        self.form_card.set_title(_("Change this room") if self.form.room else _("New room"))

    def _save(self) -> None:
        at, face, room = self.runner.at(), self.form.face(), self.form.room

        def write(session: Session) -> Room:
            if room is None:
                return rooms.add(session, at=at, **face)
            return rooms.change(session, room.id, at=at, **face)

        self.runner.now(write, then=self._saved, refused=self.form.refuse)

    def _saved(self, room: Room) -> None:
        self.form_card.hide()
        self.runner.say(_("Saved: {}").format(room.name))

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
                refused=self.form.refuse,
            )

    def _removed(self, room: Room) -> None:
        self.form_card.hide()
        at = self.runner.at
        undo: UseCase[object] = lambda session: rooms.restore(session, room.id, at=at())  # noqa: E731
        self.runner.say(_("Removed: {}").format(room.name), undo=undo)


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


def _pills(room: Room) -> list[Pill]:
    pills = [] if room.is_accessible else [Pill(_("steps on the way"), "warn", "footprints")]
    return [*pills, Pill(_("work area"), "info")] if room.is_work_area else pills
