"""A scan, from the code to the decision on disk, beside the same rows and look-ups written by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from civicdesk import codes
from civicdesk.database import Database
from civicdesk.desk import invitations, scans, visits
from civicdesk.desk.decisions import Result
from civicdesk.models import new_id
from tests.bench import centres
from tests.bench.rows import Row, Times, beside_limit, timed

_PASSES = 60
_PAIRS, _BLOCK = 600, 50
_QUICK_PAIRS = 100
_LIMIT = "sqlite3 by hand, same rows and look-ups"


def rows(*, quick: bool) -> Iterator[Row]:
    for scale in (1, 10):
        with centres.copy(scale) as file:
            yield from _measure(file, scale, _QUICK_PAIRS if quick else _PAIRS)


def _measure(file: Path, scale: int, pairs: int) -> Iterator[Row]:
    database, clock = Database(file), centres.OpenHours()
    database.prepare()
    passes = _invite(database, clock)
    by_desk, by_hand = _ByDesk(database), _ByHand(file)
    desk: tuple[Times, Times] = [], []
    hand: tuple[Times, Times] = [], []
    for _block in range(pairs // _BLOCK):
        _run(by_desk, passes[: _PASSES // 2], clock, desk)
        _run(by_hand, passes[_PASSES // 2 :], clock, hand)
    database.close()
    by_hand.close()
    many = "" if scale == 1 else f", ×{scale} data"
    for what, ours, limit in zip(("pass in", "badge out"), desk, hand, strict=True):
        yield beside_limit(f"scan → decided and durable: {what}{many}", ours, limit, _LIMIT, ratio=4, p99=10)


def _run(
    way: _ByDesk | _ByHand, passes: Sequence[str], clock: centres.OpenHours, times: tuple[Times, Times]
) -> None:
    for n in range(_BLOCK):
        code = passes[n % len(passes)]
        at = clock.forward().astimezone(UTC)
        times[0].append(timed(partial(way.come_in, code, at)))
        at = clock.forward(20).astimezone(UTC)
        badge = way.badge()
        times[1].append(timed(partial(way.go_out, badge, at)))


def _invite(database: Database, clock: centres.OpenHours) -> list[str]:
    at = clock.forward()
    names = "\n".join(f"Konuk {chr(65 + n // 26)}{chr(97 + n % 26)} Deneme" for n in range(_PASSES))
    with database.begin() as session:
        visits.presume_left(session, at=at)
        wanted = invitations.Wanted(
            name="", expected_at=at + timedelta(hours=1), until=at + timedelta(days=300), entries=100
        )
        return [made.code for made in invitations.invite_many(session, names, wanted, at=at)]


class _ByDesk:
    """What the desk itself does."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._answer: scans.Answer | None = None

    def come_in(self, code: str, at: datetime) -> None:
        self._scan(code, at)
        _expect(self._answer, Result.ADMITTED, Result.WELCOME_BACK)

    def badge(self) -> str:
        assert self._answer
        assert self._answer.visit
        with self._database.read() as session:
            badge = visits.badge_of(session, self._answer.visit.id)
        assert badge
        return badge.code

    def go_out(self, code: str, at: datetime) -> None:
        self._scan(code, at)
        _expect(self._answer, Result.CHECKED_OUT)

    def _scan(self, code: str, at: datetime) -> None:
        with self._database.begin(desk="desk-1") as session:
            self._answer = scans.scan(session, code, at=at)


def _expect(answer: scans.Answer | None, *results: Result) -> None:
    if answer is None or answer.result not in results:
        raise AssertionError(f"answered {answer}")


