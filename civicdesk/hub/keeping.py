"""What the hub lets go of: rows that were taken away long ago, once every desk has heard of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql

KEPT_DAYS = 400


def purge(owner: psycopg.Connection[Any], before: datetime) -> int:
    """Let go of rows that were taken away before then; how many. A desk that was last here earlier begins anew."""
    instant = before.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    gone = 0
    with owner.transaction():
        tables = owner.execute(
            "SELECT tbl FROM sync.shape WHERE 'del' = ANY (groups) ORDER BY place"
        ).fetchall()
        for (table,) in tables:
            row = owner.execute(_PURGE.format(sql.Identifier("app", table)), [instant]).fetchone()
            gone += row[0] if row else 0
    return gone


_PURGE = sql.SQL("""
WITH gone AS (DELETE FROM {} WHERE deleted_at < %s RETURNING tenant_id, scope_id, hub_seq),
floors AS (
  UPDATE sync.scope AS s SET gc_floor = greatest(gc_floor, f.seq)
  FROM (SELECT tenant_id, scope_id, max(hub_seq) AS seq FROM gone GROUP BY 1, 2) AS f
  WHERE s.tenant_id = f.tenant_id AND s.scope_id = f.scope_id)
SELECT count(*) FROM gone
""")
