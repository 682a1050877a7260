"""What may be wrong with this computer, in words, each with what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from civicdesk.assets import asset
from civicdesk.backup import places
from civicdesk.backup.standing import OLD
from civicdesk.database import examine
from civicdesk.errors import Unavailable
from civicdesk.settings import FILE, Settings
from civicdesk.text import _, day, local, use_language

_LEAST_FREE = 500_000_000
_LONGEST_S = 8.0
"""What has not answered by then is told so; nobody waits longer for the doctor."""

_TRIAL_S = 30.0
_BUILT = datetime(2026, 1, 1, tzinfo=UTC)


Check = tuple[str, Callable[[], tuple[bool, str]]]


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
    checks: list[Check] = [
        (_("Settings"), lambda: (not said, said or _("sound"))),
        (_("Display"), _display),
        (_("Fonts"), _fonts),
        (_("Database"), lambda: _database(path)),
        (_("Disk"), lambda: _disk(path)),
        (_("Backup"), lambda: _backup(settings)),
        (_("Clock"), lambda: _clock(path)),
    ]
    return [*_run(checks), *_run_together(_devices(settings), _LONGEST_S)]


def try_printer(name: str, say: Callable[[str], None]) -> bool:
    """Print a test card on a printer of this desk, saying what happens; whether it came out or was sent."""
    from civicdesk.doctor_devices import print_card  # noqa: PLC0415  drawing is slow to import

    settings, said = _settings()
    use_language(settings.language)
    if said:
        say(said)
        return False
    end = time.monotonic() + _TRIAL_S
    return print_card(settings, name, say, until=lambda: time.monotonic() > end)


def _devices(settings: Settings) -> Sequence[Check]:
    from civicdesk.doctor_devices import checks  # noqa: PLC0415  the line above the first answer comes at once

    return checks(settings)


def _run(checks: Sequence[Check]) -> list[Finding]:
    return [Finding(subject, *check()) for subject, check in checks]


def _run_together(checks: Sequence[Check], seconds: float) -> list[Finding]:
    """Look at everything at once; what hangs is left alone and told."""
    answers: dict[str, tuple[bool, str]] = {}

    def answer(subject: str, check: Callable[[], tuple[bool, str]]) -> None:
        answers[subject] = check()

    threads = [threading.Thread(target=answer, args=each, daemon=True) for each in checks]
    for thread in threads:
        thread.start()
    end = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    late = (False, _("does not answer in time. Pull its plug, put it back, and look again."))
    return [Finding(subject, *answers.get(subject, late)) for subject, _check in checks]


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
        is_older = examine(path)
        with closing(_read_only(path)) as connection:
            said = connection.execute("PRAGMA integrity_check(3)").fetchall()
    except Unavailable as trouble:
        return False, str(trouble)
    except sqlite3.Error as error:
        return False, _("{} cannot be read: {}. Restore the latest backup.").format(path, error)
    if said != [("ok",)]:
        return False, _("the file is damaged: {}. Restore the latest backup.").format(said[0][0])
    if not os.access(path, os.W_OK):
        return False, _("{} is read-only. Ask for the right to write to it.").format(path)
    words = _("whole, {} MB, at {}")
    if is_older:
        words = _("whole, {} MB, at {}; the next start copies it and brings it up to date")
    return True, words.format(round(path.stat().st_size / 1e6), path)


def _backup(settings: Settings) -> tuple[bool, str]:
    """Of each place the newest backup that lies there, whoever says what."""
    if settings.backup is None:
        return False, _("none is set up. A manager sets it up under Settings › Backup.")
    is_well, said = True, []
    name = places.slug(f"{settings.desk} {settings.backup.tag}")
    for place in map(Path, settings.backup.places):
        newest = next(iter(places.backups(place, name).values()), None)
        is_well = is_well and newest is not None and datetime.now(UTC) - newest <= OLD
        said.append(f"{place}: {day(local(newest).date()) if newest else _('no backup there')}")
    return is_well, " · ".join(said)


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
        with closing(_read_only(path)) as connection:
            if connection.execute("SELECT 1 FROM mark WHERE name = 'demo'").fetchone():
                return None
            row = connection.execute("SELECT max(at) FROM audit_entry").fetchone()
    except sqlite3.Error:
        return None
    return row[0] if row else None


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
