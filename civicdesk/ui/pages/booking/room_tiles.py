"""The rooms and how they suit, those that suit best first; a tap chooses one."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from civicdesk.desk.free_rooms import Fit, RoomOffer
from civicdesk.desk.near_wishes import Near
from civicdesk.text import _, clock, day, local, ngettext, number
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.label import ElidedLabel, label
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.pressable import Pressable
from civicdesk.ui.widgets.themed import Themed, mark, named

SHOWN = 4
_TONES = {Fit.FREE: "ok", Fit.PARTLY: "warn", Fit.TAKEN: "bad", Fit.CLOSED: "warn", Fit.UNFIT: ""}


class Tile(Pressable):
    """A title, a second line and a word about it. Made once and filled anew."""

    def __init__(self, name: str) -> None:
        super().__init__("tile", opens=True)
        self.title, self.second, self.pill = ElidedLabel("", "strong"), ElidedLabel("", "second"), Pill("")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.second)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.addLayout(words, 1)
        self._row.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        named(self, name, "")
        self.dress()

    def say(self, title: str, second: str, word: str, tone: str, more: str = "") -> None:
        """Show this; `more` is only spoken and in the tip."""
        self.title.setText(title)
        self.second.setText(second)
        self.pill.show_as(word, tone)
        self.pill.setVisible(bool(word))
        spoken = ", ".join(dict.fromkeys(filter(None, (title, second, word, more))))
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self._fold()

    def dress(self) -> None:
        self._row.setContentsMargins(roomy(14), roomy(8), roomy(12), roomy(8))
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """With large letters the word stands beneath, so that neither is cut."""
        is_narrow = self.pill.sizeHint().width() * 2 > self.width() > 0
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)
        self._row.setSpacing(roomy(4) if is_narrow else roomy(10))

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, roomy(58)))


class RoomTiles(Themed, QWidget):
    """The first few, and all of them when they are wanted."""

    chosen = Signal(object)  # room id

    def __init__(self) -> None:
        super().__init__()
        self._offers: Sequence[RoomOffer] = ()
        self._room_id: UUID | None = None
        self._is_open, self._most = False, SHOWN
        self.tiles: list[Tile] = []
        self.more = Button("", name="booking_rooms_more", role="quiet")
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(self._column)
        whole.addWidget(self.more)
        named(self, "booking_rooms", "")
        self.more.clicked.connect(self._open)
        self.retranslate()

    def show_offers(self, offers: Sequence[RoomOffer], room_id: UUID | None, *, most: int = SHOWN) -> None:
        """Show the first of these rooms, with the one that is chosen marked."""
        self._offers, self._room_id, self._most = offers, room_id, most
        self._fill()

    def fold(self) -> None:
        """Only the first few again."""
        self._is_open = False

    def retranslate(self) -> None:
        self.setAccessibleName(_("Rooms and how they suit"))
        self._fill()

    def _shown(self) -> Sequence[RoomOffer]:
        """The first few, the chosen one among them."""
        if self._is_open or len(self._offers) <= self._most + 1:
            return self._offers
        first = list(self._offers[: self._most])
        chosen = [each for each in self._offers[self._most :] if each.room.id == self._room_id]
        return [*first[: self._most - len(chosen)], *chosen]

    def _fill(self) -> None:
        shown = self._shown()
        while len(self.tiles) < len(shown):
            self.tiles.append(self._new_tile())
        for tile, offer in zip(self.tiles, shown, strict=False):
            tile.say(offer.room.name, _second(offer), offer.words, _TONES[offer.fit], offer.why)
            mark(tile, offer.room.id == self._room_id)
            tile.show()
        for tile in self.tiles[len(shown) :]:
            tile.hide()
        left = len(self._offers) - len(shown)
        self.more.setText(ngettext("{} more room", "{} more rooms", max(1, left)).format(number(left)))
        self.more.setVisible(left > 0)

    def _new_tile(self) -> Tile:
        place = len(self.tiles)
        tile = Tile(f"booking_room_{place + 1}")
        tile.setCheckable(True)
        tile.toggled.connect(lambda _on: self._pressed(place))
        self._column.addWidget(tile)
        return tile

    def _pressed(self, place: int) -> None:
        room_id = self._shown()[place].room.id
        for tile, offer in zip(self.tiles, self._shown(), strict=False):
            mark(tile, offer.room.id == room_id)
        self._room_id = room_id
        self.chosen.emit(room_id)

    def _open(self) -> None:
        self._is_open = True
        self._fill()


class NearTiles(Themed, QWidget):
    """What could be booked instead, the nearest first; a tap takes it."""

    chosen = Signal(object)  # Near

    def __init__(self) -> None:
        super().__init__()
        self._near: Sequence[Near] = ()
        self.heading = label("", "heading")
        self.tiles: list[Tile] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, roomy(8), 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.heading)
        named(self, "booking_near", "")
        self.retranslate()
        self.hide()

    def show_near(self, near: Sequence[Near]) -> None:
        """Show these; none, and nothing is there."""
        self._near = near
        while len(self.tiles) < len(near):
            tile, place = Tile(f"booking_near_{len(self.tiles) + 1}"), len(self.tiles)
            tile.clicked.connect(lambda _on=False, place=place: self.chosen.emit(self._near[place]))
            self.tiles.append(tile)
            self._column.addWidget(tile)
        for tile, each in zip(self.tiles, near, strict=False):
            on = day(local(each.starts_at).date(), "d MMM")
            tile.say(
                f"{clock(each.starts_at)}–{clock(each.ends_at)} · {each.room.name}", each.words, "", "", on
            )
            tile.show()
        for tile in self.tiles[len(near) :]:
            tile.hide()
        self.setVisible(bool(near))

    def retranslate(self) -> None:
        self.heading.setText(_("Near the wish"))
        self.setAccessibleName(_("Near the wish"))


def _second(offer: RoomOffer) -> str:
    """What the room has; or who is in the way."""
    if offer.fit is Fit.TAKEN and offer.why:
        return offer.why
    people = ngettext("{count} person", "{count} people", offer.capacity)
    step_free = _("step-free") if offer.room.is_accessible else ""
    return " · ".join(
        filter(None, (people.format(count=number(offer.capacity)), *offer.equipped[:2], step_free))
    )
