"""Signatures: drawn with finger, pen or mouse, thinned to what the eye sees, kept as a compact vector.

A stroke is a row of points in the pad's own pixels. Packed, each stroke is the number of its points and then their
differences, all as numbers of one or two bytes; a usual signature takes a few hundred bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from math import dist, hypot, isfinite

from sqlalchemy.orm import Session

from civicdesk.desk import rows
from civicdesk.errors import Refusal
from civicdesk.models import Signature
from civicdesk.text import _

Point = tuple[float, float]
Strokes = Sequence[Sequence[Point]]

MOST_POINTS = 2_000
_LEAST_LENGTH = 0.12
"""The least way of the pen, as a share of the pad's width: a dot or a tick of the finger is no signature."""
_LEAST_EXTENT = 0.03
_NEAR = 1.0
_TOLERANCE = 0.6
_SHORT, _MORE = 0x7F, 0x80


def sign(session: Session, strokes: Strokes, width: int, height: int, *, at: datetime) -> Signature:
    """Keep a signature, thinned. Refuses `no_signature` for nothing drawn and `dot_signature` for a dot."""
    thinned = thin(_drawn(strokes, width, height))
    _check(thinned, width)
    signature = Signature(strokes=pack(thinned), width=width, height=height, at=at)
    rows.write(session, signature)
    return signature


def strokes_of(signature: Signature) -> list[list[tuple[int, int]]]:
    """The strokes again, to be shown or printed, in the pixels of `width` × `height`."""
    return list(unpack(signature.strokes))


def thin(strokes: Strokes) -> list[list[Point]]:
    """The strokes with as few points as look the same, and never more than `MOST_POINTS` in all."""
    near = _NEAR
    found = [_spread(stroke, near) for stroke in strokes if stroke]
    while sum(map(len, found)) > 10 * MOST_POINTS:
        near *= 2
        found = [_spread(stroke, near) for stroke in found]
    tolerance = _TOLERANCE
    result = [_simplest(stroke, tolerance) for stroke in found]
    while sum(map(len, result)) > MOST_POINTS:
        tolerance *= 1.6
        result = [_simplest(stroke, tolerance) for stroke in result]
        if all(len(stroke) <= 2 for stroke in result):  # noqa: PLR2004  nothing is left to leave out
            result = sorted(result, key=_length, reverse=True)[: MOST_POINTS // 2]
    return result


def pack(strokes: Strokes) -> bytes:
    """The strokes as bytes."""
    packed = bytearray()
    x = y = 0
    for stroke in strokes:
        packed += _number(len(stroke))
        for right, down in stroke:
            new_x, new_y = round(right), round(down)
            packed += _number(_unsigned(new_x - x)) + _number(_unsigned(new_y - y))
            x, y = new_x, new_y
    return bytes(packed)


def unpack(packed: bytes) -> Iterator[list[tuple[int, int]]]:
    """The reverse of `pack`, in whole pixels."""
    numbers = _numbers(packed)
    x = y = 0
    for count in numbers:
        stroke = []
        for _point in range(count):
            x, y = x + _signed(next(numbers)), y + _signed(next(numbers))
            stroke.append((x, y))
        yield stroke


def _drawn(strokes: Strokes, width: int, height: int) -> list[list[Point]]:
    """Only what lies on the pad: a finger may slip over its edge."""
    if width < 1 or height < 1:
        raise Refusal("no_signature", _("Please sign first."))
    return [
        [(min(max(x, 0), width), min(max(y, 0), height)) for x, y in stroke if isfinite(x) and isfinite(y)]
        for stroke in strokes
    ]


def _check(strokes: Strokes, width: int) -> None:
    points = [point for stroke in strokes for point in stroke]
    if not points:
        raise Refusal("no_signature", _("Please sign first."))
    xs, ys = zip(*points, strict=True)
    extent = hypot(max(xs) - min(xs), max(ys) - min(ys))
    if sum(map(_length, strokes)) < _LEAST_LENGTH * width or extent < _LEAST_EXTENT * width:
        raise Refusal("dot_signature", _("This is only a dot. Please sign with your whole signature."))


def _length(stroke: Sequence[Point]) -> float:
    return sum(map(dist, stroke, stroke[1:]))


def _spread(stroke: Sequence[Point], near: float) -> list[Point]:
    """The points that lie apart from the one before; the last one stays."""
    kept = [stroke[0]]
    for point in stroke[1:]:
        if dist(point, kept[-1]) >= near:
            kept.append(point)
    if stroke[-1] != kept[-1]:
        kept.append(stroke[-1])
    return kept


def _simplest(stroke: Sequence[Point], tolerance: float) -> list[Point]:
    """The fewest points of a stroke that stay this near to all of it (Ramer, Douglas and Peucker)."""
    keep = {0, len(stroke) - 1}
    spans = [(0, len(stroke) - 1)]
    while spans:
        first, last = spans.pop()
        place, away = _furthest(stroke, first, last)
        if away > tolerance:
            keep.add(place)
            spans += [(first, place), (place, last)]
    return [stroke[place] for place in sorted(keep)]


def _furthest(stroke: Sequence[Point], first: int, last: int) -> tuple[int, float]:
    (ax, ay), (bx, by) = stroke[first], stroke[last]
    along_x, along_y = bx - ax, by - ay
    length = hypot(along_x, along_y)
    best, place = 0.0, first
    for n in range(first + 1, last):
        x, y = stroke[n]
        away = abs(along_x * (ay - y) - (ax - x) * along_y) / length if length else hypot(x - ax, y - ay)
        if away > best:
            best, place = away, n
    return place, best


def _unsigned(value: int) -> int:
    return value * 2 if value >= 0 else -value * 2 - 1


def _signed(value: int) -> int:
    return value // 2 if value % 2 == 0 else -(value + 1) // 2


def _number(value: int) -> bytes:
    packed = bytearray()
    while value > _SHORT:
        packed.append(value & _SHORT | _MORE)
        value >>= 7
    packed.append(value)
    return bytes(packed)


def _numbers(packed: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in packed:
        value |= (byte & _SHORT) << shift
        shift += 7
        if byte <= _SHORT:
            yield value
            value = shift = 0
