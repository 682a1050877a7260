from io import BytesIO
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from civicdesk.printing.badge import BadgeSize, badge_pdf
from civicdesk.printing.printers.raster import BAND, bands, dots_bands, page_dots, raster_command
from civicdesk.printing.qr import modules
from civicdesk.rehearsal.thermal_paper import Interpreter, Strip
from tests.printing.printers.thermal import CARD, CARD_CODE, CODE, FACE, scanned

MM = 72 / 25.4
ROLLS = pytest.mark.parametrize(("size", "dots"), [(BadgeSize.ROLL_80, 576), (BadgeSize.ROLL_58, 384)])


def page(width: float, height: float, *boxes: tuple[float, float, float, float], pages: int = 1) -> bytes:
    """Black boxes (millimetres from the upper left) on a page."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(width * MM, height * MM))
    for _n in range(pages):
        for left, top, across, down in boxes:
            canvas.rect(left * MM, (height - top - down) * MM, across * MM, down * MM, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    return picture.convert("L").point(lambda level: 255 - level).getbbox() or (0, 0, 0, 0)


def on_paper(commands: list[bytes], dots: int = 576) -> Image.Image:
    """What a printer makes of it."""
    interpreter, buffer = Interpreter(dots=dots), bytearray(b"".join(commands))
    strips = []
    while buffer:
        strips += [act.image for act in interpreter.take(buffer) if isinstance(act, Strip)]
    assert interpreter.unknown == []
    paper = Image.new("1", (dots, sum(strip.height for strip in strips)), 1)
    y = 0
    for strip in strips:
        paper.paste(strip, (0, y))
        y += strip.height
    return paper


def test_a_millimetre_is_eight_dots() -> None:
    assert ink(page_dots(page(72, 40, (10, 5, 20, 10)), 576)) == (80, 40, 240, 120)


@pytest.mark.parametrize("height", [30, 30.06, 30.07, 99.99])
def test_a_page_of_no_whole_dots_is_not_stretched(height: float) -> None:
    left, top, right, bottom = ink(page_dots(page(72, height, (0, 0, 72, 10), (10, 20, 5, 5)), 576))
    assert (left, top, right) == (0, 0, 576)
    assert bottom == pytest.approx(200, abs=1)


def test_a_narrow_page_stands_in_the_middle_at_its_true_size() -> None:
    assert ink(page_dots(page(40, 10, (0, 0, 40, 10)), 576)) == (128, 0, 448, 80)


def test_a_page_wider_than_the_roll_is_made_to_fit() -> None:
    picture = page_dots(page(144, 100, (0, 0, 144, 100)), 576)
    assert ink(picture) == (0, 0, 576, 400)


@ROLLS
def test_every_module_of_a_code_is_the_same_number_of_whole_dots(size: BadgeSize, dots: int) -> None:
    picture = page_dots(badge_pdf(FACE, size), dots)
    assert scanned(picture) == [CODE]
    found = seen_modules(picture, len(modules(CODE)))
    assert found == [[bool(dark) for dark in row] for row in modules(CODE)]


def seen_modules(picture: Image.Image, across: int) -> list[list[bool]]:
    """The modules of a code, each of which must be all black or all white."""
    import zxingcpp  # noqa: PLC0415

    [code] = zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    left, top, right = code.position.top_left.x, code.position.top_left.y, code.position.top_right.x
    side, rest = divmod(right - left, across)
    assert rest == 0
    grid = []
    for row in range(across):
        cells = [picture.crop(cell(left, top, side, column, row)) for column in range(across)]
        extremes = [part.convert("L").getextrema() for part in cells]
        assert all(low == high for low, high in extremes)
        grid.append([high == 0 for _low, high in extremes])
    return grid


def cell(left: int, top: int, side: int, column: int, row: int) -> tuple[int, int, int, int]:
    return (left + column * side, top + row * side, left + (column + 1) * side, top + (row + 1) * side)


@ROLLS
def test_what_a_printer_makes_of_the_bands_is_the_picture(size: BadgeSize, dots: int) -> None:
    pdf = badge_pdf(FACE, size)
    assert on_paper(bands(pdf, dots), dots).tobytes() == page_dots(pdf, dots).tobytes()


def test_no_band_is_too_much_for_a_small_printer() -> None:
    assert max(map(len, bands(badge_pdf(FACE, BadgeSize.ROLL_80), 576))) <= BAND + 8


def test_all_pages_come_one_below_the_other() -> None:
    picture = on_paper(bands(page(72, 10, (0, 0, 72, 5), pages=3), 576))
    column = [picture.getpixel((300, y)) == 0 for y in range(picture.height)]
    runs = [(black, len(list(rows))) for black, rows in groupby(column)]
    assert [black for black, _rows in runs] == [True, False] * 3
    assert all(rows == pytest.approx(40, abs=1) for _black, rows in runs)
    assert picture.height == 3 * 80


def test_a_card_that_was_drawn_for_paper_is_read_from_the_roll() -> None:
    for dots in (576, 384):
        assert scanned(on_paper(bands(CARD.pdf, dots), dots)) == [CARD_CODE]


@settings(deadline=None)
@given(
    st.binary(min_size=72, max_size=72 * 4),
    st.sampled_from([b"\x10\x04\x01", b"\x10\x14\x08", b"\x10\x05\x02"]),
)
def test_dots_never_say_a_command_and_lose_none(data: bytes, command: bytes) -> None:
    data = (data[:30] + command + data[33:])[: len(data) // 72 * 72]
    sent = raster_command(data, 72)[8:]
    assert len(sent) == len(data)
    assert all(was & ~now == 0 for was, now in zip(data, sent, strict=True))
    assert not any(sent[n] == 0x10 and sent[n + 1] in b"\x04\x05\x14" for n in range(len(sent) - 1))


def test_a_picture_of_any_width_is_white_where_it_ends() -> None:
    for width in range(1, 20):
        sent = b"".join(dots_bands(Image.new("1", (width, 1), 1)))[8:]
        assert sent == bytes(len(sent))
