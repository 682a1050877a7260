"""Backups from the command line: the same as on the screens, for those who look after many desks."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from civicdesk import text
from civicdesk.backup import keys, places, restoring, standing, taking
from civicdesk.backup.taking import Taken
from civicdesk.database import Database
from civicdesk.errors import Refusal, Unavailable
from civicdesk.settings import HubSettings, Settings
from civicdesk.sync import arriving, joining, opening, secrets
from civicdesk.sync.port import Away, Refused
from civicdesk.sync.session import Stopped
from civicdesk.text import _
from civicdesk.ui import sync_words
from civicdesk.ui.one_desk import OneDesk

Say = Callable[[str], None]


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
    if not desk.hold():
        raise Unavailable(_("The desk is open. Close it, then restore the backup."))
    try:
        restored = restoring.restore(file, identity, path, at=datetime.now(UTC))
    finally:
        desk.release()
    lines = [_("Restored: {centre}, {file}").format(centre=restored.centre, file=path)]
    if restored.aside is not None:
        lines.append(_("What was there before is at {}").format(restored.aside))
    return lines


def from_hub(said: str, certificate: Path | None, database: Path | None, say: Say) -> list[str]:
    """Make this computer a desk of the hub, or let it take the place of one that broke; what was done, in lines.

    `said` is the hub's code, `-` for the input, or the file that is the hub. May be called again after any
    interruption and goes on. Refuses, and raises Unavailable.
    """
    settings, path = _settings(database, must_be_there=False)
    desk = OneDesk(path)
    if not desk.hold():
        raise Unavailable(_("The desk is open. Close it first."))
    try:
        hub, is_kept = _find(said, certificate, settings.desk)
        aside = _arrive(hub, path, settings, say)
    except (Away, Refused, Stopped) as trouble:
        raise Unavailable(sync_words.arrival_words(trouble)) from trouble
    finally:
        desk.release()
    lines = [_("Everything has arrived.") + f" {path}"]
    if aside is not None:
        lines.append(_("What was there before is at {}").format(aside))
    return lines if is_kept else [*lines, secrets.without_keyring()]


def _find(said: str, certificate: Path | None, desk: str) -> tuple[HubSettings, bool]:
    if said != "-" and Path(said).is_file():
        return opening.at_file(Path(said), f"{socket.gethostname()}-{desk}"[:60]), True
    code = sys.stdin.read() if said == "-" else said
    return opening.accept(opening.read_code(code), certificate)


def _arrive(hub: HubSettings, path: Path, settings: Settings, say: Say) -> Path | None:
    """Where the file went that was there before."""
    port = opening.open_hub(hub)
    try:
        arriving.expect_centre(port)
        database, aside = arriving.prepared(path, at=datetime.now(UTC))
        settings.with_(hub=hub).save()
        try:
            arriving.begin(database, port, at=datetime.now(UTC))
            say(_("The desk can be opened now; the rest comes while it works."))
            joining.join(database, port)
        finally:
            database.close()
    finally:
        port.close()
    return aside


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
