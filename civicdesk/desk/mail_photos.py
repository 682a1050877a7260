"""A picture of a parcel's outside, if one is wanted: made small, without place and time, and taken away."""

from __future__ import annotations

import logging
import warnings
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from civicdesk.database import note_change
from civicdesk.desk import actions, audit, mail_moves, rows
from civicdesk.errors import Refusal
from civicdesk.models import Blob, MailPhoto
from civicdesk.text import _

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE = 1_280
MOST_STORED = 300_000
MOST_BYTES = 40_000_000
MOST_PIXELS = 60_000_000
_QUALITIES = (82, 74, 66, 58, 50)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ready:
    """A picture that can be kept, as `ready` made it."""

    jpeg: bytes


def ready(data: bytes) -> Ready:
    """A file's bytes as a small JPEG, upright and without place, time or device. Takes a moment; needs no database.

    Refuses `large_file`, `no_picture` and `large_picture`.
    """
    if len(data) > MOST_BYTES:
        raise Refusal("large_file", _("This file is too large. A picture’s file has at most 40 MB."))
    picture = _read(data)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return Ready(_small(picture))


def from_file(file: Path) -> Ready:
    """A picture file, made small. Refuses as `ready` does, and `no_file` when it cannot be opened."""
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refusal("no_file", _("The file could not be opened: {}").format(error.strerror)) from error
    return ready(data)


def keep(
    session: Session, item_id: UUID, picture: Ready, *, at: datetime, key: str | None = None
) -> MailPhoto:
    """Put this picture to an item, instead of the one before. Refuses `no_item`."""
    if done := actions.subject_of(session, key):
        return session.get_one(MailPhoto, done)
    mail_moves.one(session, item_id)
    digest = sha256(picture.jpeg).hexdigest()
    if session.get(Blob, digest) is None:
        rows.write(session, Blob(sha256=digest, size=len(picture.jpeg), bytes=picture.jpeg))
    made = _write(session, item_id, digest, len(picture.jpeg), at)
    actions.remember(session, key, made.id, at)
    audit.record(session, "keep_photo", made, at, size=made.size)
    return made


def take_away(session: Session, item_id: UUID, *, at: datetime) -> UUID | None:
    """An item has no picture any more; its bytes stay for an undo until `forget_loose` takes them.

    Returns the picture that it had.
    """
    before = latest(session, item_id)
    if before is None:
        return None
    audit.record(session, "remove_photo", _write(session, item_id, "", 0, at), at)
    return before.id


def bring_back(session: Session, photo_id: UUID, *, at: datetime) -> MailPhoto | None:
    """Undo of `take_away`, and of one picture put in the place of another."""
    photo = session.get_one(MailPhoto, photo_id)
    if not photo.sha256 or session.get(Blob, photo.sha256) is None:
        return None
    again = _write(session, photo.item_id, photo.sha256, photo.size, at)
    audit.record(session, "keep_photo", again, at, size=again.size)
    return again


def latest(session: Session, item_id: UUID) -> MailPhoto | None:
    """The picture of an item, if it has one."""
    found = session.scalar(
        select(MailPhoto).where(MailPhoto.item_id == item_id).order_by(MailPhoto.id.desc()).limit(1)
    )
    return found if found is not None and found.sha256 else None


def picture(session: Session, item_id: UUID) -> bytes:
    """The JPEG of an item; nothing without one, or where its bytes are not on this desk yet."""
    photo = latest(session, item_id)
    blob = session.get(Blob, photo.sha256) if photo else None
    return blob.bytes if blob else b""


def forget_loose(session: Session, *, before: datetime) -> int:
    """Take the bytes of pictures that were replaced or taken away before then; how many."""
    found = session.scalars(select(MailPhoto).where(MailPhoto.sha256 != "", MailPhoto.at < before)).all()
    standing = {photo.sha256 for photo in found if latest(session, photo.item_id) is photo}
    loose = {photo.sha256 for photo in found} - standing
    newer = session.scalars(
        select(MailPhoto.sha256).where(MailPhoto.sha256.in_(loose), MailPhoto.at >= before)
    )
    loose -= set(newer)
    there = session.scalars(select(Blob.sha256).where(Blob.sha256.in_(loose))).all()
    if there:
        session.execute(delete(Blob).where(Blob.sha256.in_(there)))
        note_change(session, Blob)
    return len(there)


def _write(session: Session, item_id: UUID, digest: str, size: int, at: datetime) -> MailPhoto:
    made = MailPhoto(item_id=item_id, sha256=digest, size=size, at=at, by_id=session.info.get("by"))
    rows.write(session, made)
    return made


def _read(data: bytes) -> Image:
    """The picture in a file, whatever its name says."""
    from PIL import Image  # noqa: PLC0415  slow to import

    try:
        return _unpacked(data)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Refusal:
        raise
    except Exception as error:  # a broken file breaks Pillow in many ways
        _log.info("no picture: %s", type(error).__name__)
        raise Refusal(
            "no_picture", _("This file is not a picture this desk can read. Choose a PNG or JPEG file.")
        ) from error


def _unpacked(data: bytes) -> Image:
    """How large a picture says it is is looked at before any of it is unpacked."""
    from PIL import Image, ImageOps  # noqa: PLC0415  slow to import

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        found = Image.open(BytesIO(data), formats=("PNG", "JPEG", "WEBP"))
    found.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))  # a photograph is unpacked smaller
    if found.width * found.height > MOST_PIXELS:
        raise _too_many_pixels()
    found.load()
    upright = ImageOps.exif_transpose(found)
    if not upright.has_transparency_data:
        return upright.convert("RGB")
    white = Image.new("RGBA", upright.size, "white")
    white.alpha_composite(upright.convert("RGBA"))
    return white.convert("RGB")


def _too_many_pixels() -> Refusal:
    return Refusal("large_picture", _("This picture has too many pixels. Save it smaller and try again."))


def _small(found: Image) -> bytes:
    """First with less detail, then smaller, until it may be kept."""
    while True:
        for quality in _QUALITIES:
            made = _jpeg(found, quality)
            if len(made) <= MOST_STORED:
                return made
        found.thumbnail((found.width * 4 // 5, found.height * 4 // 5))


def _jpeg(found: Image, quality: int) -> bytes:
    """A fresh picture: nothing that was written along in the file goes into it."""
    from PIL import Image  # noqa: PLC0415

    bare = Image.frombytes("RGB", found.size, found.tobytes())
    out = BytesIO()
    bare.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
