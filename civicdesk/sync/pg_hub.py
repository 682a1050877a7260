"""The hub as a desk sees it: functions of a PostgreSQL server, asked over TLS, each with a time limit.

A connection is made when it is first needed and again after it broke. One thread asks; another one may `cancel`.
"""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from civicdesk.sync.port import (
    Away,
    Cell,
    Digest,
    Erasure,
    Greeting,
    HubConflict,
    Page,
    Pushed,
    Refused,
    Row,
    Rows,
    Why,
)

if TYPE_CHECKING:
    import psycopg

_REFUSED = "CDREF"
_CANCEL_S = 2.0
_NOT_THERE = ("42883", "3F000")  # no such function, no such schema
_REVOKED = re.compile(r"is not permitted to log in|is not allowed to log in")
_UNKNOWN = re.compile(r"(password|certificate) authentication failed|role \"[^\"]*\" does not exist")


@dataclass(frozen=True)
class Address:
    """Where the hub is and as whom the desk comes. `ca` is the municipality's own certificate authority.

    A host that begins with a slash is a socket of this computer, the only way there is without TLS. A desk that has
    a certificate of its own (and its key) needs no secret.
    """

    host: str
    port: int
    database: str
    role: str
    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None


@dataclass(frozen=True)
class Limits:
    """For how many seconds the hub is waited for: until it takes the call, and until it has answered one question."""

    connect: int = 10
    answer: float = 120


class PgHub:
    """The port of `port.py`, spoken to PostgreSQL."""

    def __init__(self, address: Address, secret: str, limits: Limits | None = None) -> None:
        self._address = address
        self._secret = secret
        self._limits = limits or Limits()
        self._connection: psycopg.Connection[Any] | None = None

    def hello(self, incarnation: str, contract: int) -> Greeting:
        said = self._ask("SELECT sync_v1.hello(%s::uuid, %s::int)", incarnation, contract)
        return Greeting(
            now_ms=said["now_ms"],
            epoch=said["epoch"],
            chain=said["chain"],
            node=said["node"],
            tenant=said["tenant"],
            scopes=tuple(said["scopes"]),
            contract=(said["contract"][0], said["contract"][1]),
            gc_floor={int(scope): floor for scope, floor in said["gc_floor"].items()},
            head={int(scope): head for scope, head in said["head"].items()},
            recovering=said["recovering"],
        )

    def enrol(self, incarnation: str, previous: str | None) -> int:
        return int(self._ask("SELECT sync_v1.enrol(%s::uuid, %s::uuid)", incarnation, previous))

    def push(self, incarnation: str, chain: str, payload: str) -> Pushed:
        if "\0" in payload:
            raise Refused("row")
        return Pushed(**self._ask("SELECT sync_v1.push(%s::uuid, %s, %s)", incarnation, chain, payload))

    def pull(self, incarnation: str, scope: int, after: int, limit: int) -> Page:
        said = self._ask(
            "SELECT sync_v1.pull(%s::uuid, %s::int, %s::int8, %s::int)", incarnation, scope, after, limit
        )
        return Page(_rows(said["rows"]), said["until"], said["more"])

    def digest(self, scope: int, table: str, groups: Sequence[str]) -> Digest:
        said = self._ask("SELECT sync_v1.digest(%s::int, %s, %s::text[])", scope, table, list(groups))
        return Digest(said["head"], {int(b): (n, low, high) for b, (n, low, high) in said["buckets"].items()})

    def bucket(self, scope: int, table: str, bucket: int) -> list[Row]:
        return _rows(self._ask("SELECT sync_v1.bucket(%s::int, %s, %s::int)", scope, table, bucket))

    def erasures(self, after: int) -> list[Erasure]:
        return [Erasure(**one) for one in self._ask("SELECT sync_v1.erasures(%s::int8)", after)]

    def erase(self, subject_id: str, reason: str) -> None:
        self._ask("SELECT sync_v1.erase(%s::uuid, %s)", subject_id, reason)

    def acknowledge(self, subject_id: str) -> None:
        self._ask("SELECT sync_v1.acknowledge(%s::uuid)", subject_id)

    def inbox(self, after: int) -> list[HubConflict]:
        return [HubConflict(**one) for one in self._ask("SELECT sync_v1.inbox(%s::int8)", after)]

    def settle(self, conflict_id: str) -> None:
        self._ask("SELECT sync_v1.settle(%s::uuid)", conflict_id)

    def blob_have(self, sha256s: Sequence[str]) -> set[str]:
        return set(self._ask("SELECT array(SELECT sync_v1.blob_have(%s::text[]))", list(sha256s)))

    def blob_put(self, sha256: str, offset: int, data: bytes, size: int) -> int:
        asked = "SELECT sync_v1.blob_put(%s, %s::int8, %b::bytea, %s::int8)"
        return int(self._ask(asked, sha256, offset, data, size))

    def blob_get(self, sha256: str, offset: int, length: int) -> bytes:
        return bytes(self._ask("SELECT sync_v1.blob_get(%s, %s::int8, %s::int)", sha256, offset, length))

    def cancel(self) -> None:
        """Stop waiting for an answer, from another thread; the one that waits raises Away."""
        if self._connection is not None:
            _hang_up(self._connection)

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _ask(self, question: str, *given: object) -> Any:  # noqa: ANN401  what JSON has
        """The one value that answers. After any trouble but a refusal the connection is made anew."""
        import psycopg  # noqa: PLC0415  only a desk with a hub needs it

        try:
            connection = self._connected()
            with _answered_within(connection, self._limits.answer):
                row = connection.execute(question, given).fetchone()
        except psycopg.Error as trouble:
            refused = _refusal(trouble)
            if refused is None or trouble.sqlstate is None:
                self.close()
            raise (refused or Away(str(trouble))) from trouble
        except OSError as trouble:
            self.close()
            raise Away(str(trouble)) from trouble
        return row[0] if row else None

    def _connected(self) -> psycopg.Connection[Any]:
        import psycopg  # noqa: PLC0415

        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(**self._how(), autocommit=True, prepare_threshold=None)
        return self._connection

    def _how(self) -> dict[str, Any]:
        to = self._address
        how: dict[str, Any] = {
            "host": to.host,
            "port": to.port,
            "dbname": to.database,
            "user": to.role,
            "password": self._secret,
            "connect_timeout": self._limits.connect,
            "application_name": "CivicDesk",
            "client_encoding": "UTF8",
            "keepalives_idle": 15,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": int(self._limits.answer * 1000),
        }
        if not to.host.startswith("/"):
            how |= {"sslmode": "verify-full", "sslrootcert": str(to.ca or "system"), "gssencmode": "disable"}
        if to.certificate is not None:
            how |= {"sslcert": str(to.certificate), "sslkey": str(to.key)}
        return how


