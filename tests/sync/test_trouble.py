"""What may befall a desk or a hub: the rows are everywhere afterwards, or with a person."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import pytest

from civicdesk.models import Alarm
from civicdesk.sync.port import Away, Refused
from civicdesk.sync.session import Stopped
from tests import builders
from tests.sync.desks import Desk, Town

NOTE = "UPDATE room SET name = ? WHERE id = (SELECT min(id) FROM room)"
NAME = "SELECT name FROM room WHERE id = (SELECT min(id) FROM room)"
DAY_MS = 86_400_000


def test_a_copy_of_a_file_becomes_a_desk_of_its_own_and_loses_nothing(town: Town, file: Path) -> None:
    desk, _other = _two(town, file)
    desk.run("UPDATE room SET capacity = 11")
    clone = town.clone(desk, "clone")
    desk.run("UPDATE room SET room_class = 'hall'")
    clone.run("UPDATE room SET colour = '#000000'")
    desk.sync()

    outcome = clone.sync()
    town.settle(desk, clone)

    assert outcome.is_fork
    assert clone.one("SELECT forked_at FROM sync_state") is not None
    assert desk.one("SELECT forks FROM sync_state") == 0
    assert desk.everything() == clone.everything()
    assert set(desk.run("SELECT capacity, room_class, colour FROM room")) == {(11, "hall", "#000000")}
    assert desk.one("SELECT code FROM sync_state") != clone.one("SELECT code FROM sync_state")
    assert desk.one("SELECT count(*) FROM sync_inbox") == clone.one("SELECT count(*) FROM sync_inbox") == 0


def test_of_an_edit_on_a_copy_and_one_on_the_desk_the_later_stands(town: Town, file: Path) -> None:
    desk, _other = _two(town, file)
    clone = town.clone(desk, "clone")
    desk.run(NOTE, "earlier")
    clone.later()
    clone.run(NOTE, "later")
    desk.sync()

    assert clone.sync().is_fork
    town.settle(desk, clone)

    assert desk.one(NAME) == clone.one(NAME) == "later"
    assert '"name":"earlier"' in desk.one("SELECT lost FROM sync_inbox")


def test_an_old_file_brought_back_keeps_what_it_had_not_sent(town: Town, file: Path) -> None:
    desk, other = _two(town, file)
    desk.run("UPDATE room SET zone = 'unsent'")
    old = town.clone(desk, "old")
    desk.run("UPDATE room SET colour = '#111111'")
    desk.sync()
    other.run("UPDATE room SET capacity = 5")
    other.sync()

    assert old.sync().is_fork
    town.settle(old, other)

    assert old.everything() == other.everything()
    assert set(old.run("SELECT zone, colour, capacity FROM room")) == {("unsent", "#111111", 5)}


def test_a_clock_far_ahead_is_put_right_and_its_changes_keep_their_order(town: Town, file: Path) -> None:
    desk, other = _two(town, file)
    desk.run("UPDATE sync_clock SET off_ms = ?", 400 * DAY_MS)
    desk.run(NOTE, "first")
    desk.run(NOTE, "second")
    desk.run("UPDATE room SET zone = 'third'")

    outcome = desk.sync()
    other.sync()
    other.run(NOTE, "fourth")
    town.settle(other, desk)

    assert outcome.pushed
    assert outcome.refused == 0
    assert desk.one(NAME) == other.one(NAME) == "fourth"
    assert desk.everything() == other.everything()
    assert desk.one("SELECT count(*) FROM sync_inbox") == 0


def test_what_the_hub_refuses_is_set_apart_and_the_rest_arrives(town: Town, file: Path) -> None:
    desk, other = _two(town, file)
    desk.run("UPDATE room SET zone = 'fine'")
    bad = desk.one("SELECT max(id) FROM room")
    desk.run("UPDATE room SET name = char(0) || 'x' WHERE id = ?", bad)
    for number in range(20):
        desk.run(
            "INSERT INTO closure (id, \"on\", from_time, until_time, reason) VALUES (?, '2026-12-01', '', '', '')",
            f"{number:032x}",
        )

    outcome = desk.sync()
    other.sync()

    assert outcome.refused == 1
    assert desk.waiting() == 1
    assert desk.run("SELECT table_name, row_id, reason FROM sync_quarantine") == [("room", bad, "row")]
    assert desk.one("SELECT kind FROM sync_inbox") == "refused"
    assert other.one("SELECT count(*) FROM closure") == 20
    assert desk.sync().refused == 0

    desk.run("UPDATE room SET name = 'Menekşe' WHERE id = ?", bad)
    town.settle(desk, other)
    assert desk.waiting() == 0
    assert desk.one("SELECT count(*) FROM sync_quarantine") == 0
    assert desk.everything() == other.everything()


def test_a_forgotten_person_is_forgotten_everywhere_and_stays_so(town: Town, file: Path) -> None:
    desk, other = _two(town, file)
    with desk.database.begin() as session:
        visit = builders.visit(session)
    person = visit.visitor_id.hex
    town.settle(desk, other)
    other.run("UPDATE visitor SET phone = '+905001234567'")
    other.run("UPDATE visit SET note = 'kırmızı şapka'")

    desk.hub.erase(person, "asked for it")
    town.settle(desk, other, desk)

    for one in (desk, other):
        assert one.run("SELECT name, phone, email, folded FROM visitor") == [("—", "", "", "")]
        assert one.one("SELECT note FROM visit") == ""
        assert one.one("SELECT is_acknowledged FROM sync_erasure") == 1
        assert one.one("SELECT count(*) FROM visitor_search WHERE visitor_search MATCH 'sel*'") == 0
        assert "905001234567" not in str(one.run("SELECT lost FROM sync_inbox"))
    assert desk.everything() == other.everything()
    other.run("UPDATE visitor SET phone = '+905001234567'")
    town.settle(other, desk)
    assert desk.everything() == other.everything()
    assert desk.one("SELECT phone FROM visitor") == other.one("SELECT phone FROM visitor") == ""


def test_pictures_follow_in_pieces(town: Town, file: Path) -> None:
    desk, other = _two(town, file)
    data = bytes(range(256)) * 3_000
    name = hashlib.sha256(data).hexdigest()
    desk.run("INSERT INTO blob VALUES (?, ?, ?)", name, len(data), data)
    desk.run(
        "INSERT INTO mail_photo (id, item_id, sha256, size, at) VALUES (?, ?, ?, ?, '2026-11-24T07:42:00.000Z')",
        "a" * 32,
        "b" * 32,
        name,
        len(data),
    )

    assert desk.sync().pictures == 1
    assert other.sync().pictures == 1
    assert desk.sync().pictures == 0

    assert other.one("SELECT bytes FROM blob WHERE sha256 = ?", name) == data


def test_a_hub_of_another_time_stops_the_sync_until_somebody_confirms_it(town: Town, file: Path) -> None:
    desk, other = _two(town, file)
    town.hub.new_epoch()
    desk.run(NOTE, "unsent")

    with pytest.raises(Stopped) as stopped:
        desk.sync()
    assert stopped.value.alarm == Alarm.EPOCH
    assert desk.one("SELECT alarm FROM sync_state") == "epoch"
    assert desk.waiting() == 1

    for one in (desk, other):
        one.run("UPDATE sync_state SET is_recovering = 1, new_epoch = ?", _epoch(one))
    town.settle(desk, other)
    assert desk.everything() == other.everything()
    assert other.one(NAME) == "unsent"
    assert desk.one("SELECT alarm || is_recovering FROM sync_state") == "0"


def test_a_hub_that_does_not_know_the_desk_any_more_is_told(town: Town, file: Path) -> None:
    desk, _other = _two(town, file)
    town.hub.revoke("desk")
    with suppress(Away, Refused):  # the server may first of all hang up
        desk.sync()

    with pytest.raises(Refused):
        desk.sync()

    assert desk.one("SELECT alarm FROM sync_state") in ("revoked", "unknown")


def test_what_was_cleared_away_for_good_goes_everywhere(town: Town, file: Path) -> None:
    desk, other = _two(town, file)
    desk.run(
        'INSERT INTO closure (id, "on", from_time, until_time, reason, deleted_at)'
        " VALUES (?, '2024-12-01', '', '', 'old', '2025-01-01T00:00:00.000Z')",
        "c" * 32,
    )
    town.settle(desk, other)
    assert other.one("SELECT count(*) FROM closure") == 1

    assert town.hub.purge("2025-06-01T00:00:00.000Z") == 1
    desk.run(NOTE, "later")
    town.settle(desk, other)

    assert desk.one("SELECT count(*) FROM closure") == other.one("SELECT count(*) FROM closure") == 0
    assert desk.everything() == other.everything()


def test_a_desk_that_was_away_too_long_reads_all_and_drops_what_is_gone(town: Town, file: Path) -> None:
    desk, other = _two(town, file)
    desk.run(
        "INSERT INTO closure (id, \"on\", from_time, until_time, reason) VALUES (?, '2024-12-01', '', '', 'old')",
        "c" * 32,
    )
    town.settle(desk, other)
    desk.run("UPDATE closure SET deleted_at = '2025-01-01T00:00:00.000Z'")
    desk.sync()
    town.hub.purge("2025-06-01T00:00:00.000Z")
    desk.run(NOTE, "later")
    desk.sync()
    other.run("UPDATE room SET zone = 'unsent'")

    other.sync()
    town.settle(desk, other)

    assert other.one("SELECT count(*) FROM closure") == 0
    assert other.one("SELECT is_dropping FROM sync_state") == 0
    assert set(other.run("SELECT zone FROM room")) == {("unsent",)}
    assert desk.everything() == other.everything()


def test_a_change_past_the_triggers_is_found_and_filed(town: Town, file: Path) -> None:
    desk, other = _two(town, file)
    room = desk.one("SELECT min(id) FROM room")
    desk.run("UPDATE sync_clock SET applying = 1")
    desk.run("UPDATE room SET name = 'heimlich' WHERE id = ?", room)
    desk.run("UPDATE sync_clock SET applying = 0")
    desk.run("UPDATE sync_state SET looked = ?", int(room[-2:], 16) % 28)

    desk.sync()

    assert desk.one("SELECT name FROM room WHERE id = ?", room) == other.one(
        "SELECT name FROM room WHERE id = ?", room
    )
    assert '"name":"heimlich"' in desk.one("SELECT lost FROM sync_inbox")


def test_two_bookings_of_one_room_leave_one_and_one_clash(town: Town, file: Path) -> None:
    desk, other = _two(town, file)
    room = desk.one("SELECT min(id) FROM room")
    for number, one in enumerate((desk, other)):
        one.run(
            "INSERT INTO booking (id, room_id, title, kind, starts_at, ends_at, wall_start, zone, people, state,"
            " layout, setup_minutes, clear_minutes, contact_name, contact_phone, note, sdg, themes, why)"
            " VALUES (?, ?, 't', 'meeting', '2026-12-01T07:00:00.000Z', '2026-12-01T08:00:00.000Z', '', '', 1,"
            " 'confirmed', '', 0, 0, '', '', '', '', '', '')",
            f"{number}" * 32,
            room,
        )

    desk.sync()
    outcome = other.sync()
    town.settle(desk, other)

    assert outcome.clashes == 1
    assert desk.everything() == other.everything()
    assert desk.run("SELECT id, state FROM booking ORDER BY id") == [
        ("0" * 32, "confirmed"),
        ("1" * 32, "clash"),
    ]
    for one in (desk, other):
        assert set(one.run("SELECT DISTINCT booking_id FROM claim")) == {("0" * 32,)}
        assert one.one("SELECT count(*) FROM claim") == 12


def _epoch(desk: Desk) -> str:
    return desk.hub.hello(desk.one("SELECT incarnation FROM sync_state"), 1).epoch


def _two(town: Town, file: Path) -> tuple[Desk, Desk]:
    first, second = town.desk("desk", file), town.desk("other")
    first.join()
    second.join()
    return first, second
