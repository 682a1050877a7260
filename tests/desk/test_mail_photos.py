"""Pictures of parcels: small, bare, replaced and taken away; a bad file gets a sentence."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.desk import mail_photos
from civicdesk.errors import Refusal
from civicdesk.models import Blob, MailItem, MailPhoto
from tests.builders import TUESDAY
from tests.desk import postbox

_PLACE_OF_GPS, _ORIENTATION = 0x8825, 0x0112


@pytest.fixture
def item(session: Session) -> MailItem:
    postbox.let(session, 214, "Barış Vakfı")
    return postbox.item(session, 214)


def photograph(width: int = 4_000, height: int = 3_000, kind: str = "JPEG", turned: int = 1) -> bytes:
    """As a telephone takes it: noisy, and with place and device written along."""
    noise = Random(7).randbytes(width // 4 * (height // 4) * 3)
    picture = Image.frombytes("RGB", (width // 4, height // 4), noise).resize((width, height))
    exif = Image.Exif()
    exif[0x010F], exif[_ORIENTATION] = "Telephone of Elif", turned
    exif.get_ifd(_PLACE_OF_GPS)[2] = (38.0, 25.0, 0.0)
    out = BytesIO()
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def test_a_picture_is_made_small_and_bare() -> None:
    data = photograph()
    assert b"Telephone of Elif" in data
    made = mail_photos.ready(data).jpeg

    picture = Image.open(BytesIO(made))
    assert max(picture.size) <= mail_photos.LONGEST_SIDE
    assert len(made) <= mail_photos.MOST_STORED
    assert picture.format == "JPEG"
    assert dict(picture.getexif()) == {}
    assert b"Telephone" not in made


def test_a_picture_taken_on_its_side_stands_upright() -> None:
    made = mail_photos.ready(photograph(800, 600, turned=6)).jpeg

    assert Image.open(BytesIO(made)).size == (600, 800)


def test_a_png_with_nothing_in_its_corners_lies_on_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(out, "PNG")

    made = Image.open(BytesIO(mail_photos.ready(out.getvalue()).jpeg))
    assert made.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no_picture"),
        (b"%PDF-1.7 a bill", "no_picture"),
        (b"\xff\xd8\xff\xe0 cut", "no_picture"),
        (photograph(400, 300)[:900], "no_picture"),
        (b"\0" * (mail_photos.MOST_BYTES + 1), "large_file"),
    ],
    ids=["empty", "PDF by another name", "only a beginning", "cut off", "too large"],
)
def test_a_bad_file_gets_a_sentence(data: bytes, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        mail_photos.ready(data)

    assert refused.value.reason == reason


def test_a_picture_of_too_many_pixels_is_not_unpacked() -> None:
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")

    with pytest.raises(Refusal) as refused:
        mail_photos.ready(out.getvalue())
    assert refused.value.reason == "large_picture"


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        mail_photos.from_file(tmp_path / "gone.jpg")
    assert refused.value.reason == "no_file"


def ready(shade: int) -> mail_photos.Ready:
    out = BytesIO()
    Image.new("RGB", (60, 40), (shade, shade, shade)).save(out, "PNG")
    return mail_photos.ready(out.getvalue())


def blobs(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Blob)) or 0


def test_the_latest_picture_is_the_one_that_counts_and_an_undo_brings_the_first_back(
    session: Session, item: MailItem
) -> None:
    first, second = ready(10), ready(200)
    kept = mail_photos.keep(session, item.id, first, at=TUESDAY)
    mail_photos.keep(session, item.id, second, at=TUESDAY)
    assert mail_photos.picture(session, item.id) == second.jpeg

    mail_photos.bring_back(session, kept.id, at=TUESDAY)
    assert mail_photos.picture(session, item.id) == first.jpeg


def test_the_same_tap_twice_keeps_one_and_the_same_picture_is_kept_once(
    session: Session, item: MailItem
) -> None:
    mail_photos.keep(session, item.id, ready(10), at=TUESDAY, key="k")
    mail_photos.keep(session, item.id, ready(10), at=TUESDAY, key="k")
    other = postbox.item(session, 214)
    mail_photos.keep(session, other.id, ready(10), at=TUESDAY)

    assert session.scalar(select(func.count()).select_from(MailPhoto)) == 2
    assert blobs(session) == 1


def test_a_picture_is_taken_away_and_its_bytes_go_later(session: Session, item: MailItem) -> None:
    mail_photos.keep(session, item.id, ready(10), at=TUESDAY)
    had = mail_photos.take_away(session, item.id, at=TUESDAY)
    assert had is not None
    assert mail_photos.picture(session, item.id) == b""
    mail_photos.bring_back(session, had, at=TUESDAY)
    assert mail_photos.forget_loose(session, before=TUESDAY + timedelta(days=1)) == 0
    mail_photos.take_away(session, item.id, at=TUESDAY)

    assert mail_photos.forget_loose(session, before=TUESDAY) == 0, "an undo may still want it"
    assert mail_photos.forget_loose(session, before=TUESDAY + timedelta(days=1)) == 1
    assert blobs(session) == 0
    assert mail_photos.bring_back(session, had, at=TUESDAY) is None
