"""Two desks that share a hub give out different numbers, and each keeps a trail of its own."""

from __future__ import annotations

from pathlib import Path

from civicdesk.desk import audit, mail, trail
from tests.builders import TUESDAY
from tests.sync.desks import Desk, Town


def _record(desk: Desk, name: str, count: int) -> None:
    for _ in range(count):
        with desk.database.begin(desk=name) as session:
            audit.record(session, "look", None, TUESDAY)


def _is_whole(desk: Desk) -> bool:
    with desk.database.read() as session:
        return trail.check(session).is_whole


def test_the_trails_of_two_desks_stay_whole_in_one_file(town: Town, file: Path) -> None:
    first, second = town.desk("first", file), town.desk("second")
    for desk in (first, second):
        desk.join()
    for _round in range(2):
        _record(first, "desk-1", 3)
        _record(second, "desk-2", 2)
        town.settle(first, second)

    assert _is_whole(first)
    assert _is_whole(second)
    assert (
        first.one("SELECT count(*) FROM audit_entry") == second.one("SELECT count(*) FROM audit_entry") == 10
    )


def test_two_desks_of_one_name_keep_a_trail_that_is_whole(town: Town, file: Path) -> None:
    first, second = town.desk("first", file), town.desk("second")
    for desk in (first, second):
        desk.join()
        _record(desk, "desk", 2)
    town.settle(first, second)
    for desk in (first, second):
        _record(desk, "desk", 2)
    town.settle(first, second)

    assert _is_whole(first)
    assert _is_whole(second)


def test_an_entry_that_was_changed_at_another_desk_is_found(town: Town, file: Path) -> None:
    first, second = town.desk("first", file), town.desk("second")
    for desk in (first, second):
        desk.join()
    _record(first, "desk-1", 3)
    town.settle(first, second)
    second.run("UPDATE sync_clock SET applying = 1")
    second.run("UPDATE audit_entry SET action = 'other' WHERE rowid = 2")
    second.run("UPDATE sync_clock SET applying = 0")

    assert _is_whole(first)
    assert not _is_whole(second)


def test_post_of_two_desks_has_two_numbers(town: Town, file: Path) -> None:
    first, second = town.desk("first", file), town.desk("second")
    numbers = []
    with first.database.begin() as session:
        numbers.append(mail.receive(session, mail.Incoming(addressed_to="x"), at=TUESDAY).number)
    for desk in (first, second):
        desk.join()
        with desk.database.begin() as session:
            numbers.append(mail.receive(session, mail.Incoming(addressed_to="x"), at=TUESDAY).number)
    town.settle(first, second)

    assert numbers[0] == "2026-00001"
    assert len(set(numbers)) == 3
    assert numbers[1].startswith("2026/D")
    with second.database.read() as session:
        assert {item.number for item in mail.find(session, "1")} >= {numbers[0], numbers[2]}
        assert [item.number for item in mail.find(session, numbers[1])] == [numbers[1]]
