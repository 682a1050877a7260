from __future__ import annotations

import os
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import logos
from civicdesk.errors import Refusal
from civicdesk.models import AuditEntry, Logo, Role
from tests import builders
from tests.builders import TUESDAY


def bytes_of(picture: Image.Image, kind: str = "PNG", **how: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **how)  # type: ignore[arg-type]
    return out.getvalue()


def square(colour: object = "#0B6E7F", mode: str = "RGB", side: int = 200) -> Image.Image:
    return Image.new(mode, (side, side), colour)  # type: ignore[arg-type]


def opened(logo: logos.Ready) -> Image.Image:
    return Image.open(BytesIO(logo.png))


def refused(data: bytes) -> str:
    with pytest.raises(Refusal) as refusal:
        logos.ready(data)
    return refusal.value.reason


def header_only(width: int, height: int) -> bytes:
    """A PNG that says it is very large, and is a few bytes."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = b"IDAT" + zlib.compress(bytes(1000))
    chunks = (
        struct.pack(">I", len(each) - 4) + each + struct.pack(">I", zlib.crc32(each)) for each in (head, rows)
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.fixture
def by_manager(session: Session) -> Session:
    session.info["by"] = builders.member_of_staff(session, "Deniz Polat", Role.MANAGER).id
    return session


# --- taking a picture in ---


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_becomes_a_small_png(kind: str) -> None:
    made = opened(logos.ready(bytes_of(square(side=2400), kind)))
    assert (made.format, made.mode) == ("PNG", "RGB")
    assert max(made.size) == logos.LONGEST_SIDE


def test_what_is_transparent_is_white_paper_and_empty_edges_are_cut() -> None:
    picture = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    picture.paste((200, 0, 0, 255), (100, 120, 180, 160))
    picture.putpixel((140, 140), (0, 0, 0, 0))
    made = opened(logos.ready(bytes_of(picture)))
    assert made.size == (80, 40)
    assert made.getpixel((0, 0)) == (200, 0, 0)
    assert made.getpixel((40, 20)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16"])
def test_pictures_of_every_kind_of_colour_are_taken(mode: str) -> None:
    picture = square(mode=mode, colour=0) if mode != "CMYK" else square(mode=mode, colour=(0, 0, 0, 255))
    made = opened(logos.ready(bytes_of(picture, "JPEG" if mode == "CMYK" else "PNG")))
    assert made.mode == "RGB"
    assert max(made.getpixel((9, 9))) < 40  # type: ignore[type-var]


def test_a_photograph_taken_sideways_stands_upright() -> None:
    sideways = Image.Exif()
    sideways[0x0112] = 6
    picture = Image.new("RGB", (400, 200), "navy")
    assert opened(logos.ready(bytes_of(picture, "JPEG", exif=sideways))).size == (200, 400)


def test_a_picture_of_many_colours_is_stored_small_all_the_same() -> None:
    noise = Image.frombytes("RGB", (900, 900), os.urandom(900 * 900 * 3))
    made = logos.ready(bytes_of(noise))
    assert len(made.png) <= logos.MOST_STORED
    assert min(opened(made).size) >= 200


def test_what_is_no_picture_is_refused() -> None:
    assert refused(b"") == "no_picture"
    assert refused(b"Just some words, named logo.png") == "no_picture"
    assert refused(b"<svg xmlns='http://www.w3.org/2000/svg'/>") == "no_picture"
    assert refused(bytes_of(square(), "GIF")) == "no_picture"
    whole = bytes_of(Image.frombytes("RGB", (90, 90), os.urandom(90 * 90 * 3)))
    assert refused(whole[: len(whole) // 2]) == "no_picture"


@pytest.mark.parametrize("side", [5_000, 12_000, 60_000])
def test_a_picture_that_would_fill_the_memory_is_refused_by_its_size(side: int) -> None:
    assert refused(header_only(side, side)) == "large_picture"


def test_a_large_file_and_an_empty_page_are_refused() -> None:
    assert refused(b"\x89PNG" + bytes(logos.MOST_BYTES)) == "large_file"
    assert refused(bytes_of(square("white"))) == "blank_picture"
    assert refused(bytes_of(square((0, 0, 0, 0), "RGBA"))) == "blank_picture"


def test_a_file_is_read_or_the_reason_why_not_is_told(tmp_path: Path) -> None:
    file = tmp_path / "logo.jpg"
    file.write_bytes(bytes_of(square(), "JPEG"))
    assert opened(logos.from_file(file)).size == (200, 200)
    for nothing in (tmp_path / "gone.png", tmp_path):
        with pytest.raises(Refusal) as refusal:
            logos.from_file(nothing)
        assert refusal.value.reason == "no_file"


# --- on the badges ---


def test_a_new_logo_takes_the_place_of_the_old_one_and_can_be_taken_away(by_manager: Session) -> None:
    assert logos.current(by_manager) == b""
    red, blue = (logos.ready(bytes_of(square(colour))) for colour in ("red", "blue"))
    logos.put(by_manager, red, at=TUESDAY)
    assert logos.current(by_manager) == red.png
    logos.put(by_manager, blue, at=TUESDAY)
    assert logos.current(by_manager) == blue.png
    logos.put(by_manager, logos.NO_LOGO, at=TUESDAY)
    assert logos.current(by_manager) == b""
    assert all(row.deleted_at == TUESDAY for row in by_manager.scalars(select(Logo)))


def test_the_trail_tells_who_changed_the_logo(by_manager: Session) -> None:
    logos.put(by_manager, logos.ready(bytes_of(square())), at=TUESDAY)
    logos.put(by_manager, logos.NO_LOGO, at=TUESDAY)
    logos.put(by_manager, logos.NO_LOGO, at=TUESDAY)  # nothing was there: nothing is told
    entries = by_manager.scalars(select(AuditEntry).where(AuditEntry.subject == "logo")).all()
    assert [entry.action for entry in entries] == ["take_logo", "remove_logo"]
    assert {entry.by_id for entry in entries} == {by_manager.info["by"]}


def test_only_managers_change_the_logo(session: Session) -> None:
    session.info["by"] = builders.member_of_staff(session).id
    for logo in (logos.ready(bytes_of(square())), logos.NO_LOGO):
        with pytest.raises(Refusal) as refusal:
            logos.put(session, logo, at=TUESDAY)
        assert refusal.value.reason == "managers_only"
    assert logos.current(session) == b""
