"""Looks at a hub and says what is well and what is to be done. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg

from civicdesk.hub import making, partitions, restoring

_STALE_DAYS = 7
_ENCRYPTED = ("hostssl", "hostgssenc", "local")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    sentence: str
    is_well: bool


def look(admin: psycopg.Connection[Any]) -> list[Finding]:
    """Everything there is to see; best by a superuser, others cannot read the rules of the doors."""
    if making.version(admin) == 0:
        return [Finding("schema", "there is no hub in this database: civicdesk hub create", is_well=False)]
    checks = (
        _schema,
        _extension,
        _settings,
        _doors,
        _roles,
        _rights,
        _months,
        _rooms,
        _desks,
        _epoch,
        _forgotten,
        _busy,
    )
    return [finding for check in checks for finding in check(admin)]


def _schema(admin: psycopg.Connection[Any]) -> Iterator[Finding]:
    found, newest = making.version(admin), max(making.STEPS)
    is_well = found == newest
    said = (
        f"version {found}"
        if is_well
        else f"version {found}, this program has {newest}: civicdesk hub upgrade"
    )
    yield Finding("schema", said, is_well)


def _extension(admin: psycopg.Connection[Any]) -> Iterator[Finding]:
    is_there = _one(admin, "SELECT count(*) FROM pg_extension WHERE extname = 'btree_gist'") == 1
    yield Finding("btree_gist", "installed" if is_there else "missing: CREATE EXTENSION btree_gist", is_there)


def _settings(admin: psycopg.Connection[Any]) -> Iterator[Finding]:
    wanted = {
        "ssl": ("on",),
        "ssl_min_protocol_version": ("TLSv1.2", "TLSv1.3"),
        "password_encryption": ("scram-sha-256",),
        "fsync": ("on",),
        "full_page_writes": ("on",),
        "synchronous_commit": ("on", "remote_write", "remote_apply", "local"),
        "lc_messages": ("C", "C.UTF-8", "POSIX", "en_US.UTF-8", "en_GB.UTF-8", "C.utf8", "en_US.utf8"),
    }
    for name, values in wanted.items():
        value = str(_one(admin, f"SELECT current_setting('{name}')"))
        is_well = value in values
        yield Finding(name, value if is_well else f"is {value}, should be {values[0]}", is_well)


def _doors(admin: psycopg.Connection[Any]) -> Iterator[Finding]:
    """Who may come in without TLS, or with a password that can be read on the way."""
    try:
        rules = admin.execute("SELECT line_number, type, auth_method FROM pg_hba_file_rules").fetchall()
    except psycopg.errors.InsufficientPrivilege:
        yield Finding("pg_hba.conf", "only a superuser can look into it", is_well=False)
        return
    for line, kind, method in rules:
        if kind not in _ENCRYPTED and method != "reject":
            yield Finding("pg_hba.conf", f"line {line} lets in without TLS: make it hostssl", is_well=False)
        if method in ("trust", "password", "md5"):
            yield Finding(
                "pg_hba.conf", f"line {line} asks by {method}: make it scram-sha-256", is_well=False
            )
    yield Finding("pg_hba.conf", f"{len(rules)} lines read", is_well=True)


def _roles(admin: psycopg.Connection[Any]) -> Iterator[Finding]:
    mighty = _names(
        admin,
        "SELECT rolname FROM pg_roles WHERE (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls"
        " OR rolreplication) AND (rolname LIKE 'civicdesk\\_%' OR rolname IN (SELECT role FROM sync.credential)"
        " OR rolname IN (SELECT role FROM sync.reader))",
    )
    yield Finding(
        "roles", f"too mighty: {mighty}" if mighty else "none is mightier than it must be", not mighty
    )
    keepers = _names(
        admin, "SELECT role FROM sync.credential WHERE pg_has_role(role, 'civicdesk_hub', 'MEMBER')"
    )
    yield Finding(
        "owner", f"desks that may become it: {keepers}" if keepers else "no desk may become it", not keepers
    )
    owner_logs_in = _one(admin, "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'civicdesk_hub'")
    yield Finding(
        "owner", "may log in, must not" if owner_logs_in else "nobody logs in as it", not owner_logs_in
    )


def _rights(admin: psycopg.Connection[Any]) -> Iterator[Finding]:
    open_tables = _names(
        admin,
        "SELECT DISTINCT c.oid::regclass::text FROM pg_class AS c CROSS JOIN"
        " (SELECT role FROM sync.credential AS s JOIN pg_roles ON rolname = role UNION SELECT 'civicdesk_desks') AS r"
        " WHERE c.relnamespace IN ('app'::regnamespace, 'sync'::regnamespace, 'report'::regnamespace)"
        " AND c.relkind IN ('r', 'p', 'v')"
        " AND has_table_privilege(r.role, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')",
    )
    yield Finding(
        "tables",
        f"desks can touch {open_tables}" if open_tables else "no desk can touch one",
        not open_tables,
    )
    loose = _one(
        admin,
        "SELECT count(*) FROM pg_class WHERE relnamespace = 'app'::regnamespace AND relkind IN ('r', 'p')"
        " AND NOT relispartition AND NOT (relrowsecurity AND relforcerowsecurity)",
    )
    yield Finding(
        "row-level security", f"off for {loose} tables" if loose else "forced everywhere", not loose
    )
    public = _one(
        admin,
        "SELECT count(*) FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) AS a"
        " WHERE datname = current_database() AND a.grantee = 0",
    )
    yield Finding(
        "database", "open to every role of the server" if public else "open to desks alone", not public
    )
    gifts = _one(
        admin,
        "SELECT count(*) FROM pg_proc WHERE proname IN ('lo_create', 'lo_from_bytea', 'pg_advisory_lock')"
        " AND has_function_privilege('civicdesk_desks', oid, 'EXECUTE')",
    )
    said = "open to desks: run civicdesk hub upgrade as a superuser" if gifts else "closed to desks"
    yield Finding("large objects and advisory locks", said, not gifts)


def _months(admin: psycopg.Connection[Any]) -> Iterator[Finding]:
    missing = partitions.missing(admin)
    said = "made ahead" if not missing else "next month is missing: civicdesk hub doctor --mend"
    yield Finding("partitions", said, not missing)


def _rooms(admin: psycopg.Connection[Any]) -> Iterator[Finding]:
    """Whatever holds a room has its claim; anything else would be a fault of the hub."""
    odd = _one(
        admin,
        "SELECT count(*) FROM app.booking AS b WHERE state IN ('tentative', 'confirmed', 'no_show')"
        " AND deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM app.slot_claim AS c WHERE c.tenant_id = b.tenant_id"
        " AND c.scope_id = b.scope_id AND c.booking_id = b.id) AND EXISTS (SELECT 1 FROM sync.holds(b))",
    )
    yield Finding(
        "rooms", f"{odd} bookings hold a room without a claim" if odd else "every hold is claimed", not odd
    )


def _desks(admin: psycopg.Connection[Any]) -> Iterator[Finding]:
    rows = admin.execute(
        "SELECT c.label, c.role, max(d.last_seen) FROM sync.credential AS c LEFT JOIN sync.desk AS d USING (role)"
        " WHERE c.status = 'active' GROUP BY c.label, c.role"
        " HAVING coalesce(max(d.last_seen), '-infinity') < now() - %s * interval '1 day'",
        [_STALE_DAYS],
    ).fetchall()
    for label, role, seen in rows:
        since = f"was last here on {seen:%Y-%m-%d}" if seen else "was never here"
        yield Finding("desk", f"{label} ({role}) {since}", is_well=False)
    if not rows:
        yield Finding("desks", "all were here this week", is_well=True)


def _epoch(admin: psycopg.Connection[Any]) -> Iterator[Finding]:
    is_as_left = restoring.is_as_left(admin)
    said = "the database was put back or copied, and desks wait: civicdesk hub restore-epoch"
    yield Finding("epoch", "as it began" if is_as_left else said, is_as_left)


def _forgotten(admin: psycopg.Connection[Any]) -> Iterator[Finding]:
    waiting = _one(
        admin,
        "SELECT count(*) FROM sync.erasure AS e JOIN sync.credential AS c USING (tenant_id, scope_id)"
        " WHERE c.status = 'active' AND NOT EXISTS (SELECT 1 FROM sync.erasure_ack AS a WHERE"
        " a.tenant_id = e.tenant_id AND a.scope_id = e.scope_id AND a.subject_id = e.subject_id AND a.role = c.role)",
    )
    said = f"{waiting} times a desk has yet to say that it forgot somebody" if waiting else "all desks forgot"
    yield Finding("forgotten people", said, not waiting)


def _busy(admin: psycopg.Connection[Any]) -> Iterator[Finding]:
    held = _names(
        admin,
        "SELECT usename FROM pg_stat_activity WHERE datname = current_database() AND"
        " xact_start < now() - interval '5 min' AND usename IN (SELECT role FROM sync.credential)",
    )
    yield Finding("transactions", f"held open by {held}" if held else "none is held open", not held)


def _one(admin: psycopg.Connection[Any], query: str) -> object:
    row = admin.execute(query.encode()).fetchone()
    return row[0] if row else None


def _names(admin: psycopg.Connection[Any], query: str) -> str:
    return ", ".join(str(row[0]) for row in admin.execute(query.encode()))
