"""The bookings that stand in the way of a change, or that a closure touches: when, what, whose and whom to call."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk.fields import phone_as_dialled
from civicdesk.models import Booking
from civicdesk.text import _, clock, day, local, ngettext, number
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import empty
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.list_row import ListRow

_SHOWN = 6


class InTheWay(QWidget):
    """A short list of bookings under the sentence that names them; empty, it is not there."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.hide()

    def show_bookings(self, bookings: Sequence[Booking]) -> None:
        """List these, the first few of many."""
        self.clear()
        for booking in bookings[:_SHOWN]:
            self._rows.addWidget(booking_row(booking, f"{self.objectName()}_{booking.id.hex}"))
        more = len(bookings) - _SHOWN
        if more > 0:
            words = ngettext("and {} more booking", "and {} more bookings", more)
            self._rows.addWidget(label(words.format(number(more)), "second"))
        self.setVisible(bool(bookings))

    def clear(self) -> None:
        """Nothing is in the way."""
        empty(self._rows)
        self.hide()


def booking_row(booking: Booking, name: str, button: Button | None = None) -> ListRow:
    """One booking: its day and times, what it is, whose, and whom to call."""
    on = day(local(booking.starts_at).date(), "d MMMM EEE")
    who = booking.organisation.name if booking.organisation else ""
    contact = " ".join(filter(None, (booking.contact_name, phone_as_dialled(booking.contact_phone))))
    return ListRow(
        f"{on} {clock(booking.starts_at)}–{clock(booking.ends_at)} · {booking.title or who}",
        " · ".join(filter(None, (booking.room.name if booking.room else "", who, contact))),
        name=name,
        button=button,
    )


def told_words(bookings: Sequence[Booking]) -> str:
    """Whom somebody has to tell, with their numbers; each once."""
    names = {}
    for booking in bookings:
        who = booking.organisation.name if booking.organisation else booking.title
        phone = phone_as_dialled(
            booking.contact_phone or (booking.organisation.phone if booking.organisation else "")
        )
        names[who] = f"{who} ({phone})" if phone else who
    return _("To be told: {}").format(", ".join(names.values()))
