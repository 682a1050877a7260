"""Where backups go: a folder, a stick, a share. A mark in it tells the stick from the empty folder it hangs on."""

from __future__ import annotations

import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from civicdesk.errors import Refusal, Unavailable
from civicdesk.text import _, fold

MARK = "civicdesk-backups.txt"
ENDING = ".db.gz.age"
_NAME = re.compile(r"civicdesk-(?P<desk>[a-z0-9-]+)-(?P<at>\d{8}T\d{6}Z)" + re.escape(ENDING))
_STAMP = "%Y%m%dT%H%M%SZ"
_ROOM_LEFT = 20_000_000


def choose(place: Path, database: Path) -> None:
    """Make a place ready and mark it.

    Refuses `beside_database` for the folder the desk's own file lies in. Raises Unavailable for one in which nothing
    can be written.
    """
    if place.resolve() == database.parent.resolve():
        raise Refusal(
            "beside_database",
            _(
                "The desk's own file lies here: one broken disk would take both. Choose another disk or a stick."
            ),
        )
    try:
        place.mkdir(parents=True, exist_ok=True)
        (place / MARK).write_text("CivicDesk keeps its backups here.\n", encoding="utf-8")
    except OSError as error:
        raise Unavailable(cannot_write(place, error)) from error


def check(place: Path, need: int) -> None:
    """Whether a backup of so many bytes can be written here now. Raises Unavailable with what to do."""
    try:
        is_there = (place / MARK).is_file()
        room = shutil.disk_usage(place).free if is_there else 0
    except OSError as error:
        raise Unavailable(cannot_write(place, error)) from error
    if not is_there:
        raise Unavailable(
            _(
                "“{}” is not there. Plug in the stick or connect the share; the backup is then made by itself."
            ).format(place)
        )
    if room < need + _ROOM_LEFT:
        raise Unavailable(_("“{}” is full. Free some space, or choose another place.").format(place))


def is_on_disk_of(place: Path, database: Path) -> bool:
    """Whether one broken disk would take the backup as well."""
    try:
        return place.stat().st_dev == database.parent.stat().st_dev
    except OSError:
        return False


def file_name(desk: str, at: datetime) -> str:
    """What a backup of this desk is called; in the order of time when sorted."""
    return f"civicdesk-{slug(desk)}-{at.astimezone(UTC):{_STAMP}}{ENDING}"


def slug(desk: str) -> str:
    """A desk's name as any disk takes it."""
    return re.sub(r"[^a-z0-9]+", "-", fold(desk)).strip("-") or "desk"


def backups(place: Path, desk: str | None = None) -> dict[Path, datetime]:
    """The whole backups that lie here, of one desk or of all; the newest first. Nothing where the place is away."""
    found = {}
    try:
        for file in place.iterdir():
            named = _NAME.fullmatch(file.name)
            if named and desk in (None, named["desk"]):
                found[file] = taken_at(file)
    except OSError:
        return {}
    return dict(sorted(found.items(), key=lambda each: each[1], reverse=True))


def taken_at(file: Path) -> datetime:
    """When a backup was taken, by its name."""
    stamp = file.name.removesuffix(ENDING).rsplit("-", 1)[-1]
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)


def settle(part: Path, name: str) -> Path:
    """Give a file that is written whole its name, so that a power cut leaves either nothing or all of it."""
    done = part.with_name(name)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(done)
    _sync_folder(done.parent)
    return done


def cannot_write(place: Path, error: OSError) -> str:
    """What to say of a place that refused."""
    said = error.strerror or str(error)
    return _("Nothing can be written to “{place}”: {said}. Choose another place.").format(
        place=place, said=said
    )


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # a folder cannot be opened there; the rename is in the file system's own journal
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        return  # some shares do not know it
    finally:
        os.close(handle)
