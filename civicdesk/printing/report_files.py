"""Reports as files: what is asked for by name, and written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from civicdesk.desk import logos, occupancy_day
from civicdesk.desk.occupancy_day import OccupancyDay
from civicdesk.errors import Unavailable
from civicdesk.printing.occupancy_files import file_name, occupancy_csv, occupancy_xlsx
from civicdesk.printing.occupancy_sheet import occupancy_pdf
from civicdesk.printing.occupancy_words import occupancy_sheet
from civicdesk.text import _

__all__ = ["ENDINGS", "file_name", "occupancy", "save"]

ENDINGS = ("pdf", "xlsx", "csv")


def occupancy(session: Session, on: date, ending: str, *, at: datetime, by: str = "") -> bytes:
    """The occupancy sheet of a day as `pdf`, or its numbers as `xlsx` or `csv`. Refuses `no_centre`."""
    seen = occupancy_day.look(session, on, at=at)
    if ending == "pdf":
        return occupancy_pdf(occupancy_sheet(seen, by), logos.current(session))
    return _NUMBERS[ending](seen)


def save(path: Path, raw: bytes) -> Path:
    """Write a file, whole or not at all; one of the same name is replaced.

    Raises Unavailable for a folder that is full, read-only or not there and cannot be made.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(raw)
        part.replace(path)
    except OSError as error:
        _forget(part)
        raise Unavailable(_("The file could not be written: {}").format(error.strerror)) from error
    return path


def _forget(part: Path) -> None:
    """What a full disk left of a file."""
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return


_NUMBERS: dict[str, Callable[[OccupancyDay], bytes]] = {"xlsx": occupancy_xlsx, "csv": occupancy_csv}
