"""Two desks and a hub: what one writes the other reads, whatever breaks off in between."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from civicdesk.desk import visits
from civicdesk.models import Booking, Visit
from civicdesk.sync.joining import join
from civicdesk.sync.port import Away
from civicdesk.sync.session import GivenUp, Phase, Progress
from tests import builders
from tests.builders import TUESDAY
from tests.sync.desks import Cutting, Desk, Town


def test_an_empty_desk_reads_what_another_has_and_both_are_the_same(town: Town, file: Path) -> None:
    full, empty = town.desk("full", file), town.desk("empty")
    with full.database.begin() as session:
        builders.visit(session)

    full.join()
    outcome = empty.join()

    assert outcome.pushed == 0
    assert outcome.pulled > 10
    assert empty.everything() == full.everything()
    assert empty.one("SELECT count(*) FROM presence") == 1
    assert empty.one("SELECT folded FROM visitor") != ""
    assert empty.one("SELECT count(*) FROM visitor_search WHERE visitor_search MATCH 'sel*'") == 1
    assert full.waiting() == empty.waiting() == 0


def test_edits_of_different_groups_of_one_row_are_both_kept(town: Town, file: Path) -> None:
    first, second = _two(town, file)
    first.run("UPDATE room SET name = 'Menekşe'")
    second.run("UPDATE room SET capacity = 7")

    town.settle(first, second)

    assert first.everything() == second.everything()
    assert set(first.run("SELECT name, capacity FROM room")) == {("Menekşe", 7)}
    assert first.one("SELECT count(*) FROM sync_inbox") == 0


def test_of_two_edits_of_one_group_the_later_stands_and_the_other_is_filed_whole(
    town: Town, file: Path
) -> None:
    first, second = _two(town, file)
    room = first.one("SELECT min(id) FROM room")
    first.run("UPDATE room SET name = 'Birinci' WHERE id = ?", room)
    second.later()
    second.run("UPDATE room SET name = 'İkinci' WHERE id = ?", room)

    town.settle(first, second)

    for desk in (first, second):
        assert desk.one("SELECT name FROM room WHERE id = ?", room) == "İkinci"
        assert '"name":"Birinci"' in desk.one("SELECT lost FROM sync_inbox WHERE row_id = ?", room)
    assert first.everything() == second.everything()


def test_the_same_edit_on_two_desks_is_no_conflict(town: Town, file: Path) -> None:
    first, second = _two(town, file)
    for desk in (first, second):
        desk.run("UPDATE room SET name = 'Aynı'")

    town.settle(first, second)

    assert first.everything() == second.everything()
    assert first.one("SELECT count(*) FROM sync_inbox") == 0


def test_screens_hear_of_what_came_and_of_nothing_else(town: Town, file: Path) -> None:
    first, second = _two(town, file)
    with first.database.begin() as session:
        builders.visit(session)
    first.sync()
    second.changed.clear()

    second.sync()
    heard = frozenset().union(*second.changed)
    second.changed.clear()
    second.sync()

    assert Visit in heard
    assert Booking not in heard
    assert {kind.__name__ for changes in second.changed for kind in changes} == {"SyncState"}


@pytest.mark.parametrize("call", ["hello", "push", "pull", "digest", "inbox", "erasures"])
@pytest.mark.parametrize("is_answer_lost", [False, True], ids=["before", "after"])
def test_a_session_that_breaks_off_anywhere_is_made_up_by_the_next(
    town: Town, file: Path, call: str, is_answer_lost: bool
) -> None:
    first, second = _two(town, file)
    first.run("UPDATE room SET name = 'Yeni'")
    second.run("UPDATE room SET capacity = 9")
    second.sync()

    def cut(name: str, ask: Callable[[], object]) -> object:
        if name == call:
            if is_answer_lost:
                ask()
            raise Away("the cable")
        return ask()

    whole, first.hub = first.hub, Cutting(first.hub, cut)  # type: ignore[assignment]
    with pytest.raises(Away):
        first.sync()
    assert first.one("SELECT away_since FROM sync_state") is not None
    first.hub = whole
    outcome = first.sync()
    town.settle(second, first)

    assert not outcome.is_fork
    assert first.everything() == second.everything()
    assert first.waiting() == 0
    assert first.one("SELECT away_since FROM sync_state") is None
    assert first.one("SELECT count(*) FROM sync_inbox") == 0


def test_what_is_changed_while_it_is_in_flight_goes_next(town: Town, file: Path) -> None:
    first, second = _two(town, file)
    room = first.one("SELECT min(id) FROM room")
    first.run("UPDATE room SET name = 'Bir' WHERE id = ?", room)

    def meanwhile(name: str, ask: Callable[[], object]) -> object:
        if name == "push" and first.one("SELECT name FROM room WHERE id = ?", room) == "Bir":
            first.run("UPDATE room SET name = 'İki' WHERE id = ?", room)
        return ask()

    first.hub = Cutting(first.hub, meanwhile)  # type: ignore[assignment]
    outcome = first.sync()
    second.sync()

    assert outcome.pushed == 2
    assert second.one("SELECT name FROM room WHERE id = ?", room) == "İki"
    assert second.one("SELECT count(*) FROM sync_inbox") == 0


def test_what_the_desk_writes_while_it_reads_gives_way_with_a_word(town: Town, file: Path) -> None:
    first, second = _two(town, file)
    room = first.one("SELECT min(id) FROM room")
    first.wrong_clock(-120_000)
    second.run("UPDATE room SET name = 'Sonra' WHERE id = ?", room)
    second.sync()

    def meanwhile(name: str, ask: Callable[[], object]) -> object:
        if name == "pull" and first.one("SELECT name FROM room WHERE id = ?", room) not in ("Önce", "Sonra"):
            first.run("UPDATE sync_clock SET off_ms = 0")
            first.run("UPDATE room SET name = 'Önce' WHERE id = ?", room)
        return ask()

    first.hub = Cutting(first.hub, meanwhile)  # type: ignore[assignment]
    first.sync()

    assert first.one("SELECT name FROM room WHERE id = ?", room) == "Sonra"
    assert first.one("SELECT kind FROM sync_inbox") == "overwritten"
    assert '"name":"Önce"' in first.one("SELECT lost FROM sync_inbox")


def test_a_session_may_be_given_up_and_goes_on_later(town: Town, file: Path) -> None:
    first = town.desk("first", file)
    heard: list[Progress] = []

    with pytest.raises(GivenUp):
        join(first.database, first.hub, tell=heard.append, is_given_up=lambda: len(heard) > 1)
    outcome = first.join()

    assert not outcome.is_fork
    assert first.waiting() == 0
    assert [progress.phase for progress in heard][:1] == [Phase.HELLO]


def test_a_visit_that_ended_elsewhere_gives_its_seat_back_everywhere(town: Town, file: Path) -> None:
    first, second = _two(town, file)
    with first.database.begin() as session:
        visit = builders.visit(session)
    town.settle(first, second)
    room = first.one("SELECT min(id) FROM room")
    first.run(
        "INSERT INTO seat_stay (id, room_id, visit_id, people, since_at) VALUES (?, ?, ?, 1, ?)",
        "a" * 32,
        room,
        visit.id.hex,
        "2026-11-24T07:45:00.000Z",
    )
    with second.database.begin() as session:
        visits.check_out(session, visit.id, at=TUESDAY.replace(hour=16))

    town.settle(second, first, second)

    assert first.everything() == second.everything()
    assert second.one("SELECT left_at FROM seat_stay") is not None
    assert first.one("SELECT count(*) FROM presence") == 0


def _two(town: Town, file: Path) -> tuple[Desk, Desk]:
    """Two desks that have the same centre."""
    first, second = town.desk("first", file), town.desk("second")
    first.join()
    second.join()
    return first, second
