"""After closing the occupancy sheet makes itself: printed, kept in a folder, sent by e-mail, as this desk is set."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from sqlalchemy.orm import Session

from civicdesk.desk import period, report_runs
from civicdesk.desk.report_runs import Way
from civicdesk.errors import Refusal, Unavailable
from civicdesk.models import PaperKind
from civicdesk.settings import Settings
from civicdesk.text import _, day, ngettext, number
from civicdesk.ui.print_desk import PrintDesk
from civicdesk.ui.runner import Runner

_MINUTE = timedelta(minutes=1)
ByHand = tuple[str, str, str, str]


class SheetsByThemselves(QObject):
    """Looks once a minute which days are due; what cannot be done is told on Today and tried again."""

    told = Signal(list)  # matters for Today
    done = Signal()

    def __init__(self, runner: Runner, printers: PrintDesk) -> None:
        super().__init__(runner)
        self._runner, self._printers = runner, printers
        self._settings = Settings.model_construct()
        self._looked_at: datetime | None = None
        self._is_at_work = False
        self._matters: dict[Way, ByHand] = {}

    def use(self, settings: Settings) -> None:
        """Work by these settings from now on."""
        self._settings = settings

    def tick(self, at: datetime) -> None:
        """Some seconds passed; a clock that was set back must not stop it."""
        if self._looked_at is not None and timedelta(0) <= at - self._looked_at < _MINUTE:
            return
        self._looked_at = at
        if self._settings.sheet_is_printed:
            self._runner.now(partial(self._print, at=at), self._printed)
        else:
            self._settle(Way.PRINTED)
        if self._settings.sheet_folder:
            self._keep(at)
        else:
            self._settle(Way.KEPT)
        if self._settings.sheet_emails:
            self._runner.now(partial(self._email, at=at), self._emailed, refused=self._not_emailed)
        else:
            self._settle(Way.EMAILED)

    def _print(self, session: Session, at: datetime) -> tuple[int, int]:
        """How many were put into the queue, and how many wait for a printer to be set."""
        if not report_runs.is_begun(session, Way.PRINTED):
            report_runs.begin(session, Way.PRINTED, at=at)
        if not self._printers.printer_of(PaperKind.OCCUPANCY):
            return 0, len(report_runs.due(session, Way.PRINTED, at=at))
        return len(report_runs.ask_to_print(session, at=at)), 0

    def _printed(self, counts: tuple[int, int]) -> None:
        asked, waiting = counts
        if waiting:
            second = _("No printer is set for it. It is printed as soon as one is.")
            self._tell(Way.PRINTED, ("printer", "warn", _("The occupancy sheet was not printed"), second))
            return
        self._settle(Way.PRINTED)
        if asked:
            self.done.emit()

    def _keep(self, at: datetime) -> None:
        if self._is_at_work:
            return
        self._is_at_work = True
        folder = Path(self._settings.sheet_folder)
        self._runner.background(partial(self._keep_all, folder, at), self._kept, owner=self)

    def _keep_all(self, folder: Path, at: datetime) -> tuple[int, str]:
        """Off the GUI thread: how many were kept, and what stood in the way of the rest."""
        with self._runner.database.begin(desk=self._runner.desk) as session:
            if not report_runs.is_begun(session, Way.KEPT):
                report_runs.begin(session, Way.KEPT, at=at)
            days = report_runs.due(session, Way.KEPT, at=at)
        try:
            for on in days:
                self._keep_one(folder, on, at)
        except (Refusal, Unavailable) as trouble:
            return 0, str(trouble)
        return len(days), ""

    def _keep_one(self, folder: Path, on: date, at: datetime) -> None:
        from civicdesk.printing import report_files  # noqa: PLC0415  drawing is slow to import

        with self._runner.database.read() as session:
            pdf = report_files.occupancy(session, on, "pdf", at=at)
        name = report_files.file_name("occupancy", period.days(on, on), "pdf")
        report_files.save(folder / name, pdf)
        # written down last: a power cut in between writes the same file once more
        with self._runner.database.begin(desk=self._runner.desk) as session:
            report_runs.note_done(session, Way.KEPT, on, at=at)

    def _kept(self, outcome: tuple[int, str]) -> None:
        self._is_at_work = False
        count, trouble = outcome
        if trouble:
            second = f"{trouble} {_('It is tried again every minute.')}"
            self._tell(Way.KEPT, ("save", "warn", _("The occupancy sheet could not be kept"), second))
            return
        self._settle(Way.KEPT)
        if count:
            self.done.emit()

    def _email(self, session: Session, at: datetime) -> tuple[int, int]:
        """How many days were put into the mail queue, and how many wait for a mail server to be set."""
        from civicdesk.messages import composing  # noqa: PLC0415  few desks send any

        if not report_runs.is_begun(session, Way.EMAILED):
            report_runs.begin(session, Way.EMAILED, at=at)
        if self._settings.mail is None:
            return 0, len(report_runs.due(session, Way.EMAILED, at=at))
        return len(composing.ask_sheets(session, self._settings.sheet_emails, at=at)), 0

    def _emailed(self, counts: tuple[int, int]) -> None:
        asked, waiting = counts
        if waiting:
            self._tell_unsent(_("No mail server is set. It is sent as soon as one is."))
            return
        self._settle(Way.EMAILED)
        if asked:
            self.done.emit()

    def _not_emailed(self, refusal: Refusal) -> None:
        """An address that was written into the settings by hand is none."""
        self._tell_unsent(str(refusal))

    def _tell_unsent(self, why: str) -> None:
        self._tell(Way.EMAILED, ("mail", "warn", _("The occupancy sheet was not sent by e-mail"), why))

    def _tell(self, way: Way, matter: ByHand) -> None:
        self._matters[way] = matter
        self.told.emit(list(self._matters.values()))

    def _settle(self, way: Way) -> None:
        if self._matters.pop(way, None) is not None:
            self.told.emit(list(self._matters.values()))


def last_words(*done: report_runs.Last | None) -> str:
    """Which day was made by itself last."""
    days = [found.on for found in done if found is not None]
    if not days:
        return ""
    return _("Last: {day}").format(day=day(max(days), "d MMMM yyyy"))


def time_words() -> str:
    """When it happens."""
    minutes = report_runs.AFTER_CLOSING // _MINUTE
    words = ngettext(
        "Every open day, {count} minute after closing.",
        "Every open day, {count} minutes after closing.",
        minutes,
    )
    return words.format(count=number(minutes))
