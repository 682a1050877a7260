"""The papers of the rooms, drawn from the desk's rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import bookings, print_jobs, print_look
from civicdesk.desk.bookings import Wish
from civicdesk.errors import Refusal
from civicdesk.models import Booking, Equipment, Organisation, PaperKind, PrintJob, Room, new_id
from civicdesk.models.furnishing import Layout
from civicdesk.printing.printers.port import Form
from civicdesk.printing.sheets import preview, sheet_for
from tests import builders
from tests.builders import TUESDAY
from tests.printing.reading import in_order, words

TEN = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        yield session


def room(session: Session, name: str = "Çınar Odası") -> Room:
    found = session.scalar(select(Room).where(Room.name == name))
    assert found is not None
    return found


def book(session: Session, starts_at: datetime = TEN, name: str = "Çınar Odası", **said: object) -> Booking:
    wish = Wish(
        room_id=room(session, name).id,
        starts_at=starts_at,
        ends_at=starts_at + HOUR,
        **{"title": "Panel", **said},  # type: ignore[arg-type]
    )
    return bookings.book(session, wish, at=TUESDAY)


def sign(session: Session, booking: Booking, size: str = "") -> list[str]:
    return words(preview(session, PaperKind.DOOR_SIGN, at=TUESDAY, subject_id=booking.id, label=size).pdf)


def test_a_sign_shows_the_booking_among_the_day_of_its_room(session: Session) -> None:
    host, guest = builders.organisation(session), builders.organisation(session, "Körfez Derneği")
    book(session, TEN - HOUR, title="Kurul")
    this = book(session, organisation_id=host.id, partners=(guest.id,))
    book(session, TEN + 24 * HOUR, title="Yarınki")

    said = sign(session, this)

    assert in_order(
        said,
        *("Çınar Odası", "Zemin kat", "10:00–11:00", "Panel", "Ege Kadın Emeği Derneği · Körfez Derneği"),
        *("1 December 2026", "09:00–10:00", "Kurul"),
    )
    assert not any("Yarınki" in line for line in said)


def test_what_is_on_in_a_half_stands_on_the_sign_of_the_hall_with_its_place(session: Session) -> None:
    session.add(Room(name="Ihlamur A", capacity=50, part_of_id=room(session, "Ihlamur Salonu").id))
    session.flush()
    book(session, TEN + 2 * HOUR, "Ihlamur A", title="Okuma grubu")
    this = book(session, TEN, "Ihlamur Salonu")

    assert "Ihlamur A: Okuma grubu" in sign(session, this)


def test_who_asked_not_to_be_named_stands_on_no_door_and_no_list(session: Session) -> None:
    host: Organisation = builders.organisation(session, "Sığınma Evi Derneği")
    host.is_discreet = True
    this = book(session, organisation_id=host.id, contact_name="Selin Karaca", contact_phone="0532 123 45 67")
    listed = preview(session, PaperKind.SETUP_LIST, at=TUESDAY, label="2026-12-01").pdf

    said = " ".join([*sign(session, this), *words(listed)])
    assert [name for name in ("Sığınma", "Selin", "532") if name in said] == []


def test_a_booking_that_was_called_off_needs_no_sign(session: Session) -> None:
    this = book(session)
    bookings.cancel(session, this.id, at=TUESDAY)

    for gone in (this.id, new_id()):
        with pytest.raises(Refusal) as refused:
            preview(session, PaperKind.DOOR_SIGN, at=TUESDAY, subject_id=gone)
        assert refused.value.reason == "gone"


def test_the_list_says_what_is_brought_and_what_follows_and_nothing_of_other_days(session: Session) -> None:
    chairs = Equipment(name="Sandalye", count=40)
    session.add_all([chairs, Layout(room_id=room(session).id, kind="u_shape", capacity=12)])
    session.flush()
    book(session, setup_minutes=30, clear_minutes=15, layout="u_shape", people=8, equipment={chairs.id: 8})
    book(session, TEN + 2 * HOUR, title="Kurul", setup_minutes=10, is_tentative=True)
    book(session, TEN + 24 * HOUR, title="Yarınki")

    said = words(preview(session, PaperKind.SETUP_LIST, at=TUESDAY, label="2026-12-01").pdf)

    assert in_order(
        said,
        *(
            "Çınar Odası",
            "10:00–11:00",
            "Panel",
            "U shape · 8 people",
            "Set up from 09:30",
            "Clear until 11:15",
        ),
        *("Bring: 8 × Sandalye", "Then: 11:50 · Kurul", "12:00–13:00", "Not firm: Kurul"),
    )
    assert not any("Yarınki" in line for line in said)


def test_what_was_asked_for_is_drawn_when_it_is_printed_and_twice_a_minute_is_once(session: Session) -> None:
    this = book(session)
    jobs = {print_look.ask_sign(session, this.id, "a5", at=TUESDAY) for _twice in range(2)}
    [job_id] = jobs
    listed = print_look.ask_setup_list(session, TEN.date(), at=TUESDAY)
    bookings.change(session, this.id, title="Söyleşi", at=TUESDAY)
    sign_job, list_job = session.get(PrintJob, job_id), print_jobs.one(session, listed)
    assert sign_job is not None
    assert list_job is not None

    for job in (sign_job, list_job):
        assert "Söyleşi" in words(sheet_for(session, job, Form.PAGE, TUESDAY).pdf)
