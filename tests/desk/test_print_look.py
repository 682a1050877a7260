"""The queue as a person looks at it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import invitations, print_jobs, print_look, visits
from civicdesk.desk.retention import NO_NAME
from civicdesk.errors import Refusal
from civicdesk.models import AuditEntry, Badge, JobState, PaperKind, PrintJob, Trouble, Visit, Visitor
from tests import builders
from tests.builders import TUESDAY

MINUTE = timedelta(minutes=1)


def asked(session: Session, name: str = "Selin Karaca") -> tuple[Visit, PrintJob]:
    """Somebody is inside, and the badge was asked for."""
    visit = builders.visit(session, name)
    [job_id] = print_jobs.ask_badges(session, [visit.id], at=TUESDAY)
    job = session.get(PrintJob, job_id)
    assert job is not None
    return visit, job


def test_jobs_that_stand_alike_are_one_pile(database: Database) -> None:
    with database.begin() as session:
        _first, job = asked(session)
        asked(session, "İnci Uğurlu")
        _third, sent = asked(session, "Kerem Gökçe")
        job.asked_at -= MINUTE
        sent.state, sent.sent_to, sent.trouble = JobState.UNSURE, "Door", Trouble.CUT_OFF
        session.flush()
        piles = {(each.printer, each.state): each for each in print_look.piles(session)}

    assert {key: each.count for key, each in piles.items()} == {("", "waiting"): 2, ("Door", "unsure"): 1}
    assert piles["", "waiting"].since == TUESDAY - MINUTE


def test_a_name_that_was_deleted_is_not_looked_up(database: Database) -> None:
    with database.begin() as session:
        visit, job = asked(session)
        assert print_look.look(session).names == {job.subject_id: "Selin Karaca"}
        visitor = session.get(Visitor, visit.visitor_id)
        assert visitor is not None
        visitor.name = NO_NAME
        session.flush()

        assert print_look.look(session).names == {}


def test_a_pass_is_known_by_who_is_expected(database: Database) -> None:
    with database.begin() as session:
        wanted = invitations.Wanted(name="Nazlı Öner", expected_at=TUESDAY + 60 * MINUTE)
        invitation = invitations.invite(session, wanted, at=TUESDAY)
        print_look.ask_passes(session, [invitation.id, invitation.id], "k", at=TUESDAY)
        look = print_look.look(session)

    assert len(look.jobs) == 1
    assert list(look.names.values()) == ["Nazlı Öner"]


def test_a_badge_printed_once_more_is_a_new_copy_and_the_old_one_is_void(database: Database) -> None:
    with database.begin() as session:
        visit, job = asked(session)
        job.state, job.ended_at, job.sent_to = JobState.PRINTED, TUESDAY, "Door"
        again = print_look.once_more(session, job.id, at=TUESDAY)
        copies = session.scalars(select(Badge.copy).where(Badge.visit_id == visit.id)).all()
        made = session.get(PrintJob, again)

        assert sorted(copies) == [1, 2]
        assert made is not None
        assert made.id != job.id
        assert made.state == JobState.WAITING
        assert job.state == JobState.PRINTED


def test_nobody_gets_a_new_copy_after_leaving(database: Database) -> None:
    with database.begin() as session:
        visit, job = asked(session)
        job.state, job.ended_at = JobState.PRINTED, TUESDAY
        visits.check_out(session, visit.id, at=TUESDAY)
        with pytest.raises(Refusal, match="already left"):
            print_look.once_more(session, job.id, at=TUESDAY)


def test_what_was_cancelled_waits_again_and_is_no_new_copy(database: Database) -> None:
    with database.begin() as session:
        visit, job = asked(session)
        print_jobs.cancel(session, [job.id], at=TUESDAY)
        again = print_look.once_more(session, job.id, at=TUESDAY)

        assert again == job.id
        assert job.state == JobState.WAITING
        badge = visits.badge_of(session, visit.id)
        assert badge is not None
        assert badge.copy == 1


def test_a_list_printed_once_more_is_another_job(database: Database) -> None:
    with database.begin() as session:
        first = print_look.ask_list(session, PaperKind.EVACUATION, at=TUESDAY, is_locked=False)
        assert print_look.ask_list(session, PaperKind.EVACUATION, at=TUESDAY, is_locked=False) == first
        again = print_look.once_more(session, first, at=TUESDAY)

    assert again != first


def test_a_report_asked_for_twice_in_a_minute_is_one_job_and_of_other_days_another(
    database: Database,
) -> None:
    with database.begin() as session:
        first = print_look.ask_report(session, "fair_use", "2026-11", None, at=TUESDAY)
        again = print_look.ask_report(session, "fair_use", "2026-11", None, at=TUESDAY)
        other = print_look.ask_report(session, "fair_use", "2026-10", None, at=TUESDAY)
        job = print_jobs.one(session, first)

    assert first == again != other
    assert job
    assert (job.kind, job.label) == ("report", "fair_use 2026-11")


def test_a_list_of_the_locked_desk_is_written_down(database: Database) -> None:
    with database.begin() as session:
        print_look.ask_list(session, PaperKind.DAY_LIST, at=TUESDAY, is_locked=True)
        print_look.ask_list(session, PaperKind.EVACUATION, at=TUESDAY, is_locked=False)
        written = session.scalars(select(AuditEntry.details)).all()

    assert [each for each in written if "day_list" in each] == ['{"kind": "day_list"}']
    assert not any("evacuation" in each for each in written)


def test_asked_for_all_badges_only_those_still_to_come_are_counted(database: Database) -> None:
    with database.begin() as session:
        out, job = asked(session)
        job.state, job.ended_at = JobState.PRINTED, TUESDAY
        waiting = builders.visit(session, "İnci Uğurlu")
        found = print_look.ask_badges(session, [out.id, waiting.id], at=TUESDAY)

        assert job.id not in found
        assert len(found) == 1


def test_what_waits_for_no_printer_can_be_given_to_one(database: Database) -> None:
    with database.begin() as session:
        _visit, job = asked(session)
        _other, given = asked(session, "İnci Uğurlu")
        given.printer = "Door"
        session.flush()

        assert print_look.waiting_of(session, "", ["badge"]) == [job.id]
        assert print_look.waiting_of(session, "Door", ["pass"]) == [given.id]
        assert set(print_look.waiting(session)) == {job.id, given.id}
