"""Documents leave the desk here: made off the GUI thread, kept in a folder for a day, offered to be opened."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from sqlalchemy.orm import Session

from civicdesk.desk import centre, evacuation, invitations, visits
from civicdesk.errors import Unavailable
from civicdesk.text import _
from civicdesk.ui.runner import Notice, Runner

KEPT_SECONDS = 24 * 3600
_HOUR_MS = 3_600_000
_log = logging.getLogger(__name__)


class Paper(QObject):
    """Makes badges, passes and lists as PDF files in the desk's folder."""

    made = Signal(object)  # Path

    def __init__(self, runner: Runner, folder: Path) -> None:
        super().__init__(runner)
        self._runner = runner
        self.folder = folder
        self.hourly = QTimer(self)
        self.hourly.setInterval(_HOUR_MS)
        self.hourly.timeout.connect(self._tidy)
        self.hourly.start()
        self._tidy()

    def badge(self, visit_id: UUID, *, is_told: bool = True) -> None:
        """The badge of a visit, the copy that counts; `is_told` when nothing else tells that it is made."""
        words = _("The badge is ready.") if is_told else ""
        self._make("badge", lambda session: self._badge(session, visit_id), words)

    def open_badge(self, visit_id: UUID) -> None:
        """Show the badge in the program that this computer has for PDF."""
        self._runner.background(
            lambda: self._write("badge", lambda session: self._badge(session, visit_id)), then=_open
        )

    def visitor_pass(self, invitation_id: UUID) -> None:
        """The pass of an expected visitor."""
        self._make("pass", lambda session: _pass(session, invitation_id), _("The pass is ready."))

    def evacuation(self) -> None:
        """Who is inside, now."""
        at, by = self._runner.at(), self._runner.staff.name if self._runner.staff else ""
        self._make(
            "evacuation", lambda session: _evacuation(session, at, by), _("The evacuation list is ready.")
        )

    def _make(self, kind: str, draw: Callable[[Session], tuple[str, bytes]], sentence: str) -> None:
        self._runner.background(lambda: self._write(kind, draw), then=lambda path: self._tell(path, sentence))

    def _write(self, kind: str, draw: Callable[[Session], tuple[str, bytes]]) -> Path:
        with self._runner.database.read() as session:
            label, pdf = draw(session)
        path = self.folder / f"{kind}-{label}.pdf"
        part = path.with_suffix(".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(pdf)
            part.replace(path)
        except OSError as error:
            raise Unavailable(_("The file could not be written: {}").format(error.strerror)) from error
        return path

    def _tell(self, path: Path, sentence: str) -> None:
        self.made.emit(path)
        if not sentence:
            return
        self._runner.notice.emit(Notice(sentence, "ok", action=(_("Open"), lambda: _open(path))))

    def _badge(self, session: Session, visit_id: UUID) -> tuple[str, bytes]:
        from civicdesk.printing import badge, faces  # noqa: PLC0415  drawing is slow to import

        visit, paper = visits.one(session, visit_id), visits.badge_of(session, visit_id)
        here = centre.the_centre(session)
        assert paper is not None
        pdf = badge.badge_pdf(faces.badge_face(here, visit, paper), badge.BadgeSize[here.badge_size.upper()])
        return f"{visit.number}-{paper.copy}", pdf

    def _tidy(self) -> None:
        self._runner.background(self._forget_old)

    def _forget_old(self) -> None:
        """Badges carry names: none is kept longer than a day."""
        for file in self.folder.glob("*.pdf"):
            if time.time() - file.stat().st_mtime > KEPT_SECONDS:
                file.unlink(missing_ok=True)


def _evacuation(session: Session, at: object, by: str) -> tuple[str, bytes]:
    from civicdesk.printing import rolls  # noqa: PLC0415
    from civicdesk.printing.evacuation import evacuation_pdf  # noqa: PLC0415

    roll = evacuation.roll(session, at=at)  # type: ignore[arg-type]
    return f"{at:%Y%m%d-%H%M%S}", evacuation_pdf(rolls.evacuation_sheet(centre.the_centre(session), roll, by))


def _pass(session: Session, invitation_id: UUID) -> tuple[str, bytes]:
    from civicdesk.printing import visitor_pass  # noqa: PLC0415

    invitation = invitations.one(session, invitation_id)
    return invitation_id.hex[-8:], visitor_pass.pass_pdf(centre.the_centre(session), invitation)


def _open(path: Path) -> None:
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        _log.warning("nothing on this computer opens %s", path)
