"""The caretaker's list of a day."""

from __future__ import annotations

from dataclasses import replace

from civicdesk.printing.picture import page_count
from civicdesk.printing.setup_list import SetupBooking, SetupSheet, setup_list_pdf
from tests.printing.reading import in_order, ink, words

EMPTY = SetupSheet(
    centre="Çınarova Sivil Yaşam Merkezi",
    on="24 Kasım 2026 Salı",
    open="Open 09:00–19:30",
    as_of="24 Kasım 2026 Salı 07:42",
    by="Elif Aksoy",
)
SHEET = replace(
    EMPTY,
    bookings=[
        SetupBooking(
            room="Çınar Odası",
            time="09:00–11:00",
            title="Yönetim kurulu",
            organisation="Körfez Çevre Derneği",
            people=12,
            layout="Boardroom",
            set_up="08:30",
            clear="11:15",
            equipment=("1 × Projektör", "2 × Mikrofon"),
            note="Kapıya yakın iki yer boş kalsın.",
            follows="12:00 · Gönüllü eğitimi · Classroom",
        ),
        SetupBooking(room="Çınar Odası", time="12:30–14:00", title="Gönüllü eğitimi", people=1),
        SetupBooking(
            room="Ihlamur Salonu", time="19:00–24:00", title="Genel kurul", tentative=True, people=90
        ),
    ],
)


def test_it_says_for_each_booking_when_how_and_with_what_it_is_set_up_and_what_follows() -> None:
    said = words(setup_list_pdf(SHEET))

    assert in_order(
        said, "Set-up list", "24 Kasım 2026 Salı", "Open 09:00–19:30", "3", "bookings on this day"
    )
    assert in_order(
        said,
        *("Çınar Odası", "2 bookings", "09:00–11:00", "Yönetim kurulu", "Körfez Çevre Derneği"),
        *("Boardroom · 12 people", "Set up from 08:30", "Clear until 11:15"),
        *("Bring: 1 × Projektör, 2 × Mikrofon", "Note: Kapıya yakın iki yer boş kalsın."),
        *("Then: 12:00 · Gönüllü eğitimi · Classroom", "12:30–14:00", "1 person"),
        *("Ihlamur Salonu", "Not firm: Genel kurul"),
    )
    assert in_order(said[-2:], "Çınarova Sivil Yaşam Merkezi", "07:42", "Elif Aksoy", "Page 1 of 1")


def test_a_day_without_bookings_says_so() -> None:
    assert "No room is booked on this day." in words(setup_list_pdf(EMPTY))


def test_a_hundred_bookings_go_on_with_the_room_said_again_and_nothing_leaves_the_page() -> None:
    many = replace(
        SHEET, bookings=[replace(SHEET.bookings[0], note="Uzun not " * 40) for _each in range(100)]
    )
    pdf = setup_list_pdf(many)

    assert page_count(pdf) > 5
    assert "Çınar Odası (continued)" in words(pdf, 1)
    assert min(ink(pdf, page=3)) > 5


def test_the_same_list_is_the_same_bytes() -> None:
    assert setup_list_pdf(SHEET) == setup_list_pdf(SHEET)


def test_a_long_note_can_be_read_whole() -> None:
    note = (
        "Kapıya yakın iki yer boş kalsın; ikramlar on buçukta koridora, su sürahileri masaya, afişler girişe."
    )
    said = " ".join(words(setup_list_pdf(replace(SHEET, bookings=[replace(SHEET.bookings[0], note=note)]))))

    assert f"Note: {note}" in said
