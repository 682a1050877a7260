"""What is written of a room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk import rooms
from civicdesk.errors import Refusal
from civicdesk.models import Booking, Room, RoomClass
from civicdesk.text import _
from civicdesk.ui.booking_words import class_words
from civicdesk.ui.pages.settings.in_the_way import InTheWay
from civicdesk.ui.pages.settings.section import Tick
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.stepper import Stepper

_USUAL_PEOPLE = 10
_FIRST_COLOUR = "#0B6E7F"


class RoomForm(QWidget):
    """Name, place, size, use, colour and way in of a room; with the room's own place in the order."""

    def __init__(self) -> None:
        super().__init__()
        self.room: Room | None = None
        self.name, self.zone = text_field("", name="room_name"), text_field("", name="room_zone")
        self.capacity = Stepper("", name="room_capacity", highest=rooms.MOST_PEOPLE)
        self.colour = Segmented([], name="room_colour", spoken="")
        self.accessible = Tick(name="room_accessible")
        self.room_class = Segmented([], name="room_class", spoken="")
        self.banner, self.in_the_way = RefusalBanner(name="room_banner"), InTheWay("room_in_the_way")
        self.save = Button("", name="room_save", role="primary")
        self.cancel = Button("", name="room_cancel")
        self.up = Button("", "chevron-up", name="room_up")
        self.down = Button("", "chevron-down", name="room_down")
        self.remove = Button("", "trash-2", name="room_remove", role="quiet")
        self._name, self._zone = LabelledField("", self.name), LabelledField("", self.zone)
        self._capacity, self._colour = LabelledField("", self.capacity), LabelledField("", self.colour)
        self._class = LabelledField("", self.room_class)
        self._build()
        self.retranslate()

    def show_room(self, room: Room | None) -> None:
        """Show a room to change, or an empty form."""
        self.room = room
        self.banner.clear()
        self.in_the_way.clear()
        self.name.setText(room.name if room else "")
        self.zone.setText(room.zone if room else "")
        self.capacity.set_value(room.capacity if room else _USUAL_PEOPLE)
        self.colour.set_choices(_colours(room.colour if room else _FIRST_COLOUR))
        self.colour.set_value(_key(room.colour if room else _FIRST_COLOUR))
        self.accessible.setChecked(room.is_accessible if room else True)
        self.room_class.set_value(room.room_class if room else RoomClass.MEETING)
        for button in (self.up, self.down, self.remove):
            button.setVisible(room is not None)

    def face(self) -> rooms.Face:
        """What was written."""
        room_class = str(self.room_class.value() or RoomClass.MEETING)
        return {
            "name": self.name.text(),
            "zone": self.zone.text(),
            "capacity": self.capacity.value(),
            "colour": f"#{self.colour.value()}".upper(),
            "is_accessible": self.accessible.isChecked(),
            "is_work_area": room_class == RoomClass.WORK_AREA,
            "room_class": room_class,
        }

    def refuse(self, refusal: Refusal) -> None:
        """Say why not."""
        self.banner.show_refusal(str(refusal))

    def show_in_the_way(self, sentence: str, bookings: Sequence[Booking]) -> None:
        """Say why not, with the bookings that stand in the way."""
        self.banner.show_refusal(sentence)
        self.in_the_way.show_bookings(bookings)

    def retranslate(self) -> None:
        """Write the words in the language spoken now."""
        self._name.set_words(_("Name of the room"))
        self._zone.set_words(_("Floor or part of the building"))
        self._capacity.set_words(_("People it holds"))
        self._colour.set_words(_("Colour"))
        self.colour.set_choices(_colours(self.room.colour if self.room else _FIRST_COLOUR))
        self.accessible.say(_("Can be reached without steps"))
        self._class.set_words(_("What the room is for"))
        self.room_class.set_choices([(each.value, class_words(each)) for each in RoomClass])
        self.save.setText(_("Save"))
        self.cancel.setText(_("Cancel"))
        self.up.setText(_("Up"))
        self.down.setText(_("Down"))
        self.remove.setText(_("Remove"))

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(roomy(12))
        for part in (
            self.banner,
            self.in_the_way,
            FlowRow([self._name, self._zone, self._capacity], spacing=12, grow=True),
            self._class,
            self._colour,
            self.accessible,
            FlowRow([self.save, self.cancel, self.up, self.down, self.remove]),
        ):
            whole.addWidget(part)


def _key(colour: str) -> str:
    return colour.lstrip("#").lower()


def _colours(own: str) -> list[tuple[object, str]]:
    """The colours on offer; a room's own one from elsewhere is among them."""
    offered = {
        "0b6e7f": _("Teal"),
        "2761c7": _("Blue"),
        "6b4fbb": _("Violet"),
        "187648": _("Green"),
        "b7791f": _("Amber"),
        "b3261e": _("Red"),
        "566970": _("Grey"),
    }
    own_words = {} if _key(own) in offered else {_key(own): _("As now")}
    return [(key, words) for key, words in (offered | own_words).items()]
