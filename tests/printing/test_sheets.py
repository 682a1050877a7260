"""Every kind of paper, drawn from the desk's rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from civicdesk import codes
from civicdesk.database import Database
from civicdesk.desk import centre, invitations, logos, print_jobs, print_look, visits
from civicdesk.errors import Refusal
from civicdesk.models import PaperKind, new_id
from civicdesk.printing.picture import page_count
from civicdesk.printing.printers.port import Form
from civicdesk.printing.sheets import preview, sheet_for
from tests import builders
from tests.builders import TUESDAY
from tests.printing.logos import logo_png
from tests.printing.reading import in_order, scanned, words


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        yield session


@pytest.mark.parametrize("form", list(Form))
def test_a_badge_is_drawn_for_its_printer_and_its_code_reads(session: Session, form: Form) -> None:
    visit = builders.visit(session)
    [job_id] = print_jobs.ask_badges(session, [visit.id], at=TUESDAY)
    job = print_jobs.one(session, job_id)
    badge = visits.badge_of(session, visit.id)
    assert job
    assert badge

    sheet = sheet_for(session, job, form, TUESDAY)

    assert scanned(sheet.pdf, 203) == [badge.code]
    assert sheet.face
    assert sheet.face.name == "Selin Karaca"


def test_the_title_that_printers_keep_has_no_name_in_it(session: Session) -> None:
    visit = builders.visit(session)
    badge = visits.badge_of(session, visit.id)
    assert badge
    sheet = preview(session, PaperKind.BADGE, at=TUESDAY, subject_id=badge.id)
    assert sheet.title == f"Visitor badge {visit.number}"


def test_a_page_printer_prints_the_size_the_managers_chose(session: Session) -> None:
    centre.the_centre(session).badge_size = "a6"
    badge = visits.badge_of(session, builders.visit(session).id)
    assert badge

    page = preview(session, PaperKind.BADGE, at=TUESDAY, subject_id=badge.id).pdf

    assert _width_mm(page) == pytest.approx(105, abs=0.5)


@pytest.mark.parametrize(("form", "wide"), [(Form.ROLL_80, 72), (Form.ROLL_58, 48)])
def test_a_thermal_printer_gets_its_own_roll_whatever_size_was_chosen(
    session: Session, form: Form, wide: int
) -> None:
    centre.the_centre(session).badge_size = "a6"
    badge = visits.badge_of(session, builders.visit(session).id)
    assert badge

    roll = preview(session, PaperKind.BADGE, at=TUESDAY, subject_id=badge.id, form=form).pdf

    assert _width_mm(roll) == pytest.approx(wide, abs=0.01)
    assert scanned(roll, 203) == [badge.code]


def test_the_logo_stands_on_every_badge_that_is_printed(session: Session) -> None:
    badge = visits.badge_of(session, builders.visit(session).id)
    assert badge
    session.info["by"] = builders.member_of_staff(session, "Deniz Polat", builders.Role.MANAGER).id
    logos.put(session, logos.ready(logo_png()), at=TUESDAY)

    face = preview(session, PaperKind.BADGE, at=TUESDAY, subject_id=badge.id).face

    assert face
    assert face.logo == logos.current(session) != b""


def test_a_pass_is_drawn_by_its_invitation(session: Session) -> None:
    wanted = invitations.Wanted(name="Selin Karaca", expected_at=TUESDAY)
    invitation = invitations.invite(session, wanted, at=TUESDAY)
    job = print_jobs.ask(session, PaperKind.PASS, str(invitation.id), at=TUESDAY, subject_id=invitation.id)
    row = print_jobs.one(session, job)
    assert row

    assert scanned(sheet_for(session, row, Form.PAGE, TUESDAY).pdf, 150) == [invitation.code]


def test_an_evacuation_list_that_waited_is_of_the_minute_it_comes_out(session: Session) -> None:
    builders.visit(session, "Selin Karaca")
    elif_ = builders.member_of_staff(session)
    session.info["by"] = elif_.id
    row = print_jobs.one(session, print_jobs.ask(session, PaperKind.EVACUATION, "1", at=TUESDAY))
    assert row
    builders.visit(session, "Cem Ak", at=TUESDAY + timedelta(minutes=5))

    said = words(sheet_for(session, row, Form.PAGE, TUESDAY + timedelta(minutes=10)).pdf)

    assert in_order(said, "10:52", "Cem Ak", "Selin Karaca", "Elif Aksoy")


def test_a_day_list_that_waited_overnight_is_still_of_its_day(session: Session) -> None:
    wanted = invitations.Wanted(name="Selin Karaca", expected_at=TUESDAY)
    invitations.invite(session, wanted, at=TUESDAY)
    row = print_jobs.one(session, print_jobs.ask_day_list(session, TUESDAY.date(), at=TUESDAY))
    assert row

    said = words(sheet_for(session, row, Form.PAGE, TUESDAY + timedelta(days=1)).pdf)

    assert in_order(said, "24 November 2026", "person expected", "Selin Karaca")


def test_a_test_card_carries_the_code_that_was_asked_for(session: Session) -> None:
    code = codes.make(codes.Kind.TEST_CARD)
    sheet = preview(session, PaperKind.TEST_CARD, at=TUESDAY, label=code)
    assert scanned(sheet.pdf, 203) == [code]
    assert page_count(sheet.pdf) == 1


@pytest.mark.parametrize("kind", [PaperKind.BADGE, PaperKind.PASS])
def test_what_is_no_longer_there_is_not_drawn(session: Session, kind: PaperKind) -> None:
    with pytest.raises(Refusal):
        preview(session, kind, at=TUESDAY, subject_id=new_id())
    with pytest.raises(Refusal):
        preview(session, kind, at=TUESDAY)


def _width_mm(pdf: bytes) -> float:

    return float(PdfReader(BytesIO(pdf)).pages[0].mediabox.width) / 72 * 25.4


def test_the_occupancy_sheet_of_a_day_is_drawn_with_whoever_asked_for_it(session: Session) -> None:
    elif_aksoy = builders.member_of_staff(session)
    builders.visit(session)

    sheet = preview(session, PaperKind.OCCUPANCY, at=TUESDAY, label="2026-11-24", by_id=elif_aksoy.id)

    assert page_count(sheet.pdf) == 1
    assert in_order(words(sheet.pdf), "Daily occupancy sheet", "Tuesday, 24 November 2026", "Elif Aksoy")


def test_any_other_report_is_drawn_by_its_name_and_its_days(session: Session) -> None:
    job_id = print_look.ask_report(session, "no_shows", "2026-11", None, at=TUESDAY)
    job = print_jobs.one(session, job_id)
    assert job

    sheet = sheet_for(session, job, Form.PAGE, TUESDAY)

    assert sheet.title == "Nobody came"
    assert in_order(words(sheet.pdf), "Nobody came", "November 2026")


def test_a_report_that_is_opened_for_a_reason_never_comes_from_a_queue(session: Session) -> None:
    with pytest.raises(Refusal, match="nothing to print"):
        preview(session, PaperKind.REPORT, at=TUESDAY, label="visitor_log 2026-11-24..2026-11-24")
