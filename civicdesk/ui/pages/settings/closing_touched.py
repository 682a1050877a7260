"""Whom a closure touches, before it is kept: the bookings it would skip, and which of them stay all the same."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.models import Booking
from civicdesk.text import _, clock, ngettext, number
from civicdesk.ui.pages.settings.in_the_way import booking_row
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import empty
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.refusal_banner import RefusalBanner

_SHOWN = 50
_NAMED = 2


class TouchedList(QWidget):
    """A sentence, the bookings with a button each to keep it, and the two answers; empty, it is not there."""

    confirmed = Signal()
    given_up = Signal()
    asked = Signal(bool)  # whether an answer is awaited

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("closing_touched")
        self.bookings: Sequence[Booking] = ()
        self._keeps: dict[UUID, Button] = {}
        self.banner = RefusalBanner(name="touched_banner")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.close_day = Button("", "ban", name="closing_confirm", role="danger")
        self.give_up = Button("", name="closing_give_up")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(roomy(12))
        whole.addWidget(self.banner)
        whole.addLayout(self._rows)
        whole.addWidget(FlowRow([self.close_day, self.give_up]))
        self.close_day.clicked.connect(self.confirmed)
        self.give_up.clicked.connect(self.given_up)
        self.clear()

    @property
    def kept(self) -> frozenset[UUID]:
        """The bookings that stay although it is closed then."""
        return frozenset(id_ for id_, keep in self._keeps.items() if keep.isChecked())

    @property
    def skipped(self) -> list[Booking]:
        """The bookings that are put off."""
        return [booking for booking in self.bookings if booking.id not in self.kept]

    def ask(self, bookings: Sequence[Booking]) -> None:
        """Show these, all to be skipped."""
        self.bookings = bookings
        self._keeps = {}
        empty(self._rows)
        self.banner.show_refusal(_sentence(bookings), tone="warn")
        for booking in bookings[:_SHOWN]:
            keep = Button(_("Keep"), name=f"closing_keep_{booking.id.hex}", role="pill")
            keep.setCheckable(True)
            row = booking_row(booking, f"closing_touched_{booking.id.hex}", keep)
            keep.setAccessibleName(f"{_('Keep')}: {row.title.text()}")
            keep.toggled.connect(lambda _on: self._say())
            self._keeps[booking.id] = keep
            self._rows.addWidget(row)
        more = len(bookings) - _SHOWN
        if more > 0:
            words = ngettext("and {} more booking", "and {} more bookings", more)
            self._rows.addWidget(label(words.format(number(more)), "second"))
        self._say()
        self.show()
        self.asked.emit(True)

    def clear(self) -> None:
        """Nothing is asked."""
        self.bookings = ()
        self._keeps = {}
        empty(self._rows)
        self.hide()
        self.asked.emit(False)

    def retranslate(self) -> None:
        """Write the words in the language spoken now."""
        self._say()
        if self.bookings:
            self.ask(self.bookings)

    def _say(self) -> None:
        count = len(self.skipped)
        words = _("Close and skip {}").format(number(count)) if count else _("Close and keep all")
        self.close_day.setText(words)
        self.give_up.setText(_("Do not close"))


def _sentence(bookings: Sequence[Booking]) -> str:
    words = ngettext(
        "{count} booking is touched: {which}. It is skipped, and its organisation is to be told.",
        "{count} bookings are touched: {which} … They are skipped, and their organisations are to be told.",
        len(bookings),
    )
    which = ", ".join(f"{clock(each.starts_at)} {_what(each)}" for each in bookings[:_NAMED])
    return words.format(count=number(len(bookings)), which=which)


def _what(booking: Booking) -> str:
    return booking.title or (booking.organisation.name if booking.organisation else "")
