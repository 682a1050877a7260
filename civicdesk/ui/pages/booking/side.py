"""Beside the form: the rooms that suit, what is near, fair use, and the button that says what it will do."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk.booking_rules import OVERRIDABLE
from civicdesk.errors import Refusal
from civicdesk.text import _
from civicdesk.ui.pages.booking.looking import Seen
from civicdesk.ui.pages.booking.room_tiles import SHOWN, NearTiles, RoomTiles
from civicdesk.ui.pages.booking.use_card import UseCard
from civicdesk.ui.widgets.button import BigButton, Button
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.label import label, set_tone
from civicdesk.ui.widgets.refusal_banner import Action, RefusalBanner
from civicdesk.ui.widgets.themed import Themed
from civicdesk.ui.widgets.touch import TouchScrollArea


class BookingSide(Themed, QWidget):
    """What the form will make."""

    overridden = Signal(str)  # the reason
    wait_wanted = Signal(str)  # a class of rooms, or nothing for the chosen room

    def __init__(self) -> None:
        super().__init__()
        self.heading, self.nothing = label("", "heading"), label("", "second", wrap=True)
        self.rooms, self.near, self.use = RoomTiles(), NearTiles(), UseCard()
        self.why = text_field("", name="booking_override")
        self.why_field = LabelledField("", self.why)
        self.banner = RefusalBanner(name="booking_refusal", extra=self.why_field)
        self.wait = Button("", "timer", name="booking_wait")
        self.save = BigButton("", name="booking_save", role="primary")
        self.foot = label("", "second", wrap=True)
        self._build()
        self.retranslate()

    def show_seen(self, seen: Seen, hours: float, today: date) -> None:
        """Show what was found."""
        chosen = seen.offer.room.id if seen.offer else None
        self.rooms.show_offers(seen.found.rooms, chosen, most=1 if seen.found.near else SHOWN)
        self.near.show_near(seen.found.near)
        self.use.show_use(seen.standing, hours, seen.days[0], today)
        self._say_nothing(
            "" if seen.found.rooms else _("There are no rooms yet; managers add them in the settings.")
        )

    def show_trouble(self, sentence: str) -> None:
        """Nothing can be looked for until the times are right."""
        self.rooms.show_offers([], None)
        self.near.show_near([])
        self.use.hide()
        self._say_nothing(sentence)

    def show_foot(self, sentence: str, tone: str = "", *, can_wait: bool = False) -> None:
        """The line under the button, unless the same is said over it already."""
        self.foot.setText(sentence)
        set_tone(self.foot, tone)
        is_said = not self.banner.isHidden()
        self.foot.setVisible(bool(sentence) and not is_said)
        self.wait.setVisible(can_wait and not is_said)

    def explain(self, refusal: Refusal, room_class: str = "", *, can_wait: bool = False) -> None:
        """Say why it was not booked, with the next step."""
        self.foot.hide()
        self.wait.hide()
        if refusal.reason in OVERRIDABLE:
            self.ask_why(str(refusal))
        else:
            self.banner.show_refusal(str(refusal), *(self._waits(room_class) if can_wait else ()))
        self.area.verticalScrollBar().setValue(0)

    def ask_why(self, sentence: str) -> None:
        """It can be, if somebody says why."""
        self.banner.show_refusal(sentence, (_("Book all the same"), self._override), tone="warn")
        self.why.clear()
        self.why_field.refuse("")
        self.why_field.show()
        self.why.setFocus()

    def retranslate(self) -> None:
        self.heading.setText(_("Rooms that suit"))
        self.why_field.set_words(_("Why may it be all the same?"))
        self.wait.setText(_("Put on the waiting list"))
        self.banner.clear()  # said in the other language

    def _waits(self, room_class: str) -> list[Action]:
        this = (_("Wait for this room"), partial(self.wait_wanted.emit, ""))
        return [this, (_("Wait for any like it"), partial(self.wait_wanted.emit, room_class))]

    def _override(self) -> None:
        if reason := self.why.text().strip():
            self.overridden.emit(reason)
        else:
            self.why_field.refuse(_("Write why; it is kept with the booking."))
            self.why.setFocus()

    def _say_nothing(self, sentence: str) -> None:
        self.nothing.setText(sentence)
        self.nothing.setVisible(bool(sentence))

    def _build(self) -> None:
        self.save.setProperty("grown", "huge")
        self.foot.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        shown = QWidget()
        upper = QVBoxLayout(shown)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(10)
        for part in (self.banner, self.nothing, self.rooms, self.near, self.use):
            upper.addWidget(part)
        upper.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.heading)
        self.area = TouchScrollArea(shown)
        column.addWidget(self.area, 1)
        for beneath in (self.wait, self.save, self.foot):
            column.addWidget(beneath)
        self.why.returnPressed.connect(self._override)
        self.why.textEdited.connect(lambda _text: self.why_field.refuse(""))
        self.wait.clicked.connect(lambda _on=False: self.wait_wanted.emit(""))
        self.wait.hide()
