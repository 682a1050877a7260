"""The rules of the print queue."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import invitations, print_jobs, visits
from civicdesk.desk.print_jobs import Claim
from civicdesk.errors import Refusal
from civicdesk.models import AuditEntry, JobState, PaperKind, PrintJob, Trouble
from tests import builders
from tests.builders import TUESDAY

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
TILL = Claim("Till", ("badge", "pass", "evacuation", "day_list"), ("Back",))
BACK = Claim("Back", (), ("Till",))


def badge_job(session: Session, name: str = "Selin Karaca") -> UUID:
    [job] = print_jobs.ask_badges(session, [builders.visit(session, name).id], at=TUESDAY)
    return job


def take(session: Session, claim: Claim = TILL, at: datetime = TUESDAY) -> PrintJob:
    job = print_jobs.take_next(session, claim, at=at)
    assert job is not None
    return job


def settle(
    session: Session,
    job: PrintJob,
    state: JobState,
    trouble: Trouble | None = None,
    *,
    at: datetime = TUESDAY,
    attempt: int | None = None,
) -> None:
    print_jobs.finish(session, job.id, attempt or job.attempts, state, trouble, at=at)


def state_of(session: Session, job: UUID) -> tuple[str, str]:
    row = session.get_one(PrintJob, job)
    return row.state, row.trouble


def test_a_badge_is_one_job_however_often_it_is_asked_for(session: Session) -> None:
    visit = builders.visit(session)
    first = print_jobs.ask_badges(session, [visit.id, visit.id], at=TUESDAY)
    again = print_jobs.ask_badges(session, [visit.id], at=TUESDAY + HOUR, printer="Back")

    assert first == again
    assert len(first) == 1
    assert print_jobs.count_open(session) == {JobState.WAITING: 1}


def test_a_badge_that_came_out_is_not_printed_again_by_asking(session: Session) -> None:
    visit = builders.visit(session)
    print_jobs.ask_badges(session, [visit.id], at=TUESDAY)
    settle(session, take(session), JobState.PRINTED)

    print_jobs.ask_badges(session, [visit.id], at=TUESDAY + HOUR)

    assert print_jobs.take_next(session, TILL, at=TUESDAY + HOUR) is None


def test_two_threads_that_ask_at_once_get_the_same_job(file: Path) -> None:
    database = Database(file)
    with database.begin() as session:
        visit = builders.visit(session)
    gate, answers = threading.Barrier(2), []

    def ask() -> None:
        gate.wait()
        with database.begin() as session:
            answers.extend(print_jobs.ask_badges(session, [visit.id], at=TUESDAY))

    threads = [threading.Thread(target=ask) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 2
    assert len(set(answers)) == 1
    with database.read() as session:
        assert len(session.scalars(select(PrintJob)).all()) == 1
    database.close()


def test_five_hundred_are_asked_for_at_once_and_come_in_the_order_of_asking(session: Session) -> None:
    session.get_one(builders.Centre, session.scalars(select(builders.Centre.id)).one()).capacity = 1_000
    made = [builders.visit(session, f"Kişi {_word(n)}") for n in range(501)]

    jobs = print_jobs.ask_badges(session, [visit.id for visit in reversed(made)], at=TUESDAY)

    assert len(set(jobs)) == 501
    assert [job.id for job in print_jobs.open_jobs(session, 1_000)] == jobs
    assert take(session).label == str(made[-1].number)


def _word(n: int) -> str:
    return "".join(chr(97 + n // 26**place % 26) for place in range(3)).capitalize()


def test_the_order_is_that_of_asking_also_when_the_clock_is_set_back_between(session: Session) -> None:
    first = badge_job(session)
    other = builders.visit(session, "Cem Ak", at=TUESDAY)
    print_jobs.ask_badges(session, [other.id], at=TUESDAY - HOUR)

    assert take(session).id == first


def test_the_evacuation_list_goes_before_all_badges(session: Session) -> None:
    badge_job(session)
    urgent = print_jobs.ask(session, PaperKind.EVACUATION, "1", at=TUESDAY)

    assert take(session).id == urgent


def test_a_job_is_taken_by_one_printer_only(session: Session) -> None:
    badge_job(session)
    take(session)

    assert print_jobs.take_next(session, Claim("Back", ("badge",), ("Till",)), at=TUESDAY) is None


def test_a_job_given_to_a_printer_goes_to_no_other(session: Session) -> None:
    job = badge_job(session)
    print_jobs.move(session, [job], "Back", at=TUESDAY)

    assert print_jobs.take_next(session, TILL, at=TUESDAY) is None
    assert take(session, BACK).id == job


def test_what_was_given_to_a_printer_that_is_gone_goes_where_its_kind_goes(session: Session) -> None:
    job = badge_job(session)
    print_jobs.move(session, [job], "Sold", at=TUESDAY)

    assert take(session).id == job


def test_a_badge_of_somebody_who_left_is_not_printed(session: Session) -> None:
    visit = builders.visit(session)
    [job] = print_jobs.ask_badges(session, [visit.id], at=TUESDAY)
    visits.check_out(session, visit.id, at=TUESDAY)

    assert print_jobs.take_next(session, TILL, at=TUESDAY) is None
    assert state_of(session, job) == (JobState.CANCELLED, Trouble.GONE)


def test_who_is_brought_back_in_gets_the_badge_after_all(session: Session) -> None:
    visit = builders.visit(session)
    [job] = print_jobs.ask_badges(session, [visit.id], at=TUESDAY)
    visits.check_out(session, visit.id, at=TUESDAY)
    assert print_jobs.take_next(session, TILL, at=TUESDAY) is None
    visits.undo_check_out(session, [visit.id], at=TUESDAY)

    assert print_jobs.ask_badges(session, [visit.id], at=TUESDAY) == [job]
    assert take(session).id == job


def test_a_badge_that_a_newer_copy_replaced_is_not_printed(session: Session) -> None:
    visit = builders.visit(session)
    [old] = print_jobs.ask_badges(session, [visit.id], at=TUESDAY)
    visits.reprint(session, visit.id, at=TUESDAY)
    [new] = print_jobs.ask_badges(session, [visit.id], at=TUESDAY)

    assert take(session).id == new
    assert state_of(session, old) == (JobState.CANCELLED, Trouble.GONE)


def test_the_pass_of_an_invitation_that_was_cancelled_is_not_printed(session: Session) -> None:
    wanted = invitations.Wanted(name="Selin Karaca", expected_at=TUESDAY)
    invitation = invitations.invite(session, wanted, at=TUESDAY)
    print_jobs.ask(session, PaperKind.PASS, "1", at=TUESDAY, subject_id=invitation.id)
    invitations.cancel(session, invitation.id, at=TUESDAY)

    assert print_jobs.take_next(session, TILL, at=TUESDAY) is None


def test_what_failed_is_tried_again_later_and_later(session: Session) -> None:
    badge_job(session)
    at, pauses = TUESDAY, []
    for _n in range(6):
        job = take(session, at=at)
        settle(session, job, JobState.WAITING, Trouble.FAULT, at=at)
        assert print_jobs.take_next(session, TILL, at=at) is None
        pauses.append((job.next_at - at).seconds)
        at = job.next_at

    assert pauses == [2, 4, 8, 15, 30, 30]


def test_a_clock_that_is_set_back_makes_nothing_wait_for_hours(session: Session) -> None:
    job = badge_job(session)

    assert take(session, at=TUESDAY - 5 * HOUR).id == job


def test_the_well_printer_need_not_wait(session: Session) -> None:
    job = badge_job(session)
    settle(session, take(session), JobState.WAITING, Trouble.AWAY)
    print_jobs.wake(session, TILL, at=TUESDAY + SECOND)
    session.expire_all()

    assert state_of(session, job) == (JobState.WAITING, "")
    assert take(session, at=TUESDAY + SECOND).id == job


def test_what_waits_for_a_printer_in_trouble_says_why_and_forgets_it_when_taken(session: Session) -> None:
    job, elsewhere = badge_job(session), badge_job(session, "Cem Ak")
    print_jobs.move(session, [elsewhere], "Back", at=TUESDAY)
    print_jobs.wait_on(session, TILL, Trouble.PAPER_OUT)
    session.expire_all()

    assert state_of(session, job) == (JobState.WAITING, Trouble.PAPER_OUT)
    assert state_of(session, elsewhere) == (JobState.WAITING, "")
    assert take(session).trouble == ""


def test_what_was_being_sent_at_a_power_cut_is_asked_about_and_not_printed_by_itself(
    session: Session,
) -> None:
    job, waits = badge_job(session), badge_job(session, "Cem Ak")
    take(session)

    assert print_jobs.recover(session, at=TUESDAY) == 1
    assert state_of(session, job) == (JobState.UNSURE, Trouble.POWER)
    assert take(session).id == waits
    assert print_jobs.take_next(session, TILL, at=TUESDAY + DAY) is None


def test_what_could_not_be_drawn_waits_for_a_person_or_for_the_next_start(session: Session) -> None:
    job = badge_job(session)
    settle(session, take(session), JobState.WAITING, Trouble.UNDRAWN)
    print_jobs.wake(session, TILL, at=TUESDAY + HOUR)
    print_jobs.wait_on(session, TILL, Trouble.PAPER_OUT)

    assert print_jobs.take_next(session, TILL, at=TUESDAY + HOUR) is None
    assert print_jobs.next_due(session, TILL) is None
    assert state_of(session, job) == (JobState.WAITING, Trouble.UNDRAWN)

    print_jobs.recover(session, at=TUESDAY + DAY)

    assert take(session, at=TUESDAY + DAY).id == job


def test_what_could_not_be_drawn_is_tried_when_a_person_wants_it(session: Session) -> None:
    job = badge_job(session)
    settle(session, take(session), JobState.WAITING, Trouble.UNDRAWN)

    print_jobs.print_again(session, job, at=TUESDAY)

    assert take(session).id == job


def test_a_person_says_that_it_came_out(session: Session) -> None:
    job = badge_job(session)
    settle(session, take(session), JobState.UNSURE, Trouble.CUT_OFF)

    print_jobs.came_out(session, job, at=TUESDAY)

    assert state_of(session, job) == (JobState.PRINTED, "")
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "paper_came_out")).one()
    assert "Selin" not in str(entry.details)


def test_a_person_says_that_it_did_not_come_out(session: Session) -> None:
    job = badge_job(session)
    settle(session, take(session), JobState.UNSURE, Trouble.CUT_OFF)

    print_jobs.print_again(session, job, at=TUESDAY)

    assert take(session).id == job


def test_what_is_settled_is_not_decided_twice(session: Session) -> None:
    job = badge_job(session)
    settle(session, take(session), JobState.UNSURE, Trouble.SILENT)
    print_jobs.came_out(session, job, at=TUESDAY)

    for decide in (print_jobs.came_out, print_jobs.print_again):
        with pytest.raises(Refusal) as refused:
            decide(session, job, at=TUESDAY)
        assert refused.value.reason == "job_is_settled"


def test_what_a_printer_is_busy_with_is_not_given_to_another(session: Session) -> None:
    job = badge_job(session)
    take(session)

    assert print_jobs.move(session, [job], "Back", at=TUESDAY) == 0
    with pytest.raises(Refusal):
        print_jobs.print_again(session, job, at=TUESDAY, printer="Back")


def test_what_a_printer_holds_without_paper_may_go_to_another(session: Session) -> None:
    job = badge_job(session)
    first = take(session)
    print_jobs.tell(session, job, first.attempts, Trouble.PAPER_OUT)
    with pytest.raises(Refusal):
        print_jobs.print_again(session, job, at=TUESDAY, printer="Till")

    print_jobs.print_again(session, job, at=TUESDAY, printer="Back")

    assert print_jobs.is_given_up(session, job, 1)
    assert take(session, BACK).attempts == 2
    settle(
        session, first, JobState.UNSURE, Trouble.STOPPED, attempt=1
    )  # what the first one says no longer counts
    assert state_of(session, job) == (JobState.SENDING, "")


def test_what_the_first_printer_brings_out_after_all_is_not_printed_by_the_other(session: Session) -> None:
    job = badge_job(session)
    first = take(session)
    print_jobs.tell(session, job, first.attempts, Trouble.PAPER_OUT)
    print_jobs.print_again(session, job, at=TUESDAY, printer="Back")
    settle(session, first, JobState.PRINTED)

    assert print_jobs.take_next(session, BACK, at=TUESDAY) is None
    assert state_of(session, job) == (JobState.PRINTED, "")


def test_cancelling_can_be_taken_back(session: Session) -> None:
    job = badge_job(session)
    assert print_jobs.cancel(session, [job], at=TUESDAY) == [job]
    assert print_jobs.take_next(session, TILL, at=TUESDAY) is None

    print_jobs.bring_back(session, [job], at=TUESDAY)

    assert take(session).id == job
    assert session.get_one(PrintJob, job).ended_at is None


def test_what_came_out_though_it_was_cancelled_says_so_and_is_not_brought_back(session: Session) -> None:
    job = badge_job(session)
    sent = take(session)
    print_jobs.cancel(session, [job], at=TUESDAY)
    settle(session, sent, JobState.PRINTED)
    print_jobs.bring_back(session, [job], at=TUESDAY)

    assert state_of(session, job) == (JobState.PRINTED, "")


def test_what_was_cancelled_in_mid_print_is_asked_about_when_it_is_brought_back(session: Session) -> None:
    job = badge_job(session)
    sent = take(session)
    print_jobs.cancel(session, [job], at=TUESDAY)
    print_jobs.bring_back(session, [job], at=TUESDAY)
    assert state_of(session, job) == (JobState.UNSURE, Trouble.STOPPED)
    assert print_jobs.take_next(session, TILL, at=TUESDAY) is None

    settle(session, sent, JobState.WAITING)  # the printer knows that nothing came out

    assert take(session, at=TUESDAY + HOUR).id == job


def test_what_ended_is_not_cancelled(session: Session) -> None:
    job = badge_job(session)
    settle(session, take(session), JobState.PRINTED)

    assert print_jobs.cancel(session, [job], at=TUESDAY) == []


def test_the_queue_forgets_what_came_out_a_week_ago_and_nothing_that_waits(session: Session) -> None:
    out, waits = badge_job(session), badge_job(session, "Cem Ak")
    settle(session, take(session), JobState.PRINTED)

    print_jobs.recover(session, at=TUESDAY + 8 * DAY)
    session.expire_all()

    assert session.get(PrintJob, out) is None
    assert session.get(PrintJob, waits)


def test_a_list_is_printed_once_however_often_it_is_tapped_in_a_minute(session: Session) -> None:
    on = TUESDAY.date()
    first = print_jobs.ask_day_list(session, on, at=TUESDAY)

    assert print_jobs.ask_day_list(session, on, at=TUESDAY + 10 * SECOND) == first
    assert print_jobs.ask_day_list(session, on, at=TUESDAY + 60 * SECOND) != first


def test_the_queue_holds_no_names(session: Session) -> None:
    """Names go when their days are over; the queue must not keep them longer."""
    badge_job(session, "Selin Karaca")
    wanted = invitations.Wanted(name="Cem Uğurlu", phone="0532 111 22 33", expected_at=TUESDAY)
    invitation = invitations.invite(session, wanted, at=TUESDAY)
    print_jobs.ask(session, PaperKind.PASS, "1", at=TUESDAY, subject_id=invitation.id)
    print_jobs.ask_day_list(session, TUESDAY.date(), at=TUESDAY)

    rows = [list(row) for row in session.execute(select(*PrintJob.__table__.columns))]

    assert len(rows) == 3
    assert not any(word in str(rows) for word in ("Selin", "Karaca", "Cem", "Uğurlu", "1112233", "111 22 33"))
