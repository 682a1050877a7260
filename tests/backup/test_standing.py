from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from civicdesk.backup import standing
from civicdesk.backup.taking import Taken
from civicdesk.database import Database
from civicdesk.errors import Unavailable
from tests import builders

STICK, SHARE = Path("/media/stick"), Path("/mnt/share")
TUESDAY = builders.TUESDAY  # 10:42; the centre closes at 19:30, 16:30 UTC


def test_a_new_place_is_due_at_once(database: Database) -> None:
    with database.read() as session:
        assert standing.due(session, [STICK, SHARE], at=TUESDAY) == [STICK, SHARE]


def test_after_each_closing_a_backup_is_due_also_when_the_desk_was_off_then(database: Database) -> None:
    with database.begin() as session:
        standing.note(session, {STICK: Taken(STICK / "one", TUESDAY, 9, 9)}, at=TUESDAY)
        assert not standing.due(session, [STICK], at=TUESDAY.replace(hour=16, minute=35))
        assert standing.due(session, [STICK], at=TUESDAY.replace(hour=16, minute=41)) == [STICK]
        assert standing.due(session, [STICK], at=TUESDAY + timedelta(days=1)) == [STICK]


def test_a_place_in_trouble_is_tried_again_after_five_minutes_and_keeps_its_last_good_one(
    database: Database,
) -> None:
    with database.begin() as session:
        standing.note(session, {STICK: Taken(STICK / "one", TUESDAY, 9, 9)}, at=TUESDAY)
        night = TUESDAY.replace(hour=17)
        standing.note(session, {STICK: Unavailable("full")}, at=night)
        (place,) = standing.look(session, [STICK])
        assert (place.trouble, place.taken_at, place.file) == ("full", TUESDAY, "one")
        assert not standing.due(session, [STICK], at=night + timedelta(minutes=4))
        assert standing.due(session, [STICK], at=night + timedelta(minutes=5)) == [STICK]


def test_a_backup_is_called_old_after_two_missed_closings(database: Database) -> None:
    with database.begin() as session:
        standing.note(session, {STICK: Taken(STICK / "one", TUESDAY, 9, 9)}, at=TUESDAY)
        (place,) = standing.look(session, [STICK])
    assert not place.is_old(TUESDAY + timedelta(days=2))
    assert place.is_old(TUESDAY + timedelta(days=3))
