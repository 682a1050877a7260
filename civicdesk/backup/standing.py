"""How the backups stand: what was taken last, what went wrong, and whether one is due."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.backup.taking import Taken
from civicdesk.desk import centre, clocks, hours, setup
from civicdesk.errors import Unavailable
from civicdesk.models import Mark
from civicdesk.text import local

AFTER_CLOSING = timedelta(minutes=10)
"""By then everybody still inside has been taken as left, and the sheet of the day is done."""

OLD = timedelta(hours=50)
"""From then on a backup is called old: two closings were missed."""

_AGAIN = timedelta(minutes=5)
_MARK = "backup:"
_LOOK_BACK = 10
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """One place: the last backup in it, and the trouble of a try after that one."""

    path: Path
    taken_at: datetime | None = None
    file: str = ""
    size: int = 0
    tried_at: datetime | None = None
    trouble: str = ""

    def is_old(self, at: datetime) -> bool:
        """Whether too long has gone by since the last one."""
        return self.taken_at is not None and at - self.taken_at > OLD


def look(session: Session, paths: Iterable[Path]) -> list[Place]:
    """How each place stands."""
    wanted = list(paths)
    marks = {
        mark.name: mark
        for mark in session.scalars(select(Mark).where(Mark.name.in_([_name(path) for path in wanted])))
    }
    return [_place(path, marks.get(_name(path))) for path in wanted]


def is_wanted(session: Session, *, at: datetime) -> bool:
    """Whether a desk without any backup is to be told of it: from the day after its set-up on, never in the demo."""
    begun = setup.done_at(session)
    return begun is not None and at - begun >= _DAY and not is_demo(session)


def is_demo(session: Session) -> bool:
    """Whether this is the demo centre, whose backups would push the real ones out of their places."""
    return centre.mark(session, clocks.DEMO) is not None


def note(session: Session, outcomes: Mapping[Path, Taken | Unavailable], *, at: datetime) -> None:
    """Write down what became of a backup; trouble does not take away what is known of the last good one."""
    for place in look(session, outcomes):
        outcome = outcomes[place.path]
        if isinstance(outcome, Taken):
            kept = Place(place.path, outcome.at, outcome.file.name, outcome.size, at)
        else:
            kept = Place(place.path, place.taken_at, place.file, place.size, at, str(outcome))
        centre.set_mark(session, _name(place.path), _written(kept), at)


def due(session: Session, paths: Iterable[Path], *, at: datetime) -> list[Path]:
    """The places that lack a backup since the last closing; a place in trouble is left alone for five minutes."""
    if is_demo(session):
        return []
    closed = last_closing(session, at=at)
    return [
        place.path
        for place in look(session, paths)
        if (place.taken_at is None or (closed is not None and place.taken_at < closed))
        and not (place.trouble and place.tried_at and timedelta(0) <= at - place.tried_at < _AGAIN)
    ]


def last_closing(session: Session, *, at: datetime) -> datetime | None:
    """When the centre was last done with a day, some minutes after it closed."""
    today = local(at).date()
    days = [today - n * _DAY for n in range(_LOOK_BACK)]
    known = hours.days(session, days)
    over = (known[on].closes_at for on in days)
    return max(
        (closes + AFTER_CLOSING for closes in over if closes and closes + AFTER_CLOSING <= at), default=None
    )


def _name(path: Path) -> str:
    return f"{_MARK}{path}"


def _written(place: Place) -> str:
    return json.dumps(
        {
            "taken_at": place.taken_at.isoformat() if place.taken_at else None,
            "file": place.file,
            "size": place.size,
            "trouble": place.trouble,
        },
        ensure_ascii=False,
    )


def _place(path: Path, mark: Mark | None) -> Place:
    if mark is None:
        return Place(path)
    said = json.loads(mark.value)
    taken_at = datetime.fromisoformat(said["taken_at"]) if said["taken_at"] else None
    return Place(path, taken_at, said["file"], said["size"], mark.at, said["trouble"])
