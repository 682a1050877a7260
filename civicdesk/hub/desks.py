"""Who may come to the hub: centres, the desks of each, and who reads the counts. One role of the server for each."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql

Connection = psycopg.Connection[Any]

_LIMITS = {
    "statement_timeout": "120s",
    "lock_timeout": "20s",
    "idle_in_transaction_session_timeout": "30s",
    "jit": "off",
}
_POSTGRES_14 = 140000
_SINCE_14 = {"client_connection_check_interval": "5s"}
_CONNECTIONS = 2


@dataclass(frozen=True)
class Credential:
    """What a desk needs to log in. The secret is shown once and kept nowhere here."""

    role: str
    secret: str
    tenant: int
    scope: int


@dataclass(frozen=True)
class Known:
    """A desk as the hub knows it."""

    role: str
    label: str
    tenant: int
    scope: int
    centre: str
    status: str
    incarnations: int
    last_seen: datetime | None


def add_municipality(owner: Connection, tenant: int, name: str = "") -> None:
    """Make a municipality known, or name it anew."""
    owner.execute(
        "INSERT INTO sync.tenant (tenant_id, name) VALUES (%s, %s) ON CONFLICT (tenant_id) DO UPDATE "
        "SET name = coalesce(nullif(excluded.name, ''), tenant.name)",
        [tenant, name],
    )
    owner.execute(
        "INSERT INTO sync.scope (tenant_id, scope_id) VALUES (%s, 0) ON CONFLICT DO NOTHING", [tenant]
    )


def add_centre(owner: Connection, tenant: int, scope: int, name: str = "") -> None:
    """Make a centre of a municipality known, or name it anew."""
    add_municipality(owner, tenant)
    owner.execute(
        "INSERT INTO sync.scope (tenant_id, scope_id, name) VALUES (%s, %s, %s) ON CONFLICT (tenant_id, scope_id) "
        "DO UPDATE SET name = coalesce(nullif(excluded.name, ''), scope.name)",
        [tenant, scope, name],
    )


def enrol(admin: Connection, label: str, tenant: int, scope: int) -> Credential:
    """Make a role for a new desk, with a secret of its own."""
    role = f"desk_{secrets.token_hex(6)}"
    secret = secrets.token_urlsafe(24)
    with admin.transaction():
        _make_login(admin, role, secret, "civicdesk_desks", _CONNECTIONS)
        admin.execute(
            "INSERT INTO sync.credential (role, tenant_id, scope_id, label) VALUES (%s, %s, %s, %s)",
            [role, tenant, scope, label],
        )
    return Credential(role, secret, tenant, scope)


def enrol_reader(admin: Connection, label: str, tenant: int) -> Credential:
    """Make a role for a program that reads the counts of a municipality."""
    role = f"reader_{secrets.token_hex(6)}"
    secret = secrets.token_urlsafe(24)
    with admin.transaction():
        _make_login(admin, role, secret, "civicdesk_readers", 10)
        admin.execute(
            "INSERT INTO sync.reader (role, tenant_id, label) VALUES (%s, %s, %s)", [role, tenant, label]
        )
    return Credential(role, secret, tenant, 0)


def revoke(admin: Connection, role: str) -> bool:
    """Shut a desk out, at once and in the middle of whatever it does; whether there was such a desk."""
    with admin.transaction():
        found = admin.execute(
            "UPDATE sync.credential SET status = 'revoked', revoked_at = now() WHERE role = %s", [role]
        ).rowcount
        if not found:
            return False
        admin.execute("UPDATE sync.desk SET status = 'revoked' WHERE role = %s", [role])
        admin.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(role)))
    admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [role])
    return True


def known(owner: Connection) -> list[Known]:
    """All desks, with when each was last seen."""
    rows = owner.execute("""
        SELECT c.role, c.label, c.tenant_id, c.scope_id, s.name, c.status, count(d.incarnation), max(d.last_seen)
        FROM sync.credential AS c JOIN sync.scope AS s USING (tenant_id, scope_id)
          LEFT JOIN sync.desk AS d USING (role)
        GROUP BY c.role, c.label, c.tenant_id, c.scope_id, s.name, c.status, c.made_at
        ORDER BY c.tenant_id, c.scope_id, c.made_at""")
    return [Known(*row) for row in rows]


def one_after_the_other(admin: Connection) -> None:
    """Until the transaction ends. PostgreSQL cannot grant on a database twice at once."""
    admin.execute("LOCK TABLE sync.credential IN SHARE ROW EXCLUSIVE MODE")


def _make_login(admin: Connection, role: str, secret: str, group: str, connections: int) -> None:
    """The server is given what a secret is checked with, never the secret, so that no log can hold it."""
    one_after_the_other(admin)
    name = sql.Identifier(role)
    verifier = admin.pgconn.encrypt_password(secret.encode(), role.encode(), b"scram-sha-256").decode()
    admin.execute(
        sql.SQL(
            "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS "
            "CONNECTION LIMIT {} PASSWORD {} IN ROLE {}"
        ).format(name, sql.Literal(connections), sql.Literal(verifier), sql.Identifier(group))
    )
    admin.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(admin.info.dbname), name)
    )
    limits = _LIMITS | (_SINCE_14 if admin.info.server_version >= _POSTGRES_14 else {})
    for setting, value in limits.items():
        admin.execute(
            sql.SQL("ALTER ROLE {} SET {} = {}").format(name, sql.Identifier(setting), sql.Literal(value))
        )
