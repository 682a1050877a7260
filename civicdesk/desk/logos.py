"""The centre's logo: taken in from a picture somebody chose, kept small and on white, and taken away again."""

from __future__ import annotations

import logging
import warnings
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import audit, staff
from civicdesk.errors import Refusal
from civicdesk.models import Logo
from civicdesk.text import _

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 5_000_000
MOST_PIXELS = 24_000_000
MOST_STORED = 256_000
LONGEST_SIDE = 800
_PLAIN = 245
"""From this brightness on a pixel is paper."""

_log = logging.getLogger(__name__)
_LIVE = select(Logo.id).where(Logo.deleted_at.is_(None)).order_by(Logo.id.desc()).limit(1)
_last: tuple[UUID, bytes] | None = None
"""The logo read last: a row's picture never changes, so that a badge need not read it again."""


@dataclass(frozen=True)
class Ready:
    """A picture that can be stored, as `ready` made it."""

    png: bytes


NO_LOGO = Ready(b"")


def ready(data: bytes) -> Ready:
    """A file's bytes as a logo: a PNG on white, without empty edges, small. Takes a moment; needs no database.

    Refuses `large_file`, `no_picture`, `large_picture` and `blank_picture`.
    """
    if len(data) > MOST_BYTES:
        raise Refusal("large_file", _("This file is too large. A logo's file has at most 5 MB."))
    picture = _without_edges(_on_white(_read(data)))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return Ready(_small_png(picture))


def from_file(file: Path) -> Ready:
    """A picture file as a logo. Refuses as `ready` does, and `no_file` when it cannot be opened."""
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refusal("no_file", _("The file could not be opened: {}").format(error.strerror)) from error
    return ready(data)


def put(session: Session, logo: Ready, *, at: datetime) -> None:
    """Put this logo on the badges instead of the one before, or `NO_LOGO`. Refuses `managers_only`."""
    if not staff.acts_as_manager(session):
        raise Refusal("managers_only", _("Only a manager can change the logo."))
    before = session.scalars(select(Logo).where(Logo.deleted_at.is_(None)).order_by(Logo.id)).all()
    for row in before:
        row.deleted_at = at
    if logo.png:
        row = Logo(png=logo.png)
        session.add(row)
        session.flush()
        audit.record(session, "take_logo", row, at, size=len(logo.png))
    elif before:
        audit.record(session, "remove_logo", before[-1], at)


def current(session: Session) -> bytes:
    """The logo that stands on badges as a PNG; empty without one."""
    global _last  # noqa: PLW0603
    logo_id = session.scalar(_LIVE)
    if logo_id is None:
        return b""
    known = _last
    if known is None or known[0] != logo_id:
        png = session.scalar(select(Logo.png).where(Logo.id == logo_id)) or b""
        _last = known = (logo_id, png)
    return known[1]


def _read(data: bytes) -> Image:
    """The picture in a file."""
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
        picture = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
    picture.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))  # a photograph is unpacked smaller
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_many_pixels()
    picture.load()
    return ImageOps.exif_transpose(picture)


def _too_many_pixels() -> Refusal:
    return Refusal("large_picture", _("This picture has too many pixels. Save it smaller and try again."))


def _on_white(picture: Image) -> Image:
    """What is transparent becomes paper; sixteen bits become eight."""
    from PIL import Image  # noqa: PLC0415

    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    white = Image.new("RGBA", picture.size, "white")
    white.alpha_composite(picture.convert("RGBA"))
    return white.convert("RGB")


def _without_edges(picture: Image) -> Image:
    """Empty paper around a logo would only make it smaller on a badge."""
    box = picture.convert("L").point(lambda value: 0 if value >= _PLAIN else 255).getbbox()
    if box is None:
        raise Refusal("blank_picture", _("There is nothing to see on this picture but white."))
    return picture.crop(box)


def _small_png(picture: Image) -> bytes:
    """First with fewer colours, then smaller, until it may be stored."""
    made = _png(picture)
    while len(made) > MOST_STORED:
        made = _png(picture.quantize(256))
        picture.thumbnail((picture.width * 4 // 5, picture.height * 4 // 5))
    return made


def _png(picture: Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
