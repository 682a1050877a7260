"""The calendar of the rooms in a window of its own: three rooms, one booking. Takes the file to keep it in."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from civicdesk import text
from civicdesk.desk import bookings
from civicdesk.desk.bookings import Wish
from civicdesk.models import Room
from civicdesk.ui.pages.rooms_page import RoomsPage
from civicdesk.ui.runner import Runner
from tests import builders


def main() -> None:
    app = QApplication(["smallcalendar"])
    app.setApplicationName("smallcalendar")
    text.use_language("tr")
    runner = Runner(Path(sys.argv[1]), clock=lambda: builders.TUESDAY)
    runner.database.prepare()
    noon = builders.TUESDAY.replace(hour=9, minute=0)
    with runner.database.begin() as session:
        builders.centre(session)
        room = session.scalars(select(Room).where(Room.name == "Ihlamur Salonu")).one()
        wish = Wish(room_id=room.id, starts_at=noon, ends_at=noon + timedelta(hours=1), title="Kent ve iklim")
        bookings.book(session, wish, at=builders.TUESDAY)
    page = RoomsPage(runner)
    page.setWindowTitle("Küçük takvim")
    page.resize(1270, 700)
    page.show()
    page.activateWindow()
    page.timeline.setFocus()
    app.exec()
    runner.close()


if __name__ == "__main__":
    main()
