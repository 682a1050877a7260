"""Whether what is written down is safe: the disk, the file, the clock."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from civicdesk.database import Database
from civicdesk.desk.decisions import CLOCK_BACK
from civicdesk.models import AuditEntry
from civicdesk.text import _, clock, day, local

_LITTLE = 500_000_000
_LEAST = 50_000_000


@dataclass(frozen=True)
class Matter:
    """Something that a person must see to."""

    icon: str
    tone: str
    title: str
    second: str


def look(database: Database, at: datetime) -> list[Matter]:
    """What is wrong now, the worst first; nothing when all is well."""
    matters = [*_disk(database), *_clock(database, at)]
    return sorted(matters, key=lambda matter: matter.tone != "bad")


def _disk(database: Database) -> list[Matter]:
    free = shutil.disk_usage(database.path.parent).free
    if free >= _LITTLE:
        return []
    tone = "bad" if free < _LEAST else "warn"
    second = _("{} MB left; free some space").format(round(free / 1e6))
    return [Matter("hard-drive", tone, _("The disk is nearly full"), second)]


def _clock(database: Database, at: datetime) -> list[Matter]:
    with database.read() as session:
        last = session.scalar(select(AuditEntry.at).order_by(AuditEntry.at.desc()).limit(1))
    if last is None or last - at <= CLOCK_BACK:
        return []
    when = f"{day(local(last).date(), 'd MMMM y')} {clock(last)}"
    second = _("something was recorded on {}; set this computer's clock").format(when)
    return [Matter("clock", "bad", _("The clock seems wrong"), second)]
