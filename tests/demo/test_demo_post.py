"""The post of the demo: as much as a real centre has, collected as people do, and a wall that looks alive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import select

from civicdesk import demo
from civicdesk.database import Database
from civicdesk.desk import (
    hand_overs,
    hours,
    mail,
    mail_registers,
    mail_wall,
    notices,
    pickups,
    post_emails,
    tracking,
)
from civicdesk.desk.mail_wall import Age
from civicdesk.models import HandOver, MailItem
from civicdesk.text import local

Ask = Callable[..., list[tuple[Any, ...]]]
_CAME = "SELECT julianday(changed_at) - julianday(received_at) FROM mail_state WHERE place = 'handed_over'"


def test_fourteen_items_come_a_day_of_all_kinds(ask: Ask) -> None:
    kinds: dict[str, int] = dict(ask("SELECT kind, count(*) FROM mail_item GROUP BY kind"))
    (days,) = ask("SELECT count(DISTINCT substr(received_at, 1, 10)) FROM mail_item")[0]
    total = sum(kinds.values())

    assert 13 < total / days < 15
    for kind, share in (
        ("ordinary", 60),
        ("registered", 14),
        ("parcel", 14),
        ("return_receipt", 6),
        ("express", 2),
    ):
        assert abs(kinds[kind] / total * 100 - share) < 3
    assert 0.025 < (kinds["notice"] + kinds["slip21"]) / total < 0.055


def test_half_is_collected_within_four_days_and_a_twelfth_takes_a_month(ask: Ask) -> None:
    waited = [days for (days,) in ask(_CAME)]

    assert 3 <= median(waited) <= 5
    assert 0.04 < sum(days > 30 for days in waited) / len(waited) < 0.1


def test_numbers_run_on_within_the_year_in_the_order_of_coming(ask: Ask) -> None:
    numbers = [number for (number,) in ask("SELECT number FROM mail_item ORDER BY received_at, number")]

    assert numbers == sorted(numbers)
    assert len(numbers) == len(set(numbers))
    last = max(number for number in numbers if number.startswith("2026-"))
    assert ask("SELECT value FROM counter WHERE name = 'mail-2026'") == [(int(last[5:]),)]


def test_the_wall_looks_alive(database: Database) -> None:
    with database.read() as session:
        wall = mail_wall.look(session, at=demo.NOW)

    assert len(wall.tiles) == 480
    full = [tile for tile in wall.tiles if tile.waiting]
    assert 70 < len(full) < 170
    assert 2 <= wall.notices <= 9
    assert wall.unmatched == 2
    assert {tile.age for tile in full} == set(Age)
    assert max(tile.waiting for tile in full) >= 2


def test_a_notice_is_held_out_right_now(database: Database) -> None:
    with database.read() as session:
        found = notices.open_notices(session, at=demo.NOW)
        presented = [one for one in found if one.place == "presented"]
        assert [one.days for one in presented] == [0]
        assert notices.takings(session, presented[0].item.id) == []
        assert all(
            notices.served_at(session, one.item.id)
            for one in found
            if one.item.kind == "notice" and one not in presented
        )


def test_post_moves_while_the_centre_is_open_and_in_its_order(ask: Ask, database: Database) -> None:
    found = [
        datetime.fromisoformat(at) for (at,) in ask("SELECT at FROM mail_move ORDER BY id DESC LIMIT 3000")
    ]
    with database.read() as session:
        days = {on: hours.day(session, on) for on in {local(at).date() for at in found}}
    assert [at for at in found if not days[local(at).date()].is_open(at)] == []
    assert ask(
        "SELECT count(*) FROM mail_move m JOIN mail_move n ON n.item_id = m.item_id AND n.id > m.id AND n.at < m.at"
    ) == [(0,)]
    assert ask("SELECT count(*) FROM mail_move WHERE at > ?", "2026-11-21T12:00:00.000Z") == [(0,)]


def test_some_authorities_have_ended_and_some_lack_one(database: Database) -> None:
    with database.read() as session:
        organisations = [
            one for (one,) in session.execute(select(MailItem.organisation_id).distinct()) if one
        ]
        found = [who for one in organisations for who in pickups.collectors(session, one, at=demo.NOW)]

    standings = {who.standing.value for who in found}
    assert standings == {"valid", "none", "ended"}
    assert sum(who.is_authorised for who in found) > len(found) / 2


def test_hand_overs_bear_signatures_that_can_be_shown(database: Database) -> None:
    with database.read() as session:
        made = session.scalars(
            select(HandOver).where(HandOver.signature_id.is_not(None)).order_by(HandOver.at.desc()).limit(1)
        ).one()
        signature = hand_overs.signature_of(session, made)
        assert signature is not None
        assert 60 < len(signature.strokes) < 600
        assert len(hand_overs.items_of(session, made.id)) == made.items


def test_numbers_of_the_post_check_and_are_nobodys(ask: Ask) -> None:
    found = [number for (number,) in ask("SELECT tracking FROM mail_item WHERE tracking <> ''")]

    assert not any(map(tracking.is_check_digit_wrong, found))
    assert all(number.endswith("ZZ") or number.startswith("99") for number in found)


def test_reminders_are_due_and_registers_read(database: Database) -> None:
    with database.read() as session:
        assert post_emails.reminders(session, at=demo.NOW + timedelta(days=4))
        day = mail_registers.of_day(session, date(2026, 11, 20), at=demo.NOW)
        assert 8 < len(day.lines) < 20
        assert mail.find(session, day.lines[0].item.number) == [day.lines[0].item]
