"""The end of the part about post: the registers by day and by organisation, as PDF and as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.app import CivicDesk
from civicdesk.desk import hours, members
from civicdesk.models import MailItem, MailState, Place
from civicdesk.printing import picture, report_files
from civicdesk.rehearsal.hands import Hands, expect
from civicdesk.rehearsal.post_part import PostPart
from civicdesk.rehearsal.report import Step
from civicdesk.rehearsal.stage import Missing, Stage
from civicdesk.text import local
from civicdesk.ui.pages.reports.choice import maker

_FIRST_ROW = 5
"""Of a workbook: above it stand what it is, its days, and the heads."""


class RegistersPart(Hands):
    """Writes them out as a clerk does, and reads them again."""

    def __init__(self, civicdesk: CivicDesk, stage: Stage, out: Path, post: PostPart) -> None:
        super().__init__(civicdesk, stage)
        self.folder, self.post = out / "post", post

    def steps(self) -> tuple[tuple[str, Callable[[Step], None]], ...]:
        """What is played, in order."""
        return (
            ("The registers of today and of one organisation are written out and read again", self._write),
            ("All members are written into a file", self._members),
        )

    def _members(self, step: Step) -> None:
        self.stage.read_notice()
        self.stage.click("rail_members")
        page = self.desk.pages.members
        for ending in ("csv", "xlsx"):
            path = self.folder / f"members.{ending}"
            page.write_out(path)
            self.stage.wait(path.exists, f"{path.name} was not written")
        self.stage.read_notice()
        self.stage.picture("68-members")
        listed = self.read(lambda session: members.register(session, on=local(self.at()).date()))
        page.member_wanted.emit(self.post.holder.organisation_id)
        self.stage.picture("69-member")
        step.checks.append(
            f"{listed.members} members and {len(listed.listed) - listed.members} outside bodies"
        )

    def _write(self, step: Step) -> None:
        stage = self.stage
        self.folder.mkdir(exist_ok=True)
        stage.read_notice()
        stage.click("rail_post")
        stage.click("post_registers")
        today = self.read(lambda session: _numbers_since(session, self))
        self._save("register-today", today)
        stage.picture("66-register")
        stage.write("reports_organisation", self.post.holder.name)
        stage.click("reports_organisation_match_1")
        ours = self.read(lambda session: _numbers_since(session, self, self.post.holder.organisation_id))
        self._save("register-organisation", ours)
        stage.picture("67-register-organisation")
        step.checks.append(f"{len(today)} items came today, {len(ours)} of them for {self.post.holder.name}")

    def _save(self, name: str, numbers: Sequence[str]) -> None:
        """Both files hold exactly these items."""
        page = self.desk.pages.reports
        self.stage.wait(lambda: page.view.pages > 0, "the register was not drawn")
        for ending in ("pdf", "xlsx"):
            report_files.save(self.folder / f"{name}.{ending}", maker(self.runner, page.chosen, ending)())
        said = picture.words((self.folder / f"{name}.pdf").read_bytes())
        lost = [number for number in numbers if number not in said]
        if lost:
            raise Missing(f"{name}.pdf does not say {', '.join(lost)}")
        sheet = load_workbook(self.folder / f"{name}.xlsx", read_only=True).worksheets[0]
        rows = [str(row[0]) for row in sheet.iter_rows(min_row=_FIRST_ROW, values_only=True)]
        expect(sorted(rows), sorted(numbers), f"the rows of {name}.xlsx")


def _numbers_since(session: Session, hands: Hands, organisation_id: object = None) -> list[str]:
    """The numbers of what came today and was not taken out again."""
    wanted = (
        select(MailItem.number)
        .join(MailState, MailState.item_id == MailItem.id)
        .where(
            MailItem.received_at >= hours.midnight_before(hands.at()),
            MailState.place != Place.WITHDRAWN,
            MailItem.deleted_at.is_(None),
        )
    )
    if organisation_id is not None:
        wanted = wanted.where(MailItem.organisation_id == organisation_id)
    return list(session.scalars(wanted))
