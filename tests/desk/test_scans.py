"""What a reader sends, and what becomes of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk import codes
from civicdesk.desk import denylist, headcounts, invitations, scans, staff, visits
from civicdesk.desk.decisions import Result, Wish
from civicdesk.errors import Refusal
from civicdesk.models import AuditEntry, Base, Invitation, Passage, Role, Room, Scan, Visit, Visitor
from tests import builders
from tests.builders import TUESDAY
from tests.conftest import Clock

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NIGHT = TUESDAY + timedelta(hours=12)


def _badge(session: Session, visit: Visit) -> str:
    badge = visits.badge_of(session, visit.id)
    assert badge is not None
    return badge.code


def _pass(session: Session, **wanted: object) -> Invitation:
    wanted = {"name": "Oğuz Yıldırım", "expected_at": TUESDAY + 10 * MINUTE} | wanted
    return invitations.invite(session, invitations.Wanted(**wanted), at=TUESDAY)  # type: ignore[arg-type]


def _rows(session: Session, table: type[Base]) -> int:
    session.flush()
    return session.scalar(select(func.count()).select_from(table)) or 0


def _kept(session: Session) -> Scan:
    session.flush()
    kept = session.scalars(select(Scan).order_by(Scan.id.desc())).first()
    assert kept is not None
    return kept


def test_the_badge_of_somebody_inside_checks_out(session: Session) -> None:
    visit = builders.visit(session)

    answer = scans.scan(session, _badge(session, visit), at=TUESDAY + HOUR)

    assert answer.result is Result.CHECKED_OUT
    assert answer.sentence == "Goodbye, Selin Karaca"
    assert answer.visit is not None
    assert answer.visit.left_at == TUESDAY + HOUR
    assert not visits.inside(session)


def test_ten_scans_in_a_second_are_one_passage_and_ten_rows(session: Session) -> None:
    code = _badge(session, builders.visit(session))
    passages = _rows(session, Passage)

    answers = [
        scans.scan(session, code, at=TUESDAY + HOUR + timedelta(milliseconds=100 * n)).result
        for n in range(10)
    ]

    assert answers == [Result.CHECKED_OUT] + [Result.REPEAT] * 9
    assert _rows(session, Passage) == passages + 1
    assert _rows(session, Scan) == 10


def test_a_code_typed_with_spaces_is_the_same_code(session: Session) -> None:
    code = _badge(session, builders.visit(session))

    first = scans.scan(session, codes.grouped(code), at=TUESDAY + HOUR, device="typed")
    second = scans.scan(
        session, codes.grouped(code), at=TUESDAY + HOUR + timedelta(seconds=3), device="typed"
    )

    assert [first.result, second.result] == [Result.CHECKED_OUT, Result.REPEAT]
    assert _kept(session).code == code
    assert _kept(session).raw == codes.grouped(code)


def test_back_from_lunch_is_a_visit_of_its_own(session: Session) -> None:
    visit = builders.visit(session, people=2, needs=("wheelchair",))
    code = _badge(session, visit)
    scans.scan(session, code, at=TUESDAY + HOUR)

    answer = scans.scan(session, code, at=TUESDAY + 2 * HOUR)

    assert answer.result is Result.WELCOME_BACK
    assert answer.visit is not None
    assert answer.visit.id != visit.id
    assert (answer.visit.people, answer.visit.needs) == (2, "wheelchair")
    assert [v.id for v in visits.inside(session)] == [answer.visit.id]


def test_the_mornings_badge_still_checks_out_after_lunch(session: Session) -> None:
    code = _badge(session, builders.visit(session))

    results = [scans.scan(session, code, at=TUESDAY + n * HOUR).result for n in range(1, 5)]

    assert results == [Result.CHECKED_OUT, Result.WELCOME_BACK] * 2


def test_a_badge_of_another_day_does_not_check_out_todays_visit(session: Session) -> None:
    visit = builders.visit(session, at=TUESDAY - DAY)
    old = _badge(session, visit)
    visits.check_out(session, visit.id, at=TUESDAY - DAY + HOUR)
    visits.check_in(session, visits.again(visit), at=TUESDAY)

    assert scans.scan(session, old, at=TUESDAY + HOUR).result is Result.SUPERSEDED
    assert len(visits.inside(session)) == 1


def test_a_badge_of_another_day_brings_nobody_in(session: Session) -> None:
    visit = builders.visit(session, at=TUESDAY - DAY)
    visits.check_out(session, visit.id, at=TUESDAY - DAY + HOUR)

    answer = scans.scan(session, _badge(session, visit), at=TUESDAY)

    assert answer.result is Result.NOT_INSIDE
    assert answer.sentence == "Selin Karaca left on 23 November 11:42. Check in again by name."


def test_what_was_undone_can_be_scanned_again_at_once(session: Session) -> None:
    visit = builders.visit(session)
    code = _badge(session, visit)
    scans.scan(session, code, at=TUESDAY + HOUR)
    visits.undo_check_out(session, [visit.id], at=TUESDAY + HOUR + timedelta(seconds=4))

    assert scans.scan(session, code, at=TUESDAY + HOUR + timedelta(seconds=6)).result is Result.CHECKED_OUT


def test_a_pass_admits(session: Session) -> None:
    invitation = _pass(session, people=3)

    answer = scans.scan(session, invitation.code, at=TUESDAY)

    assert answer.result is Result.ADMITTED
    assert answer.visit is not None
    assert (answer.visit.invitation_id, answer.visit.people) == (invitation.id, 3)
    assert not invitations.expected(session, TUESDAY)


@pytest.mark.parametrize(
    ("after", "result", "sentence"),
    [
        (-HOUR, Result.TOO_EARLY, "This pass is valid from 24 November 09:52."),
        (5 * DAY, Result.TOO_LATE, "This pass was valid until 25 November 00:00."),
    ],
    ids=["early", "late"],
)
def test_a_pass_outside_its_window(session: Session, after: timedelta, result: Result, sentence: str) -> None:
    invitation = _pass(session)

    answer = scans.scan(session, invitation.code, at=TUESDAY + after)

    assert (answer.result, answer.sentence) == (result, sentence)
    assert _kept(session).invitation_id == invitation.id


def test_a_cancelled_pass(session: Session) -> None:
    invitation = _pass(session)
    invitations.cancel(session, invitation.id, at=TUESDAY)

    assert scans.scan(session, invitation.code, at=TUESDAY).result is Result.CANCELLED


def test_a_pass_for_one_entry_is_used_up_by_it(session: Session) -> None:
    invitation = _pass(session)
    visit = scans.scan(session, invitation.code, at=TUESDAY).visit
    assert visit is not None
    inside = scans.scan(session, invitation.code, at=TUESDAY + MINUTE)
    visits.check_out(session, visit.id, at=TUESDAY + HOUR)
    again = scans.scan(session, invitation.code, at=TUESDAY + 2 * HOUR)

    assert inside.result is Result.ALREADY_INSIDE
    assert inside.sentence == "Oğuz Yıldırım is already inside since 10:42."
    assert again.result is Result.USED_UP


def test_a_pass_for_two_entries_welcomes_back_once(session: Session) -> None:
    code = _pass(session, entries=2).code
    results = []
    for n in range(3):
        answer = scans.scan(session, code, at=TUESDAY + n * HOUR)
        results.append(answer.result)
        if answer.visit:
            visits.check_out(session, answer.visit.id, at=TUESDAY + n * HOUR + MINUTE)

    assert results == [Result.ADMITTED, Result.WELCOME_BACK, Result.USED_UP]


def test_an_undone_check_in_gives_the_entry_back(session: Session) -> None:
    code = _pass(session).code
    visit = scans.scan(session, code, at=TUESDAY).visit
    assert visit is not None
    visits.undo_check_in(session, visit.id, at=TUESDAY + timedelta(seconds=5))

    assert scans.scan(session, code, at=TUESDAY + timedelta(seconds=8)).result is Result.ADMITTED


def test_the_former_copy_is_void_after_a_reprint(session: Session) -> None:
    visit = builders.visit(session)
    former = _badge(session, visit)
    latest = visits.reprint(session, visit.id, at=TUESDAY + MINUTE)

    assert latest.copy == 2
    assert scans.scan(session, former, at=TUESDAY + HOUR).result is Result.SUPERSEDED
    assert len(visits.inside(session)) == 1
    assert scans.scan(session, latest.code, at=TUESDAY + HOUR).result is Result.CHECKED_OUT


@pytest.mark.parametrize(
    ("sent", "result"),
    [
        ("https://example.org/menu?tisch=7", Result.FOREIGN),
        ("8690504012345", Result.FOREIGN),
        ("7" * 4_000, Result.FOREIGN),
        ("", Result.FOREIGN),
        ("Ğ" * 30, Result.FOREIGN),
        ("\ud83d half a smile", Result.FOREIGN),
        ("nul\0byte", Result.FOREIGN),
        (codes.make(codes.Kind.BADGE)[:-1] + "x", Result.FOREIGN),
        (codes.make(codes.Kind.BADGE)[:-3], Result.DAMAGED),
        (codes.make(codes.Kind.BADGE), Result.UNKNOWN),
        (codes.make(codes.Kind.PASS), Result.UNKNOWN),
        (codes.make(codes.Kind.TEST_CARD), Result.UNKNOWN),
    ],
    ids=["url", "product", "4000 digits", "nothing", "letters", "half a character", "nul", "letter", "cut",
         "badge of another centre", "pass of another centre", "test card"],
)  # fmt: skip
def test_what_is_not_ours_is_answered_and_kept(session: Session, sent: str, result: Result) -> None:
    answer = scans.scan(session, sent, at=TUESDAY, raw=sent, device="keyboard")

    kept = _kept(session)
    assert answer.result is result
    assert answer.sentence
    assert (kept.result, kept.device, kept.at) == (result, "keyboard", TUESDAY)
    assert kept.raw == sent[:200].replace("\ud83d", "?")


def test_a_code_with_one_wrong_digit_is_damaged_not_somebody_else(session: Session) -> None:
    code = _badge(session, builders.visit(session))
    wrong = code[:10] + str((int(code[10]) + 1) % 10) + code[11:]

    answer = scans.scan(session, wrong, at=TUESDAY + HOUR)

    assert answer.result is Result.DAMAGED
    assert answer.visitor is None
    assert len(visits.inside(session)) == 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(codec=None), max_size=300))
def test_whatever_is_sent_has_an_answer(session: Session, sent: str) -> None:
    assert scans.scan(session, sent, at=TUESDAY, raw=sent).result in (Result.FOREIGN, Result.DAMAGED)
    session.flush()


def test_at_night_a_pass_opens_with_a_reason_that_is_kept(session: Session) -> None:
    invitation = _pass(session, until=NIGHT + DAY)

    refused = scans.scan(session, invitation.code, at=NIGHT)
    let_in = scans.scan(session, invitation.code, at=NIGHT, override="Kurul toplantısı uzadı")

    assert refused.result is Result.CLOSED
    assert refused.sentence == "The centre is closed. It opens on Wednesday, 25 November 2026 at 09:00."
    assert let_in.result is Result.ADMITTED
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "check_in")).one()
    assert "Kurul toplantısı uzadı" in entry.details


def test_a_reason_of_spaces_opens_nothing(session: Session) -> None:
    invitation = _pass(session, until=NIGHT + DAY)

    assert scans.scan(session, invitation.code, at=NIGHT, override="   ").result is Result.CLOSED


def test_a_reason_with_a_national_id_is_refused(session: Session) -> None:
    with pytest.raises(Refusal) as refused:
        scans.scan(session, _pass(session).code, at=NIGHT, override="10000000146")
    assert refused.value.reason == "national_id"


def test_a_full_building_says_so_and_opens_with_a_reason(session: Session) -> None:
    room = session.scalars(select(Room)).first()
    assert room is not None
    headcounts.count(session, room.id, 320, at=TUESDAY)
    code = _pass(session).code

    refused = scans.scan(session, code, at=TUESDAY)

    assert refused.result is Result.CAPACITY_FULL
    assert refused.sentence == "The building is full: 320 of 320 are inside. Wait until somebody leaves."
    assert scans.scan(session, code, at=TUESDAY, override="Konuşmacı").result is Result.ADMITTED


@pytest.mark.parametrize("back", [HOUR, 365 * DAY], ids=["an hour", "a year"])
def test_a_clock_set_back_is_noticed_and_can_be_overridden(
    session: Session, clock: Clock, back: timedelta
) -> None:
    visit = builders.visit(session, at=clock())
    code = _badge(session, visit)
    clock.forward(seconds=-back.total_seconds())

    suspect = scans.scan(session, code, at=clock())
    out = scans.scan(session, code, at=clock(), override="Saat bozuk")

    assert suspect.result is Result.CLOCK_SUSPECT
    assert out.result is Result.CHECKED_OUT
    assert out.visit is not None
    assert out.visit.left_at == out.visit.arrived_at


def test_after_a_clock_that_stood_ahead_one_reason_is_enough(session: Session) -> None:
    builders.visit(session, "Ahead of time", at=TUESDAY + 60 * DAY)
    first, second = (_pass(session, name=name).code for name in ("Oğuz Yıldırım", "Işıl Kaya"))

    assert scans.scan(session, first, at=TUESDAY).result is Result.CLOCK_SUSPECT
    assert scans.scan(session, first, at=TUESDAY, override="Saat düzeltildi").result is Result.ADMITTED
    assert scans.scan(session, second, at=TUESDAY).result is Result.ADMITTED


def test_the_deny_list_bars_a_pass_without_saying_why(session: Session) -> None:
    denylist.add(session, name="OĞUZ YILDIRIM", reason="Tehdit", until=None, at=TUESDAY)
    code = _pass(session).code

    answer = scans.scan(session, code, at=TUESDAY, override="Ben tanıyorum")

    assert answer.result is Result.REFUSED
    assert answer.sentence == "This visitor cannot be admitted. Please call a manager."


def test_a_manager_admits_against_the_deny_list(session: Session) -> None:
    denylist.add(session, name="Oğuz Yıldırım", reason="Tehdit", until=date(2027, 1, 1), at=TUESDAY)
    session.info["by"] = builders.member_of_staff(session, "Deniz Polat", Role.MANAGER).id
    code = _pass(session).code

    assert scans.scan(session, code, at=TUESDAY, override="Görüşme").result is Result.ADMITTED


def test_at_an_exit_a_pass_lets_out(session: Session) -> None:
    code = _pass(session).code
    scans.scan(session, code, at=TUESDAY)

    assert scans.scan(session, code, at=TUESDAY + HOUR, wish=Wish.OUT).result is Result.CHECKED_OUT
    assert scans.scan(session, code, at=TUESDAY + 2 * HOUR, wish=Wish.OUT).result is Result.NOT_INSIDE


def test_the_list_of_scans_begins_with_the_latest(session: Session) -> None:
    visit = builders.visit(session)
    scans.scan(session, "8690504012345", at=TUESDAY + MINUTE)
    scans.scan(session, _badge(session, visit), at=TUESDAY + HOUR)

    (last, about, _pass_of), (first, nobody, no_pass) = scans.lately(session)

    assert (last.result, about and about.id) == (Result.CHECKED_OUT, visit.id)
    assert (first.result, nobody, no_pass) == (Result.FOREIGN, None, None)


def test_the_list_of_scans_tells_whose_pass_was_refused(session: Session) -> None:
    invitation = _pass(session)
    scans.scan(session, invitation.code, at=TUESDAY - timedelta(days=1))

    ((refused, visit, about),) = scans.lately(session)

    assert (refused.result, visit) == (Result.TOO_EARLY, None)
    assert about is not None
    assert about.visitor.name == invitation.visitor.name


def test_a_staff_card_checks_nobody_in(session: Session) -> None:
    member = builders.member_of_staff(session)
    people = _rows(session, Visitor)

    assert scans.scan(session, member.card_code, at=TUESDAY).result is Result.UNKNOWN
    assert _rows(session, Visitor) == people
    assert staff.sign_in_with_card(session, member.card_code, at=TUESDAY) is member
