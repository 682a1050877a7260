"""Whom staff expect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk import codes
from civicdesk.database import Database
from civicdesk.desk import invitations, visits
from civicdesk.desk.invitations import Wanted
from civicdesk.errors import Refusal
from civicdesk.models import Closure, Invitation, Visitor
from tests import builders
from tests.builders import TUESDAY

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def _wanted(name: str = "Oğuz Yıldırım", after: timedelta = HOUR, **more: object) -> Wanted:
    return Wanted(name=name, expected_at=TUESDAY + after, **more)  # type: ignore[arg-type]


def _refused(what: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as refused:
        what()
    return refused.value


def _names(found: object) -> list[str]:
    return [invitation.visitor.name for invitation in found]  # type: ignore[attr-defined]


def test_a_pass_opens_an_hour_before_and_ends_with_the_day(session: Session) -> None:
    made = invitations.invite(session, _wanted(), at=TUESDAY)

    assert made.valid_from == TUESDAY
    assert made.valid_until == TUESDAY.replace(hour=21, minute=0)
    parsed = codes.parse(made.code)
    assert isinstance(parsed, codes.Code)
    assert parsed.kind is codes.Kind.PASS


def test_expected_visitors_stand_in_the_order_of_their_time(session: Session) -> None:
    for name, after in (("Üç", 3 * HOUR), ("Bir", -HOUR), ("İki", HOUR), ("Yarın", DAY)):
        invitations.invite(session, _wanted(name, after), at=TUESDAY)

    assert _names(invitations.expected(session, TUESDAY)) == ["Bir", "İki", "Üç"]
    assert _names(invitations.upcoming(session, TUESDAY)) == ["Yarın"]


def test_who_came_is_not_expected_any_more_until_it_is_undone(session: Session) -> None:
    made = invitations.invite(session, _wanted(people=2, needs=("wheelchair",), note="Kat 1"), at=TUESDAY)
    visit = invitations.admit(session, made.id, at=TUESDAY)

    assert (visit.people, visit.needs, visit.note) == (2, "wheelchair", "Kat 1")
    assert not invitations.expected(session, TUESDAY)
    visits.undo_check_in(session, visit.id, at=TUESDAY)
    assert _names(invitations.expected(session, TUESDAY)) == ["Oğuz Yıldırım"]


def test_a_cancelled_invitation_can_be_brought_back(session: Session) -> None:
    made = invitations.invite(session, _wanted(), at=TUESDAY)
    invitations.cancel(session, made.id, at=TUESDAY)

    assert not invitations.expected(session, TUESDAY)
    assert _refused(lambda: invitations.admit(session, made.id, at=TUESDAY)).reason == "cancelled"
    invitations.restore(session, made.id, at=TUESDAY)
    assert invitations.admit(session, made.id, at=TUESDAY).is_open


def test_the_same_tap_admits_once(session: Session) -> None:
    made = invitations.invite(session, _wanted(), at=TUESDAY)
    first, second = (invitations.admit(session, made.id, at=TUESDAY, key="tap") for _tap in range(2))

    assert first.id == second.id


def test_a_pass_is_used_up_by_its_entries(session: Session) -> None:
    made = invitations.invite(session, _wanted(entries=2), at=TUESDAY)
    for n in range(2):
        visit = invitations.admit(session, made.id, at=TUESDAY + n * HOUR)
        visits.check_out(session, visit.id, at=TUESDAY + n * HOUR + MINUTE)

    assert invitations.entries_used(session, made.id) == 2
    assert _refused(lambda: invitations.admit(session, made.id, at=TUESDAY + 3 * HOUR)).reason == "used_up"


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (_wanted(after=-DAY), "in_the_past"),
        (_wanted(until=TUESDAY), "long_window"),
        (_wanted(until=TUESDAY + 400 * DAY), "long_window"),
        (_wanted(entries=0), "bad_entries"),
        (_wanted(entries=101), "bad_entries"),
        (_wanted(people=0), "no_people"),
        (_wanted(people=10_000), "many_people"),
        (_wanted("  "), "no_name"),
        (_wanted(phone="yok"), "bad_phone"),
        (_wanted(note="TC 10000000146"), "national_id"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_expected(session: Session, wanted: Wanted, reason: str) -> None:
    assert _refused(lambda: invitations.invite(session, wanted, at=TUESDAY)).reason == reason


def test_earlier_today_can_still_be_noted(session: Session) -> None:
    assert invitations.invite(session, _wanted(after=-HOUR), at=TUESDAY).id


def test_a_pasted_list_is_one_name_a_line(session: Session) -> None:
    pasted = (
        "Cem Kaya\n\n  Işıl Demir, 0532 123 45 67\nHale Şahin\t0532 123 45 68\r\nGül; +90 532 123 45 69\n"
    )

    made = invitations.invite_many(session, pasted, _wanted("", people=1), at=TUESDAY, key="paste")
    again = invitations.invite_many(session, pasted, _wanted("", people=1), at=TUESDAY, key="paste")

    assert [(i.visitor.name, i.visitor.phone) for i in made] == [
        ("Cem Kaya", ""),
        ("Işıl Demir", "+905321234567"),
        ("Hale Şahin", "+905321234568"),
        ("Gül", "+905321234569"),
    ]
    assert [i.id for i in again] == [i.id for i in made]


def test_one_bad_line_and_nobody_is_expected(database: Database) -> None:
    def invite() -> None:
        with database.begin() as session:
            invitations.invite_many(session, "Cem\nIşıl\n10000000146\nGül", _wanted(), at=TUESDAY)

    refusal = _refused(invite)

    assert refusal.reason == "national_id"
    assert str(refusal).startswith("Line 3: ")
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Invitation)) == 0
        assert session.scalar(select(func.count()).select_from(Visitor)) == 0


@pytest.mark.parametrize(("pasted", "reason"), [(" \n\n", "no_name"), ("Ali\n" * 501, "too_many")])
def test_a_list_holds_one_to_five_hundred(session: Session, pasted: str, reason: str) -> None:
    assert _refused(lambda: invitations.invite_many(session, pasted, _wanted(), at=TUESDAY)).reason == reason


def test_a_returning_visitor_stays_one_visitor(session: Session) -> None:
    visit = builders.visit(session)
    visits.check_out(session, visit.id, at=TUESDAY + HOUR)
    made = invitations.invite(session, _wanted("ignored", 2 * HOUR, visitor=visit.visitor), at=TUESDAY)

    assert made.visitor_id == visit.visitor_id
    assert invitations.admit(session, made.id, at=TUESDAY + 2 * HOUR).visitor_id == visit.visitor_id


def test_a_name_corrected_meanwhile_stays_corrected(database: Database) -> None:
    with database.begin() as session:
        visit = builders.visit(session, "Çigdem")
    with database.begin() as session:
        session.get_one(Visitor, visit.visitor_id).name = "Çiğdem"
    with database.begin() as session:
        wanted = _wanted("ignored", 2 * HOUR, visitor=visit.visitor)
        made = invitations.invite(session, wanted, at=TUESDAY)

    assert made.visitor.name == "Çiğdem"


def test_a_weekly_visitor_has_a_pass_for_each_week_and_is_one_person(session: Session) -> None:
    until = (TUESDAY + 21 * DAY).date()
    made = invitations.invite_weekly(session, _wanted(), until, at=TUESDAY, key="w")
    again = invitations.invite_weekly(session, _wanted(), until, at=TUESDAY, key="w")

    assert [each.expected_at for each in made] == [TUESDAY + HOUR + 7 * week * DAY for week in range(4)]
    assert len({each.code for each in made}) == 4
    assert [each.id for each in again] == [each.id for each in made]
    assert session.scalar(select(func.count()).select_from(Visitor)) == 1


def test_weeks_in_which_the_centre_is_closed_are_left_out_and_named(session: Session) -> None:
    session.add(Closure(on=(TUESDAY + 7 * DAY).date(), reason="Boya"))
    session.flush()
    until = (TUESDAY + 14 * DAY).date()

    made = invitations.invite_weekly(session, _wanted(), until, at=TUESDAY)
    weeks = invitations.weekly(session, TUESDAY + HOUR, until)

    assert [each.expected_at for each in made] == [TUESDAY + HOUR, TUESDAY + HOUR + 14 * DAY]
    assert [(day.on, day.reason) for day in weeks.closed] == [((TUESDAY + 7 * DAY).date(), "Boya")]


def test_a_weekly_visitor_who_could_never_come_is_refused(session: Session) -> None:
    sunday = _wanted(after=5 * DAY)
    for until, reason in ((TUESDAY.date() + 8 * DAY, "closed"), (TUESDAY.date(), "long_window")):
        refusal = _refused(
            lambda until=until: invitations.invite_weekly(session, sunday, until, at=TUESDAY)  # type: ignore[misc]
        )
        assert refusal.reason == reason


def test_a_pasted_list_is_read_line_by_line_before_it_is_saved(session: Session) -> None:
    lines = invitations.read_names("Ayşe Kaya; 0532 111 22 33\n\nBora\t12\n12345\nCem\n")

    assert [(line.number, line.name, line.phone) for line in lines] == [
        (1, "Ayşe Kaya", "+905321112233"),
        (3, "Bora", "12"),
        (4, "12345", ""),
        (5, "Cem", ""),
    ]
    assert [bool(line.trouble) for line in lines] == [False, True, True, False]
    assert session.scalar(select(func.count()).select_from(Visitor)) == 0


def test_a_refusal_counts_empty_lines_as_the_clerk_does(session: Session) -> None:
    refusal = _refused(
        lambda: invitations.invite_many(session, "Cem\n\n\n10000000146", _wanted(), at=TUESDAY)
    )
    assert str(refusal).startswith("Line 4: ")


def test_a_name_that_stands_twice_is_found_however_it_is_written(session: Session) -> None:
    lines = invitations.read_names("Çiğdem Kaya\nBora Ak\nCIGDEM KAYA, 0532 111 22 33")
    assert invitations.twice(lines) == ["Çiğdem Kaya"]


def test_upcoming_visitors_are_counted_beyond_those_shown(session: Session) -> None:
    for days in (1, 2, 3):
        wanted = replace(_wanted(), expected_at=TUESDAY + timedelta(days=days))
        made = invitations.invite(session, wanted, at=TUESDAY)
    invitations.cancel(session, made.id, at=TUESDAY)

    assert len(invitations.upcoming(session, TUESDAY, limit=1)) == 1
    assert invitations.count_upcoming(session, TUESDAY) == 2


def test_an_expected_visitor_who_gives_a_name_is_not_expected_any_more(session: Session) -> None:
    invitation = invitations.invite(
        session, invitations.Wanted(name="Selin Karaca", expected_at=builders.TUESDAY), at=builders.TUESDAY
    )

    visit = visits.check_in(session, visits.Arrival(visitor=invitation.visitor), at=builders.TUESDAY)

    assert visit.invitation_id == invitation.id
    assert list(invitations.expected(session, builders.TUESDAY)) == []
