"""What the demo centre promises: figures that add up, a day that looks alive, nothing half made."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from civicdesk import codes, demo
from civicdesk.database import Database
from civicdesk.desk import hours, today
from civicdesk.desk.rooms_now import RoomState
from civicdesk.models import Base, Organisation, Staff, Visit
from civicdesk.models.base import Instant
from civicdesk.text import fold, local

Ask = Callable[..., list[tuple[Any, ...]]]

NOW = "2026-11-21T12:00:00.000Z"
A_YEAR_AGO = "2025-11-21T21:00:00.000Z"


def test_has_469_members_of_eleven_kinds(ask: Ask) -> None:
    assert dict(ask("SELECT kind, count(*) FROM organisation WHERE is_member GROUP BY kind")) == {
        "dernek": 352,
        "vakif": 24,
        "platform": 16,
        "temsilcilik": 14,
        "topluluk": 14,
        "federasyon": 12,
        "kooperatif": 12,
        "sivil_inisiyatif": 9,
        "girisim": 7,
        "sivil_ag": 6,
        "konfederasyon": 3,
    }
    assert ask("SELECT count(*), count(DISTINCT name) FROM organisation") == [(481, 481)]


def test_every_representation_stands_for_an_association(ask: Ask) -> None:
    kinds = ask(
        "SELECT parent.kind FROM organisation o LEFT JOIN organisation parent ON parent.id = o.parent_id "
        "WHERE o.kind = 'temsilcilik'"
    )
    assert kinds == [("dernek",)] * 14


def test_469_of_480_boxes_are_held_each_by_another(ask: Ask) -> None:
    assert ask(
        "SELECT count(DISTINCT number), count(organisation_id), count(DISTINCT organisation_id) FROM mailbox"
    ) == [(480, 469, 469)]


def test_a_year_has_659_events_with_32612_guests(ask: Ask) -> None:
    past = "FROM booking WHERE starts_at > ? AND ends_at <= ?"
    assert ask(f"SELECT count(*), sum(guests) {past}", A_YEAR_AGO, NOW) == [(659, 32_612)]
    kinds = dict(ask(f"SELECT kind, count(*) {past} GROUP BY kind", A_YEAR_AGO, NOW))
    assert kinds["meeting"] == 400
    assert kinds["training"] + kinds["workshop"] == 108
    assert kinds["general_assembly"] == 60
    assert kinds["panel"] + kinds["conference"] == 46
    assert kinds["cultural"] == 45


def test_an_events_guests_are_its_names_or_its_heads_whichever_are_more(ask: Ask) -> None:
    for guests, named, heads in ask(
        """
        SELECT guests,
          (SELECT coalesce(sum(people), 0) FROM visit WHERE booking_id = b.id),
          (SELECT coalesce(sum(change), 0) FROM head_count WHERE booking_id = b.id AND change > 0)
        FROM booking b WHERE guests IS NOT NULL
        """
    ):
        assert guests == max(named, heads)


def test_guests_fit_into_their_room(ask: Ask) -> None:
    fits = "FROM booking b JOIN room r ON r.id = b.room_id WHERE max(coalesce(b.guests, 0), b.people) > r.capacity"
    assert ask(f"SELECT b.id {fits}") == []


def test_no_two_events_are_in_one_room(ask: Ask) -> None:
    last: dict[str, str] = {}
    for room, starts_at, ends_at in ask(
        "SELECT room_id, starts_at, ends_at FROM booking WHERE state <> 'clash' ORDER BY starts_at"
    ):
        assert starts_at >= last.get(room, "")
        last[room] = ends_at


def test_what_stands_is_claimed_five_minutes_by_five_minutes(ask: Ask) -> None:
    [(minutes, halved)] = ask(
        "SELECT sum(minutes), sum(minutes * (name = 'Ihlamur Salonu')) FROM (SELECT r.name, "
        "(unixepoch(ends_at) - unixepoch(starts_at)) / 60 + setup_minutes AS minutes FROM booking b "
        "JOIN room r ON r.id = room_id "
        "WHERE state IN ('confirmed', 'tentative'))"
    )
    assert ask("SELECT count(*) FROM claim") == [((minutes + halved) // 5,)]


def test_rooms_have_classes_layouts_equipment_and_one_has_halves(ask: Ask) -> None:
    assert ask("SELECT count(DISTINCT room_class) FROM room") == [(5,)]
    assert ask("SELECT name FROM room WHERE part_of_id NOTNULL ORDER BY position") == [
        ("Ihlamur Doğu",),
        ("Ihlamur Batı",),
    ]
    assert ask("SELECT count(*) > 8, max(capacity) FROM layout") == [(1, 250)]
    assert ask("SELECT sum(room_id IS NULL), sum(room_id NOTNULL) FROM equipment") == [(4, 4)]
    assert ask("SELECT count(*) > 20 FROM booking WHERE sdg LIKE '%11%' AND layout <> ''") == [(1,)]


def test_three_series_come_again_one_day_of_them_closed(ask: Ask) -> None:
    assert ask(
        "SELECT rule, count(*) FROM booking b JOIN series s ON s.id = series_id GROUP BY s.id ORDER BY 2"
    ) == [
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=5", 5),
        ("FREQ=WEEKLY;INTERVAL=1;COUNT=8", 8),
        ("FREQ=WEEKLY;INTERVAL=1;COUNT=10", 10),
    ]
    assert ask("SELECT series_on, why FROM booking WHERE state = 'skipped'") == [("2027-01-01", "Yılbaşı")]


def test_an_assembly_has_both_calls_and_somebody_waits_for_a_room(ask: Ask) -> None:
    assert ask(
        "SELECT julianday(date(second.starts_at)) - julianday(date(first.starts_at)), first.kind FROM booking second "
        "JOIN booking first ON first.id = second.call_of_id"
    ) == [(14.0, "general_assembly")]
    assert ask(
        "SELECT count(*) FROM waiting w JOIN booking b ON b.room_id = w.room_id AND b.starts_at = w.starts_at"
    ) == [(1,)]


def test_the_rooms_have_something_to_settle_at_three(database: Database) -> None:
    with database.read() as session:
        seen = today.look(session, at=demo.NOW)
    [offer] = seen.matters.offers
    assert (offer.waiting.title, offer.room.name) == ("Gönüllü Koordinasyonu", "Zeytin Odası")
    [clash] = seen.matters.clashes
    assert clash.rival is not None
    assert (clash.booking.title, clash.rival.title) == ("Çeviri Araçları Eğitimi", "İşaret Dili Eğitimi")
    assert [booking.title for booking in seen.nobody] == ["Erişilebilir Kent Paneli"]
    assert [now.room.name for now in seen.rooms if now.state == RoomState.SETTING_UP] == [
        "Mavi Konferans Salonu"
    ]


def test_nobody_is_inside_twice(ask: Ask) -> None:
    last: dict[str, str] = {}
    for visitor, arrived_at, left_at in ask(
        "SELECT visitor_id, arrived_at, left_at FROM visit ORDER BY arrived_at"
    ):
        assert arrived_at > last.get(visitor, "")
        last[visitor] = left_at or "9999"


def test_numbers_run_on_in_the_order_of_coming(ask: Ask) -> None:
    numbers = [number for (number,) in ask("SELECT number FROM visit ORDER BY arrived_at, number")]
    assert numbers == list(range(1, len(numbers) + 1))
    assert ask("SELECT value FROM counter WHERE name = 'visit'") == [(len(numbers),)]


def test_everything_happens_while_the_centre_is_open(ask: Ask, database: Database) -> None:
    at = Instant()
    spans: dict[date, list[tuple[Any, Any]]] = {}
    for begins, ends in ask(
        "SELECT arrived_at, coalesce(left_at, ?) FROM visit "
        "UNION ALL SELECT starts_at, ends_at FROM booking WHERE state <> 'skipped'",
        NOW,
    ):
        begun, ended = at.process_result_value(begins, None), at.process_result_value(ends, None)  # type: ignore[arg-type]
        assert begun is not None
        spans.setdefault(local(begun).date(), []).append((begun, ended))
    with database.read() as session:
        for on, held in spans.items():
            day = hours.day(session, on)
            assert day.opens_at is not None, f"{on} is closed"
            assert day.closes_at is not None
            assert day.opens_at <= min(begins for begins, _ends in held)
            assert day.closes_at >= max(ends for _begins, ends in held)


def test_there_are_no_more_people_than_the_centre_holds_and_47_now(ask: Ask) -> None:
    named: Counter[Any] = Counter()
    heads: Counter[Any] = Counter()
    inside = most = 0
    for _at, change, of, event in ask(
        """
        SELECT arrived_at, people, 'named', booking_id FROM visit
        UNION ALL SELECT left_at, -people, 'named', booking_id FROM visit WHERE left_at NOT NULL
        UNION ALL SELECT at, change, 'heads', booking_id FROM head_count
        ORDER BY 1, 2
        """
    ):
        before = max(named[event], heads[event])
        (named if of == "named" else heads)[event] += change
        inside += max(named[event], heads[event]) - before
        most = max(most, inside)
    assert inside == 47
    assert most <= ask("SELECT capacity FROM centre")[0][0]


def test_some_forget_to_check_out_and_are_presumed_gone_at_closing(ask: Ask) -> None:
    [(share,)] = ask("SELECT avg(left_how = 'presumed') FROM visit WHERE left_at NOT NULL")
    assert 0.04 < share < 0.08


def test_every_visit_has_a_badge_that_reads_and_its_passages(ask: Ask) -> None:
    badges = ask("SELECT visit_id, code FROM badge")
    assert len({code for _visit, code in badges}) == len(badges)
    assert all(codes.parse(code) == codes.Code(codes.Kind.BADGE, code) for _visit, code in badges)
    assert {visit for visit, _code in badges} == {visit for (visit,) in ask("SELECT id FROM visit")}
    assert ask("SELECT count(*) FROM passage WHERE direction = 'in'") == ask("SELECT count(*) FROM visit")
    assert ask("SELECT count(*) FROM passage WHERE direction = 'out'") == ask(
        "SELECT count(*) FROM visit WHERE left_at NOT NULL"
    )


@pytest.mark.parametrize(
    ("table", "column", "to"),
    [
        ("visit", "visitor_id", "visitor"),
        ("visit", "host_id", "organisation"),
        ("visit", "room_id", "room"),
        ("visit", "booking_id", "booking"),
        ("visit", "invitation_id", "invitation"),
        ("booking", "room_id", "room"),
        ("booking", "organisation_id", "organisation"),
        ("passage", "visit_id", "visit"),
        ("passage", "by_id", "staff"),
        ("badge", "visit_id", "visit"),
        ("head_count", "room_id", "room"),
        ("head_count", "booking_id", "booking"),
        ("head_count", "by_id", "staff"),
        ("invitation", "visitor_id", "visitor"),
        ("invitation", "host_id", "organisation"),
        ("invitation", "room_id", "room"),
        ("invitation", "booking_id", "booking"),
        ("booking", "series_id", "series"),
        ("booking", "call_of_id", "booking"),
        ("claim", "room_id", "room"),
        ("claim", "booking_id", "booking"),
        ("equipment", "room_id", "room"),
        ("layout", "room_id", "room"),
        ("room", "part_of_id", "room"),
        ("series", "room_id", "room"),
        ("series", "organisation_id", "organisation"),
        ("waiting", "room_id", "room"),
        ("waiting", "organisation_id", "organisation"),
        ("organisation", "parent_id", "organisation"),
        ("mailbox", "organisation_id", "organisation"),
        ("presence", "visit_id", "visit"),
        ("organisation_person", "organisation_id", "organisation"),
        ("address_paper", "organisation_id", "organisation"),
        ("mail_item", "organisation_id", "organisation"),
        ("mail_item", "received_by_id", "staff"),
        ("mail_move", "item_id", "mail_item"),
        ("mail_move", "hand_over_id", "hand_over"),
        ("hand_over", "organisation_id", "organisation"),
        ("hand_over", "person_id", "organisation_person"),
        ("hand_over", "signature_id", "signature"),
        ("hand_over", "by_id", "staff"),
        ("notice_taking", "item_id", "mail_item"),
        ("handed_over", "hand_over_id", "hand_over"),
    ],
)
def test_every_id_leads_somewhere(ask: Ask, table: str, column: str, to: str) -> None:
    assert ask(f"SELECT count(*) FROM {table} WHERE {column} NOT IN (SELECT id FROM {to})") == [(0,)]
    assert ask(f"SELECT count({column}) > 0 FROM {table}") == [(1,)]


def test_a_guests_visit_goes_where_the_event_is(ask: Ask) -> None:
    assert ask(
        "SELECT count(*) FROM visit v JOIN booking b ON b.id = v.booking_id "
        "WHERE v.room_id <> b.room_id OR v.host_id <> b.organisation_id OR v.reason <> 'event'"
    ) == [(0,)]


def test_four_events_are_on_and_to_a_fifth_nobody_came(ask: Ask) -> None:
    running = ask(
        """
        SELECT r.name, r.capacity, max(
          (SELECT coalesce(sum(people), 0) FROM visit WHERE booking_id = b.id AND left_at IS NULL),
          (SELECT coalesce(sum(change), 0) FROM head_count WHERE booking_id = b.id))
        FROM booking b JOIN room r ON r.id = b.room_id WHERE starts_at <= ?1 AND ends_at > ?1 ORDER BY r.position
        """,
        NOW,
    )
    assert running == [
        ("Ihlamur Salonu", 120, 0),
        ("Nar Eğitim Sınıfı", 30, 18),
        ("Defne Atölyesi", 24, 9),
        ("Çınar Odası", 16, 4),
        ("Zeytin Odası", 12, 11),
    ]


def test_twelve_are_expected_and_three_of_them_are_late(ask: Ask) -> None:
    expected = ask(
        "SELECT expected_at, people, needs, code FROM invitation i WHERE expected_at < '2026-11-21T21' "
        "AND NOT EXISTS (SELECT 1 FROM visit WHERE invitation_id = i.id)"
    )
    assert len(expected) == 12
    assert sum(at < NOW for at, *_rest in expected) == 3
    assert 14 in [people for _at, people, *_rest in expected]
    assert "companion,wheelchair" in [needs for _at, _people, needs, _code in expected]
    assert all(isinstance(codes.parse(code), codes.Code) for *_rest, code in expected)


def test_the_day_has_assistance_needs_used_passes_a_deny_list_and_a_morrow(ask: Ask) -> None:
    assert ask("SELECT count(*) > 0 FROM visit WHERE left_at IS NULL AND needs LIKE '%wheelchair%'") == [(1,)]
    assert ask("SELECT count(*) FROM visit WHERE invitation_id NOT NULL AND left_at NOT NULL") == [(5,)]
    assert ask("SELECT count(*) FROM denial") == [(3,)]
    assert ask("SELECT count(*) > 30 FROM booking WHERE starts_at > '2026-11-22' AND guests IS NULL") == [
        (1,)
    ]


def test_nobody_on_the_deny_list_ever_came(ask: Ask) -> None:
    assert ask("SELECT v.name FROM visitor v JOIN denial d ON d.folded = v.folded") == []


def test_cigdem_is_found_without_turkish_letters(ask: Ask) -> None:
    names = ask(
        "SELECT v.name FROM visitor_search s JOIN visitor v ON v.rowid = s.rowid WHERE visitor_search MATCH 'cigdem'"
    )
    assert names
    assert all("Çiğdem" in name for (name,) in names)


def test_nothing_in_it_could_belong_to_somebody(ask: Ask) -> None:
    contacts = ask(
        "SELECT phone, email FROM visitor UNION ALL SELECT phone, email FROM organisation "
        "UNION ALL SELECT phone, email FROM organisation_person"
    )
    assert all(
        not phone or (phone.startswith("+90500000") and len(phone) == 13) for phone, _email in contacts
    )
    assert all(not email or email.endswith(".example") for _phone, email in contacts)
    registered = ask("SELECT registry_number, tax_number FROM organisation")
    assert all(not number or number.startswith("99-") for number, _tax in registered)
    assert {tax for _number, tax in registered} == {""}


def test_the_desk_opens_it_as_its_own(database: Database) -> None:
    with database.read() as session:
        for mapper in Base.registry.mappers:
            session.scalars(select(mapper.class_).limit(1)).first()
        visit = session.scalars(select(Visit).order_by(Visit.arrived_at.desc()).limit(1)).one()
        assert timedelta() < demo.NOW - visit.arrived_at < timedelta(minutes=10)
        assert all(one.folded == fold(one.name) for one in session.scalars(select(Organisation)))


def test_the_staff_sign_in_with_the_demo_pin(database: Database) -> None:
    with database.read() as session:
        staff = session.scalars(select(Staff).order_by(Staff.position)).all()
    assert [(one.name, one.role) for one in staff] == [
        ("Elif Aksoy", "reception"),
        ("Murat Ersan", "reception"),
        ("Deniz Polat", "manager"),
        ("Sevgi Ünal", "secretariat"),
    ]
    assert PasswordHasher().verify(staff[0].pin_hash, demo.PIN)


def test_the_same_seed_makes_the_same_rows(centre: Path, tmp_path: Path) -> None:
    demo.make(tmp_path / "again.db", years=1)
    assert _digest(tmp_path / "again.db") == _digest(centre)


def test_cancelling_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(demo.Cancelled):
        demo.make(tmp_path / "demo.db", years=1, progress=lambda done, _total: done < 20)
    assert list(tmp_path.iterdir()) == []


def test_progress_counts_up_to_its_total(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def note(done: int, total: int) -> bool:
        told.append((done, total))
        return done < 5

    with pytest.raises(demo.Cancelled):
        demo.make(tmp_path / "demo.db", years=1, progress=note)
    assert [done for done, _total in told] == list(range(6))
    assert len({total for _done, total in told}) == 1


def _digest(path: Path) -> str:
    connection = sqlite3.connect(path)
    digest = hashlib.sha256()
    for line in connection.iterdump():
        digest.update(line.encode())
    connection.close()
    return digest.hexdigest()
