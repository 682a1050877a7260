"""The booking that was tapped, beside the calendar: all about it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from civicdesk.desk.booking_detail import Detail
from civicdesk.models import Booking
from civicdesk.text import _
from civicdesk.ui.pages.rooms import booking_facts
from civicdesk.ui.pages.rooms.card_acts import Act, acts_of
from civicdesk.ui.pages.rooms.fact_line import FactLine
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button, IconButton
from civicdesk.ui.widgets.card import Card, empty
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.touch import TouchScrollArea

_WIDE = 340
_MOST_FALLEN = 6


class BookingCard(Card):
    """Everything about one booking; `wanted` says which of its buttons was pressed."""

    wanted = Signal(str, object)  # what, Detail
    back_wanted = Signal(object)  # Booking, a fallen one of the series
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(name="booking_card")
        self.detail: Detail | None = None
        self.heading = label("", "heading", wrap=True)
        self.close_button = IconButton("x", "", name="booking_card_close", role="step")
        self.state, self.kind = Pill("", ""), Pill("", "")
        self.alert = RefusalBanner(name="booking_alert")
        self.facts = {
            fact: FactLine(icon, name=f"booking_{fact}") for fact, icon in booking_facts.ICONS.items()
        }
        self.fallen_title = label("", "strong")
        self._fallen, self._acts = QVBoxLayout(), FlowRow([], grow=True)
        self._fill()
        self.close_button.clicked.connect(self.closed)
        self.retranslate()

    def show_detail(self, detail: Detail) -> None:
        """Show this booking."""
        is_other = self.detail is None or self.detail.booking.id != detail.booking.id
        self.detail = detail
        pressed = self._pressed()
        self.heading.setText(booking_facts.title(detail.booking))
        self.setAccessibleName(booking_facts.title(detail.booking))
        self.state.show_as(*booking_facts.state(detail))
        self.kind.show_as(*booking_facts.kind(detail.booking))
        for fact, words in booking_facts.facts(detail).items():
            self.facts[fact].say(words)
        self._show_fallen(detail)
        self._show_acts(acts_of(detail))
        if pressed:
            again = (each for each in self.findChildren(Button, pressed) if not each.isHidden())
            next(again, self.close_button).setFocus()
        if is_other:
            self.inner.verticalScrollBar().setValue(0)

    def whole_height(self) -> int:
        """How high it is when nothing needs to be scrolled to."""
        content = self.inner.widget()
        assert content is not None
        inner = content.heightForWidth(self.width() - 2) if content.hasHeightForWidth() else 0
        return max(inner, content.sizeHint().height()) + self.close_button.height() + roomy(24)

    def retranslate(self) -> None:
        self.close_button.say(_("Close"))
        self.fallen_title.setText(_("Left out of the series"))
        if self.detail:
            self.show_detail(self.detail)

    def dress(self) -> None:
        super().dress()
        self.setFixedWidth(roomy(_WIDE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _pressed(self) -> str:
        """The button in which the keyboard is, put away here: its place is filled anew."""
        button = QApplication.focusWidget()
        if not isinstance(button, Button) or not self.isAncestorOf(button):
            return ""
        self.close_button.setFocus()
        return button.objectName()

    def _show_acts(self, acts: list[Act]) -> None:
        """What the booking asks for stands in a banner; all else in a row of buttons below."""
        asked = [act for act in acts if act.is_asked]
        if asked:
            assert self.detail is not None
            pressed = [(act.words, partial(self._press, act.key)) for act in asked]
            self.alert.show_refusal(booking_facts.question(self.detail), *pressed, tone=asked[0].tone)
        else:
            self.alert.clear()
        empty(self._acts.flow)
        for act in acts:
            if not act.is_asked:
                self._acts.add(self._button(act))
        self._acts.updateGeometry()

    def _button(self, act: Act) -> Button:
        button = Button(act.words, act.icon, name=f"booking_act_{act.key}", role=act.role)
        button.clicked.connect(partial(self._press, act.key))
        return button

    def _press(self, key: str, *_on: object) -> None:
        self.wanted.emit(key, self.detail)

    def _show_fallen(self, detail: Detail) -> None:
        empty(self._fallen)
        self.fallen_title.setVisible(bool(detail.fallen))
        for booking in detail.fallen[:_MOST_FALLEN]:
            button = Button(_("Bring back"), name=f"bring_back_{booking.id.hex}", role="quiet")
            title, why = booking_facts.fallen(booking)
            row = ListRow(title, why, name=f"fallen_{booking.id.hex}", button=button)
            row.action_wanted.connect(self._bring_back(booking))
            self._fallen.addWidget(row)

    def _bring_back(self, booking: Booking) -> Callable[[], None]:
        return lambda: self.back_wanted.emit(booking)

    def _fill(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(roomy(16), roomy(8), roomy(6), 0)
        head.addWidget(self.heading, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(roomy(16), roomy(6), roomy(16), roomy(8))
        column.setSpacing(roomy(10))
        column.addWidget(FlowRow([self.state, self.kind], spacing=6))
        column.addWidget(self.alert)
        for line in self.facts.values():
            column.addWidget(line)
        column.addWidget(self.fallen_title)
        column.addLayout(self._fallen)
        column.addStretch(1)
        column.addSpacing(roomy(6))
        column.addWidget(self._acts)
        self.inner = TouchScrollArea(content)
        self.inner.setAccessibleName(_("Booking"))
        self.body.addLayout(head)
        self.body.addWidget(self.inner, 1)
