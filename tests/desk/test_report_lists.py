"""The lists of the reports: one face, rows that say what the desk knows, and how many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk import text
from civicdesk.database import Database
from civicdesk.desk import (
    fair_use,
    headcounts,
    members,
    people_lists,
    period,
    post_lists,
    privacy_register,
    report_kinds,
    retention,
    room_lists,
    visits,
)
from civicdesk.desk.listing import Listing
from civicdesk.desk.report_kinds import Asked, Needs
from civicdesk.errors import Refusal
from civicdesk.models import AuditEntry, Booking, BookingState, How, Organisation, Role, Room, Visitor
from civicdesk.text import ZONE
from tests import builders
from tests.desk import postbox

ON = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 14, 0, tzinfo=ZONE)
NOVEMBER = period.month(ON)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        yield session


def at(wall: str, on: date = ON) -> datetime:
    return datetime.combine(on, datetime.strptime(wall, "%H:%M").time(), ZONE)


def room(session: Session, name: str = "Ihlamur Salonu") -> Room:
    return session.scalars(select(Room).where(Room.name == name)).one()


def book(session: Session, whose: Organisation | None, begins: str, ends: str, **values: object) -> Booking:
    made = Booking(
        room_id=room(session).id,
        organisation_id=whose.id if whose else None,
        title="Kompost Atölyesi",
        kind="workshop",
        starts_at=at(begins),
        ends_at=at(ends),
        wall_start=f"{ON}T{begins}",
        **values,  # type: ignore[arg-type]
    )
    session.add(made)
    session.flush()
    return made


def cells(listing: Listing, column: str) -> list[object]:
    place = [each.words for each in listing.columns].index(column)
    return [row[place] for row in listing.rows]


@pytest.mark.parametrize("kind", report_kinds.KINDS, ids=lambda kind: kind.name)
def test_every_list_has_a_cell_for_every_column_and_says_so_when_it_is_empty(
    session: Session, kind: report_kinds.ReportKind
) -> None:
    def look() -> object:
        return kind.look(session, Asked(period=kind.period_of(ON), at=NOW, reason="Question"))

    empty = look()
    ege = builders.organisation(session, "Ege Derneği")
    book(session, ege, "10:00", "11:00", state=BookingState.NO_SHOW)
    book(session, ege, "12:00", "13:00")
    builders.visit(session, at=at("10:00"), host_id=ege.id)
    headcounts.count(session, room(session).id, 20, at=at("10:30"))
    full = look()

    if isinstance(empty, Listing) and isinstance(full, Listing):
        assert empty.rows or empty.empty
        assert all(len(row) == len(full.columns) for row in full.rows)
        assert full.count


def test_names_of_reports_are_one_each_and_have_turkish_titles() -> None:
    names = [kind.name for kind in report_kinds.KINDS]
    english = [kind.title for kind in report_kinds.KINDS]
    text.use_language("tr")

    assert len(set(names)) == len(names)
    assert [kind.title for kind in report_kinds.KINDS if kind.title in english] == []


def test_reception_is_offered_no_register_of_managers() -> None:
    offered = {kind.name for kind in report_kinds.kinds_for(is_manager=False)}

    assert not offered & {"visitor_log", "privacy"}
    assert {kind.name for kind in report_kinds.kinds_for(is_manager=True)} - offered == {
        "visitor_log",
        "privacy",
    }


@pytest.mark.parametrize(
    ("name", "days", "fits"),
    [
        ("occupancy", "2026-11-24", True),
        ("occupancy", "2026-11", False),
        ("year", "2026", True),
        ("year", "..2026-11-21", True),
        ("year", "2026-H1", False),
        ("period", "2024-02-29", True),
    ],
)
def test_a_report_is_about_the_days_it_can_be_about(name: str, days: str, fits: bool) -> None:
    kind = report_kinds.kind_of(name)
    if fits:
        kind.check(period.parse(days))
    else:
        with pytest.raises(Refusal, match="This report is about"):
            kind.check(period.parse(days))


def test_each_report_knows_what_it_is_usually_about() -> None:
    usual = {kind.name: kind.period_of(ON).key for kind in report_kinds.KINDS if kind.needs is not Needs.NOW}

    assert usual["occupancy"] == "2026-11-24..2026-11-24"
    assert (usual["period"], usual["year"], usual["privacy"]) == ("2026-11", "2026", "2026-H2")


def test_who_is_inside_stands_in_the_order_of_the_alphabet_with_those_without_a_name_last(
    session: Session,
) -> None:
    for name, people in (("Şule Er", 1), ("Çiğdem Ak", 3), ("Sıla Er", 1)):
        visits.check_in(session, visits.Arrival(name=name, people=people), at=at("10:00"))
    gone = visits.check_in(session, visits.Arrival(name="Ali Gitti"), at=at("10:00"))
    visits.check_out(session, gone.id, at=at("11:00"), how=How.TAP)
    headcounts.count(session, room(session).id, 20, at=at("10:30"))

    seen = people_lists.inside(session, at=NOW)

    assert cells(seen, "Name") == ["Çiğdem Ak", "Sıla Er", "Şule Er", "counted without a name"]
    assert cells(seen, "People") == [3, 1, 1, 20]
    assert seen.count == "25 people"


def test_the_host_of_a_discreet_visit_is_on_no_list_of_those_inside(session: Session) -> None:
    host = builders.organisation(session, "Gizli Dayanışma Derneği")
    builders.visit(session, at=at("10:00"), host_id=host.id, is_discreet=True)

    assert cells(people_lists.inside(session, at=NOW), "Visiting") == [""]


def test_the_evacuation_list_begins_with_who_needs_help(session: Session) -> None:
    builders.visit(session, "Selin Karaca", at=at("10:00"))
    builders.visit(session, "Murat Ak", at=at("10:05"), needs=("wheelchair",))

    seen = people_lists.evacuation_rows(session, at=NOW)

    assert cells(seen, "Name") == ["Murat Ak", "Selin Karaca"]
    assert cells(seen, "Needs") == ["Wheelchair", ""]


def test_the_day_list_names_events_and_who_is_expected(session: Session) -> None:
    book(session, builders.organisation(session, "Ege Derneği"), "10:00", "11:00", people=30)

    seen = people_lists.day_list_rows(session, ON, at=NOW)

    assert cells(seen, "What or who") == ["Kompost Atölyesi"]
    assert cells(seen, "From") == [datetime(2026, 11, 24, 10, 0)]
    assert seen.count == "1 event · 0 expected"


def test_the_visitor_log_says_why_it_was_opened_and_that_it_was(session: Session) -> None:
    builders.visit(session, "Selin Karaca", at=at("10:00"))

    seen = people_lists.visitor_log_rows(session, ON, reason="A complaint", at=NOW)

    assert cells(seen, "Name") == ["Selin Karaca"]
    assert seen.about == "Opened because: A complaint"
    assert (
        session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc())).first()
        == "open_visitor_log"
    )


def test_no_shows_say_how_long_rooms_were_held_for_nobody(session: Session) -> None:
    ege, ova = (builders.organisation(session, name) for name in ("Ege Derneği", "Ova Derneği"))
    book(session, ege, "10:00", "12:00", state=BookingState.NO_SHOW, released_at=at("10:30"))
    book(session, ova, "14:00", "15:30", state=BookingState.NO_SHOW)
    book(session, ova, "16:00", "17:00")

    seen = room_lists.no_shows(session, NOVEMBER, at=NOW)

    assert cells(seen, "Organisation") == ["Ege Derneği", "Ova Derneği"]
    assert cells(seen, "Minutes held") == [120, 90]
    assert seen.count == "2 bookings · 3.5 h"
    of_one = room_lists.no_shows(session, NOVEMBER, at=NOW, organisation_id=ova.id)
    assert (cells(of_one, "Minutes held"), of_one.about) == ([90], "Ova Derneği")


def test_fair_use_is_the_same_number_that_the_booking_form_knows(session: Session) -> None:
    ege, ova = (builders.organisation(session, name) for name in ("Ege Derneği", "Ova Derneği"))
    hall = room(session)
    fair_use.set_limit(session, hall.room_class, 2, at=NOW)
    fair_use.set_limit(session, hall.room_class, 9, organisation_id=ova.id, at=NOW)
    book(session, ege, "09:00", "12:30")
    book(session, ova, "13:00", "17:00", state=BookingState.NO_SHOW)
    book(session, ova, "17:00", "19:00", state=BookingState.CANCELLED)

    seen = room_lists.fair_use(session, NOVEMBER, at=NOW)

    assert cells(seen, "Organisation") == ["Ege Derneği", "Ova Derneği"]
    assert cells(seen, "Hours") == [3.5, 4]
    assert cells(seen, "Allowed") == [2, 9]
    assert cells(seen, "Remark") == ["over its hours", ""]
    assert seen.count == "1 organisation over its hours"
    for whose, hours, allowed in ((ege, 3.5, 2), (ova, 4, 9)):
        stands = fair_use.standing(session, whose.id, hall.room_class, ON)
        assert (stands.hours, stands.allowed) == (hours, allowed)


def test_fair_use_is_told_month_by_month(session: Session) -> None:
    ege = builders.organisation(session, "Ege Derneği")
    for on in (date(2026, 10, 31), date(2026, 11, 1)):
        made = book(session, ege, "09:00", "10:00")
        made.starts_at, made.ends_at = at("00:30", on), at("01:30", on)
    session.flush()

    seen = room_lists.fair_use(session, period.days(date(2026, 10, 15), date(2026, 11, 30)), at=NOW)

    assert cells(seen, "Month") == ["October 2026", "November 2026"]
    assert len(seen.notes) == 2  # October is not whole


def test_the_register_of_post_is_of_all_or_of_one(session: Session) -> None:
    ege, ova = (postbox.let(session, 200 + n, name) for n, name in enumerate(("Ege Derneği", "Ova Derneği")))
    postbox.item(session, 200)
    postbox.item(session, 201)

    of_all = post_lists.register(session, NOVEMBER, at=NOW)
    of_one = post_lists.register(session, NOVEMBER, at=NOW, organisation_id=ova.id)

    assert sorted(map(str, cells(of_all, "Organisation"))) == [ege.name, ova.name]
    assert (cells(of_one, "Organisation"), of_one.count, of_one.about) == ([ova.name], "1 item", ova.name)
    assert all(isinstance(each, datetime) for each in cells(of_all, "Received"))


def test_the_register_of_personal_data_says_what_is_kept_what_went_and_who_looked(session: Session) -> None:
    member = builders.member_of_staff(session, "Deniz Polat", Role.MANAGER)
    session.info["by"] = member.id
    long_ago = NOW - timedelta(days=200)
    old = builders.visit(session, "Eski Ziyaretçi", at=long_ago)
    visits.one(session, old.id).left_at = long_ago + timedelta(hours=1)
    builders.visit(session, "Selin Karaca", at=at("10:00"))
    session.flush()
    assert retention.forget_names(session, at=NOW) == 1
    people_lists.visitor_log_rows(session, ON, reason="A complaint", at=NOW)
    members.note_look(session, builders.organisation(session).id, at=NOW)

    seen = privacy_register.look(session, NOVEMBER, at=NOW)

    parts = list(zip(cells(seen, "Part"), cells(seen, "What"), cells(seen, "How many"), strict=True))
    assert ("Kept", "Names of visitors", 1) in parts
    assert ("Deleted", "Deleted names whose days were over", 1) in parts
    assert ("Looked", "Opened the visitor log", 1) in parts
    assert ("Looked", "Looked at an organisation's page", None) in parts
    assert seen.count == "1 deletion · 2 looks"
    assert {
        who for part, who in zip(cells(seen, "Part"), cells(seen, "Who"), strict=True) if part != "Kept"
    } == {"Deniz Polat"}
    assert session.scalars(select(Visitor.name).where(Visitor.name == "Selin Karaca")).one()
    assert "Selin" not in str(seen.rows)


def test_a_deletion_of_another_half_year_is_not_in_the_register(session: Session) -> None:
    members.note_look(session, builders.organisation(session).id, at=NOW)

    seen = privacy_register.look(session, period.parse("2026-H1"), at=NOW)

    assert seen.count == "0 deletions · 0 looks"
