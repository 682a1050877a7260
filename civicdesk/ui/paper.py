"""Documents leave the desk here: to the printer that is set for them, or else as files offered to be opened."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from sqlalchemy.orm import Session

from civicdesk.desk import print_jobs, visits
from civicdesk.errors import Unavailable
from civicdesk.models import PaperKind, new_id
from civicdesk.printing.printers.port import Form
from civicdesk.text import _
from civicdesk.ui import paper_state
from civicdesk.ui.print_desk import PrintDesk
from civicdesk.ui.runner import Notice, Runner

KEPT_SECONDS = 24 * 3600
_HOUR_MS = 3_600_000
_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_Drawn = tuple[str, bytes]
"""What a file is called, and what is in it."""


@dataclass(frozen=True)
class First:
    """A paper of a kind that nobody has looked at yet: how it is drawn, and what has it printed."""

    kind: PaperKind
    draw: Callable[..., _Drawn]
    ask: Callable[[], None]


class Paper(QObject):
    """Brings badges, passes and lists to their printers; without a printer they become PDF files in a folder."""

    made = Signal(object)  # Path
    first_seen = Signal(object, bytes)  # First, PDF
    queue_wanted = Signal()

    def __init__(self, runner: Runner, folder: Path, printers: PrintDesk | None = None) -> None:
        super().__init__(runner)
        self._runner = runner
        self.printers = printers or PrintDesk(runner)
        self.folder = folder
        self.hourly = QTimer(self)
        self.hourly.setInterval(_HOUR_MS)
        self.hourly.timeout.connect(self._tidy)
        self.hourly.start()
        self._tidy()

    def badge(self, visit_id: UUID, *, is_told: bool = True) -> None:
        """The badge of a visit, the copy that counts; `is_told` when nothing else tells what becomes of it."""
        if self.printers.printer_of(PaperKind.BADGE):
            draw = partial(self._badge, visit_id=visit_id)
            told = self._teller(PaperKind.BADGE) if is_told else _silent
            self._print(PaperKind.BADGE, draw, lambda: self.printers.badges([visit_id], told))
        else:
            words = _("The badge is ready.") if is_told else ""
            self._make("badge", partial(self._badge, visit_id=visit_id), words)

    def open_badge(self, visit_id: UUID) -> None:
        """Show the badge in the program that this computer has for PDF."""
        self._runner.background(
            lambda: self._write("badge", partial(self._badge, visit_id=visit_id)), then=_open
        )

    def badges(self, visit_ids: Sequence[UUID]) -> None:
        """The badges of many visits at once; those that came out already do not come out again."""
        if not self.printers.printer_of(PaperKind.BADGE):
            self._say_unset()
        elif visit_ids:
            draw = partial(self._badge, visit_id=visit_ids[0])
            told = self._teller(PaperKind.BADGE)
            self._print(PaperKind.BADGE, draw, lambda: self.printers.badges(visit_ids, told))

    def visitor_pass(self, invitation_id: UUID) -> None:
        """The pass of an expected visitor."""
        self.passes([invitation_id])

    def passes(self, invitation_ids: Iterable[UUID]) -> None:
        """The passes of expected visitors."""
        wanted, at = list(invitation_ids), self._runner.at()
        draw = partial(self._draw, PaperKind.PASS, wanted[0].hex[-8:], subject_id=wanted[0])
        if self.printers.printer_of(PaperKind.PASS):
            key = f"{at:%Y%m%d%H%M}"  # tapped twice, it is printed once
            told = self._teller(PaperKind.PASS)
            self._print(PaperKind.PASS, draw, lambda: self.printers.passes(wanted, key, told))
        elif len(wanted) == 1:
            self._make("pass", draw, _("The pass is ready."))
        else:
            self._say_unset()

    def evacuation(self) -> None:
        """Who is inside, now; nobody has time to look at a preview."""
        if self.printers.printer_of(PaperKind.EVACUATION):
            self.printers.list_(PaperKind.EVACUATION, self._teller(PaperKind.EVACUATION))
        else:
            name = f"{self._runner.at():%Y%m%d-%H%M%S}"
            self._make(
                "evacuation",
                partial(self._draw, PaperKind.EVACUATION, name),
                _("The evacuation list is ready."),
            )

    def day_list(self, on: date | None = None) -> None:
        """What is on today, or on another day, and who is expected."""
        name, label = f"{self._runner.at():%Y%m%d-%H%M%S}", on.isoformat() if on else ""
        draw = partial(self._draw, PaperKind.DAY_LIST, name, label=label)
        if self.printers.printer_of(PaperKind.DAY_LIST):
            told = self._teller(PaperKind.DAY_LIST)
            self._print(PaperKind.DAY_LIST, draw, lambda: self.printers.day_list(on, told))
        else:
            self._make("day-list", draw, _("The day list is ready."))

    def setup_list(self, on: date) -> None:
        """What caretakers set up and clear on a day."""
        kind, name = PaperKind.SETUP_LIST, f"{on:%Y%m%d}-{self._runner.at():%H%M%S}"
        draw = partial(self._draw, kind, name, label=on.isoformat())
        if self.printers.printer_of(kind):
            self._print(kind, draw, lambda: self.printers.setup_list(on, self._teller(kind)))
        else:
            self._make("setup-list", draw, _("The set-up list is ready."))

    def occupancy(self, on: date) -> None:
        """The occupancy sheet of a day."""
        kind, name = PaperKind.OCCUPANCY, f"{on:%Y%m%d}-{self._runner.at():%H%M%S}"
        draw = partial(self._draw, kind, name, label=on.isoformat())
        if self.printers.printer_of(kind):
            self._print(kind, draw, lambda: self.printers.occupancy(on, self._teller(kind)))
        else:
            self._make("occupancy", draw, _("The occupancy sheet is ready."))

    def report(self, report: str, period: str, organisation_id: UUID | None = None) -> None:
        """Any other report, by its name and its period."""
        kind, name = PaperKind.REPORT, f"{report}-{period.replace('..', '-')}"
        draw = partial(self._draw, kind, name, subject_id=organisation_id, label=f"{report} {period}")
        if self.printers.printer_of(kind):
            told = self._teller(kind)
            self._print(kind, draw, lambda: self.printers.report(report, period, organisation_id, told))
        else:
            self._make("report", draw, _("The report is ready."))

    def door_sign(self, booking_id: UUID, size: str = "a4") -> None:
        """The sign at the door of a booking, `a4` or `a5`."""
        kind, name = PaperKind.DOOR_SIGN, f"{booking_id.hex[-8:]}-{size}"
        draw = partial(self._draw, kind, name, subject_id=booking_id, label=size)
        if self.printers.printer_of(kind):
            self._print(kind, draw, lambda: self.printers.door_sign(booking_id, size, self._teller(kind)))
        else:
            self._make("door-sign", draw, _("The door sign is ready."))

    def receipt(self, hand_over_id: UUID) -> None:
        """The receipt of a hand-over of post."""
        kind = PaperKind.RECEIPT
        draw = partial(self._draw, kind, hand_over_id.hex[-8:], subject_id=hand_over_id)
        if self.printers.printer_of(kind):
            self._print(kind, draw, lambda: self.printers.receipt(hand_over_id, self._teller(kind)))
        else:
            self._make("receipt", draw, _("The receipt is ready."))

    def mail_register(self, days: str, organisation_id: UUID | None = None) -> None:
        """The register of post of some days, `2026-11-01:2026-11-24`, of all or of one organisation."""
        kind, name = PaperKind.MAIL_REGISTER, days.replace(":", "-")
        draw = partial(self._draw, kind, name, subject_id=organisation_id, label=days)
        if self.printers.printer_of(kind):
            self._print(kind, draw, lambda: self.printers.register(days, organisation_id, self._teller(kind)))
        else:
            self._make("register", draw, _("The register is ready."))

    def post_labels(self, label: str) -> None:
        """Labels of boxes (`boxes 1-480`), or the cards for kinds of post."""
        kind = PaperKind.POST_LABELS
        draw = partial(self._draw, kind, label.replace(" ", "-"), label=label)
        if self.printers.printer_of(kind):
            self._print(kind, draw, lambda: self.printers.post_labels(label, self._teller(kind)))
        else:
            self._make("labels", draw, _("The labels are ready."))

    def test_card(self, code: str) -> None:
        """A card to try a reader with, from the printer of the badges if it has none of its own."""
        kind, at = PaperKind.TEST_CARD, self._runner.at()
        if printer := self.printers.printer_of(kind) or self.printers.printer_of(PaperKind.BADGE):
            ask = partial(print_jobs.ask, kind=kind, key=new_id().hex, at=at, label=code, printer=printer)
            self._runner.now(ask, then=lambda job: self._say_asked(kind, [job]))
        else:
            name = f"{at:%Y%m%d-%H%M%S}"
            self._make("test-card", lambda _session: (name, _test_card(code)), _("The test card is ready."))

    def draw(self, first: First, form: Form, then: Callable[[bytes], None]) -> None:
        """Draw a first paper for what a printer prints on."""
        draw = partial(first.draw, form=form)
        self._runner.background(lambda: self._look(draw), then=lambda drawn: then(drawn[1]))

    def _print(self, kind: PaperKind, draw: Callable[..., _Drawn], ask: Callable[[], None]) -> None:
        """Ask the printer; whoever prints a kind of paper for the first time sees it before."""
        if self._runner.staff is None or self.printers.is_seen(kind):
            ask()
            return
        first = First(kind, draw, ask)
        form = self.printers.form_of(self.printers.printer_of(kind))
        self.draw(first, form, partial(self.first_seen.emit, first))

    def _teller(self, kind: PaperKind) -> Callable[[list[UUID]], None]:
        return lambda jobs: self._say_asked(kind, jobs)

    def _say_asked(self, kind: PaperKind, jobs: list[UUID]) -> None:
        if not jobs:
            self._runner.say(_("All of it came out already. A badge printed again is a new copy."), "info")
            return
        words, tone = paper_state.asked_words(self.printers, kind, len(jobs))
        at = self._runner.at
        cancel = partial(print_jobs.cancel, job_ids=jobs)
        undo = (lambda session: cancel(session, at=at())) if len(jobs) > 1 else None
        self._runner.notice.emit(
            Notice(words, tone, undo=undo, action=(_("Print queue"), self.queue_wanted.emit))
        )

    def _say_unset(self) -> None:
        self._runner.say(_("No printer is set for this. A manager sets one in the settings."), "warn")

    def _make(self, kind: str, draw: Callable[[Session], _Drawn], sentence: str) -> None:
        self._runner.background(lambda: self._write(kind, draw), then=lambda path: self._tell(path, sentence))

    def _write(self, kind: str, draw: Callable[[Session], _Drawn]) -> Path:
        label, pdf = self._look(draw)
        path = self.folder / f"{kind}-{label}.pdf"
        part = path.with_suffix(".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(pdf)
            part.replace(path)
        except OSError as error:
            raise Unavailable(_("The file could not be written: {}").format(error.strerror)) from error
        return path

    def _look(self, query: Callable[[Session], _T]) -> _T:
        with self._runner.database.read() as session:
            return query(session)

    def _tell(self, path: Path, sentence: str) -> None:
        self.made.emit(path)
        if not sentence:
            return
        self._runner.notice.emit(Notice(sentence, "ok", action=(_("Open"), lambda: _open(path))))

    def _badge(self, session: Session, visit_id: UUID, form: Form = Form.PAGE) -> _Drawn:
        visit, badge = visits.one(session, visit_id), visits.badge_of(session, visit_id)
        assert badge is not None
        name = f"{visit.number}-{badge.copy}"
        return self._draw(PaperKind.BADGE, name, session, subject_id=badge.id, form=form)

    def _draw(
        self,
        kind: PaperKind,
        name: str,
        session: Session,
        *,
        subject_id: UUID | None = None,
        form: Form = Form.PAGE,
        label: str = "",
    ) -> _Drawn:
        from civicdesk.printing import sheets  # noqa: PLC0415  drawing is slow to import

        by = self._runner.staff.id if self._runner.staff else None
        at = self._runner.at()
        sheet = sheets.preview(session, kind, form=form, at=at, subject_id=subject_id, label=label, by_id=by)
        return name, sheet.pdf

    def _tidy(self) -> None:
        self._runner.background(self._forget_old)

    def _forget_old(self) -> None:
        """Badges carry names: none is kept longer than a day."""
        for file in self.folder.glob("*.pdf"):
            if time.time() - file.stat().st_mtime > KEPT_SECONDS:
                file.unlink(missing_ok=True)


def _test_card(code: str) -> bytes:
    from civicdesk.printing.test_card import test_card_pdf  # noqa: PLC0415  drawing is slow to import

    return test_card_pdf(code)


def _silent(_jobs: list[UUID]) -> None:
    """Something else tells what becomes of it."""


def _open(path: Path) -> None:
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        _log.warning("nothing on this computer opens %s", path)
