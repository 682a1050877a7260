"""The protocol, broken on purpose in one place each. A test that none of these fails would prove nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from civicdesk.sync import apply, capture, clock, derived, push, stamps
from civicdesk.sync.file import DeskFile
from civicdesk.sync.file_hub import erasing, rooms
from civicdesk.sync.file_hub.merging import Merge
from civicdesk.sync.file_hub.rows import Kept, Rows
from civicdesk.sync.payload import Batch
from civicdesk.sync.port import Cell, Greeting, Row
from civicdesk.sync.pull import Puller
from civicdesk.sync.session import Session
from tests.sync import histories
from tests.sync.histories import History

Patch = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Mutant:
    """A breakage, and the history that shows it."""

    break_it: Patch
    history: History

    @property
    def name(self) -> str:
        return self.break_it.__name__


def arrival_order_wins(patch: pytest.MonkeyPatch) -> None:
    def take(_self: Merge, kept: Kept, group: str, pushed: Cell) -> None:
        kept.put(group, pushed.stamp, pushed.values)

    patch.setattr(Merge, "_take_cell", take)


def nobody_looks_for_forks(patch: pytest.MonkeyPatch) -> None:
    ordinary = Session._resume

    def resume(self: Session, greeting: Greeting) -> Greeting:
        if greeting.chain is not None and self._file.state()["is_enrolled"]:
            self._file.note(chain=greeting.chain)
        return ordinary(self, greeting)

    patch.setattr(Session, "_resume", resume)


def restamped_below_what_is_kept(patch: pytest.MonkeyPatch) -> None:
    def anew(old: Iterable[int], _above: int, node: int, *, is_time_kept: bool) -> dict[int, int]:
        return {stamp: place << stamps.NODE_BITS | node for place, stamp in enumerate(sorted({*old}), 1)}

    patch.setattr(stamps, "anew", anew)


def no_veto(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(erasing, "veto", lambda *_given: None)


def answers_clear_whatever_is_there(patch: pytest.MonkeyPatch) -> None:
    def land(file: DeskFile, chain: str) -> None:
        with file.writing() as connection:
            for table, row_id in connection.execute(
                "SELECT table_name, row_id FROM sync_inflight"
            ).fetchall():
                connection.execute(f"UPDATE {table}__s SET dirty = 0, pend = 0 WHERE id = ?", (row_id,))
            push.drop(connection)
            file.note(chain=chain, inflight="")

    patch.setattr(push, "land", land)


def nothing_in_flight_is_noted(patch: pytest.MonkeyPatch) -> None:
    ordinary = push._take_off

    def take_off(file: DeskFile, batch: Batch, chain: str) -> None:
        ordinary(file, batch, chain)
        file.note(inflight="")

    patch.setattr(push, "_take_off", take_off)


def cursor_before_its_page(patch: pytest.MonkeyPatch) -> None:
    ordinary = Puller._write_piece

    def write(self: Puller, piece: Sequence[Row], scope: int, until: int) -> None:
        with self._file.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO sync_cursor (scope, seq) VALUES (?, ?)", (scope, until)
            )
        ordinary(self, piece, scope, until)

    patch.setattr(Puller, "_write_piece", write)


def plain_wall_clock(patch: pytest.MonkeyPatch) -> None:
    broken = (
        f"UPDATE sync_clock SET tick = tick + 1, last = (({stamps._SINCE_2024} + skewed_ms) << 21) | node"
    )
    patch.setattr(capture, "MOVE_ON", broken)


def stamps_that_are_read_move_no_clock(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(clock.Clock, "saw", lambda *_given: None)


def hub_files_no_conflict(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Merge, "_file", lambda *_given: None)


def desk_files_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(apply, "_file", lambda *_given: None)


def future_stays_future(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Session, "_put_back_future", lambda *_given: None)


def changed_rows_keep_their_place(patch: pytest.MonkeyPatch) -> None:
    ordinary = Rows.write

    def write(self: Rows) -> None:
        before = {id(row): row.seq for row in self.changed()}
        rows = self.changed()
        ordinary(self)
        for row in rows:
            if seq := before[id(row)]:
                where = (seq, row.scope, row.table, row.id)
                self._connection.execute(
                    "UPDATE row SET seq = ? WHERE scope = ? AND tbl = ? AND id = ?", where
                )

    patch.setattr(Rows, "write", write)


def clash_under_the_desks_stamp(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rooms, "above", lambda _now, stamp: stamp)


def no_arbiter_of_rooms(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rooms, "arbitrate", lambda *_given: 0)


def bookings_wait_their_turn(patch: pytest.MonkeyPatch) -> None:
    def oldest(connection: sqlite3.Connection, sidecars: Any, limit: int) -> Any:  # noqa: ANN401
        from civicdesk.sync import payload  # noqa: PLC0415

        return payload._oldest(connection, sidecars.values(), limit)

    patch.setattr("civicdesk.sync.payload.waiting", oldest)


def small_tables_are_left_alone(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(derived.Changes, "work_out", lambda *_given: None)


ALL = tuple(
    Mutant(*each)
    for each in (
        (arrival_order_wins, histories.the_later_edit_arrives_first),
        (nobody_looks_for_forks, histories.a_copy_and_the_desk_write_the_same),
        (restamped_below_what_is_kept, histories.a_copy_has_unsent_work),
        (no_veto, histories.a_forgotten_name_is_typed_again),
        (answers_clear_whatever_is_there, histories.work_goes_on_while_a_push_is_under_way),
        (nothing_in_flight_is_noted, histories.an_answer_is_lost),
        (cursor_before_its_page, histories.power_goes_while_a_page_is_written),
        (plain_wall_clock, histories.a_slow_clock_writes_over_what_it_has_read),
        (stamps_that_are_read_move_no_clock, histories.somebody_writes_over_what_a_fast_clock_wrote),
        (hub_files_no_conflict, histories.two_write_the_same_apart),
        (desk_files_nothing, histories.work_goes_on_while_a_page_comes),
        (future_stays_future, histories.a_clock_is_a_year_ahead),
        (changed_rows_keep_their_place, histories.two_write_the_same_apart),
        (clash_under_the_desks_stamp, histories.two_book_one_room),
        (no_arbiter_of_rooms, histories.two_book_one_room),
        (bookings_wait_their_turn, histories.rooms_are_swapped),
        (small_tables_are_left_alone, histories.a_booking_comes_from_elsewhere),
    )
)
