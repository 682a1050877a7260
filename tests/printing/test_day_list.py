"""The list of a day on paper."""

from __future__ import annotations

from dataclasses import replace

from civicdesk.printing.day_list import DayBooking, DayGuest, DaySheet, day_list_pdf
from civicdesk.printing.picture import page_count
from civicdesk.text import use_language
from tests.printing.reading import in_order, ink, words

EMPTY = DaySheet(
    centre="Çınarova Sivil Yaşam Merkezi",
    on="24 Kasım 2026 Salı",
    open="Open 09:00–19:30",
    as_of="24 Kasım 2026 Salı 07:42",
    by="Elif Aydın",
    total=0,
    guests=[],
)
SHEET = replace(
    EMPTY,
    total=5,
    guests=[
        DayGuest(
            "09:30", "İnci Uğurlu", room="Çınar Odası", host="Ege Derneği", needs=("Tekerlekli sandalye",)
        ),
        DayGuest("10:00", "Cem Ak", people=4, has_come=True),
    ],
    bookings=[
        DayBooking("Çınar Odası", "09:00–11:00", "Dikiş atölyesi", "Ege Derneği", people=12),
        DayBooking("Çınar Odası", "12:00–13:00", "Toplantı", people=3, tentative=True),
        DayBooking("Ihlamur Salonu", "18:00–24:00", "Söyleşi", people=90),
    ],
)


def many(count: int, name: str = "Kişi") -> DaySheet:
    return replace(EMPTY, total=count, guests=[DayGuest("09:00", f"{name} {n:04d}") for n in range(count)])


def test_the_list_is_the_same_bytes_every_time() -> None:
    assert day_list_pdf(SHEET) == day_list_pdf(SHEET)


def test_the_list_begins_with_the_day_and_how_many_are_expected() -> None:
    said = words(day_list_pdf(SHEET))
    assert in_order(said, "Day list", "24 Kasım 2026 Salı", "Open 09:00–19:30", "5", "people expected")
    assert in_order(said[-2:], "Çınarova Sivil Yaşam Merkezi", "07:42", "Elif Aydın", "Page 1 of 1")


def test_the_rooms_come_first_each_with_its_day() -> None:
    said = words(day_list_pdf(SHEET))
    assert in_order(
        said, "Rooms", "3 bookings", "Çınar Odası", "09:00–11:00", "Dikiş atölyesi", "Ege Derneği", "12 people",
        "12:00–13:00", "Not firm: Toplantı", "Ihlamur Salonu", "18:00–24:00", "Söyleşi", "Expected visitors",
    )  # fmt: skip


def test_the_expected_stand_with_time_needs_company_room_and_host() -> None:
    said = words(day_list_pdf(SHEET))
    after = said[said.index("Expected visitors") :]
    assert in_order(
        after, "5 people", "09:30", "İnci Uğurlu", "Tekerlekli sandalye", "Çınar Odası", "Ege Derneği"
    )
    assert in_order(after, "10:00", "Cem Ak", "4 people")


def test_who_came_is_ticked() -> None:
    come = replace(SHEET, guests=[replace(SHEET.guests[0], has_come=True)])
    not_come = replace(SHEET, guests=[replace(SHEET.guests[0], has_come=False)])
    assert day_list_pdf(come) != day_list_pdf(not_come)


def test_an_empty_day_says_so() -> None:
    said = words(day_list_pdf(EMPTY))
    assert in_order(said, "0", "No room is booked on this day.", "Nobody is expected on this day.")


def test_the_list_speaks_turkish() -> None:
    use_language("tr")
    said = words(day_list_pdf(replace(SHEET, total=1788)))
    assert in_order(said, "Günlük liste", "1.788", "kişi bekleniyor", "Salonlar", "Beklenen ziyaretçiler")


def test_nobody_is_lost_between_the_pages_and_each_says_what_it_is() -> None:
    pdf = day_list_pdf(many(500))
    pages = page_count(pdf)
    said = [words(pdf, page) for page in range(pages)]
    everything = "\n".join(line for page in said for line in page)
    assert all(f"Kişi {n:04d}" in everything for n in range(500))
    for page in range(1, pages):
        assert in_order(said[page], "Day list", "24 Kasım 2026 Salı", "Expected visitors", "Kişi 0")
        assert f"Page {page + 1} of {pages}" in said[page]


def test_arabic_names_have_their_letters() -> None:
    latin, arabic = (
        ink(day_list_pdf(replace(EMPTY, total=1, guests=[DayGuest("09:00", name)])), dpi=50)
        for name in ("", "محمد عبد الرحمن")
    )
    assert latin[:3] == arabic[:3]  # still on the page
    assert day_list_pdf(replace(EMPTY, guests=[DayGuest("09:00", "محمد")])).count(b"/FontFile2") >= 3


def test_nothing_runs_off_the_page() -> None:
    guest = DayGuest("10:42", "Ğ" * 200, 10_000, "Mavi Salon " * 30, "Federasyon " * 30, ("Sandalye",) * 12)
    booking = DayBooking("Mavi Salon " * 30, "00:00–24:00", "Toplantı " * 30, "Dernek " * 40, 10_000)
    sheet = replace(
        EMPTY, total=32_612, centre="Merkez " * 40, open="Kapalı " * 40,
        guests=[guest] * 40, bookings=[booking] * 5,
    )  # fmt: skip
    pdf = day_list_pdf(sheet)
    for page in range(page_count(pdf)):
        left, top, right, bottom = ink(pdf, page=page)
        assert min(left, right) > 13
        assert min(top, bottom) > 7
