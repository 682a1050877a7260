"""How visitors, rooms and settings hang together: what one page wants, another one does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from civicdesk.models import Booking, Visitor
from civicdesk.ui.calendar_out import export_calendar
from civicdesk.ui.desk_pages import DeskPages
from civicdesk.ui.pages.rooms.wish import BookingWish
from civicdesk.ui.runner import Runner


class DeskWays(QObject):
    """Answers what pages want of each other, by the names of their signals."""

    way_wanted = Signal(str)

    def __init__(self, runner: Runner, pages: DeskPages) -> None:
        super().__init__(pages)
        self._runner, self._pages = runner, pages

    def answers(self, way: str) -> Mapping[str, Callable[..., object]]:
        """What is done for each signal; a visitor's page checks in the one it shows."""
        plain = {
            "invite_wanted": "invite",
            "head_count_wanted": "head_count",
            "evacuation_wanted": "evacuation",
            "waiting_wanted": "waiting",
            "import_wanted": "import",
            "rooms_wanted": "rooms",
            "emails_wanted": "emails",
            "reports_wanted": "reports",
            "settle_wanted": "settle",
        }
        return {
            **{name: partial(self.way_wanted.emit, to) for name, to in plain.items()},
            "visitor_wanted": self.visitor,
            "check_in_wanted": self.check_in if way == "visitor" else self.check_in_anew,
            "expected_wanted": partial(self.visitors, "expected"),
            "inside_wanted": partial(self.visitors, "inside"),
            "today_wanted": partial(self.visitors, "today"),
            "room_wanted": self._room,
            "open_booking_wanted": self._booking,
            "booking_wanted": self._book,
            "free_room_wanted": self._find_room,
            "booked": self._booked,
            "export_wanted": self._export,
            "add_room_wanted": partial(self.settings, "rooms"),
            "mail_settings_wanted": partial(self.settings, "mail"),
            "section_wanted": self.settings,
            "secretariat_wanted": self.secretariat,
            "registers_wanted": partial(self.report, "post_register"),
        }

    def check_in(self, visitor: Visitor | None = None) -> None:
        """Begin to check somebody in, perhaps one who is known."""
        self._pages.check_in.begin(visitor)
        self.way_wanted.emit("check_in")

    def check_in_anew(self) -> None:
        """Begin with an empty form; not while the desk is locked."""
        if self._runner.staff is not None:
            self.check_in()

    def check_in_name(self, name: str) -> None:
        """Begin with this name."""
        self._pages.check_in.begin(name=name)
        self.way_wanted.emit("check_in")

    def settings(self, section: str) -> None:
        """Turn to a section of the settings."""
        self.way_wanted.emit("settings")
        self._pages.settings.show_section(section)

    def secretariat(self, tab: str = "messages") -> None:
        """Turn to messages, loans or work areas."""
        self._pages.secretariat.show_tab(tab)
        self.way_wanted.emit("secretariat")

    def report(self, name: str) -> None:
        """Turn to one of the reports."""
        self._pages.reports.choose(name)
        self.way_wanted.emit("reports")

    def visitors(self, tab: str) -> None:
        """Turn to who is inside, expected, or was here today."""
        self._pages.visitors.show_tab(tab)
        self.way_wanted.emit("visitors")

    def visitor(self, visitor_id: UUID) -> None:
        """Turn to one visitor."""
        self._pages.visitor.show_visitor(visitor_id)
        self.way_wanted.emit("visitor")

    def _book(self, wish: BookingWish) -> None:
        self.way_wanted.emit("booking")
        self._pages.booking.open(wish)

    def _find_room(self, wanted: date | Booking) -> None:
        self.way_wanted.emit("booking")
        self._pages.booking.search(wanted)

    def _booked(self, on: date) -> None:
        self._pages.rooms.show_day(on)
        self.way_wanted.emit("rooms")

    def _room(self, room_id: UUID) -> None:
        self._pages.rooms.show_room(room_id)
        self.way_wanted.emit("rooms")

    def _booking(self, booking_id: UUID) -> None:
        self._pages.rooms.show_booking(booking_id)
        self.way_wanted.emit("rooms")

    def _export(self, room_id: UUID | None = None, organisation_id: UUID | None = None) -> None:
        """Write a calendar into a file: of a room, of an organisation, or of the whole centre."""
        export_calendar(self._runner, self._pages, room_id=room_id, organisation_id=organisation_id)
