"""Backups from the command line: the same as on the screens, for those who look after many desks."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from civicdesk import text
from civicdesk.backup import keys, places, restoring, standing, taking
from civicdesk.backup.taking import Taken
from civicdesk.database import Database
from civicdesk.errors import Refusal, Unavailable
from civicdesk.settings import Settings
from civicdesk.text import _
from civicdesk.ui.one_desk import OneDesk


def back_up(to: Path | None, database: Path | None) -> list[str]:
    """Back up into a folder, or into every place of the settings; a line for each.

    Refuses `no_backup` where no recovery key was made yet. Raises Unavailable, also when one of the places failed.
    """
    settings, path = _settings(database)
    if settings.backup is None:
        raise Refusal(
            "no_backup", _("No recovery key was made yet. Set up the backup in the settings first.")
        )
    at = datetime.now(UTC)
    if to is not None:
        places.choose(to, path)
    wanted = (to,) if to is not None else tuple(map(Path, settings.backup.places))
    desk = f"{settings.desk} {settings.backup.tag}"
    outcomes = taking.take_everywhere(path, wanted, settings.backup.recipient, desk, at=at)
    _note(path, settings.desk, outcomes, at)
    troubles = [str(outcome) for outcome in outcomes.values() if isinstance(outcome, Unavailable)]
    if troubles:
        raise Unavailable("\n".join(troubles))
    return [str(outcome.file) for outcome in outcomes.values() if isinstance(outcome, Taken)]


def restore(file: Path, key: Path, database: Path | None) -> list[str]:
    """Put a backup in the place of the desk's file; what was done, in lines. Refuses, and raises Unavailable."""
    _ours, path = _settings(database, must_be_there=False)
    identity = keys.read(_key(key))
    desk = OneDesk(path)
    if not desk.take():
        raise Unavailable(_("The desk is open. Close it, then restore the backup."))
    try:
        restored = restoring.restore(file, identity, path, at=datetime.now(UTC))
    finally:
        desk.release()
    lines = [_("Restored: {centre}, {file}").format(centre=restored.centre, file=path)]
    if restored.aside is not None:
        lines.append(_("What was there before is at {}").format(restored.aside))
    return lines


def _settings(database: Path | None, *, must_be_there: bool = True) -> tuple[Settings, Path]:
    settings, _aside = Settings.load()
    text.use_language(settings.language)
    path = database or settings.database
    if must_be_there and not path.is_file():
        raise Unavailable(_("There is no database at {}.").format(path))
    return settings, path


def _key(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unavailable(_("The key cannot be read from {}.").format(file)) from error


def _note(path: Path, desk: str, outcomes: dict[Path, Taken | Unavailable], at: datetime) -> None:
    opened = Database(path)
    try:
        with opened.begin(desk=desk) as session:
            standing.note(session, outcomes, at=at)
    finally:
        opened.close()
