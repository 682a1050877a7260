from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from civicdesk import text
from civicdesk.database import Database
from civicdesk.desk import centre, opening, rooms, setup, staff
from civicdesk.errors import Refusal
from tests.builders import PIN, TUESDAY

WEEK = {0: ("09:00", "19:30"), 5: ("10:00", "24:00")}


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Database]:
    """A desk that was never started before."""
    database = Database(tmp_path / "desk.db")
    database.prepare()
    yield database
    database.close()


def name_it(database: Database, name: str = "Çınarova Merkezi", **more: str) -> None:
    values = {"address": "", "language": "tr"} | more
    with database.begin() as session:
        setup.save_centre(session, name=name, at=TUESDAY, **values)


def refused(database: Database, use_case: object, **values: object) -> str:
    with pytest.raises(Refusal) as refusal, database.begin() as session:
        use_case(session, at=TUESDAY, **values)  # type: ignore[operator]
    return refusal.value.reason


def step(database: Database) -> str:
    with database.read() as session:
        return setup.step(session)


def test_four_steps_open_the_desk(new: Database) -> None:
    name_it(new)
    assert step(new) == "hours"
    with new.begin() as session:
        setup.save_hours(session, WEEK, observes_holidays=False, at=TUESDAY)
    assert step(new) == "rooms"
    with new.begin() as session:
        rooms.add(session, name="Çınar Odası", capacity=16, at=TUESDAY)
        setup.save_rooms(session, capacity=120, at=TUESDAY)
    assert step(new) == "manager"
    with new.begin() as session:
        setup.finish(session, name="Şükrü Işık", pin=PIN, again=PIN, at=TUESDAY)

    with new.read() as session:
        made = centre.the_centre(session)
        assert (made.name, made.capacity, made.observes_holidays) == ("Çınarova Merkezi", 120, False)
        assert opening.week(session) == WEEK
        assert [member.is_manager for member in staff.everyone(session)] == [True]
        assert setup.is_done(session)


def test_a_new_desk_has_not_begun(new: Database) -> None:
    with new.read() as session:
        assert not setup.is_begun(session)
        assert not setup.is_done(session)


def test_killed_half_way_it_goes_on_at_the_same_step(new: Database) -> None:
    name_it(new)
    with pytest.raises(RuntimeError):
        keep_hours_until_the_power_goes(new)

    again = Database(new.path)
    again.prepare()
    assert step(again) == "hours"
    with again.read() as session:
        assert opening.week(session) == {}
        assert centre.the_centre(session).name == "Çınarova Merkezi"
    again.close()


def keep_hours_until_the_power_goes(database: Database) -> None:
    with database.begin() as session:
        setup.save_hours(session, WEEK, observes_holidays=True, at=TUESDAY)
        raise RuntimeError("the power went")


def test_going_back_keeps_what_was_said_and_makes_no_second_centre(new: Database) -> None:
    name_it(new)
    with new.begin() as session:
        setup.go_to(session, "centre", at=TUESDAY)
    assert step(new) == "centre"
    name_it(new, "Ihlamur Merkezi")

    with new.read() as session:
        assert centre.the_centre(session).name == "Ihlamur Merkezi"


@pytest.mark.parametrize("name", ["", "   ", "---", "\u200b"])
def test_a_centre_has_a_name(new: Database, name: str) -> None:
    assert refused(new, setup.save_centre, name=name, address="", language="tr") == "no_name"
    assert step(new) == "centre"


def test_names_and_addresses_may_not_be_huge(new: Database) -> None:
    assert refused(new, setup.save_centre, name="Ç" * 121, address="", language="tr") == "long_name"
    assert refused(new, setup.save_centre, name="Ç", address="a" * 301, language="tr") == "long_address"


def test_only_languages_the_desk_speaks(new: Database) -> None:
    assert refused(new, setup.save_centre, name="Ç", address="", language="xx") == "bad_language"


@pytest.mark.parametrize(
    ("hours", "reason"),
    [
        ({}, "never_open"),
        ({0: ("19:30", "09:00")}, "ends_first"),
        ({0: ("09:00", "09:00")}, "ends_first"),
        ({0: ("9", "25:00")}, "bad_time"),
    ],
)
def test_hours_make_sense(new: Database, hours: dict[int, tuple[str, str]], reason: str) -> None:
    name_it(new)
    assert refused(new, setup.save_hours, hours=hours, observes_holidays=True) == reason
    assert step(new) == "hours"


def test_a_centre_has_rooms_each_by_its_own_name(new: Database) -> None:
    name_it(new)
    assert refused(new, setup.save_rooms, capacity=100) == "no_rooms"
    with new.begin() as session:
        rooms.add(session, name="Işık Odası", at=TUESDAY)

    assert refused(new, rooms.add, name="IŞIK ODASI") == "same_name"
    assert refused(new, rooms.add, name="  ") == "no_name"
    assert refused(new, setup.save_rooms, capacity=0) == "bad_capacity"
    assert refused(new, setup.save_rooms, capacity=10_001) == "bad_capacity"


@pytest.mark.parametrize(
    ("name", "pin", "again", "reason"),
    [
        ("Deniz Polat", PIN, "246811", "different_pins"),
        ("Deniz Polat", "12345", "12345", "short_pin"),
        ("Deniz Polat", "123456", "123456", "easy_pin"),
        ("Deniz Polat", "24681a", "24681a", "short_pin"),
        ("", PIN, PIN, "no_name"),
    ],
)
def test_the_first_manager_has_a_name_and_a_good_code(
    new: Database, name: str, pin: str, again: str, reason: str
) -> None:
    assert refused(new, setup.finish, name=name, pin=pin, again=again) == reason


def test_finishing_twice_makes_one_manager(new: Database) -> None:
    name_it(new)
    for _tap in range(2):
        with new.begin() as session:
            setup.finish(session, name="Deniz Polat", pin=PIN, again=PIN, at=TUESDAY)
    with new.begin() as session:
        setup.go_to(session, "centre", at=TUESDAY)

    with new.read() as session:
        assert len(staff.everyone(session)) == 1
        assert setup.is_done(session)


def test_refusals_speak_turkish(new: Database) -> None:
    text.use_language("tr")
    with pytest.raises(Refusal, match="Merkezin adını yazın"), new.begin() as session:
        setup.save_centre(session, name="", address="", language="tr", at=TUESDAY)
