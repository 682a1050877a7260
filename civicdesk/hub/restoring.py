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
            "UPDATE sync.meta SET hub_epoch = gen_random_uuid() RETURNING hub_epoch"
        ).fetchone()
        remember_place(owner)
    assert row is not None
    return str(row[0])


def remember_place(owner: psycopg.Connection[Any]) -> None:
    """Keep of which server and in which life of it the hub is, so that a copy or a restored one is known as such."""
    owner.execute(
        "UPDATE sync.meta SET timeline = c.timeline_id, system_identifier = s.system_identifier, "
        "database_oid = d.oid "
        "FROM pg_control_checkpoint() AS c, pg_control_system() AS s, pg_database AS d "
        "WHERE d.datname = current_database()"
    )


def is_as_left(owner: psycopg.Connection[Any]) -> bool:
    """Whether nobody put the hub back from a backup since its epoch began."""
    row = owner.execute("SELECT sync.is_as_left()").fetchone()
    return bool(row and row[0])
