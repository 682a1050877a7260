"""What may be wrong with this computer, in words, each with what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from civicdesk.assets import asset
from civicdesk.database import Database
from civicdesk.errors import Unavailable
from civicdesk.settings import FILE, Settings
from civicdesk.text import _, use_language

_LEAST_FREE = 500_000_000
_BUILT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    is_well: bool
    sentence: str


def look(database: Path | None = None) -> list[Finding]:
    """Look at everything that a desk needs."""
    settings, said = _settings()
    use_language(settings.language)
    path = database or settings.database
    checks: tuple[tuple[str, Callable[[], tuple[bool, str]]], ...] = (
        (_("Settings"), lambda: (not said, said or _("sound"))),
        (_("Display"), _display),
        (_("Fonts"), _fonts),
        (_("Database"), lambda: _database(path)),
        (_("Disk"), lambda: _disk(path)),
        (_("Clock"), lambda: _clock(path)),
    )
    return [Finding(subject, *check()) for subject, check in checks]


def _settings() -> tuple[Settings, str]:
    """The settings, or the usual ones and why those of this computer cannot be read."""
    try:
        return Settings(), ""
    except (ValueError, OSError) as error:
        use_language("tr")
        words = _("{} or a CIVICDESK variable cannot be read: {}")
        return Settings.model_construct(), words.format(FILE, " ".join(str(error).split()))


def _display() -> tuple[bool, str]:
    if sys.platform == "win32" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return True, _("there is one")
    return False, _("there is none. Start CivicDesk on the desktop, or run “civicdesk rehearse”.")


def _fonts() -> tuple[bool, str]:
    missing = [
        name
        for name in ("Inter-Regular", "NotoSansArabic-Regular")
        if not asset("fonts", f"{name}.ttf").exists()
    ]
    if missing:
        return False, _("{} is missing. Install CivicDesk again.").format(", ".join(missing))
    return True, _("complete")


def _database(path: Path) -> tuple[bool, str]:
    if not path.exists():
        return True, _("none yet; the first start makes {}").format(path)
    try:
        with closing(Database(path)) as desk:
            desk.prepare()
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            said = connection.execute("PRAGMA integrity_check(3)").fetchall()
    except Unavailable as trouble:
        return False, str(trouble)
    except sqlite3.Error as error:
        return False, _("{} cannot be read: {}. Restore the latest backup.").format(path, error)
    if said != [("ok",)]:
        return False, _("the file is damaged: {}. Restore the latest backup.").format(said[0][0])
    return True, _("whole, {} MB, at {}").format(round(path.stat().st_size / 1e6), path)


def _disk(path: Path) -> tuple[bool, str]:
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    free = shutil.disk_usage(folder).free
    if free < _LEAST_FREE:
        return False, _("only {} MB are free. Free some space.").format(round(free / 1e6))
    return True, _("{} GB are free").format(round(free / 1e9))


def _clock(path: Path) -> tuple[bool, str]:
    now = datetime.now(UTC)
    if now < _BUILT:
        return False, _("it says {}; set the date and time of this computer.").format(f"{now:%d.%m.%Y %H:%M}")
    latest = _latest(path)
    if latest and latest > now.isoformat():
        return False, _("something was recorded at {}, which is still to come. Set the clock.").format(
            latest[:16]
        )
    return True, f"{now.astimezone():%d.%m.%Y %H:%M %Z}"


def _latest(path: Path) -> str | None:
    """When something was last written down; the demo centre lives in a time of its own."""
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            if connection.execute("SELECT 1 FROM mark WHERE name = 'demo'").fetchone():
                return None
            row = connection.execute("SELECT max(at) FROM audit_entry").fetchone()
    except sqlite3.Error:
        return None
    return row[0] if row else None
