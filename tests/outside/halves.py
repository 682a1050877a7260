"""What must be true of every visit, however the process that wrote it ended."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

HALVES = {
    "a visitor without a visit": "SELECT count(*) FROM visitor WHERE id NOT IN (SELECT visitor_id FROM visit)",
    "a visit without its arrival": (
        "SELECT count(*) FROM visit WHERE 1 != (SELECT count(*) FROM passage"
        " WHERE visit_id = visit.id AND direction = 'in')"
    ),
    "a visit without its leaving": (
        "SELECT count(*) FROM visit WHERE (left_at IS NOT NULL) != (SELECT count(*) FROM passage"
        " WHERE visit_id = visit.id AND direction = 'out')"
    ),
    "a visit without a badge": "SELECT count(*) FROM visit WHERE id NOT IN (SELECT visit_id FROM badge)",
    "a visit without an entry in the trail": (
        "SELECT count(*) FROM visit WHERE 1 != (SELECT count(*) FROM audit_entry"
        " WHERE subject_id = visit.id AND action = 'check_in')"
    ),
    "a visit that is not known as done": (
        "SELECT count(*) FROM visit WHERE id NOT IN (SELECT subject_id FROM done_action)"
    ),
    "somebody inside who is not present": (
        "SELECT (SELECT count(*) FROM visit WHERE left_at IS NULL) - (SELECT count(*) FROM presence)"
    ),
    "a number given out twice": "SELECT count(*) - count(DISTINCT number) FROM visit",
    "a counter that stayed behind": "SELECT (SELECT value FROM counter) - (SELECT max(number) FROM visit)",
}


def halves(file: Path) -> dict[str, int]:
    """What is only half there, and how often."""
    with closing(sqlite3.connect(file)) as connection:
        found = {what: connection.execute(query).fetchone()[0] for what, query in HALVES.items()}
    return {what: count for what, count in found.items() if count}
