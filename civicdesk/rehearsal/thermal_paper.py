"""What a thermal printer does with the bytes it gets: letters, codes and dots on its roll."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from PIL import Image, ImageDraw, ImageFont

from civicdesk.assets import asset

CODE_PAGES: Mapping[int, str] = MappingProxyType(
    {0: "cp437", 2: "cp850", 13: "cp857", 16: "cp1252", 18: "cp852", 19: "cp858", 48: "cp1254"}
)
"""`ESC t` of the printers that have both Turkish pages."""

_LETTER_WIDTH, _LETTER_HEIGHT, _LINE = 12, 24, 30
_DLE, _LF, _ESC, _FS, _GS = 0x10, 0x0A, 0x1B, 0x1C, 0x1D
_QR, _QR_SIZE, _QR_STORE, _QR_PRINT = 49, 67, 80, 81


@dataclass(frozen=True)
class Badge:
    """One piece of paper, as it was cut off: what is seen on it, its letters, and the codes it drew itself."""

    image: Image.Image
    text: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Strip:
    """Rows that come out of the printer next."""

    image: Image.Image
    text: str = ""
    code: str = ""


@dataclass(frozen=True)
class Cut:
    """The knife."""


@dataclass(frozen=True)
class Ask:
    """A question that is answered when everything before it is done."""

    what: int


@dataclass(frozen=True)
class Reports:
    """How the printer is to tell of itself unasked (`GS a`)."""

    mask: int


Act = Strip | Cut | Ask | Reports


class Incomplete(Exception):
    """The rest of this command has not come yet."""


@dataclass
class _Manner:
    """How letters are set; `ESC @` makes it what it is here."""

    align: int = 0
    is_bold: bool = False
    is_white_on_black: bool = False
    wide: int = 1
    tall: int = 1
    page: int = 0
    qr_module: int = 3
    qr_data: bytes = b""


@dataclass
class Interpreter:
    """Takes commands off the front of a buffer, one at a time. `unknown` are those it did not understand."""

    dots: int = 576
    code_pages: Mapping[int, str] = field(default_factory=lambda: CODE_PAGES)
    unknown: list[bytes] = field(default_factory=list)
    _manner: _Manner = field(default_factory=_Manner)
    _line: str = ""

    def reset(self) -> None:
        """As after being switched on."""
        self._manner, self._line = _Manner(), ""

    def take(self, buffer: bytearray) -> list[Act]:
        """Carry out the first command and take it out of the buffer. Raises Incomplete."""
        if not buffer:
            raise Incomplete
        data = _Bytes(buffer)
        acts = self._command(data)
        del buffer[: data.at]
        return acts

    def _command(self, data: _Bytes) -> list[Act]:
        first = data.byte()
        if first == _ESC:
            return self._escape(data, data.byte())
        if first == _GS:
            return self._group(data, data.byte())
        if first == _DLE:
            self._real_time(data, data.byte())
        elif first == _FS:
            data.byte()
        elif first == _LF:
            return self._end_line()
        elif first >= 0x20:  # noqa: PLR2004  the first letter
            return self._letter(first)
        return []

    def _real_time(self, data: _Bytes, second: int) -> None:
        """Answered when it arrived; here it is only passed over."""
        data.skip({0x04: 1, 0x05: 1, 0x14: 3}.get(second, 0))

    def _escape(self, data: _Bytes, letter: int) -> list[Act]:
        if letter == ord("@"):
            self.reset()
        elif letter == ord("d"):
            return [*self._end_line(if_empty=False), *self._feed(data.byte() * _LINE)]
        elif letter == ord("J"):
            return [*self._end_line(if_empty=False), *self._feed(data.byte())]
        elif letter in b"aEt!":
            self._set(letter, data.byte())
        elif letter in b"R3-MG{S":
            data.byte()
        elif letter in b"$\\":
            data.skip(2)
        elif letter != ord("2"):
            self.unknown.append(bytes((_ESC, letter)))
        return []

    def _set(self, letter: int, value: int) -> None:
        manner = self._manner
        if letter == ord("a"):
            manner.align = value & 3
        elif letter == ord("E"):
            manner.is_bold = bool(value & 1)
        elif letter == ord("t"):
            manner.page = value
        else:
            manner.is_bold = bool(value & 8)
            manner.tall, manner.wide = 1 + bool(value & 16), 1 + bool(value & 32)

    def _group(self, data: _Bytes, letter: int) -> list[Act]:
        known: dict[int, Callable[[_Bytes], list[Act]]] = {
            ord("v"): self._raster,
            ord("V"): self._cut,
            ord("("): self._function,
            ord("!"): self._size,
            ord("B"): self._reverse,
            ord("r"): lambda data: [Ask(data.byte() & 0x0F)],
            ord("a"): lambda data: [Reports(data.byte())],
        }
        if letter in known:
            return known[letter](data)
        lengths = {ord("L"): 2, ord("W"): 2, ord("P"): 2, ord("h"): 1, ord("w"): 1, ord("b"): 1}
        if letter not in lengths:
            self.unknown.append(bytes((_GS, letter)))
        data.skip(lengths.get(letter, 0))
        return []

    def _raster(self, data: _Bytes) -> list[Act]:
        data.skip(2)
        stride, rows = data.word(), data.word()
        dots = Image.frombytes("1", (stride * 8, rows), data.bytes(stride * rows), "raw", "1;I")
        return [*self._end_line(if_empty=False), Strip(self._placed(dots))]

    def _cut(self, data: _Bytes) -> list[Act]:
        feed = data.byte() in b"ABab" and data.byte()
        return [*self._end_line(if_empty=False), *self._feed(int(feed)), Cut()]

    def _size(self, data: _Bytes) -> list[Act]:
        value = data.byte()
        self._manner.wide, self._manner.tall = (value >> 4) + 1, (value & 0x0F) + 1
        return []

    def _reverse(self, data: _Bytes) -> list[Act]:
        self._manner.is_white_on_black = bool(data.byte() & 1)
        return []

    def _function(self, data: _Bytes) -> list[Act]:
        which = data.byte()
        said = data.bytes(data.word())
        if which != ord("k") or said[0] != _QR:
            return []
        if said[1] == _QR_SIZE:
            self._manner.qr_module = said[2]
        elif said[1] == _QR_STORE:
            self._manner.qr_data = said[3:]
        elif said[1] == _QR_PRINT:
            return [*self._end_line(if_empty=False), self._own_code()]
        return []

    def _own_code(self) -> Strip:
        said = self._manner.qr_data.decode("ascii")
        picture = _qr(said, self._manner.qr_module)
        return Strip(self._placed(picture), code=said)

    def _letter(self, byte: int) -> list[Act]:
        page = self.code_pages.get(self._manner.page, "cp437")
        self._line += bytes((byte,)).decode(page, "replace")
        if len(self._line) * _LETTER_WIDTH * self._manner.wide >= self.dots:
            return self._end_line()
        return []

    def _end_line(self, *, if_empty: bool = True) -> list[Act]:
        text, self._line = self._line, ""
        if not text:
            return self._feed(_LINE) if if_empty else []
        manner = self._manner
        cell = Image.new("1", (len(text) * _LETTER_WIDTH, _LINE), 1)
        pen = ImageDraw.Draw(cell)
        for place, letter in enumerate(text):
            middle = place * _LETTER_WIDTH + _LETTER_WIDTH // 2
            pen.text((middle, _LETTER_HEIGHT // 2), letter, 0, _font(manner.is_bold), anchor="mm")
        if manner.is_white_on_black:
            cell = cell.point(lambda dot: not dot)
        cell = cell.resize((cell.width * manner.wide, cell.height * manner.tall), Image.Resampling.NEAREST)
        return [Strip(self._placed(cell), text=text + "\n")]

    def _feed(self, rows: int) -> list[Act]:
        return [Strip(Image.new("1", (self.dots, rows), 1))] if rows else []

    def _placed(self, picture: Image.Image) -> Image.Image:
        """On the whole width of the roll; what does not fit is lost, as on paper."""
        row = Image.new("1", (self.dots, picture.height), 1)
        spare = self.dots - picture.width
        row.paste(picture, ((0, spare // 2, spare)[min(self._manner.align, 2)] if spare > 0 else 0, 0))
        return row


class _Bytes:
    """Reads on; Incomplete where the bytes end."""

    def __init__(self, buffer: bytearray) -> None:
        self.buffer, self.at = buffer, 0

    def byte(self) -> int:
        return self.bytes(1)[0]

    def word(self) -> int:
        low, high = self.bytes(2)
        return low + 256 * high

    def bytes(self, count: int) -> bytes:
        if self.at + count > len(self.buffer):
            raise Incomplete
        self.at += count
        return bytes(self.buffer[self.at - count : self.at])

    def skip(self, count: int) -> None:
        self.bytes(count)


@cache
def _font(is_bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(asset("fonts", f"Inter-{'Bold' if is_bold else 'Regular'}.ttf")), 18)


def _qr(text: str, module: int) -> Image.Image:
    from qrcode.main import QRCode  # noqa: PLC0415  slow to import

    code = QRCode(border=0)
    code.add_data(text)
    rows = code.get_matrix()
    picture = Image.new("1", (len(rows[0]), len(rows)), 1)
    picture.putdata([0 if dark else 1 for row in rows for dark in row])
    return picture.resize((picture.width * module, picture.height * module), Image.Resampling.NEAREST)
