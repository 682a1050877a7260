"""Coming in and going out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import actions, audit, denylist, headcounts, occupancy, visits
from civicdesk.errors import Refusal
from civicdesk.models import AuditEntry, Badge, Base, How, Passage, Role, Room, Visit, Visitor
from tests import builders
from tests.builders import TUESDAY

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def _reason(what: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        what()
    assert str(refused.value)
    return refused.value.reason


def _rows(session: Session, table: type[Base]) -> int:
    session.flush()
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_check_in_leaves_a_visit_a_passage_a_badge_and_an_entry(session: Session) -> None:
    visit = builders.visit(session)

    assert [v.id for v in visits.inside(session)] == [visit.id]
    assert _rows(session, Passage) == _rows(session, Badge) == _rows(session, AuditEntry) == 1
    assert visit.visitor.name == "Selin Karaca"
    assert visit.number == 1
    assert visits.next_badge_number(session) == 2


@pytest.mark.parametrize("name", ["Selin Karaca", "SELİN KARACA", "selin  karaca"])
def test_somebody_of_the_same_name_is_asked_about(session: Session, name: str) -> None:
    builders.visit(session)

    assert _reason(lambda: builders.visit(session, name)) == "namesake_inside"


def test_a_namesake_comes_in_once_the_clerk_said_so(session: Session) -> None:
    builders.visit(session)
    visits.check_in(session, visits.Arrival(name="Selin Karaca"), at=TUESDAY, is_namesake=True)

    assert len(visits.inside(session)) == 2


def test_nobody_is_inside_twice(session: Session) -> None:
    visit = builders.visit(session)

    assert _reason(lambda: builders.visit(session, visitor=visit.visitor)) == "already_inside"


def test_what_another_screen_corrected_stays(database: Database) -> None:
    with database.begin() as session:
        visit = builders.visit(session, "Çigdem Kaya", phone="0532 123 45 67")
        visits.check_out(session, visit.id, at=TUESDAY)
    with database.begin() as session:
        session.get_one(Visitor, visit.visitor_id).name = "Çiğdem Kaya"
    with database.begin() as session:
        again = visits.check_in(session, visits.Arrival(visitor=visit.visitor), at=TUESDAY + HOUR)

    assert (again.visitor.name, again.visitor.phone) == ("Çiğdem Kaya", "+905321234567")


def test_the_same_key_checks_in_once(session: Session) -> None:
    first = visits.check_in(session, visits.Arrival(name="Ufuk Demir"), at=TUESDAY, key="tap-1")
    second = visits.check_in(session, visits.Arrival(name="Ufuk Demir"), at=TUESDAY, key="tap-1")

    assert first.id == second.id
    assert _rows(session, Visit) == _rows(session, Badge) == 1


def test_the_same_key_checks_out_once(session: Session) -> None:
    visit = builders.visit(session)
    for _tap in range(2):
        visits.check_out(session, visit.id, at=TUESDAY + HOUR, key="out-1")

    assert _rows(session, Passage) == 2
    assert _reason(lambda: visits.check_out(session, visit.id, at=TUESDAY + HOUR)) == "not_inside"


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (timedelta(hours=8, minutes=47), None),
        (timedelta(hours=8, minutes=48), "closed"),
        (-2 * HOUR, "closed"),
    ],
    ids=["19:29", "19:30", "08:42"],
)
def test_visitors_come_in_opening_hours(session: Session, after: timedelta, reason: str | None) -> None:
    if reason is None:
        assert builders.visit(session, at=TUESDAY + after).is_open
    else:
        assert _reason(lambda: builders.visit(session, at=TUESDAY + after)) == reason


def test_a_reason_opens_a_closed_centre_and_is_kept(session: Session) -> None:
    visits.check_in(session, visits.Arrival(name="Hale"), at=TUESDAY + 12 * HOUR, override="Nöbetçi")

    assert "Nöbetçi" in session.scalars(select(AuditEntry.details)).one()


@pytest.mark.parametrize(("override", "reason"), [("  ", "closed"), ("TC 10000000146", "national_id")])
def test_a_reason_is_words_and_no_number_of_the_state(session: Session, override: str, reason: str) -> None:
    arrival, night = visits.Arrival(name="Hale"), TUESDAY + 12 * HOUR

    assert _reason(lambda: visits.check_in(session, arrival, at=night, override=override)) == reason


def test_a_full_building_lets_nobody_in(session: Session) -> None:
    room = session.scalars(select(Room)).first()
    assert room is not None
    headcounts.count(session, room.id, 319, at=TUESDAY)

    assert _reason(lambda: builders.visit(session, "Gül", people=2)) == "capacity_full"
    assert builders.visit(session, "Gül", people=1).is_open


@pytest.mark.parametrize(
    ("role", "reason"),
    [(None, "refused"), (Role.RECEPTION, "refused"), (Role.SECRETARIAT, "refused"), (Role.MANAGER, None)],
)
def test_the_deny_list_opens_for_managers_only(
    session: Session, role: Role | None, reason: str | None
) -> None:
    denylist.add(session, name="Selin Karaca", reason="Tehdit", until=None, at=TUESDAY)
    if role:
        session.info["by"] = builders.member_of_staff(session, role=role).id

    def check_in() -> Visit:
        return visits.check_in(
            session, visits.Arrival(name="selin karaca"), at=TUESDAY, override="Ben tanıyorum"
        )

    if reason is None:
        assert check_in().is_open
    else:
        assert _reason(check_in) == reason


def test_a_refused_check_in_leaves_nothing(database: Database) -> None:
    def check_in() -> None:
        with database.begin() as session:
            builders.visit(session, "Selin", at=TUESDAY + 12 * HOUR)

    assert _reason(check_in) == "closed"
    with database.read() as session:
        assert not any(_rows(session, table) for table in (Visitor, Visit, Passage, Badge, AuditEntry))


def test_an_undone_check_in_answers_its_passage(session: Session) -> None:
    visit = builders.visit(session)
    came = session.scalars(select(Passage)).one()
    for _tap in range(2):
        visits.undo_check_in(session, visit.id, at=TUESDAY + MINUTE)

    answer = session.scalars(select(Passage).where(Passage.undone_id == came.id)).one()
    assert (answer.direction, answer.how) == ("out", How.UNDO)
    assert not visits.inside(session)
    assert occupancy.now(session).total == 0


def test_an_undone_check_out_brings_back_once(session: Session) -> None:
    visit = builders.visit(session)
    visits.check_out(session, visit.id, at=TUESDAY + HOUR)
    for _tap in range(2):
        visits.undo_check_out(session, [visit.id], at=TUESDAY + HOUR + MINUTE)

    assert [v.id for v in visits.inside(session)] == [visit.id]
    assert _rows(session, Passage) == 3


def test_who_came_back_meanwhile_is_not_brought_back_as_well(database: Database) -> None:
    with database.begin() as session:
        visit = builders.visit(session)
        visits.check_out(session, visit.id, at=TUESDAY + HOUR)
        visits.check_in(session, visits.again(visit), at=TUESDAY + 2 * HOUR)

    def undo() -> None:
        with database.begin() as session:
            visits.undo_check_out(session, [visit.id], at=TUESDAY + 3 * HOUR)

    assert _reason(undo) == "already_inside"


def test_everyone_out_is_marked_and_heads_are_cleared(session: Session) -> None:
    room = session.scalars(select(Room)).first()
    assert room is not None
    builders.visit(session, "Cem")
    builders.visit(session, "Ilgaz", people=3)
    headcounts.count(session, room.id, 5, at=TUESDAY)

    gone = visits.check_out_all(session, at=TUESDAY + HOUR)

    assert {visit.left_how for visit in gone} == {How.ALL}
    assert occupancy.now(session).total == 0
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "check_out_all")).one()
    assert '"heads": 5' in entry.details
    assert '"visits": 2' in entry.details


def test_heads_alone_leave_an_entry_too(session: Session) -> None:
    room = session.scalars(select(Room)).first()
    assert room is not None
    headcounts.count(session, room.id, 5, at=TUESDAY)
    visits.check_out_all(session, at=TUESDAY + HOUR)

    assert session.scalars(select(AuditEntry.action)).all() == ["head_count", "check_out_all"]


def test_some_of_a_group_leave_early(session: Session) -> None:
    visit = builders.visit(session, people=10)

    assert visits.leave_early(session, visit.id, 2, at=TUESDAY + HOUR).people == 8
    assert visits.leave_early(session, visit.id, 8, at=TUESDAY + HOUR).left_at == TUESDAY + HOUR
    assert _reason(lambda: visits.leave_early(session, visit.id, 1, at=TUESDAY + 2 * HOUR)) == "not_inside"


@pytest.mark.parametrize("people", [0, -3])
def test_nobody_cannot_leave_early(session: Session, people: int) -> None:
    visit = builders.visit(session, people=2)

    assert _reason(lambda: visits.leave_early(session, visit.id, people, at=TUESDAY)) == "no_people"


def test_a_badge_is_not_reprinted_for_somebody_who_left(session: Session) -> None:
    visit = builders.visit(session)
    visits.check_out(session, visit.id, at=TUESDAY + HOUR)

    assert _reason(lambda: visits.reprint(session, visit.id, at=TUESDAY + HOUR)) == "not_inside"


def test_a_clock_set_back_never_ends_a_visit_before_it_began(session: Session) -> None:
    visit = builders.visit(session)

    assert visits.check_out(session, visit.id, at=TUESDAY - 365 * DAY).left_at == TUESDAY


def test_badge_numbers_go_on_after_an_undo(session: Session) -> None:
    first = builders.visit(session, "Bir")
    visits.undo_check_in(session, first.id, at=TUESDAY)

    assert builders.visit(session, "İki").number == 2
    assert actions.next_number(session, "visit") == 3


def test_the_trail_holds_no_names(session: Session) -> None:
    visit = builders.visit(session, "Selin Karaca", phone="0532 123 45 67")
    visits.check_out(session, visit.id, at=TUESDAY + HOUR)

    said = " ".join(session.scalars(select(AuditEntry.details)))
    assert "Selin" not in said
    assert "532" not in said
    assert not list(audit.broken(session))
