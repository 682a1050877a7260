"""What two desks did to one thing is settled by a person, at either desk, and the choice can be taken back."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from civicdesk.errors import Refusal
from civicdesk.models import Alarm, InboxKind, Role, Room, Staff, SyncState
from civicdesk.sync import settling, standing
from civicdesk.sync.joining import leave
from civicdesk.sync.session import Stopped
from civicdesk.sync.standing import Standing
from tests.builders import TUESDAY
from tests.sync.desks import Desk, Town


@pytest.fixture
def pair(town: Town, file: Path) -> tuple[Desk, Desk]:
    """Two desks; at one the biggest room was called "Birinci", at the other, later, "İkinci"."""
    first, second = town.desk("first", file), town.desk("second")
    first.join()
    second.join()
    first.run("UPDATE room SET name = 'Birinci' WHERE id = (SELECT min(id) FROM room)")
    second.later()
    second.run("UPDATE room SET name = 'İkinci' WHERE id = (SELECT min(id) FROM room)")
    town.settle(first, second)
    return first, second


def _name(desk: Desk) -> str:
    return str(desk.one("SELECT name FROM room WHERE id = (SELECT min(id) FROM room)"))


def _only(desk: Desk) -> settling.Item:
    with desk.database.read() as session:
        (item,) = settling.items(session)
    return item


def test_both_sides_are_shown_with_what_differs(pair: tuple[Desk, Desk]) -> None:
    for desk in pair:
        item = _only(desk)
        assert (item.kind, item.table, item.group) == (InboxKind.CONFLICT, "room", "name")
        assert item.mine.values == (("name", "Birinci"),)
        assert item.theirs.values == (("name", "İkinci"),)
        assert item.subject == "İkinci"
        assert item.mine.at is not None
        assert item.theirs.at is not None
        assert item.mine.at < item.theirs.at


def test_who_made_a_side_is_read_from_the_trail(town: Town, file: Path) -> None:
    from civicdesk.desk import audit  # noqa: PLC0415

    first, second = town.desk("first", file), town.desk("second")
    first.join()
    second.join()
    with first.database.begin(desk="Danışma") as session:
        ayse = Staff(name="Ayşe Tan", role=Role.MANAGER, pin_hash="x")
        session.add(ayse)
        session.flush()
        session.info["by"] = ayse.id
        room = session.query(Room).order_by(Room.id).first()
        assert room is not None
        room.name = "Birinci"
        state = session.get_one(SyncState, 1)
        assert state.joined_at is not None
        audit.record(session, "change_room", room, state.joined_at)
    second.later()
    second.run("UPDATE room SET name = 'İkinci' WHERE id = ?", room.id.hex)
    town.settle(first, second)

    assert (_only(second).mine.by, _only(second).mine.desk) == ("Ayşe Tan", "Danışma")


def test_what_gave_way_can_be_put_in_place_everywhere(town: Town, pair: tuple[Desk, Desk]) -> None:
    first, second = pair
    with first.database.begin() as session:
        settling.settle(session, _only(first).id, "taken", at=TUESDAY)

    town.settle(first, second)

    assert _name(first) == _name(second) == "Birinci"
    assert second.one("SELECT state FROM sync_inbox") == "elsewhere"
    with second.database.read() as session:
        assert settling.items(session) == []
    assert first.everything() == second.everything()
    assert first.one("SELECT count(*) FROM audit_entry WHERE action = 'settle_sync'") == 1


def test_what_stands_may_stay_and_both_may_be_merged(town: Town, pair: tuple[Desk, Desk]) -> None:
    first, second = pair
    with first.database.begin() as session:
        settling.settle(session, _only(first).id, "merged", values={"name": "Birinci İkinci"}, at=TUESDAY)
    with second.database.begin() as session:
        settling.settle(session, _only(second).id, "kept", at=TUESDAY)

    town.settle(first, second)

    assert _name(second) == "Birinci İkinci"
    assert first.one("SELECT count(*) FROM sync_inbox WHERE state = 'open'") == 0


def test_a_choice_can_be_taken_back(pair: tuple[Desk, Desk]) -> None:
    desk = pair[0]
    item = _only(desk)
    with desk.database.begin() as session:
        settling.settle(session, item.id, "taken", at=TUESDAY)
    assert _name(desk) == "Birinci"

    with desk.database.begin() as session:
        settling.undo(session, item.id, at=TUESDAY)

    assert _name(desk) == "İkinci"
    assert _only(desk).id == item.id
    with desk.database.begin() as session, pytest.raises(Refusal) as refusal:
        settling.undo(session, item.id, at=TUESDAY)
    assert refusal.value.reason == "not_settled"


def test_two_people_cannot_settle_one_thing(pair: tuple[Desk, Desk]) -> None:
    desk = pair[0]
    item = _only(desk)
    with desk.database.begin() as session:
        settling.settle(session, item.id, "kept", at=TUESDAY)

    with desk.database.begin() as session, pytest.raises(Refusal) as refusal:
        settling.settle(session, item.id, "taken", at=TUESDAY)

    assert refusal.value.reason == "settled"
    assert _name(desk) == "İkinci"


def test_a_desk_without_a_hub_stands_alone(file: Path, tmp_path: Path, town: Town) -> None:
    desk = town.desk("alone", file)
    with desk.database.read() as session:
        assert standing.look(session) == Standing()


def test_what_waits_is_shown_with_its_age(town: Town, pair: tuple[Desk, Desk]) -> None:
    desk = pair[0]
    with desk.database.read() as session:
        before = standing.look(session)
    desk.run("UPDATE sync_clock SET off_ms = off_ms - 3600000, last = last - (3600000 << 21)")
    desk.run("UPDATE room SET zone = 'A'")
    desk.run("UPDATE sync_clock SET off_ms = off_ms + 3600000")
    desk.run("UPDATE room SET zone = 'B'")

    with desk.database.read() as session:
        after = standing.look(session)

    assert (before.is_joined, before.waits, before.oldest_at, before.conflicts) == (True, 0, None, 1)
    assert before.synced_at is not None
    assert after.waits == 3
    assert after.oldest_at is not None


def test_only_an_administrator_confirms_a_hub_of_another_time(town: Town, pair: tuple[Desk, Desk]) -> None:
    desk = pair[0]
    town.hub.new_epoch()
    with pytest.raises(Stopped):
        desk.sync()
    with desk.database.begin() as session:
        people = [Staff(name=role, role=role, pin_hash="x") for role in (Role.RECEPTION, Role.MANAGER)]
        session.add_all(people)
        session.flush()
        ids: list[UUID] = [person.id for person in people]

    with desk.database.begin(by=ids[0]) as session, pytest.raises(Refusal) as refusal:
        settling.confirm_hub(session, at=TUESDAY)
    with desk.database.begin(by=ids[1]) as session:
        settling.confirm_hub(session, at=TUESDAY)
    desk.sync()

    assert refusal.value.reason == "not_manager"
    with desk.database.read() as session:
        assert standing.look(session).alarm == Alarm.NONE


def test_another_centre_is_not_mixed_in(town: Town, file: Path, pair: tuple[Desk, Desk]) -> None:
    stranger = town.desk("stranger", file)
    stranger.run("UPDATE centre SET id = ?", "f" * 32)

    with pytest.raises(Refusal) as refusal:
        stranger.join()

    assert refusal.value.reason == "other_centre"
    assert stranger.one("SELECT incarnation FROM sync_state") == ""
    assert stranger.one("SELECT count(*) FROM sqlite_master WHERE name LIKE 'sync_captures%'") == 0


def test_a_desk_that_leaves_keeps_its_rows_and_captures_no_more(pair: tuple[Desk, Desk]) -> None:
    desk = pair[0]
    rooms = desk.run("SELECT * FROM room")

    leave(desk.database)

    assert desk.run("SELECT * FROM room") == rooms
    assert desk.one("SELECT count(*) FROM sqlite_master WHERE name LIKE '%\\_\\_s' ESCAPE '\\'") == 0
    desk.run("UPDATE room SET name = 'x'")
    desk.run("DELETE FROM room")
    desk.join()
    with desk.database.read() as session:
        assert standing.look(session).waits == 0


def test_what_is_there_twice_is_shown_once(town: Town, pair: tuple[Desk, Desk]) -> None:
    first, second = pair
    for number, desk in enumerate(pair):
        desk.run("INSERT INTO mailbox (id, number) VALUES (?, 7)", f"{number}" * 32)
    town.settle(first, second, first)

    for desk in pair:
        twins = desk.run("SELECT table_name, row_id, lost FROM sync_inbox WHERE kind = 'twin'")
        assert twins == [("mailbox", "1" * 32, '{"with":"' + "0" * 32 + '"}')]
        with desk.database.begin() as session:
            (item,) = (one for one in settling.items(session) if one.kind == InboxKind.TWIN)
            with pytest.raises(Refusal):
                settling.settle(session, item.id, "taken", at=TUESDAY)
            settling.settle(session, item.id, "kept", at=TUESDAY)
    first.run("UPDATE room SET zone = 'x'")
    town.settle(first, second)
    assert second.one("SELECT count(*) FROM sync_inbox WHERE kind = 'twin'") == 1
