"""Hubs for tests, each in a database of its own on a private server (`postgres_server.py`)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

from civicdesk.hub import desks, keeping, making, restoring
from civicdesk.sync.pg_hub import Address, Limits, PgHub
from tests.postgres_server import Server, binaries, running, shared_server

__all__ = ["Server", "TrialHub", "a_hub", "binaries", "running", "shared_server"]

_TEMPLATE = "hub_template"


@dataclass
class TrialHub:
    """A hub in a database of its own, with the municipality 1 and its centres 1 and 2 (and 2 with 1, if asked)."""

    server: Server
    database: str
    _open: list[PgHub] = field(default_factory=list)
    _credentials: dict[str, desks.Credential] = field(default_factory=dict)

    def credential(self, name: str, scope: int = 1, tenant: int = 1) -> desks.Credential:
        """The login of this desk; made when it is first asked for."""
        if name not in self._credentials:
            with self.admin() as admin:
                desks.add_centre(admin, tenant, scope, f"Centre {scope}")
                self._credentials[name] = desks.enrol(admin, name, tenant, scope)
        return self._credentials[name]

    def address(self, credential: desks.Credential, *, by_tls: bool = False) -> Address:
        host = "localhost" if by_tls else str(self.server.home)
        return Address(host, self.server.port, self.database, credential.role, self.server.ca_file)

    def desk(self, name: str, scope: int = 1, tenant: int = 1, limits: Limits | None = None) -> PgHub:
        """What this desk holds of the hub: a connection of its own."""
        credential = self.credential(name, scope, tenant)
        port = PgHub(self.address(credential), credential.secret, limits)
        self._open.append(port)
        return port

    def enrolled(self, name: str, scope: int = 1, tenant: int = 1) -> tuple[PgHub, str, int]:
        """A desk that has greeted: its port, its incarnation and its node."""
        port = self.desk(name, scope, tenant)
        incarnation = uuid4().hex
        return port, incarnation, port.enrol(incarnation, None)

    def reopen(self, port: PgHub) -> PgHub:
        """The same desk after its connection went."""
        port.close()
        again = PgHub(port._address, port._secret, port._limits)
        self._open.append(again)
        return again

    def admin(self) -> psycopg.Connection[Any]:
        return self.server.admin(self.database)

    def set_now(self, ms: int | None) -> None:
        """Let the hub's clock stand at so many milliseconds since 2024, or go again."""
        says = (
            f"SELECT {ms}::int8"
            if ms is not None
            else ("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::int8 - 1704067200000")
        )
        with self.admin() as admin:
            making.run(
                admin,
                f"CREATE OR REPLACE FUNCTION sync.now_ms() RETURNS int8 LANGUAGE sql VOLATILE AS $$ {says} $$",
            )

    def gc(self, scope: int, floor: int, tenant: int = 1) -> None:
        with self.admin() as admin:
            admin.execute(
                "UPDATE sync.scope SET gc_floor = %s WHERE tenant_id = %s AND scope_id = %s",
                [floor, tenant, scope],
            )

    def revoke(self, name: str) -> None:
        with self.admin() as admin:
            assert desks.revoke(admin, self._credentials[name].role)

    def purge(self, before: str) -> int:
        with self.admin() as admin:
            return keeping.purge(admin, datetime.fromisoformat(before))

    def new_epoch(self) -> str:
        """As after the hub was put back from a backup."""
        with self.admin() as admin:
            return restoring.begin_epoch(admin)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a keeper of the hub sees."""
        with self.admin() as admin:
            return admin.execute(query).fetchall()  # type: ignore[call-overload, no-any-return]

    def close(self) -> None:
        for port in self._open:
            port.close()
        with self.server.admin() as admin:
            admin.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.database))
            )


def a_hub(server: Server) -> TrialHub:
    """A fresh hub, copied from one that was made once a server."""
    database = f"hub_{secrets.token_hex(4)}"
    with server.admin() as admin:
        _make_template(admin, server)
        making.run(admin, f"CREATE DATABASE {database} TEMPLATE {_TEMPLATE}")
        making.run(admin, f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")
    hub = TrialHub(server, database)
    with hub.admin() as admin:
        admin.execute("UPDATE sync.meta SET hub_epoch = gen_random_uuid()")
        restoring.remember_place(admin)
    return hub


def _make_template(admin: psycopg.Connection[Any], server: Server) -> None:
    if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_TEMPLATE]).fetchone():
        return
    making.run(admin, f"CREATE DATABASE {_TEMPLATE}")
    with server.admin(_TEMPLATE) as fresh:
        making.create(fresh)
        desks.add_centre(fresh, 1, 1, "Centre 1")
        desks.add_centre(fresh, 1, 2, "Centre 2")
