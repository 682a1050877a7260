"""Making a hub, and bringing one up to date: its schema has a version of its own, and steps from each to the next.

What belongs to the models (tables, columns, merge functions) has no steps: it is made from them, and only added to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

import psycopg
from psycopg import sql

from civicdesk.hub import desks, merging, partitions, restoring, tables
from civicdesk.hub.shape import in_order, personal_groups
from civicdesk.sync.groups import Travelling, travelling
from civicdesk.sync.port import CONTRACT

Connection = psycopg.Connection[Any]
OWNER = "civicdesk_hub"
ROLES = (OWNER, "civicdesk_desks", "civicdesk_counts", "civicdesk_readers")
SCHEMAS = ("app", "sync", "sync_v1", "report")

STEPS: dict[int, str] = {1: "foundation.sql"}
"""By version: what leads to it from the one before. A step is never changed once it was released."""


class HubTooNew(Exception):
    """A newer CivicDesk made this hub; this one must not touch it."""


def create(
    admin: Connection, *, hash_partitions: int = 0, models: Iterable[Travelling] | None = None
) -> None:
    """Make a hub in an empty database, all or nothing."""
    with admin.transaction():
        _make_roles(admin)
        _make_schemas(admin)
        _upgrade(admin, in_order(models or travelling().values()), hash_partitions)
        restoring.remember_place(admin)


def upgrade(admin: Connection, models: Iterable[Travelling] | None = None) -> None:
    """Bring a hub up to this CivicDesk; desks of the release before are served as before."""
    with admin.transaction():
        desks.one_after_the_other(admin)
        found = admin.execute("SELECT hash_partitions FROM sync.meta").fetchone()
        _upgrade(admin, in_order(models or travelling().values()), found[0] if found else 0)


def version(admin: Connection) -> int:
    """The schema version of the hub, 0 where there is none."""
    row = admin.execute("SELECT to_regclass('sync.meta')").fetchone()
    if row is None or row[0] is None:
        return 0
    row = admin.execute("SELECT schema_version FROM sync.meta").fetchone()
    return int(row[0]) if row else 0


def run(admin: Connection, text: str) -> None:
    """Statements that are part of the program."""
    admin.execute(text.encode())


def _make_roles(admin: Connection) -> None:
    for role in ROLES:
        if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
            admin.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
    admin.execute(
        sql.SQL("GRANT {}, {} TO {}").format(
            sql.Identifier(OWNER), sql.Identifier("civicdesk_counts"), sql.Identifier(_me(admin))
        )
    )


def _make_schemas(admin: Connection) -> None:
    run(admin, "CREATE EXTENSION IF NOT EXISTS btree_gist")
    for schema in SCHEMAS:
        admin.execute(
            sql.SQL("CREATE SCHEMA {} AUTHORIZATION {}").format(sql.Identifier(schema), sql.Identifier(OWNER))
        )


def _upgrade(admin: Connection, shape: list[Travelling], hash_partitions: int) -> None:
    before = version(admin)
    if before > max(STEPS):
        raise HubTooNew
    run(admin, f"SET LOCAL ROLE {OWNER}")
    for number in range(before + 1, max(STEPS) + 1):
        run(admin, _file(STEPS[number]))
        if number == 1:
            admin.execute(
                "INSERT INTO sync.meta (schema_version, hash_partitions) VALUES (1, %s)", [hash_partitions]
            )
    run(admin, _file("identity.sql"))
    run(admin, _file("checks.sql"))
    for statement in _of_models(shape, hash_partitions):
        run(admin, statement)
    for name in ("rooms.sql", "desk_v1.sql", "desk_v1_rest.sql"):
        run(admin, _file(name))
    _write_shape(admin, shape)
    partitions.tend(admin)
    run(admin, "RESET ROLE")
    run(admin, _file("report.sql"))
    run(admin, _file("walls.sql"))
    _shut_the_door(admin)


def _shut_the_door(admin: Connection) -> None:
    """To all but those who were asked; a dump that is put back does not say who they are."""
    database = sql.Identifier(admin.info.dbname)
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    asked = admin.execute(
        "SELECT role FROM (SELECT role FROM sync.credential WHERE status = 'active'"
        " UNION SELECT role FROM sync.reader) AS asked JOIN pg_roles ON rolname = role"
    ).fetchall()
    for (role,) in asked:
        admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(role)))


def _of_models(shape: list[Travelling], hash_partitions: int) -> Iterator[str]:
    for one in shape:
        yield from tables.make(one, hash_partitions)
        yield from tables.widen(one)
        yield from tables.wall(one)
        yield merging.merge(one)
        yield merging.line(one)
        yield merging.faults(one)
        if forget := merging.forget(one):
            yield forget


def _write_shape(admin: Connection, shape: list[Travelling]) -> None:
    rows = [
        (
            one.table,
            place,
            one.is_tenant_wide,
            one.is_fact,
            list(one.groups),
            [group for group, _ in personal_groups(one)],
        )
        for place, one in enumerate(shape)
    ]
    with admin.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO sync.shape VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (tbl) DO UPDATE SET "
            "place = excluded.place, groups = excluded.groups, personal = excluded.personal",
            rows,
        )
    admin.execute(
        "UPDATE sync.meta SET schema_version = %s, contract_max = %s, contract_min = greatest(%s - 1, 1)",
        [max(STEPS), CONTRACT, CONTRACT],
    )


def _me(admin: Connection) -> str:
    row = admin.execute("SELECT current_user").fetchone()
    assert row is not None
    return str(row[0])


def _file(name: str) -> str:
    return files("civicdesk.hub").joinpath("sql", name).read_text(encoding="utf-8")