@contextmanager
def _answered_within(connection: psycopg.Connection[Any], seconds: float) -> Iterator[None]:
    """Hangs up when the answer does not come; a server that is gone without a word says nothing at all."""
    timer = threading.Timer(seconds, _hang_up, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hang_up(connection: psycopg.Connection[Any]) -> None:
    """Ask the server to stop, so that nothing is done behind the desk's back, then let go of the line."""
    import psycopg  # noqa: PLC0415

    with suppress(psycopg.Error, OSError):
        connection.cancel_safe(timeout=_CANCEL_S)
    with suppress(psycopg.Error, OSError), socket.socket(fileno=socket.dup(connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


def _refusal(trouble: psycopg.Error) -> Refused | None:
    """What the hub says no to; None where it did not answer, or not now."""
    state = trouble.sqlstate
    if state is None:
        return _refused_at_the_door(str(trouble))
    if state == _REFUSED:
        return _said(trouble)
    if state == "42501":  # insufficient_privilege: row-level security, or a function that is not a desk's
        return Refused("forged", message=str(trouble))
    if state in _NOT_THERE and "sync_v1" in str(trouble).splitlines()[0]:  # a hub of another age
        return Refused("contract", message=str(trouble))
    if state.startswith("22"):  # data that cannot be what it says it is
        return Refused("row", message=str(trouble))
    return Refused("too_big", message=str(trouble)) if state == "54000" else None


def _said(trouble: psycopg.Error) -> Refused:
    reason = trouble.diag.message_primary or ""
    if reason not in get_args(Why):
        return Refused("forged", message=reason)
    rows: Rows = tuple((table, row) for table, row in json.loads(trouble.diag.message_detail or "[]"))
    return Refused(reason, rows)  # type: ignore[arg-type]


def _refused_at_the_door(said: str) -> Refused | None:
    """A server gives no code with what it says before a login, only words (English ones: `hub doctor` looks)."""
    if _REVOKED.search(said):
        return Refused("revoked", message=said)
    return Refused("unknown_desk", message=said) if _UNKNOWN.search(said) else None


def _rows(said: list[dict[str, Any]]) -> list[Row]:
    return [
        Row(
            one["t"],
            one["i"],
            {g: Cell(stamp, values) for g, (stamp, _, values) in one["g"].items()},
            one["s"],
        )
        for one in said
    ]
