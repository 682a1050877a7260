from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from civicdesk import text
from civicdesk.desk.hours import Day
from civicdesk.desk.metrics import Stay
from civicdesk.desk.occupancy_day import OccupancyDay
from civicdesk.models import BookingState
from civicdesk.printing.occupancy_sheet import occupancy_pdf, share_out
from civicdesk.printing.occupancy_words import occupancy_sheet
from civicdesk.printing.picture import page_count, page_sizes
from tests.printing.occupancy_days import MIDNIGHT, ON, a_day, at, event, room
from tests.printing.reading import seen, words

A_DAY = a_day(
    [event(1), event(2, 2, 14, 1, state=BookingState.NO_SHOW, guests=None, started_at=None)],
    [Stay("selin", 3, at(11), at(12))],
)


def said(day: OccupancyDay = A_DAY, by: str = "Elif Aksoy") -> str:
    return "\n".join(words(occupancy_pdf(occupancy_sheet(day, by))))


def test_it_is_one_upright_page_of_a4() -> None:
    [(wide, high)] = page_sizes(occupancy_pdf(occupancy_sheet(A_DAY)))

    assert (round(wide), round(high)) == (210, 297)


def test_the_page_says_whose_day_it_is_until_when_it_is_known_and_who_printed_it() -> None:
    page = said()

    assert "Çınarova Sivil Yaşam Merkezi · Tuesday, 24 November 2026" in page
    assert "Open 09:00–19:30" in page
    assert "Data complete for the whole day" in page
    assert "Printed Wednesday, 25 November 2026 09:00 · Elif Aksoy" in page
    assert "Prepared by (name, signature)" in page


def test_the_figures_stand_beside_what_they_are_compared_with_and_say_what_they_mean() -> None:
    page = said()

    assert "13\nvisitors" in page  # three by name, ten written down at the event
    assert "month so far: —" in page
    assert "Booked: booked minutes ÷ opening minutes" in page
    assert "—: the centre is closed on this day" in page
    assert "Idle rooms\n0 / 2" in page


def test_what_was_booked_is_listed_with_what_became_of_it() -> None:
    page = said()

    assert "10:00–12:00" in page
    assert "20 / 10" in page
    assert "20 / —\nnobody came" in page


def test_it_can_be_read_without_colour() -> None:
    """Booked is hatched and so grey, in use is solid and so dark, whatever the printer does with colours."""
    sheet = occupancy_sheet(A_DAY)
    only_booked = replace(sheet, rooms=[replace(row, used=()) for row in sheet.rooms])
    nothing = replace(sheet, rooms=[replace(row, used=(), booked=()) for row in sheet.rooms])

    blank, hatched, solid = (darkness(occupancy_pdf(each)) for each in (nothing, only_booked, sheet))

    assert blank < hatched < solid


def darkness(pdf: bytes) -> float:
    """How much black a printer needs."""
    histogram = seen(pdf, 100).histogram()
    return sum((255 - grey) * count for grey, count in enumerate(histogram))


def test_a_day_to_come_shows_dashes_and_the_reason() -> None:
    page = said(a_day([event(1, guests=None, started_at=None)], now=MIDNIGHT - timedelta(days=2)))

    assert "No data: the day has not come yet" in page
    assert "—\nvisitors" in page
    assert "0\nvisitors" not in page


def test_a_day_before_the_centre_existed_says_so() -> None:
    page = said(a_day(first_on=ON + timedelta(days=30)))

    assert "No data: the desk kept nothing of this day" in page


def test_a_closed_day_says_why() -> None:
    page = said(a_day(day=Day(ON, (), "Cumhuriyet Bayramı")))

    assert "Closed · Cumhuriyet Bayramı" in page


def test_today_says_until_when() -> None:
    assert "Data complete until 10:00" in said(a_day(now=at(10)))


@pytest.mark.parametrize("rooms", [0, 1, 30, 80])
@pytest.mark.parametrize("events", [0, 5_000])
def test_it_stays_one_page_however_much_there_is(rooms: int, events: int) -> None:
    places = [room(number, "Çok Amaçlı Uzun Adlı Salon " * 4) for number in range(rooms)]
    booked = [event(number, number % max(rooms, 1), 9 + number % 10) for number in range(events)]

    pdf = occupancy_pdf(occupancy_sheet(a_day(booked, (), places)))

    assert page_count(pdf) == 1
    if events:
        assert "more, in the spreadsheet" in "\n".join(words(pdf))


def test_a_very_long_name_of_a_centre_is_made_to_fit() -> None:
    named = a_day(centre="Çınarova Büyükşehir Belediyesi Sivil Toplum Yerleşkesi ve Dayanışma Merkezi " * 3)

    assert page_count(occupancy_pdf(occupancy_sheet(named))) == 1


def test_the_same_day_at_the_same_time_is_the_same_file() -> None:
    assert occupancy_pdf(occupancy_sheet(A_DAY)) == occupancy_pdf(occupancy_sheet(A_DAY))


def test_it_is_written_in_turkish_too() -> None:
    text.use_language("tr")

    page = said()

    assert "Günlük doluluk çizelgesi" in page
    assert "24 Kasım 2026 Salı" in page


@pytest.mark.parametrize(
    ("lines", "events", "setups"), [(20, 5, 5), (20, 50, 2), (20, 50, 50), (20, 3, 50), (3, 9, 9)]
)
def test_the_two_lists_never_take_more_than_there_is(lines: int, events: int, setups: int) -> None:
    shown, prepared = share_out(lines, events, setups)

    assert shown + (shown < events) + prepared + (prepared < setups) <= lines
    assert shown <= events
    assert prepared <= setups
