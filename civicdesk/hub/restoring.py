"""After the hub itself was put back from a backup: desks know more than it does, and must give it back."""

from __future__ import annotations

from typing import Any

import psycopg

_LEAP_SEQ = 1_000_000
_LEAP_NODES = 500
_RECOVERY_DAYS = 30


def begin_epoch(owner: psycopg.Connection[Any]) -> str:
    """Give the hub a new epoch, by which desks see that it is older than they are; the epoch.

    Numbers that were given out after the backup must not be given out again, so sequences and nodes leap. For a while
    desks may hand in what other desks wrote.
    """
    with owner.transaction():
        owner.execute("UPDATE sync.scope SET seq = seq + %s", [_LEAP_SEQ])
        owner.execute("UPDATE sync.tenant SET next_node = least(next_node + %s, 32000)", [_LEAP_NODES])
        owner.execute("UPDATE sync.desk SET recovers_until = now() + %s * interval '1 day'", [_RECOVERY_DAYS])
        row = owner.execute(
            "UPDATE sync.meta SET hub_epoch = gen_random_uuid(), "
            "timeline = (SELECT timeline_id FROM pg_control_checkpoint()) RETURNING hub_epoch"
        ).fetchone()
    assert row is not None
    return str(row[0])


def timelines(owner: psycopg.Connection[Any]) -> tuple[int, int]:
    """The server's timeline when the epoch began, and now: another one means that it was put back since."""
    row = owner.execute(
        "SELECT m.timeline, c.timeline_id FROM sync.meta AS m, pg_control_checkpoint() AS c"
    ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])
