"""What the buttons of the booking's card do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from civicdesk.desk.booking_detail import Detail
from civicdesk.models import Booking
from civicdesk.text import _
from civicdesk.ui.pages.rooms.booking_card import BookingCard
from civicdesk.ui.pages.rooms.booking_facts import title
from civicdesk.ui.pages.rooms.deeds import BookingDeeds
from civicdesk.ui.pages.rooms.scope_bar import ScopeBar
from civicdesk.ui.pages.rooms.wish import BookingWish


class CardDesk(QObject):
    """Listens to a card; what takes another page is handed on."""

    booking_wanted = Signal(object)  # BookingWish
    room_search_wanted = Signal(object)  # Booking that needs another room
    door_sign_wanted = Signal(object, str)  # booking id, size
    check_in_wanted = Signal()

    def __init__(self, card: BookingCard, deeds: BookingDeeds, scope: ScopeBar) -> None:
        super().__init__(card)
        self._deeds, self._scope, self._size = deeds, scope, "a4"
        self._acts: dict[str, Callable[[Detail], None]] = {
            "edit": lambda detail: self._edit(detail.booking),
            "cancel": self._cancel,
            "confirm": lambda detail: deeds.confirm(detail.booking),
            "restore": lambda detail: deeds.restore(detail.booking),
            "are_here": lambda detail: deeds.begin(detail.booking),
            "begin": lambda detail: deeds.begin(detail.booking),
            "end": lambda detail: deeds.end(detail.booking),
            "free": lambda detail: deeds.free(detail.booking),
            "this_stays": self._this_stays,
            "other_stays": lambda detail: deeds.cancel(detail.booking),
            "other_room": lambda detail: self.room_search_wanted.emit(detail.booking),
            "door_sign": self._ask_size,
            "check_in": lambda _detail: self.check_in_wanted.emit(),
        }
        card.wanted.connect(self._act)
        card.back_wanted.connect(deeds.restore)

    def _act(self, key: str, detail: Detail) -> None:
        self._acts[key](detail)

    def _edit(self, booking: Booking) -> None:
        wish = BookingWish(
            booking_id=booking.id,
            room_id=booking.room_id,
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
        )
        self.booking_wanted.emit(wish)

    def _cancel(self, detail: Detail) -> None:
        """One of a series asks which are meant; a single one is called off at once and can be taken back."""
        if detail.of > 1:
            words = _("“{}” is repeated. Which ones are called off?").format(title(detail.booking))
            self._scope.ask(words, partial(self._deeds.cancel, detail.booking))
        else:
            self._deeds.cancel(detail.booking)

    def _ask_size(self, detail: Detail) -> None:
        """Asked where a series asks which ones are meant; the size taken last stands first."""
        sizes = sorted(("a4", "a5"), key=lambda size: size != self._size)
        self._scope.show_refusal(
            _("How large is the door sign?"),
            *((size.upper(), partial(self._print_sign, detail.booking, size)) for size in sizes),
            (_("Cancel"), self._scope.clear),
            tone="info",
        )
        self._scope.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _print_sign(self, booking: Booking, size: str) -> None:
        self._size = size
        self._scope.clear()
        self.door_sign_wanted.emit(booking.id, size)

    def _this_stays(self, detail: Detail) -> None:
        if detail.rival:
            self._deeds.let_other_go(detail.booking, detail.rival.id)
