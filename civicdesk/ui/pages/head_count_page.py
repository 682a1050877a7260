"""People counted without names: one card a room or event, one tap a person."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from civicdesk.database import Changes
from civicdesk.desk import headcounts
from civicdesk.desk.headcounts import Category, Counted
from civicdesk.models import Booking, HeadCount, Room, Visit, new_id
from civicdesk.text import _, ngettext, number
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.page_head import page_head
from civicdesk.ui.quick_taps import count_every_tap
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button, IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import ElidedLabel, label
from civicdesk.ui.widgets.meter import Meter
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.touch import TouchScrollArea

_STEPS = (-5, -1, 1, 5)
_CARD = 400


class HeadCountPage(Page):
    """Every room with its running event; a tap counts at once and can be taken back."""

    watches: ClassVar[Changes] = frozenset({HeadCount, Visit, Booking, Room})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("head_count_page")
        self.back = IconButton("arrow-left", "", name="head_count_back")
        self.title, self.second = label("", "title"), label("", "second", wrap=True)
        self.total = label("", "heading")
        self._cards: list[PlaceCard] = []
        self._build()
        self.retranslate()

    def retranslate(self) -> None:
        self.back.say(_("Back"))
        self.title.setText(_("Head count"))
        self.second.setText(_("One tap counts. Who has a name and is counted too, counts once."))
        self._lay_out([])  # the cards write their words when they are made

    def refresh(self) -> None:
        at = self.runner.at()
        self.runner.read(lambda session: headcounts.places(session, at=at), then=self._show)

    def tick(self) -> None:
        self.refresh_now()

    def _build(self) -> None:
        content = QWidget()
        content.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(20, 20, 20, 20)
        self._column.setSpacing(14)
        self._column.addLayout(page_head(self.back, self.title, self.second, self.total))
        self._row = QWidget()
        self._column.addWidget(self._row)
        self._column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(TouchScrollArea(content))
        self.back.clicked.connect(self.back_wanted)

    def _show(self, places: list[Counted]) -> None:
        if [place.key for place in places] != [card.place.key for card in self._cards]:
            self._lay_out(places)
        for card, place in zip(self._cards, places, strict=True):
            card.show_place(place)
        people = sum(place.total for place in places)
        self.total.setText(
            ngettext("{} person in the rooms", "{} people in the rooms", people).format(number(people))
        )

    def _lay_out(self, places: list[Counted]) -> None:
        """The cards stay while people are counted; they are made anew when an event begins or ends."""
        self._cards = [PlaceCard(place) for place in places]
        for card in self._cards:
            card.counted.connect(self._count)
        row: QWidget = FlowRow(self._cards, spacing=12, grow=True)
        if not places:
            row = EmptyState(
                "building-2", _("There are no rooms yet. Managers add them in the settings."), name="no_rooms"
            )
        self._column.replaceWidget(self._row, row)
        self._row.setParent(None)
        self._row.deleteLater()
        self._row = row

    def _count(self, place: Counted, category: str, change: int) -> None:
        at, key = self.runner.at(), new_id().hex
        room_id, booking_id = place.key
        assert room_id is not None
        self.runner.now(
            lambda session: headcounts.count(
                session, room_id, change, at=at, booking_id=booking_id, category=Category(category), key=key
            ),
            then=lambda row: self._counted(place, row),
        )

    def _counted(self, place: Counted, row: HeadCount) -> None:
        words = _("{}: {}").format(place.room.name, f"{row.change:+d}".replace("-", "−"))
        self.runner.say(words, undo=lambda session: headcounts.undo(session, row, at=self.runner.at()))


class PlaceCard(Card):
    """One room or event with its counters."""

    counted = Signal(object, str, int)  # Counted, category, change

    def __init__(self, place: Counted) -> None:
        super().__init__(place.room.name, name=f"place_{place.room.position}", padded=True)
        self.place = place
        self._event = ElidedLabel(_event(place), "second")
        self._figure, self._said = label("", "figure"), ElidedLabel("", "second")
        self.warning = Pill("")
        self._meter = Meter(name=f"place_{place.room.position}_meter")
        self._lines = {category: CategoryLine(place, category) for category in Category}
        for category, line in self._lines.items():
            line.pressed.connect(partial(self._press, category))
        self._lay_lines()

    def show_place(self, place: Counted) -> None:
        """How many there are now."""
        self.place = place
        heads = sum(place.heads.values())
        self._figure.setText(f"{number(place.total)} / {number(place.room.capacity)}")
        self._said.setText(_("by name {} · by head {}").format(number(place.named), number(heads)))
        self._warn(place.room.capacity - place.total)
        for category, line in self._lines.items():
            line.show_count(place.heads.get(category, 0))

    def _warn(self, left: int) -> None:
        """Say in a word how full it is, when it is."""
        capacity, total = self.place.room.capacity, self.place.total
        is_tight = total * 10 >= capacity * 9
        self._meter.say(total, capacity, tone="warn" if is_tight else "primary")
        if left < 0:
            self.warning.show_as(_("Too many: {count}").format(count=number(-left)), "bad", "circle-x")
        elif is_tight:
            words = _("Room for {count} more").format(count=number(left)) if left else _("Full")
            self.warning.show_as(words, "warn", "triangle-alert")
        self.warning.setVisible(is_tight)

    def _press(self, category: Category, step: int) -> None:
        self.counted.emit(self.place, category, step)

    def _lay_lines(self) -> None:
        self.setMinimumWidth(roomy(_CARD))
        self.add(self._event)
        top = QHBoxLayout()
        top.addWidget(self._figure)
        top.addWidget(self._said, 1)
        top.addWidget(self.warning)
        self.body.addLayout(top)
        self.add(self._meter)
        for line in self._lines.values():
            self.add(line)


class CategoryLine(QWidget):
    """One category of one place: how many, and the four buttons."""

    pressed = Signal(int)

    def __init__(self, place: Counted, category: Category) -> None:
        super().__init__()
        self._words = _category_words(category)
        self._count = label("0", "heading")
        self.buttons: dict[int, Button] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(ElidedLabel(self._words, "body"), 1)
        row.addWidget(self._count)
        for step in _STEPS:
            sign = "add" if step > 0 else "take"
            name = f"count_{sign}_{abs(step)}_{category}_{place.room.position}"
            button = Button(
                f"{step:+d}".replace("-", "−"), name=name, role="primary" if step == 1 else "plain"
            )
            button.setAccessibleName(f"{place.room.name}, {self._words}, {step:+d}")
            button.clicked.connect(partial(self.pressed.emit, step))
            count_every_tap(button)
            self.buttons[step] = button
            row.addWidget(button)

    def show_count(self, count: int) -> None:
        """How many of them are counted."""
        self._count.setText(number(count))
        for step, button in self.buttons.items():
            button.setEnabled(count + step >= 0)


def _event(place: Counted) -> str:
    booking = place.booking
    if booking is None:
        return _("No event now")
    host = booking.organisation.name if booking.organisation else ""
    return " · ".join(filter(None, (host, booking.title)))


def _category_words(category: Category) -> str:
    words = {
        Category.ADULT: lambda: _("Adult"),
        Category.CHILD: lambda: _("Child"),
        Category.WHEELCHAIR: lambda: _("Wheelchair"),
    }
    return words[category]()