class _ByHand:
    """The limit: the statements that cannot be left out, prepared by hand, without rules or words."""

    def __init__(self, file: Path) -> None:
        self._sql = sqlite3.connect(file, isolation_level=None)
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            self._sql.execute(f"PRAGMA {pragma}")
        self._badge = ""

    def close(self) -> None:
        self._sql.close()

    def badge(self) -> str:
        return self._badge

    def come_in(self, code: str, at: datetime) -> None:
        now, sql = _stamp(at), self._sql
        sql.execute("BEGIN IMMEDIATE")
        invitation, visitor = self._look_up_pass(code, now)
        (number,) = sql.execute("SELECT value + 1 FROM counter WHERE name = 'visit'").fetchone()
        sql.execute("UPDATE counter SET value = ? WHERE name = 'visit'", (number,))
        visit, self._badge = _id(), codes.make(codes.Kind.BADGE)
        sql.execute(
            "INSERT INTO visit (id, visitor_id, number, arrived_at, people, invitation_id, reason, needs, note, "
            "is_discreet, notice_version) VALUES (?, ?, ?, ?, 1, ?, 'meeting', '', '', 0, 1)",
            (visit, visitor, number, now, invitation),
        )
        self._passage(visit, "in", now)
        sql.execute(
            "INSERT INTO badge (id, visit_id, code, copy, made_at) VALUES (?, ?, ?, 1, ?)",
            (_id(), visit, self._badge, now),
        )
        self._record("check_in", visit, now)
        self._keep(code, "admitted", visit, now)
        sql.execute("COMMIT")

    def go_out(self, code: str, at: datetime) -> None:
        now, sql = _stamp(at), self._sql
        sql.execute("BEGIN IMMEDIATE")
        visit, _copy = sql.execute("SELECT visit_id, copy FROM badge WHERE code = ?", (code,)).fetchone()
        sql.execute("SELECT max(copy) FROM badge WHERE visit_id = ?", (visit,)).fetchone()
        sql.execute(
            "SELECT * FROM visit JOIN visitor ON visitor.id = visitor_id LEFT JOIN organisation ON organisation.id = "
            "host_id LEFT JOIN room ON room.id = room_id WHERE visit.id = ?",
            (visit,),
        ).fetchone()
        self._look_up_facts(code, now)
        sql.execute("UPDATE visit SET left_at = ?, left_how = 'scan' WHERE id = ?", (now, visit))
        self._passage(visit, "out", now)
        self._record("check_out", visit, now)
        self._keep(code, "checked_out", visit, now)
        sql.execute("COMMIT")

    def _look_up_pass(self, code: str, now: str) -> tuple[Any, Any]:
        one = self._one
        invitation, visitor = one(
            "SELECT invitation.id, visitor_id, visitor.*, organisation.*, room.* FROM invitation "
            "JOIN visitor ON visitor.id = visitor_id LEFT JOIN organisation ON organisation.id = host_id "
            "LEFT JOIN room ON room.id = room_id WHERE invitation.code = ?",
            code,
        )[:2]
        one("SELECT * FROM presence WHERE visitor_id = ?", visitor)
        self._look_up_facts(code, now)
        one("SELECT * FROM opening_hours WHERE weekday = 1")
        one('SELECT * FROM closure WHERE "on" = ?', now[:10])
        one("SELECT * FROM centre")
        self._sql.execute("SELECT * FROM denial").fetchall()
        self._sql.execute(
            "SELECT room_id, booking_id, sum(people) FROM visit WHERE left_at IS NULL AND deleted_at IS NULL "
            "GROUP BY room_id, booking_id"
        ).fetchall()
        self._sql.execute("SELECT room_id, booking_id, category, people FROM head_total").fetchall()
        one("SELECT count(*) FROM visit WHERE invitation_id = ? AND deleted_at IS NULL", invitation)
        return invitation, visitor

    def _look_up_facts(self, code: str, now: str) -> None:
        self._one("SELECT at FROM scan WHERE code = ? AND at <= ? ORDER BY at DESC LIMIT 1", code, now)
        self._one("SELECT at FROM passage ORDER BY id DESC LIMIT 1")

    def _one(self, query: str, *values: object) -> Any:  # noqa: ANN401
        return self._sql.execute(query, values).fetchone()

    def _passage(self, visit: str, direction: str, now: str) -> None:
        self._sql.execute(
            "INSERT INTO passage (id, visit_id, direction, at, how) VALUES (?, ?, ?, ?, 'scan')",
            (_id(), visit, direction, now),
        )

    def _record(self, action: str, visit: str, now: str) -> None:
        (seal,) = self._one("SELECT seal FROM audit_entry ORDER BY rowid DESC LIMIT 1")
        self._sql.execute(
            "INSERT INTO audit_entry (id, at, desk, action, subject, subject_id, details, seal) "
            "VALUES (?, ?, '', ?, 'visit', ?, '{}', ?)",
            (_id(), now, action, visit, seal),
        )

    def _keep(self, code: str, result: str, visit: str, now: str) -> None:
        self._sql.execute(
            "INSERT INTO scan (id, at, device, raw, code, result, visit_id) VALUES (?, ?, 'keyboard', ?, ?, ?, ?)",
            (_id(), now, code, code, result, visit),
        )


def _id() -> str:
    return new_id().hex


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")[:23] + "Z"
