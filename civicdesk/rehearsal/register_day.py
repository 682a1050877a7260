"""A centre of one's own gets its members out of a file; a power cut comes between a signature and its hand-over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.app import CivicDesk
from civicdesk.demo import NOW
from civicdesk.desk import boxes, members, pickups
from civicdesk.models import HandOver, Organisation, SignedPickup
from civicdesk.rehearsal.first_day import PIN
from civicdesk.rehearsal.hands import Hands, expect
from civicdesk.rehearsal.post_cast import registered
from civicdesk.rehearsal.report import Report, Step
from civicdesk.rehearsal.stage import Missing, Stage, StageClock
from civicdesk.text import _, local

if TYPE_CHECKING:
    from civicdesk.ui.pages.import_page import ImportPage

MEMBERS = 469


def play_register(qt: QApplication, out: Path, report: Report) -> None:
    """Fill the register of the centre that was set up, from the file that the demo centre wrote."""
    with _opened(qt, out) as hands:
        title = f"{MEMBERS} members are taken in from a file with Turkish heads, and taken back as one"
        with report.step(title) as step:
            _take_in_and_back(hands, out / "post" / "members.csv", step)
        with report.step(
            f"The {MEMBERS} are taken in again from an Excel file, with boxes and collectors"
        ) as step:
            _take_in(hands, out / "post" / "members.xlsx", step)
        with report.step("The power goes between a signature and its hand-over") as step:
            box = _stop_after_signature(hands, step)
    with _opened(qt, out) as hands, report.step("After the start the desk asks what happened") as step:
        _finish(hands, box, step)


def _take_in_and_back(hands: Hands, path: Path, step: Step) -> None:
    stage = hands.stage
    _show_file(hands, path)
    stage.picture("70-members-file")
    stage.click("import_take_in")
    stage.wait(lambda: hands.read(_members) == MEMBERS, "the members were not taken in")
    stage.wait(lambda: stage.is_there("notice_undo"), "the desk does not offer to take them back")
    stage.click("notice_undo")
    stage.wait(lambda: hands.read(_members) == 0, "they were not taken back")
    expect(hands.count(select(func.count()).where(Organisation.deleted_at.is_(None))), 0, "organisations")
    step.checks.append(f"{MEMBERS} members in and out again, by one tap each")


def _take_in(hands: Hands, path: Path, step: Step) -> None:
    stage = hands.stage
    _show_file(hands, path)
    stage.click("import_take_in")
    stage.wait(lambda: hands.read(_members) == MEMBERS, "the members were not taken in")
    found = hands.read(lambda session: members.register(session, on=local(hands.at()).date()))
    with_box = sum(each.box is not None for each in found.listed)
    if len(found.counts) != 11:  # noqa: PLR2004  as many as there are kinds
        raise Missing(f"{len(found.counts)} kinds were taken in")
    stage.read_notice()
    stage.picture("71-members")
    step.checks.append(
        f"{len(found.listed)} organisations, {found.members} of them members; {with_box} boxes"
    )


def _stop_after_signature(hands: Hands, step: Step) -> int:
    stage, box = hands.stage, hands.read(_box_with_collector)
    stage.click("rail_post")
    stage.touch("post_receive")
    stage.scan(registered(80_000_001))
    stage.keys(str(box))
    stage.touch("receive_box_match_1")
    stage.touch("receive_save")
    stage.read_notice()
    hands.desk.desk_post.open_box(box)
    stage.wait(lambda: stage.is_there("post_hand_over"), "the box did not open")
    hands.sign()
    page = hands.desk.pages.post
    page.handing._give = lambda _key: None  # type: ignore[assignment,method-assign]
    stage.touch("post_hand_over")
    stage.wait(lambda: hands.count(SignedPickup) == 1, "the signature was not kept")
    expect(hands.count(HandOver), 0, "hand-overs")
    step.checks.append("the signature is in the file, nothing was handed over")
    return box


def _finish(hands: Hands, box: int, step: Step) -> None:
    stage = hands.stage
    stage.sees(_("Signed for, but not handed over"))
    stage.click("rail_post")
    stage.wait(lambda: stage.is_there("post_unfinished"), "the desk does not ask what happened")
    stage.picture("72-unfinished")
    stage.click("post_unfinished_1")
    stage.wait(lambda: hands.count(HandOver) == 1, "it was not handed over")
    expect(hands.count(SignedPickup), 0, "unfinished pickups")
    step.checks.append(f"box {box}: “they took the items”, and the hand-over has the signature of before")


def _show_file(hands: Hands, path: Path) -> None:
    """Choose a file; the dialog of the system is passed over."""
    stage = hands.stage
    stage.read_notice()
    stage.click("rail_members")
    stage.click("members_import")
    page: ImportPage = hands.desk.pages.import_members
    page.show_file(path)
    stage.wait(lambda: stage.is_there("import_take_in"), "the file was not read")
    stage.wait(lambda: stage.find("import_take_in").isEnabled(), "nothing in the file is new")


def _members(session: Session) -> int:
    wanted = select(func.count()).where(Organisation.is_member, Organisation.deleted_at.is_(None))
    return session.scalar(wanted) or 0


def _box_with_collector(session: Session) -> int:
    """The first box whose holder has somebody who may collect."""
    for organisation in session.scalars(select(Organisation).order_by(Organisation.folded)):
        box = boxes.box_of(session, organisation.id)
        people = pickups.collectors(session, organisation.id, at=NOW)
        if box is not None and people and people[0].is_authorised:
            return box
    raise Missing("nobody in the file may collect")


@contextmanager
def _opened(qt: QApplication, out: Path) -> Iterator[Hands]:
    """The desk of the centre that was set up, with its manager signed in."""
    civicdesk = CivicDesk(qt, database=out / "own-centre.db")
    civicdesk.clock = StageClock(NOW)
    stage = Stage(civicdesk, out / "pictures")
    hands = Hands(civicdesk, stage)
    try:
        civicdesk.show()
        stage.wait(lambda: civicdesk.desk is not None, "the desk did not open")
        stage.come_to_the_front()
        stage.sign_in(0, PIN)
        stage.wait(lambda: not hands.desk.is_locked, "the manager was not let in")
        yield hands
    finally:
        civicdesk.window.close()
        civicdesk.close()
        civicdesk.window.deleteLater()
