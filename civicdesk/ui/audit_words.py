"""The audit trail in words."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from civicdesk.desk.audit_words import action_words
from civicdesk.desk.trail import Line
from civicdesk.errors import Unavailable
from civicdesk.models import AuditEntry
from civicdesk.text import _, clock, day, local
from civicdesk.ui.words import role_words


def what(entry: AuditEntry) -> str:
    """What was done, with the little that may be said of it; an action of a newer desk is shown as it is stored."""
    return " · ".join(filter(None, (action_words(entry.action), _detail(entry))))


def when(entry: AuditEntry) -> str:
    """`24.11.2026 10:42`."""
    return f"{local(entry.at):%d.%m.%Y} {clock(entry.at)}"


def who(line: Line) -> str:
    """Who did it."""
    return line.by or _("The desk itself")


def write_trail(lines: Iterable[Line], file: Path) -> Path:
    """Write the trail as a table that spreadsheets open; a file of the same name is replaced.

    Raises Unavailable if the folder takes no file.
    """
    part = file.with_suffix(".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # the mark tells spreadsheets that the letters are UTF-8; Turkish ones part columns by semicolons
        with part.open("w", encoding="utf-8-sig", newline="") as out:
            table = csv.writer(out, delimiter=";")
            table.writerow([_("When"), _("Who"), _("What"), _("Desk"), _("Details"), _("Seal")])
            table.writerows([_plain(cell) for cell in _cells(line)] for line in lines)
        part.replace(file)
    except OSError as error:
        raise Unavailable(_("The file could not be written: {}").format(error.strerror)) from error
    return file


def _cells(line: Line) -> tuple[str, ...]:
    entry = line.entry
    return when(entry), who(line), what(entry), entry.desk, entry.details, entry.seal


def _plain(cell: str) -> str:
    """A name that begins like a formula must not become one."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell


def _detail(entry: AuditEntry) -> str:
    details = json.loads(entry.details)
    if "on" in details:
        return day(date.fromisoformat(details["on"]), "d MMMM yyyy")
    if "role" in details:
        return role_words(details["role"])
    return _("taken back") if details.get("undo") is True else ""
