"""Post with twenty thousand items behind it: receive one, look at the wall of six hundred boxes, hand ten over."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from civicdesk.database import Database
from civicdesk.desk import hand_overs, mail, mail_wall, pickups
from civicdesk.desk.mail import Incoming
from civicdesk.models import Centre, Mailbox, Organisation, OrganisationPerson, new_id
from tests.bench import centres
from tests.bench.rows import Row, Times, beside_limit, timed, within

BOXES, ITEMS, WAITING = 600, 20_000, 2_000
AT = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
_TIMES, _QUICK_TIMES, _BLOCK, _TEN = 400, 100, 20, 10
_LIMIT_IS = "sqlite3 by hand, same rows"
_STROKES = [[(10.0 + 3 * n, 60.0 + n % 9 * 4) for n in range(110)]]
_ITEM = (
    "INSERT INTO mail_item (id, number, desk, received_at, organisation_id, box, addressed_to, kind, tracking, "
    "sender, condition, shelf, note) VALUES (?, ?, '', ?, ?, ?, '', 'registered', ?, '', '', '', '')"
)
_MOVE = (
    "INSERT INTO mail_move (id, item_id, what, at, person, capacity, authority, reason, details, hand_over_id) "
    "VALUES (?, ?, ?, ?, '', '', '', '', '', ?)"
)


def rows(*, quick: bool) -> Iterator[Row]:
    times = _QUICK_TIMES if quick else _TIMES
    with TemporaryDirectory(dir=_folder(), prefix="run-") as folder:
        desk, bare = Path(folder) / "desk.db", Path(folder) / "bare.db"
        for file in (desk, bare):
            _fill(file)
        database, by_hand = Database(desk), _ByHand(bare)
        yield _receiving(database, by_hand, times)
        yield _wall(database, times)
        yield _handing_over(database, by_hand, times // 8)
        database.close()
        by_hand.close()


def _receiving(database: Database, by_hand: _ByHand, times: int) -> Row:
    ours: Times = []
    limit: Times = []
    for n in range(times):
        box = 1 + n % BOXES
        (ours if n // _BLOCK % 2 else limit).append(
            timed(
                partial(_receive, database, box, n) if n // _BLOCK % 2 else partial(by_hand.receive, box, n)
            )
        )
    ours, limit = ours[1:], limit[1:]  # the first one imports
    return beside_limit(f"receive one of {ITEMS:,} items", ours, limit, _LIMIT_IS, ratio=8, p99=10)


def _receive(database: Database, box: int, n: int) -> None:
    with database.begin(desk="desk-1") as session:
        mail.receive(
            session, Incoming(box=box, kind="registered", tracking=f"RX{n:08d}"), at=AT, key=new_id().hex
        )


def _wall(database: Database, times: int) -> Row:
    def look() -> None:
        with database.read() as session:
            wall = mail_wall.look(session, at=AT)
        assert len(wall.tiles) == BOXES
        assert wall.waiting >= WAITING

    gc.collect()
    gc.freeze()  # as the desk does once it stands
    ours = [timed(look) for _n in range(times // 4)]
    gc.unfreeze()
    return within(f"wall of {BOXES} boxes, {ITEMS:,} items", ours[1:], p99=30)


def _handing_over(database: Database, by_hand: _ByHand, times: int) -> Row:
    """Signature and hand-over, each durable by itself, of ten items."""
    ours: Times = []
    limit: Times = []
    with database.read() as session:
        people = {person.organisation_id: person.id for person in session.query(OrganisationPerson)}
    for n in range(times):
        organisation, items = _ten(database, 1 + n % BOXES)
        ours.append(timed(partial(_hand_over, database, organisation, people[organisation], items)))
        limit.append(timed(partial(by_hand.hand_over, by_hand.ten())))
    return beside_limit("hand over ten items, signed", ours[1:], limit[1:], _LIMIT_IS, ratio=8, p99=60)


def _ten(database: Database, box: int) -> tuple[UUID, tuple[UUID, ...]]:
    """Ten items that just came for a box."""
    with database.begin(desk="desk-1") as session:
        made = [mail.receive(session, Incoming(box=box, kind="registered"), at=AT) for _n in range(_TEN)]
    assert made[0].organisation_id is not None
    return made[0].organisation_id, tuple(item.id for item in made)


def _hand_over(database: Database, organisation: UUID, person: UUID, items: tuple[UUID, ...]) -> None:
    key = new_id().hex
    taking = pickups.Taking(organisation_id=organisation, items=items, person_id=person)
    with database.begin(desk="desk-1") as session:
        hand_overs.sign(session, taking, _STROKES, 366, 137, at=AT, key=key)
    with database.begin(desk="desk-1") as session:
        hand_overs.hand_over(session, key, at=AT)


def _folder() -> Path:
    centres.FOLDER.mkdir(parents=True, exist_ok=True)
    return centres.FOLDER


def _fill(file: Path) -> None:
    """Six hundred boxes with a collector each, twenty thousand items, two thousand of them waiting."""
    database = Database(file)
    database.prepare()
    organisations = [Organisation(name=f"Kuruluş {n} Derneği", kind="dernek") for n in range(BOXES)]
    with database.begin() as session:
        session.add(Centre(name="Tartı"))
        session.add_all(organisations)
        session.add_all(Mailbox(number=n + 1, organisation_id=one.id) for n, one in enumerate(organisations))
        session.add_all(
            OrganisationPerson(organisation_id=one.id, name="Ayşe Tan", authority_reference="2026/1")
            for one in organisations
        )
    database.close()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA synchronous=OFF")
    for n in range(ITEMS):
        item, place = new_id().hex, n % BOXES
        came = _stamp(AT - timedelta(minutes=(ITEMS - n) * 20))
        holder = organisations[place].id.hex
        connection.execute(_ITEM, (item, f"2025-{n:05d}", came, holder, place + 1, f"RR{n:08d}"))
        connection.execute(_MOVE, (new_id().hex, item, "received", came, None))
        if n < ITEMS - WAITING:
            connection.execute(_MOVE, (new_id().hex, item, "handed_over", came, new_id().hex))
    connection.commit()
    connection.execute("PRAGMA optimize")
    connection.close()


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")[:23] + "Z"


class _ByHand:
    """The limit: the rows that cannot be left out, written by hand, without rules or words; its triggers stay."""

    def __init__(self, file: Path) -> None:
        self._sql = sqlite3.connect(file, isolation_level=None)
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            self._sql.execute(f"PRAGMA {pragma}")

    def close(self) -> None:
        self._sql.close()

    def receive(self, box: int, n: int) -> None:
        self._sql.execute("BEGIN IMMEDIATE")
        item = self._item(box, f"RX{n:08d}")
        self._record("receive_mail", item)
        self._sql.execute("COMMIT")

    def ten(self) -> list[str]:
        return [self._item(1, "") for _n in range(_TEN)]

    def hand_over(self, own: list[str]) -> None:
        made, signature, now = new_id().hex, new_id().hex, _stamp(AT)
        self._sql.execute("BEGIN IMMEDIATE")
        self._sql.execute(
            "INSERT INTO signature (id, strokes, width, height, at) VALUES (?, ?, 366, 137, ?)",
            (signature, b"x" * 200, now),
        )
        self._sql.execute("COMMIT")
        self._sql.execute("BEGIN IMMEDIATE")
        self._sql.execute(
            "INSERT INTO hand_over (id, collector, capacity, authority, override, signature_id, items, at) "
            "VALUES (?, '', '', '', '', ?, ?, ?)",
            (made, signature, len(own), now),
        )
        for item in own:
            self._sql.execute(_MOVE, (new_id().hex, item, "handed_over", now, made))
        self._record("hand_over_mail", made)
        self._sql.execute("COMMIT")

    def _item(self, box: int, tracking: str) -> str:
        item, now = new_id().hex, _stamp(AT)
        self._sql.execute(_ITEM, (item, item, now, None, box, tracking))
        self._sql.execute(_MOVE, (new_id().hex, item, "received", now, None))
        return item

    def _record(self, action: str, subject: str) -> None:
        now = _stamp(AT)
        self._sql.execute(
            "INSERT INTO done_action (key, subject_id, at) VALUES (?, ?, ?)", (subject, subject, now)
        )
        seal = self._sql.execute("SELECT seal FROM audit_entry ORDER BY rowid DESC LIMIT 1").fetchone()
        self._sql.execute(
            "INSERT INTO audit_entry (id, at, desk, action, subject, subject_id, details, seal) "
            "VALUES (?, ?, '', ?, '', ?, '{}', ?)",
            (new_id().hex, now, action, subject, seal[0] if seal else "0" * 64),
        )
