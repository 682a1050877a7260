"""The sign at a room's door."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from civicdesk.printing.door_sign import DoorSign, SignLine, SignSize, door_sign_pdf
from civicdesk.printing.picture import page_count
from civicdesk.text import use_language
from tests.printing.reading import in_order, ink, seen, words

DAY = [
    SignLine("09:00–10:00", "Yönetim kurulu", "Körfez Çevre Derneği"),
    SignLine("10:30–12:30", "Dikiş atölyesi", "Ege Derneği", is_this=True),
    SignLine("13:00–15:00", "Okuma grubu"),
]
SIGN = DoorSign(
    room="Çınar Odası",
    zone="Zemin kat",
    on="24 Kasım 2026 Salı",
    time="10:30–12:30",
    title="Dikiş atölyesi",
    host="Ege Derneği",
    centre="Çınarova Sivil Yaşam Merkezi",
    day=DAY,
)


@pytest.mark.parametrize(("size", "wide", "high"), [(SignSize.A4, 210, 297), (SignSize.A5, 148, 209)])
def test_it_is_one_page_of_the_size_that_was_asked_for(size: SignSize, wide: int, high: int) -> None:
    pdf = door_sign_pdf(SIGN, size)
    box = PdfReader(BytesIO(pdf)).pages[0].mediabox

    assert page_count(pdf) == 1
    assert float(box.width) / 72 * 25.4 == pytest.approx(wide, abs=0.5)
    assert float(box.height) / 72 * 25.4 == pytest.approx(high, abs=0.5)


def test_what_is_on_stands_first_then_the_rooms_day() -> None:
    said = words(door_sign_pdf(SIGN))

    assert in_order(
        said,
        *("Çınar Odası", "Zemin kat", "10:30–12:30", "Dikiş atölyesi", "Ege Derneği", "24 Kasım 2026 Salı"),
        *("09:00–10:00", "Yönetim kurulu", "Körfez Çevre Derneği", "13:00–15:00", "Okuma grubu"),
    )


@pytest.mark.parametrize("size", list(SignSize))
def test_room_and_time_can_be_read_from_three_metres(size: SignSize) -> None:
    """A capital of a centimetre is read from three metres; on the small sign from two."""
    page = PdfReader(BytesIO(door_sign_pdf(SIGN, size))).pages[0]
    heights: dict[str, float] = {}

    def note(text: str, cm: list[float], tm: list[float], _font: object, points: float) -> None:
        for part in text.split("\n"):
            if part.strip():
                heights[part.strip()] = max(
                    points * cm[3] * tm[3] * 0.727 / 72 * 25.4, heights.get(part.strip(), 0)
                )

    page.extract_text(visitor_text=note)

    least = 10 if size is SignSize.A4 else 7
    assert heights["Çınar Odası"] > least
    assert heights["10:30–12:30"] > least
    assert heights["Dikiş atölyesi"] > least


def test_a_long_title_a_long_room_and_arabic_stay_on_the_page() -> None:
    for sign in (
        replace(
            SIGN, title="Görünmeyen emeğin görünür kılınması için " * 6, host="Ege Kadın Emeği Derneği · " * 8
        ),
        replace(SIGN, room="Prof. Dr. İhsan Ketin Konferans ve Sergi Salonu, Doğu Kanadı"),
        replace(SIGN, title="ورشة الخياطة", host="جمعية التضامن"),
    ):
        _left, _top, right, bottom = ink(door_sign_pdf(sign))
        assert bottom > 5
        assert seen(door_sign_pdf(sign), 60).crop((475, 150, 496, 700)).getextrema()[0] > 200, (
            "ink beside the page"
        )
        assert right == pytest.approx(0, abs=0.5)  # the band goes to the edge


def test_a_day_of_twenty_shows_what_is_around_and_counts_the_rest() -> None:
    day = [
        SignLine(f"{hour:02d}:00–{hour + 1:02d}:00", f"Toplantı {hour}", is_this=hour == 12)
        for hour in range(20)
    ]
    said = words(door_sign_pdf(replace(SIGN, day=day)))

    assert in_order(said, "Toplantı 11", "Toplantı 12", "Toplantı 16", "and 14 more on this day")
    assert "Toplantı 10" not in said


def test_the_same_sign_is_the_same_bytes_in_turkish_too() -> None:
    use_language("tr")
    assert door_sign_pdf(SIGN) == door_sign_pdf(SIGN)
