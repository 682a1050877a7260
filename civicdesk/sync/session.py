"""One sync from beginning to end: HELLO → RESUME → PUSH → PULL → BLOBS → VERIFY → DONE.

Every step may be cut off, by the network, by a person or by the power; the next session begins with HELLO and goes
on. What the desk does meanwhile is captured and goes with this session or the next.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from time import time_ns

from civicdesk.database import Database
from civicdesk.database_words import in_the_clerks_words
from civicdesk.errors import Unavailable
from civicdesk.models import Alarm, SeatStay, SyncState
from civicdesk.sync import blobs, capture, derived, erasure, fork, push, recovery, twins, verify
from civicdesk.sync.file import DeskFile
from civicdesk.sync.groups import travelling
from civicdesk.sync.outcome import GivenUp, Outcome, Phase, Progress, Stopped, never, tell_nobody
from civicdesk.sync.port import CONTRACT, FUTURE_MS, Away, Greeting, HubPort, Pushed, Refused
from civicdesk.sync.pull import Puller
from civicdesk.sync.restamp import restamp
from civicdesk.sync.stamps import CLOCK_BITS, EPOCH_MS
from civicdesk.text import _

__all__ = [
    "GivenUp",
    "Outcome",
    "Phase",
    "Progress",
    "Session",
    "Stopped",
    "capture_all",
    "never",
    "sync",
    "tell_nobody",
]

_FORKS_A_SESSION = 3


def sync(
    database: Database,
    hub: HubPort,
    *,
    tell: Callable[[Progress], None] = tell_nobody,
    is_given_up: Callable[[], bool] = never,
    is_thorough: bool = True,
) -> Outcome:
    """Run one session; a thorough one also compares both sides, as every night.

    Raises Away when the hub does not answer, Refused when it does not know this desk, Stopped when somebody must look
    first, GivenUp when asked to, Unavailable when another syncer has the file or the disk is in trouble.
    """
    with in_the_clerks_words(), DeskFile(database) as file:
        if not file.state()["incarnation"]:
            raise Unavailable(_("This desk has no hub yet."))
        session = Session(file, hub, tell, is_given_up)
        try:
            session.run(is_thorough=is_thorough)
        except (Away, Refused, Stopped) as trouble:
            _note_trouble(file, trouble)
            raise
        finally:
            file.announce(frozenset({SyncState}))
        return session.outcome


def capture_all(file: DeskFile, pause: Callable[[], None]) -> None:
    """Have every change captured from now on, and what was written before stamped as if it were written now."""
    is_whole = capture.is_installed(file.connection)
    if not is_whole:
        with file.writing() as connection:
            capture.install(connection)
            file.note(capture="")
        file.forget_sidecars()
    if file.state()["capture"]:
        return
    for sidecar in file.sidecars.values():
        last = 0
        while capture.is_more(file.connection, sidecar, last):
            pause()
            with file.writing() as connection:
                last = capture.stamp_rows(connection, sidecar, last)
    file.note(capture="whole")


class Session:
    """The steps of one session, in the order of `run`."""

    def __init__(
        self,
        file: DeskFile,
        hub: HubPort,
        tell: Callable[[Progress], None],
        is_given_up: Callable[[], bool],
    ) -> None:
        self._file, self._hub = file, hub
        self._tell, self._is_given_up = tell, is_given_up
        self.outcome = Outcome()

    def run(self, *, is_thorough: bool) -> None:
        self._tell(Progress(Phase.HELLO))
        self._file.note(tried_at=_text(datetime.now(UTC)))
        greeting = self._greet()
        self._check(greeting)
        greeting = self._resume(greeting)
        self._puller = Puller(self._file, self._hub, self._at(greeting), self._pause)
        self._put_back_future(greeting)
        if self._file.state()["is_recovering"]:
            self._recover(greeting)
        self._begin_anew_where_needed(greeting)
        self._forget()
        self._push(greeting)
        self._pull(greeting)
        self._tell(Progress(Phase.BLOBS))
        self.outcome.pictures = blobs.exchange(self._file, self._hub, self._pause)
        if is_thorough:
            self._verify(greeting)
        self._file.note(synced_at=_text(datetime.now(UTC)), away_since=None, trouble="", alarm=Alarm.NONE)
        self._tell(Progress(Phase.DONE))

    def _greet(self) -> Greeting:
        capture_all(self._file, self._pause)
        state = self._file.state()
        asked = time_ns()
        greeting = self._hub.hello(state["incarnation"], CONTRACT)
        here = (asked + time_ns()) // 2_000_000 - EPOCH_MS + state["skewed_ms"]
        self.outcome.skew_ms = greeting.now_ms - here
        with self._file.writing() as connection:
            connection.execute("UPDATE sync_clock SET off_ms = ?", (greeting.now_ms - here,))
        return greeting

    def _check(self, greeting: Greeting) -> None:
        """Another hub, or one of another time or version, is none to send anything to."""
        state = self._file.state()
        oldest, newest = greeting.contract
        if not oldest <= CONTRACT <= newest:
            raise Stopped(Alarm.HUB_OLDER if newest < CONTRACT else Alarm.DESK_OLDER)
        is_same = state["epoch"] in ("", greeting.epoch) and state["tenant"] in (0, greeting.tenant)
        is_confirmed = state["is_recovering"] and state["new_epoch"] == greeting.epoch
        if not is_same and not is_confirmed:
            self._file.note(new_epoch=greeting.epoch)
            raise Stopped(Alarm.EPOCH)
        if not state["epoch"]:
            scope = max(greeting.scopes)
            self._file.note(epoch=greeting.epoch, tenant=greeting.tenant, scope=scope)

    def _resume(self, greeting: Greeting) -> Greeting:
        """Settle what became of the last push; a file that does not fit what the hub knows becomes a fork."""
        state = self._file.state()
        if state["is_recovering"]:
            return recovery.meet(self._file, self._hub, greeting)
        if not state["is_enrolled"]:
            return fork.enrol(self._file, self._hub)
        if greeting.chain == state["chain"]:
            with self._file.writing() as connection:
                push.drop(connection)
            return greeting
        if state["inflight"] and greeting.chain == state["inflight"]:
            push.land(self._file, state["inflight"])
            return greeting
        self.outcome.is_fork = True
        fork.begin(self._file, self._at(greeting))
        return fork.enrol(self._file, self._hub)

    def _put_back_future(self, greeting: Greeting) -> None:
        """Stamps from a clock that was far ahead are put back, in their order; the hub has taken none of them."""
        latest = (greeting.now_ms + FUTURE_MS) << CLOCK_BITS
        state = self._file.state()
        if state["last"] > latest:
            with self._file.writing() as connection:
                now = (greeting.now_ms << CLOCK_BITS) | state["node"]
                connection.execute("UPDATE sync_clock SET last = ?", (max(now, state["hi"]),))
                restamp(connection, self._file.sidecars, state["node"], later_than=latest)

    def _recover(self, greeting: Greeting) -> None:
        if not greeting.recovering:
            raise Stopped(Alarm.EPOCH)
        self.outcome.offered = recovery.offer(self._file, self._hub, self._scope_of, self._pause)
        with self._file.writing() as connection:
            connection.execute("DELETE FROM sync_cursor")
            self._file.note(epoch=greeting.epoch, new_epoch="", is_recovering=0, filed=0, erased=0)

    def _begin_anew_where_needed(self, greeting: Greeting) -> None:
        """Read everything anew after an upgrade, and after so long an absence that taken-away rows are gone."""
        state = self._file.state()
        stale = [s for s in greeting.scopes if 0 < self._puller.cursor(s) < greeting.gc_floor.get(s, 0)]
        is_upgraded = 0 < state["contract"] < CONTRACT
        if stale or is_upgraded or state["contract"] != CONTRACT:
            with self._file.writing() as connection:
                if stale or is_upgraded:
                    connection.execute("DELETE FROM sync_cursor")
                self._file.note(contract=CONTRACT, is_dropping=state["is_dropping"] or bool(stale))

    def _forget(self) -> None:
        self.outcome.erased = erasure.forget(self._file, self._hub, self._file.state()["erased"])

    def _push(self, greeting: Greeting) -> None:
        forks = 0
        while True:
            self._pause()
            batch = push.make(self._file)
            if not batch.rows:
                return
            try:
                refused = push.push_or_set_apart(
                    self._file, self._hub, batch, self._at(greeting), self._count_pushed
                )
            except Refused as trouble:
                forks += 1
                if trouble.reason != "chain" or forks > _FORKS_A_SESSION:
                    raise
                self._resume(self._hub.hello(self._file.state()["incarnation"], CONTRACT))
                self._puller = Puller(self._file, self._hub, self._at(greeting), self._pause)
                continue
            self.outcome.refused += refused
            self.outcome.pushed += len(batch.rows) - refused
            self._tell(Progress(Phase.PUSH, self.outcome.pushed))

    def _count_pushed(self, pushed: Pushed) -> None:
        self.outcome.clashes += pushed.clashes
        self.outcome.conflicts += pushed.conflicts

    def _pull(self, greeting: Greeting) -> None:
        for scope in greeting.scopes:
            total = max(greeting.head.get(scope, 0) - self._puller.cursor(scope), 0)
            self._puller.pull(scope, partial(self._tell_pulled, self._puller.rows, total))
        self.outcome.pulled = self._puller.rows
        self._tell_settled()
        self._puller.hear(self._file.state()["filed"])
        found = twins.find(self._file.connection) if self.outcome.pulled else []
        with self._file.writing() as connection:
            is_tidied = derived.tidy(connection)
            twins.file(connection, found, self._at(greeting))
        if is_tidied:
            self._file.announce(frozenset({SeatStay}))

    def _tell_settled(self) -> None:
        """What was settled here is settled at every desk."""
        told = "FROM sync_inbox WHERE NOT is_told AND conflict_id <> ''"
        for (conflict_id,) in self._file.connection.execute(f"SELECT conflict_id {told}").fetchall():
            self._hub.settle(conflict_id)
            with self._file.writing() as connection:
                connection.execute("UPDATE sync_inbox SET is_told = 1 WHERE conflict_id = ?", (conflict_id,))

    def _tell_pulled(self, before: int, total: int) -> None:
        self._tell(Progress(Phase.PULL, self._puller.rows - before, total))

    def _verify(self, greeting: Greeting) -> None:
        for done, scope in enumerate(greeting.scopes):
            self._tell(Progress(Phase.VERIFY, done, len(greeting.scopes)))
            tables = [table for table in self._file.sidecars if self._scope_of(table) == scope]
            found = verify.check(self._file, self._hub, self._puller, scope, tables)
            self.outcome.mended += found.mended
            self.outcome.missing += found.missing
        looked = (self._file.state()["looked"] + 1) % verify.NIGHTS
        self._file.note(looked=looked, is_dropping=0)

    def _scope_of(self, table: str) -> int:
        return 0 if travelling()[table].is_tenant_wide else int(self._file.state()["scope"])

    def _at(self, greeting: Greeting) -> str:
        """When this is, by the hub's clock: the clocks of desks may be wrong."""
        return _text(datetime.fromtimestamp((greeting.now_ms + EPOCH_MS) / 1000, UTC))

    def _pause(self) -> None:
        if self._is_given_up():
            raise GivenUp


def _note_trouble(file: DeskFile, trouble: Exception) -> None:
    """Say to the screens since when the hub is away, or why the sync stopped."""
    with suppress(KeyError):
        reasons = {"revoked": Alarm.REVOKED, "unknown_desk": Alarm.UNKNOWN}
        if isinstance(trouble, Stopped):
            file.note(alarm=trouble.alarm)
        elif isinstance(trouble, Refused):
            file.note(alarm=reasons[trouble.reason])
    away = file.state()["away_since"] or _text(datetime.now(UTC))
    file.note(trouble=str(trouble), away_since=away if isinstance(trouble, Away) else None)


def _text(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
