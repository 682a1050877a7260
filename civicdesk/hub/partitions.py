"""The months of facts and of what was written over: made ahead, filled from the rest, let go of in time."""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg
from psycopg import sql

_AHEAD = 3
_HISTORY_DAYS = 90
_RECEIPT_DAYS = 400


def tend(owner: psycopg.Connection[Any]) -> list[str]:
    """Make the months that are missing, drop what is over; the partitions that were made or dropped."""
    done: list[str] = []
    for table in _facts(owner):
        months = _months_in_rest(owner, table)
        for month in sorted(months | _ahead(owner)):
            done += _make(owner, "app", table, "day", month)
    for month in sorted(_ahead(owner)):
        done += _make(owner, "sync", "hist", "at", month)
    done += _drop_history(owner)
    owner.execute("DELETE FROM sync.hist WHERE at < now() - %s * interval '1 day'", [_HISTORY_DAYS])
    owner.execute("DELETE FROM sync.receipt WHERE at < now() - %s * interval '1 day'", [_RECEIPT_DAYS])
    return done


def missing(owner: psycopg.Connection[Any]) -> list[str]:
    """Tables of facts without a partition for next month."""
    following = _after(_this_month(owner))
    return [t for t in _facts(owner) if not _is_there(owner, "app", _name(t, following))]


def _facts(owner: psycopg.Connection[Any]) -> list[str]:
    return [row[0] for row in owner.execute("SELECT tbl FROM sync.shape WHERE is_fact ORDER BY tbl")]


def _months_in_rest(owner: psycopg.Connection[Any], table: str) -> set[date]:
    """The months that lie in the partition of the rest, but for ids that tell no day."""
    query = sql.SQL("SELECT DISTINCT date_trunc('month', day)::date FROM {}")
    rows = owner.execute(query.format(sql.Identifier("app", f"{table}_rest")))
    return {row[0] for row in rows if row[0] > date(2000, 1, 1)}


def _ahead(owner: psycopg.Connection[Any]) -> set[date]:
    months = [_this_month(owner)]
    for _ in range(_AHEAD):
        months.append(_after(months[-1]))
    return set(months)


def _this_month(owner: psycopg.Connection[Any]) -> date:
    row = owner.execute("SELECT date_trunc('month', now())::date").fetchone()
    assert row is not None
    return date.fromisoformat(str(row[0]))


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _name(table: str, month: date) -> str:
    return f"{table}_{month:%Y_%m}"


def _is_there(owner: psycopg.Connection[Any], schema: str, name: str) -> bool:
    row = owner.execute("SELECT to_regclass(%s)", [f"{schema}.{name}"]).fetchone()
    return row is not None and row[0] is not None


def _make(owner: psycopg.Connection[Any], schema: str, table: str, column: str, month: date) -> list[str]:
    """A month's partition, filled with what lies in the rest meanwhile."""
    name = _name(table, month)
    if _is_there(owner, schema, name):
        return []
    with owner.transaction():
        owner.execute("SET LOCAL ROLE civicdesk_hub")
        owner.execute("SET LOCAL lock_timeout = '10s'")
        _fill(owner, schema, table, column, month)
    return [name]


def _fill(owner: psycopg.Connection[Any], schema: str, table: str, column: str, month: date) -> None:
    names = {
        "whole": sql.Identifier(schema, table),
        "part": sql.Identifier(schema, _name(table, month)),
        "rest": sql.Identifier(schema, f"{table}_rest"),
        "column": sql.Identifier(column),
        "since": sql.Literal(month),
        "until": sql.Literal(_after(month)),
    }
    for statement in (
        "LOCK TABLE {whole} IN ACCESS EXCLUSIVE MODE",
        "CREATE TABLE {part} (LIKE {whole} INCLUDING DEFAULTS INCLUDING STORAGE)",
        "WITH moved AS (DELETE FROM {rest} WHERE {column} >= {since} AND {column} < {until} RETURNING *) "
        "INSERT INTO {part} SELECT * FROM moved",
        "ALTER TABLE {whole} ATTACH PARTITION {part} FOR VALUES FROM ({since}) TO ({until})",
    ):
        owner.execute(sql.SQL(statement).format(**names))


def _drop_history(owner: psycopg.Connection[Any]) -> list[str]:
    """Whole months that are over are dropped, which costs nothing."""
    dropped = []
    rows = owner.execute(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'sync.hist'::regclass"
    )
    for (name,) in rows.fetchall():
        digits = name.rsplit("_", 2)[1:]
        if not all(part.isdecimal() for part in digits):
            continue
        over = _after(date(int(digits[0]), int(digits[1]), 1))
        if (_this_month(owner) - over).days > _HISTORY_DAYS:
            owner.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier("sync", name.split(".")[-1])))
            dropped.append(name)
    return dropped
