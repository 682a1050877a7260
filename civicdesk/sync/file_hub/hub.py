"""What a hub in a file answers (see `port.py`). Every call is one transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from civicdesk.sync.file_hub import blobs, erasing, payloads
from civicdesk.sync.file_hub.file import connect, reading, writing
from civicdesk.sync.file_hub.merging import Merge, instant
from civicdesk.sync.file_hub.rows import select
from civicdesk.sync.port import (
    CONTRACT,
    FIRST_CHAIN,
    Digest,
    Erasure,
    Greeting,
    HubConflict,
    Page,
    Pushed,
    Refused,
    Row,
)

CONTRACTS = (CONTRACT, CONTRACT)
_NODES = 32_767
_BEGIN = datetime(2024, 1, 1, tzinfo=UTC)


def _now_ms() -> int:
    return int((datetime.now(UTC) - _BEGIN).total_seconds() * 1000)


@dataclass(frozen=True)
class _Desk:
    """Who asks."""

    name: str
    scope: int

    @property
    def scopes(self) -> tuple[int, ...]:
        return (0, self.scope) if self.scope else (0,)


class SqliteFileHub:
    """The file of a hub, opened by one desk."""

    def __init__(self, path: Path, desk: str, now_ms: Callable[[], int] = _now_ms) -> None:
        self._file = connect(path)
        self._name, self._now_ms = desk, now_ms

    def hello(self, incarnation: str, contract: int) -> Greeting:
        with writing(self._file):
            desk, now = self._desk(), self._now_ms()
            self._file.execute(
                "UPDATE incarnation SET contract = ?, seen_at = ? WHERE id = ? AND desk = ?",
                (contract, now, incarnation, desk.name),
            )
            meta: dict[str, Any] = dict(self._file.execute("SELECT name, value FROM meta"))
            known = self._incarnation(incarnation, desk)
            scopes = self._file.execute(
                "SELECT scope, gc_floor, seq FROM scope WHERE scope IN (0, ?)", (desk.scope,)
            ).fetchall()
        return Greeting(
            now_ms=now,
            epoch=meta["epoch"],
            chain=known and known[1],
            node=known[0] if known else 0,
            tenant=meta["tenant"],
            scopes=desk.scopes,
            contract=CONTRACTS,
            gc_floor={scope: floor for scope, floor, _seq in scopes},
            head={scope: seq for scope, _floor, seq in scopes},
            recovering=now < meta["recovers_until"],
        )

    def enrol(self, incarnation: str, previous: str | None) -> int:
        with writing(self._file):
            desk = self._desk()
            if known := self._incarnation(incarnation, desk):
                return known[0]
            node: int = self._file.execute(
                "UPDATE meta SET value = value + 1 WHERE name = 'node' RETURNING value"
            ).fetchone()[0]
            if node > _NODES:
                raise Refused("unknown_desk", message="no node is left")
            self._file.execute(
                "INSERT INTO incarnation VALUES (?, ?, ?, ?, ?, 0, ?)",
                (incarnation, desk.name, node, FIRST_CHAIN, previous, self._now_ms()),
            )
        return node

    def push(self, incarnation: str, chain: str, payload: str) -> Pushed:
        with writing(self._file):
            desk, now = self._desk(), self._now_ms()
            known = self._incarnation(incarnation, desk)
            if known is None:
                raise Refused("unknown_desk")
            node, current = known
            if chain != current:
                raise Refused("chain")
            read = payloads.read(payload)
            if not CONTRACTS[0] <= read.contract <= CONTRACTS[1]:
                raise Refused("contract")
            is_recovery = self._is_recovery(read.recovery, now)
            read.check_stamps(None if is_recovery else node, now)
            merge = Merge(self._file, desk.scope, node, now, is_recovery=is_recovery)
            merge.take(read)
            done = Pushed(_next(chain, payload), merge.merged, merge.clashes, merge.conflicts)
            self._file.execute("UPDATE incarnation SET chain = ? WHERE id = ?", (done.chain, incarnation))
            self._file.execute(
                "INSERT INTO receipt VALUES (?, ?, ?, ?, ?, ?, ?)",
                (done.chain, incarnation, len(read.rows), done.merged, done.clashes, done.conflicts, now),
            )
        return done

    def pull(self, incarnation: str, scope: int, after: int, limit: int) -> Page:
        with reading(self._file):
            desk = self._desk()
            if self._incarnation(incarnation, desk) is None:
                raise Refused("unknown_desk")
            self._check_scope(desk, scope)
            found = list(
                select(
                    self._file, "WHERE scope = ? AND seq > ? ORDER BY seq LIMIT ?", (scope, after, limit + 1)
                )
            )
            head = self._head(scope)
        rows = [row.as_row() for row in found[:limit]]
        is_more = len(found) > limit
        return Page(rows, rows[-1].seq if is_more else max(head, after), is_more)

    def digest(self, scope: int, table: str, groups: Sequence[str]) -> Digest:
        with reading(self._file):
            self._check_scope(self._desk(), scope)
            buckets: dict[int, list[int]] = {}
            for id_, stamps in self._file.execute(
                "SELECT id, stamps FROM row WHERE scope = ? AND tbl = ?", (scope, table)
            ):
                _add(buckets.setdefault(int(id_[-2:], 16), [0, 0, 0]), json.loads(stamps), groups)
            head = self._head(scope)
        return Digest(head, {bucket: (sums[0], sums[1], sums[2]) for bucket, sums in buckets.items()})

    def bucket(self, scope: int, table: str, bucket: int) -> list[Row]:
        with reading(self._file):
            self._check_scope(self._desk(), scope)
            where = "WHERE scope = ? AND tbl = ? AND substr(id, 31) = ?"
            return [row.as_row() for row in select(self._file, where, (scope, table, f"{bucket:02x}"))]

    def erasures(self, after: int) -> list[Erasure]:
        with reading(self._file):
            found = self._file.execute(
                "SELECT max(seq), subject, min(at), reason FROM erasure WHERE seq > ? AND scope IN (0, ?) "
                "GROUP BY subject ORDER BY 1",
                (after, self._desk().scope),
            ).fetchall()
        return [Erasure(*one) for one in found]

    def erase(self, subject_id: str, reason: str) -> None:
        with writing(self._file):
            desk, now = self._desk(), self._now_ms()
            if erasing.forget(self._file, desk.scopes, subject_id, instant(now), reason):
                erasing.empty(self._file, desk.scopes, subject_id, now)

    def acknowledge(self, subject_id: str) -> None:
        with writing(self._file):
            self._file.execute(
                "INSERT OR IGNORE INTO erasure_ack VALUES (?, ?, ?)",
                (subject_id, self._desk().name, instant(self._now_ms())),
            )

    def inbox(self, after: int) -> list[HubConflict]:
        with reading(self._file):
            found = self._file.execute(
                "SELECT seq, id, tbl, row, grp, lost, loser, winner, at, is_open FROM conflict "
                "WHERE seq > ? AND scope IN (0, ?) ORDER BY seq",
                (after, self._desk().scope),
            ).fetchall()
        return [
            HubConflict(seq, id_, table, row, group, json.loads(lost), loser, winner, at, bool(is_open))
            for seq, id_, table, row, group, lost, loser, winner, at, is_open in found
        ]

    def settle(self, conflict_id: str) -> None:
        with writing(self._file):
            self._file.execute(
                "UPDATE conflict SET is_open = 0, seq = (SELECT max(seq) + 1 FROM conflict) "
                "WHERE id = ? AND scope IN (0, ?) AND is_open",
                (conflict_id, self._desk().scope),
            )

    def blob_have(self, sha256s: Sequence[str]) -> set[str]:
        with reading(self._file):
            self._desk()
            return blobs.have(self._file, sha256s)

    def blob_put(self, sha256: str, offset: int, data: bytes, size: int) -> int:
        with writing(self._file):
            self._desk()
            return blobs.put(self._file, sha256, offset, data, size)

    def blob_get(self, sha256: str, offset: int, length: int) -> bytes:
        with reading(self._file):
            self._desk()
            return blobs.get(self._file, sha256, offset, length)

    def close(self) -> None:
        self._file.close()

    def _desk(self) -> _Desk:
        found = self._file.execute("SELECT scope, status FROM desk WHERE name = ?", (self._name,)).fetchone()
        if found is None:
            raise Refused("unknown_desk")
        scope, status = found
        if status != "active":
            raise Refused("revoked")
        return _Desk(self._name, scope)

    def _incarnation(self, incarnation: str, desk: _Desk) -> tuple[int, str] | None:
        """The node and the chain; None where it is another desk's, or nobody's."""
        found: tuple[int, str] | None = self._file.execute(
            "SELECT node, chain FROM incarnation WHERE id = ? AND desk = ?", (incarnation, desk.name)
        ).fetchone()
        return found

    def _is_recovery(self, epoch: str | None, now: int) -> bool:
        if epoch is None:
            return False
        meta: dict[str, Any] = dict(self._file.execute("SELECT name, value FROM meta"))
        return bool(epoch == meta["epoch"] and now < meta["recovers_until"])

    def _check_scope(self, desk: _Desk, scope: int) -> None:
        if scope not in desk.scopes:
            raise Refused("unknown_desk", message=f"{desk.name} is not of scope {scope}")

    def _head(self, scope: int) -> int:
        return int(self._file.execute("SELECT seq FROM scope WHERE scope = ?", (scope,)).fetchone()[0])


def _next(chain: str, payload: str) -> str:
    return hashlib.sha256((chain + payload).encode()).hexdigest()


def _add(sums: list[int], stamps: dict[str, int], groups: Sequence[str]) -> None:
    sums[0] += 1
    for place, group in enumerate(groups, 1):
        stamp = stamps.get(group, 0)
        sums[1] += place * (stamp & 0xFFFFFFFF)
        sums[2] += place * (stamp >> 32)
