"""The tables of the desks at the hub, and what is added to them when a newer CivicDesk knows more.

Nothing is ever taken away or renamed: a desk of the release before must still find what it knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from civicdesk.hub.shape import quoted, safe, type_of
from civicdesk.sync.groups import Travelling

_WALL = (
    "((tenant_id = (SELECT sync.my_tenant()) AND scope_id = ANY ((SELECT sync.my_scopes())::int[]))"
    " OR (SELECT sync.is_keeper()))"
)


def make(one: Travelling, hash_partitions: int) -> Iterator[str]:
    """A table that is not there yet."""
    table = safe(one.table)
    lines = ",\n  ".join(_lines(one))
    yield f"CREATE TABLE IF NOT EXISTS app.{table} (\n  {lines}\n){_partitioned(one, hash_partitions)}"
    if one.is_fact:
        yield f"CREATE TABLE IF NOT EXISTS app.{table}_rest PARTITION OF app.{table} DEFAULT"
    elif hash_partitions:
        for part in range(hash_partitions):
            yield (
                f"CREATE TABLE IF NOT EXISTS app.{table}_h{part:02d} PARTITION OF app.{table} "
                f"FOR VALUES WITH (MODULUS {hash_partitions}, REMAINDER {part})"
            )
    yield from _indexes(one)


def _indexes(one: Travelling) -> Iterator[str]:
    """Each with a condition that a look-up by key does not say, so that none is ever taken for the key's own."""
    unique = "" if one.is_fact else "UNIQUE "
    yield (
        f"CREATE {unique}INDEX IF NOT EXISTS {one.table}_by_seq ON app.{one.table} (tenant_id, scope_id, hub_seq)"
        " WHERE hub_seq > 0"
    )
    for table, name, column in (("booking", "room", "room_id"), ("room", "whole", "part_of_id")):
        if one.table == table:
            yield (
                f"CREATE INDEX IF NOT EXISTS {table}_by_{name} ON app.{table} (tenant_id, scope_id, {column})"
                f" WHERE {column} IS NOT NULL"
            )


def widen(one: Travelling) -> Iterator[str]:
    """Columns and groups that a table of an older release has not."""
    for name, type_ in _columns(one):
        yield f"ALTER TABLE app.{safe(one.table)} ADD COLUMN IF NOT EXISTS {name} {type_}"


def wall(one: Travelling) -> Iterator[str]:
    """Each desk sees its own centre and what the municipality shares, even if a function forgot to say so."""
    table = f"app.{safe(one.table)}"
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
    yield f"DROP POLICY IF EXISTS wall ON {table}"
    yield f"CREATE POLICY wall ON {table} TO civicdesk_hub USING {_WALL} WITH CHECK {_WALL}"


def _lines(one: Travelling) -> Iterator[str]:
    yield "tenant_id int NOT NULL"
    yield "scope_id int NOT NULL"
    yield "id uuid NOT NULL"
    if one.is_fact:
        yield "day date NOT NULL"
    for name, type_ in _columns(one):
        yield f"{name} {type_}"
    yield "hub_seq int8 NOT NULL"
    yield "hub_at timestamptz NOT NULL DEFAULT now()"
    yield f"PRIMARY KEY (tenant_id, scope_id, id{', day' if one.is_fact else ''})"


def _columns(one: Travelling) -> Iterator[tuple[str, str]]:
    for name in one.columns:
        yield quoted(name), type_of(one.kinds[name])
    for group in one.groups:
        yield f"c_{safe(group)}", "int8 NOT NULL DEFAULT 0"


def _partitioned(one: Travelling, hash_partitions: int) -> str:
    if one.is_fact:
        return " PARTITION BY RANGE (day)"
    return " PARTITION BY HASH (tenant_id)" if hash_partitions else " WITH (fillfactor = 85)"
