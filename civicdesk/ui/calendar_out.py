"""A calendar leaves the desk as a file, for other programs that read .ics."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QWidget
from sqlalchemy.orm import Session

from civicdesk.desk import ical_out
from civicdesk.errors import Unavailable
from civicdesk.text import _, ngettext, number
from civicdesk.ui.runner import Runner

_LONGEST = 80


def export_calendar(
    runner: Runner, owner: QWidget, *, room_id: UUID | None = None, organisation_id: UUID | None = None
) -> None:
    """Ask where to, and write the calendar of a room, of an organisation, or of the whole centre."""
    named = partial(ical_out.calendar_name, room_id=room_id, organisation_id=organisation_id)

    def ask(name: str) -> None:
        dialog = QFileDialog(owner, _("Save the calendar"), file_name(name), _("Calendars") + " (*.ics)")
        dialog.setObjectName("export_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("ics")
        write = partial(write_calendar, runner, owner, room_id=room_id, organisation_id=organisation_id)
        dialog.fileSelected.connect(lambda chosen: write(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    runner.read(named, ask)


def write_calendar(
    runner: Runner,
    owner: QWidget,
    path: Path,
    *,
    room_id: UUID | None = None,
    organisation_id: UUID | None = None,
) -> None:
    """Write a calendar into this file, whole or not at all, and say so."""
    at = runner.at()

    def look(session: Session) -> ical_out.Exported:
        return ical_out.export(session, at=at, room_id=room_id, organisation_id=organisation_id)

    def job() -> int:
        with runner.database.read() as session:
            made = look(session)
        part = path.with_name(f"{path.name}.part")
        try:
            part.write_bytes(made.raw)
            part.replace(path)
        except OSError as error:
            raise Unavailable(_("The file could not be written: {}").format(error.strerror)) from error
        return made.count

    runner.background(job, lambda count: runner.say(_written(count)), owner=owner)


def file_name(name: str) -> str:
    """A name that every system takes for a file: `Çınar Odası.ics`."""
    clean = " ".join(re.sub(r'[\x00-\x1f<>:"/\\|?*]', " ", name).split()).strip(". ")[:_LONGEST]
    return f"{clean or 'CivicDesk'}.ics"


def _written(count: int) -> str:
    words = ngettext(
        "The calendar was written: {count} booking.", "The calendar was written: {count} bookings.", count
    )
    return words.format(count=number(count))
