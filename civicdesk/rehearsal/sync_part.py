"""Two desks and a hub: a room given away twice, a file used twice, a hub killed, a backup, a desk that died."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import connect
from typing import TypeVar
from uuid import UUID

from PySide6.QtWidgets import QApplication, QLineEdit
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.app import CivicDesk
from civicdesk.backup import keys, places, taking
from civicdesk.database import Database
from civicdesk.demo import NOW
from civicdesk.desk import audit, bookings, rooms
from civicdesk.desk.booking_wish import Wish
from civicdesk.models import (
    Booking,
    BookingState,
    Organisation,
    OrganisationKind,
    Room,
    Staff,
    SyncInbox,
    Visitor,
)
from civicdesk.rehearsal import trial_hubs
from civicdesk.rehearsal.first_day import PIN
from civicdesk.rehearsal.hands import Hands, expect
from civicdesk.rehearsal.report import Report, Step
from civicdesk.rehearsal.stage import Missing, Stage, StageClock
from civicdesk.rehearsal.trial_hubs import TrialHub, sync
from civicdesk.settings import HubSettings, Settings
from civicdesk.sync import standing
from civicdesk.text import _, local
from civicdesk.ui.first_start import Restoring, TakingOver
from civicdesk.ui.pages.settings.hub import HubSection

MANY = 2_500
"""More rows than go in one push, so that there is a middle."""

_HERE, _THERE = "Edebiyat okuması", "Satranç turnuvası"
_FIRST, _SECOND, _LATER = "Yakamoz Derneği", "Zambak Derneği", "Üçüncü Bahar Derneği"

T = TypeVar("T")


def play_sync(qt: QApplication, out: Path, report: Report) -> None:
    """Rehearse the hub with a copy of the centre that was set up."""
    folder = out / "sync"
    folder.mkdir()
    keyring = trial_hubs.use_own_keyring()
    hub = trial_hubs.a_hub(folder)
    part = SyncPart(qt, out, folder, hub)
    try:
        for title, play in part.steps():
            with report.step(f"{title} ({hub.words})") as step:
                play(step)
    finally:
        hub.close()
        part.keep_hub(None)
        trial_hubs.use_keyring(keyring)


class SyncPart:
    """Works at the first desk on its screens; the second one syncs behind them."""

    def __init__(self, qt: QApplication, out: Path, folder: Path, hub: TrialHub) -> None:
        self._qt, self._out, self._folder, self._hub = qt, out, folder, hub
        self.one, self.two = folder / "one.db", folder / "two.db"
        self._first: HubSettings | None = None
        self._second: HubSettings | None = None
        _copy(out / "own-centre.db", self.one)

    def steps(self) -> tuple[tuple[str, Callable[[Step], None]], ...]:
        """What is played, in order."""
        return (
            ("The desk joins its hub by one code, and everything goes up", self._join),
            ("A new computer is a desk of the centre in one step, from the hub alone", self._arrive),
            ("Both desks give one room away; the clash is on Today, and settled there", self._clash),
            ("A desk's file is copied and used twice; nothing is lost", self._twice),
            (
                f"The {self._hub.victim} is killed in the middle of a sync, and the next one goes on",
                self._killed,
            ),
            ("A backup is restored, and what came after it comes from the hub", self._restore),
        )

    def keep_hub(self, hub: HubSettings | None) -> None:
        """The hub of the next desk that is opened."""
        Settings.load()[0].with_(hub=hub).save()

    def _join(self, step: Step) -> None:
        asked = self._hub.ask_in("Danışma 1")
        with _begin(self.one, "Danışma 1") as session:
            rooms.add(session, at=NOW, name="Sardunya Odası", capacity=12)
        with self._desk(self.one) as hands:
            stage = hands.stage
            stage.wait(lambda: hands.civicdesk.sync is not None, "the sync of the desk did not begin")
            stage.click("rail_settings")
            stage.click("settings_row_hub")
            section = stage.find("settings_hub")
            assert isinstance(section, HubSection)
            if isinstance(asked, Path):
                section.join_file(asked)
            else:
                _paste(stage, "hub_code", asked)
                stage.click("hub_join_go")
            stage.wait(lambda: _standing(hands).synced_at is not None, "the desk did not sync")
            stage.wait(lambda: not stage.is_there("hub_cancel"), "the sync did not end")
            stage.picture("90-hub")
            expect(_standing(hands).waits, 0, "changes that wait")
            sent = hands.count(Organisation)
        self._first = Settings.load()[0].hub
        step.checks.append(f"{sent} organisations and all else went up; nothing waits")

    def _arrive(self, step: Step) -> None:
        self.keep_hub(None)
        asked = self._hub.ask_in("Danışma 2")
        civicdesk, stage = self._open(self.two)
        try:
            stage.wait(lambda: civicdesk.first_start is not None, "the first start did not open")
            stage.click("first_join")
            page = civicdesk.window.currentWidget()
            assert isinstance(page, TakingOver)
            if isinstance(asked, Path):
                stage.picture("91-join")
                page.join_file(asked)
            else:
                _paste(stage, "join_code", asked)
                stage.picture("91-join")
                stage.click("join_go")
            stage.wait(lambda: civicdesk.desk is not None, "the desk did not open")
        finally:
            _close(civicdesk)
        self._second = Settings.load()[0].hub
        for kind in (Organisation, Room, Staff):
            expect(_count(self.two, kind), _count(self.one, kind), f"{kind.__name__} at the new desk")
        step.checks.append(
            f"{_count(self.two, Organisation)} organisations, rooms and staff as at the first desk"
        )

    def _clash(self, step: Step) -> None:
        assert self._first is not None
        assert self._second is not None
        for path, desk, title in ((self.two, "Danışma 2", _THERE), (self.one, "Danışma 1", _HERE)):
            with _begin(path, desk) as session:
                _book(session, title)
                _rename(session, f"{title} evi")
        sync(self.two, self._second)
        sync(self.one, self._first)
        self.keep_hub(self._first)
        with self._desk(self.one) as hands:
            stage = hands.stage
            words = _("Two bookings for one room")
            stage.sees(words)
            stage.picture("92-clash-today")
            stage.click("today_matter_triangle-alert")
            lost = hands.read(_lost)
            move = f"settle_{lost.hex}_room_1"
            stage.wait(lambda: stage.is_there(move), "no free room is offered")
            stage.picture("93-settle")
            stage.touch(move)
            stage.wait(lambda: not hands.read(_clashes), "the clash still stands")
            stage.click("notice_undo")
            stage.wait(lambda: hands.read(_clashes) == [lost], "the choice was not taken back")
            stage.picture("95-undone")
            stage.take_a_breath()
            stage.touch(move)
            stage.wait(lambda: not hands.read(_clashes), "the clash still stands")
            stage.picture("96-two-versions")
            (item,) = hands.read(lambda session: session.scalars(select(SyncInbox)).all())
            stage.take_a_breath()
            stage.touch(f"settle_{item.id.hex}_take")
            stage.wait(lambda: not stage.is_there(f"settle_{item.id.hex}_take"), "the conflict still stands")
        for path, hub in ((self.one, self._first), (self.two, self._second)):
            sync(path, hub)
        where = [_read(path, _rooms_of) for path in (self.one, self.two)]
        expect(where[0], where[1], "where both bookings are")
        expect(len(set(where[0].values())), 2, "rooms of the two")
        step.checks.append(
            f"“{_HERE}” and “{_THERE}” in two rooms, the same at both desks; undone once in between"
        )
        step.checks.append("a name that both changed: the other version taken, and the same at both desks")

    def _twice(self, step: Step) -> None:
        assert self._first is not None
        copy = self._folder / "one-copy.db"
        _copy(self.one, copy)
        before = _read(copy, _names)
        for path, name in ((self.one, _FIRST), (copy, _SECOND)):
            with _begin(path, "Danışma 1") as session:
                session.add(_body(name))
        is_fork = [sync(path, self._first).is_fork for path in (self.one, copy, self.one)]
        expect(is_fork, [False, True, False], "which file became a desk of its own")
        for path in (self.one, copy):
            expect(_read(path, _names), {*before, _FIRST, _SECOND}, "what was written down")
        step.checks.append("the copy became a desk of its own; what each wrote is at both")

    def _killed(self, step: Step) -> None:
        assert self._first is not None
        assert self._second is not None
        with _begin(self.two, "Danışma 2") as session:
            names = [f"Konuk {number}" for number in range(MANY)]
            session.add_all(Visitor(name=name) for name in names)
        self._hub.cut(self.two, self._second)
        left = _read(self.two, standing.look).waits
        if not left:
            raise Missing("nothing was left to send: it was not the middle")
        sync(self.two, self._second)
        sync(self.one, self._first)
        expect(_read(self.two, standing.look).waits, 0, "changes that wait")
        expect(_count(self.one, Visitor), _count(self.two, Visitor), "people at both desks")
        step.checks.append(
            f"{left} of {MANY} changes waited after the cut; the next sync brought all of them over"
        )

    def _restore(self, step: Step) -> None:
        assert self._first is not None
        stick, key, three = self._folder / "stick", keys.make(), self._folder / "three.db"
        places.choose(stick, self.one)
        backup = taking.take(self.one, stick, keys.recipient_of(key), "Danışma 1", at=datetime.now(UTC)).file
        with _begin(self.one, "Danışma 1") as session:
            session.add(_body(_LATER))
        sync(self.one, self._first)
        self.keep_hub(None)
        civicdesk, stage = self._open(three)
        try:
            stage.wait(lambda: civicdesk.first_start is not None, "the first start did not open")
            stage.click("first_restore")
            page = civicdesk.window.currentWidget()
            assert isinstance(page, Restoring)
            stage.picture("94-restore")
            page.take(backup)
            _paste(stage, "restore_key", keys.grouped(key))
            stage.click("restore_go")
            stage.wait(lambda: civicdesk.desk is not None, "the desk did not open")
        finally:
            _close(civicdesk)
        expect(_LATER in _read(three, _names), False, "what came after the backup")
        expect(sync(three, self._first).is_fork, True, "the old file is a desk of its own")
        expect(_read(three, _names), _read(self.one, _names), "what was written down")
        step.checks.append(f"{backup.name} opened with its key; what came after it is there after one sync")

    @contextmanager
    def _desk(self, path: Path) -> Iterator[Hands]:
        """A desk on the screen with its manager signed in."""
        civicdesk, stage = self._open(path)
        hands = Hands(civicdesk, stage)
        try:
            stage.wait(lambda: civicdesk.desk is not None, "the desk did not open")
            stage.come_to_the_front()
            stage.wait(lambda: stage.is_there("lock_staff_0"), "nobody can sign in")
            stage.sign_in(0, PIN)
            stage.wait(lambda: not hands.desk.is_locked, "the manager was not let in")
            yield hands
        finally:
            _close(civicdesk)

    def _open(self, path: Path) -> tuple[CivicDesk, Stage]:
        civicdesk = CivicDesk(self._qt, database=path)
        civicdesk.clock = StageClock(NOW)
        stage = Stage(civicdesk, self._out / "pictures")
        civicdesk.show()
        return civicdesk, stage


def _close(civicdesk: CivicDesk) -> None:
    civicdesk.window.close()
    civicdesk.close()
    civicdesk.window.deleteLater()


def _paste(stage: Stage, name: str, text: str) -> None:
    field = stage.find(name)
    assert isinstance(field, QLineEdit)
    field.setText(text)


def _copy(source: Path, to: Path) -> None:
    with closing(connect(source)) as old, closing(connect(to)) as new:
        old.backup(new)


def _standing(hands: Hands) -> standing.Standing:
    return hands.read(standing.look)


@contextmanager
def _begin(path: Path, desk: str) -> Iterator[Session]:
    """The manager works at a desk whose screens are not shown."""
    database = Database(path)
    try:
        with database.read() as session:
            by = session.scalars(select(Staff)).first()
        with database.begin(by=by.id if by else None, desk=desk) as session:
            yield session
    finally:
        database.close()


def _read(path: Path, query: Callable[[Session], T]) -> T:
    database = Database(path)
    try:
        with database.read() as session:
            return query(session)
    finally:
        database.close()


def _count(path: Path, kind: type[Organisation | Room | Staff | Visitor]) -> int:
    return _read(path, lambda session: session.scalar(select(func.count()).select_from(kind)) or 0)


def _names(session: Session) -> set[str]:
    return set(session.scalars(select(Organisation.name)))


def _body(name: str) -> Organisation:
    return Organisation(name=name, kind=OrganisationKind.ASSOCIATION)


def _book(session: Session, title: str) -> None:
    room = session.scalars(select(Room).order_by(Room.position)).first()
    organisation = session.scalars(select(Organisation).order_by(Organisation.folded)).first()
    assert room is not None
    assert organisation is not None
    begins = local(NOW).replace(hour=14, minute=0) + timedelta(days=2)
    wish = Wish(
        room_id=room.id,
        organisation_id=organisation.id,
        title=title,
        people=8,
        starts_at=begins.astimezone(UTC),
        ends_at=(begins + timedelta(hours=2)).astimezone(UTC),
    )
    bookings.book(session, wish, at=NOW)


def _rename(session: Session, name: str) -> None:
    organisation = session.scalars(select(Organisation).order_by(Organisation.folded)).first()
    assert organisation is not None
    organisation.short_name = name
    audit.record(session, "change_organisation", organisation, datetime.now(UTC))


def _clashes(session: Session) -> list[UUID]:
    return list(session.scalars(select(Booking.id).where(Booking.state == BookingState.CLASH)))


def _lost(session: Session) -> UUID:
    (lost,) = _clashes(session)
    return lost


def _rooms_of(session: Session) -> dict[str, str]:
    found = select(Booking.title, Room.name).join(Room, Room.id == Booking.room_id)
    return {title: name for title, name in session.execute(found) if title in (_HERE, _THERE)}
