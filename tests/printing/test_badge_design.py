"""What managers want on a badge, as it comes out."""

from dataclasses import replace
from itertools import product

import pytest

from civicdesk import codes
from civicdesk.printing.badge import BadgeFace, BadgeSize, badge_mm, badge_pdf
from civicdesk.printing.picture import page_image
from tests.printing.logos import SQUARE, TALL, WIDE, logo_png
from tests.printing.reading import code_side, ink, scanned, seen, words
from tests.printing.test_badge import CODE, EACH_SIZE, FULL, SELIN

ONE_A_PAGE = [size for size in BadgeSize if size is not BadgeSize.A4_SHEET]
LOGOS = pytest.mark.parametrize("logo", list(map(logo_png, (WIDE, SQUARE, TALL))))
NUMBER_ONLY = replace(FULL, discreet=True, only_number=True, logo=logo_png(), copy=1, people=1)


def blue_ink(pdf: bytes) -> list[int]:
    """The rows, in hundredths of the page, in which something is blue and not black."""
    picture = page_image(pdf, 150)
    found = set()
    for y in range(picture.height):
        row = picture.pixels[y * picture.width * 4 : (y + 1) * picture.width * 4]
        if any(blue > red + 60 for blue, red in zip(row[::4], row[2::4], strict=True)):
            found.add(y * 100 // picture.height)
    return sorted(found)


@EACH_SIZE
@LOGOS
def test_with_any_logo_every_code_is_read(size: BadgeSize, logo: bytes) -> None:
    assert scanned(badge_pdf(replace(SELIN, logo=logo), size), 203) == [CODE]


@pytest.mark.parametrize("size", [BadgeSize.LABEL, BadgeSize.A6])
@pytest.mark.parametrize("face", [SELIN, FULL, replace(FULL, name="ğ" * 200), replace(FULL, discreet=True)])
@LOGOS
def test_a_logo_never_makes_the_code_too_small_nor_runs_off(
    face: BadgeFace, size: BadgeSize, logo: bytes
) -> None:
    pdf = badge_pdf(replace(face, logo=logo, room_colour=None), size)
    assert code_side(pdf) > 25
    assert min(ink(pdf)) > 3


@pytest.mark.parametrize("shape", [WIDE, SQUARE, TALL])
def test_the_logo_stands_at_the_top_in_its_own_colour(shape: tuple[int, int]) -> None:
    pdf = badge_pdf(replace(SELIN, centre="", logo=logo_png(shape, ink="#1020FF")), BadgeSize.LABEL)
    assert 0 < max(blue_ink(pdf)) < 25


def test_a_logo_that_cannot_be_read_keeps_no_badge_from_being_printed() -> None:
    pdf = badge_pdf(replace(SELIN, logo=b"no picture"), BadgeSize.LABEL)
    assert scanned(pdf, 203) == [CODE]
    assert words(pdf) == words(badge_pdf(SELIN, BadgeSize.LABEL))


@pytest.mark.parametrize("size", ONE_A_PAGE)
def test_a_badge_of_a_number_shows_the_number_and_nothing_else(size: BadgeSize) -> None:
    pdf = badge_pdf(NUMBER_ONLY, size)
    assert "".join(words(pdf)).replace(" ", "") == "1047" + codes.grouped(CODE).replace(" ", "")
    assert scanned(pdf, 203) == [CODE]
    assert min(ink(pdf)) > (3 if not size.is_roll else 0.5)  # also no band of the room's colour
    assert not blue_ink(pdf)


def test_the_number_stands_larger_than_any_name() -> None:
    first_line = seen(badge_pdf(NUMBER_ONLY, BadgeSize.LABEL), 203).crop((0, 0, 495, 200))
    box = first_line.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    assert box
    assert box[3] - box[1] > 12 * 8


@pytest.mark.parametrize(
    ("without", "gone"),
    [
        ({"host": ""}, "Ege Kadın"),
        ({"reason": ""}, "Toplantı"),
        ({"place": ""}, "Meclis"),
        ({"on": ""}, "24 Kas"),
        ({"shows_digits": False}, codes.grouped(CODE)[:6]),
    ],
)
def test_what_is_left_out_leaves_no_hole(without: dict[str, object], gone: str) -> None:
    face = replace(SELIN, **without)  # type: ignore[arg-type]
    said = "\n".join(words(badge_pdf(face, BadgeSize.ROLL_80)))
    assert gone not in said
    assert "· \n" not in said
    assert badge_mm(face, BadgeSize.ROLL_80)[1] <= badge_mm(SELIN, BadgeSize.ROLL_80)[1]
    assert "1047" in said
    assert "Selin Karaca" in said


@pytest.mark.parametrize(("size", "discreet"), list(product(BadgeSize, [False, True])))
def test_the_same_badge_is_the_same_bytes_with_a_logo_too(size: BadgeSize, discreet: bool) -> None:
    face = replace(FULL, logo=logo_png(), discreet=discreet)
    assert badge_pdf(face, size) == badge_pdf(face, size)
