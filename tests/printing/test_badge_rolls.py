"""Badges as a thermal printer burns them: black dots, eight a millimetre."""

from dataclasses import replace
from itertools import product

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from civicdesk import codes
from civicdesk.printing.badge import BadgeFace, BadgeSize, badge_mm, badge_pdf, badges_pdf
from civicdesk.printing.picture import page_count, page_image
from tests.printing.logos import SQUARE, TALL, WIDE, logo_png
from tests.printing.reading import in_order, words
from tests.printing.test_badge import CODE, FULL, SELIN

DOTS_AN_INCH = 203.2
WIDTH = {BadgeSize.ROLL_80: 576, BadgeSize.ROLL_58: 384}
ROLLS = pytest.mark.parametrize("size", list(WIDTH))
LOGOS = [b"", *map(logo_png, (WIDE, SQUARE, TALL))]
LONG = [FULL, *(replace(FULL, name=name) for name in ("ğ" * 200, "محمد " * 40, "🌳 Ağaç " * 30, "Wm" * 5000))]


def dots(pdf: bytes, page: int = 0) -> Image.Image:
    """The paper as it is burnt: every dot black or white."""
    picture = page_image(pdf, DOTS_AN_INCH, page)
    size = (picture.width, picture.height)
    grey = Image.frombuffer("RGBX", size, picture.pixels, "raw", "BGRX", 0, 1).convert("L")
    return grey.point(lambda value: 255 if value >= 128 else 0)


def scanned(burnt: Image.Image) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(burnt, formats=zxingcpp.BarcodeFormat.QRCode)


def edges(burnt: Image.Image) -> tuple[int, int, int, int]:
    """White dots on the left, top, right and bottom."""
    left, top, right, bottom = burnt.point(lambda value: 255 - value).getbbox() or (0, 0, 0, 0)
    return left, top, burnt.width - right, burnt.height - bottom


@ROLLS
def test_a_badge_is_as_wide_as_the_printers_dots_and_as_long_as_it_says(size: BadgeSize) -> None:
    burnt = dots(badge_pdf(SELIN, size))
    wide, high = badge_mm(SELIN, size)
    assert burnt.size == (WIDTH[size], round(high * 8))
    assert wide * 8 == WIDTH[size]


@ROLLS
@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**20 - 1))
def test_any_code_is_read_from_the_dots(size: BadgeSize, n: int) -> None:
    code = codes.make(codes.Kind.BADGE, lambda below: n)
    assert [read.text for read in scanned(dots(badge_pdf(replace(SELIN, code=code), size)))] == [code]


@ROLLS
@pytest.mark.parametrize("face", [SELIN, *LONG, replace(FULL, discreet=True)])
def test_every_module_of_the_code_is_whole_dots(face: BadgeFace, size: BadgeSize) -> None:
    """No dot of the code is grey before it is burnt, and it is large enough for any reader."""
    pdf = badge_pdf(face, size)
    [code] = scanned(dots(pdf))
    corner = code.position.top_left
    side = 21 * (12 if size is BadgeSize.ROLL_80 else 10)
    picture = page_image(pdf, DOTS_AN_INCH)
    box = (corner.x + 2, corner.y + 2, corner.x + side - 2, corner.y + side - 2)
    grey = Image.frombuffer("RGBX", (picture.width, picture.height), picture.pixels, "raw", "BGRX", 0, 1)
    assert not [value for value in grey.convert("L").crop(box).tobytes() if 5 < value < 250]
    assert code.position.top_right.x - corner.x >= 25 * 8


@ROLLS
@pytest.mark.parametrize(("face", "logo"), list(product(LONG, LOGOS)))
def test_nothing_is_cut_off_however_long_the_names_are(face: BadgeFace, logo: bytes, size: BadgeSize) -> None:
    burnt = dots(badge_pdf(replace(face, logo=logo), size))
    assert min(edges(burnt)) >= 4
    assert [read.text for read in scanned(burnt)] == [CODE]
    assert burnt.height <= size.value[1] * 8


@ROLLS
def test_the_paper_is_no_longer_than_what_stands_on_it(size: BadgeSize) -> None:
    short = badge_mm(replace(SELIN, host="", reason="", place="", on="", shows_digits=False), size)[1]
    long = badge_mm(replace(FULL, logo=LOGOS[1]), size)[1]
    assert 60 < short < badge_mm(SELIN, size)[1] < long
    assert edges(dots(badge_pdf(SELIN, size)))[3] < 4 * 8


@ROLLS
def test_there_is_no_colour_and_the_room_stands_in_letters(size: BadgeSize) -> None:
    face = replace(SELIN, discreet=True, room_colour="#B3261E", logo=logo_png(ink="#E0A030"))
    picture = page_image(badge_pdf(face, size), DOTS_AN_INCH)
    whole = Image.frombuffer("RGBX", (picture.width, picture.height), picture.pixels, "raw", "BGRX", 0, 1)
    red, green, blue, _unused = whole.split()
    assert red.tobytes() == green.tobytes() == blue.tobytes()
    assert "Meclis Salonu" in "\n".join(words(badge_pdf(face, size)))


@ROLLS
def test_a_badge_says_the_same_as_on_a_label(size: BadgeSize) -> None:
    said = words(badge_pdf(SELIN, size))
    parts = ("Selin Karaca", "Ege Kadın Emeği Derneği", "Toplantı", "24 Kas 2026", "1047", "Please return")
    assert in_order(said, *parts)


@ROLLS
def test_the_smallest_letters_are_high_enough_for_the_dots(size: BadgeSize) -> None:
    """The last line, in small letters, is at least 2 mm from the foot of a p to the head of an l."""
    face = replace(SELIN, footer="plplplpl " * 20)
    rows = [not row for row in _dark_rows(dots(badge_pdf(face, size)))]
    heights = [len(run) for run in "".join(" x"[not white] for white in rows).split()]
    assert heights[-1] >= 16


def _dark_rows(burnt: Image.Image) -> list[bool]:
    return [burnt.crop((0, y, burnt.width, y + 1)).getextrema()[0] == 0 for y in range(burnt.height)]


def test_each_badge_of_many_is_cut_to_its_own_length() -> None:
    pdf = badges_pdf([SELIN, FULL, replace(FULL, discreet=True)], BadgeSize.ROLL_80)
    assert page_count(pdf) == 3
    assert len({dots(pdf, page).height for page in range(3)}) == 3


@ROLLS
def test_the_logo_is_dots_and_no_grey_before_it_is_burnt(size: BadgeSize) -> None:
    picture = page_image(badge_pdf(replace(SELIN, logo=logo_png(ink="#B7791F")), size), DOTS_AN_INCH)
    whole = Image.frombuffer("RGBX", (picture.width, picture.height), picture.pixels, "raw", "BGRX", 0, 1)
    logo = whole.convert("L").crop((0, 0, picture.width, 80)).tobytes()
    assert not [value for value in logo if 5 < value < 250]
    assert logo.count(0) > 1000
