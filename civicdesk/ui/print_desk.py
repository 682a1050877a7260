"""The printers of this desk, for the screens: what goes where, how they stand, and what is asked of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from sqlalchemy.orm import Session

from civicdesk.database import Changes
from civicdesk.desk import post_labels, print_jobs, print_look
from civicdesk.desk.print_look import Pile
from civicdesk.models import JobState, PaperKind, PrintJob
from civicdesk.printing.printers.port import Form, Printer, Sheet, Status
from civicdesk.printing.queue import Line, PrintQueue
from civicdesk.settings import PrinterSettings, Settings
from civicdesk.text import _, ngettext
from civicdesk.ui.runner import Runner

_REST_MS = 120
"""The counts are looked at once for many changes: five hundred badges change a thousand times."""

Asked = Callable[[list[UUID]], None]


def _nothing(_jobs: list[UUID]) -> None:
    """Nobody waits for what was asked."""


class PrintDesk(QObject):
    """Asks the print queue and tells how it stands; nothing here waits for a printer."""

    changed = Signal()
    _told = Signal(str, object)  # printer, Status; from the thread of the printer
    _bug = Signal(object)

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._runner = runner
        self._queue: PrintQueue | None = None
        self.printers: tuple[PrinterSettings, ...] = ()
        self.settings: Settings | None = None
        self.states: dict[str, Status] = {}
        self.piles: list[Pile] = []
        self.cut_short = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.look)
        self._told.connect(self._hear)
        self._bug.connect(_raise)
        runner.changed.connect(self._wake, Qt.ConnectionType.DirectConnection)
        runner.changed.connect(self._note)

    def use(self, settings: Settings) -> None:
        """Work with the printers of these settings from now on."""
        self.settings, self.printers = settings, settings.printers
        if self._queue is None:
            self._queue = self._open()
        self._queue.use(lines(settings))
        known = {printer.name for printer in settings.printers}
        self.states = {name: status for name, status in self.states.items() if name in known}
        self.look()

    def stop(self) -> None:
        """Let the printers go; one that hangs holds nobody up."""
        self._rest.stop()
        queue, self._queue = self._queue, None
        if queue is not None:
            queue.stop()

    def printer_of(self, kind: str) -> str:
        """The printer a kind of paper goes to; empty where none is set."""
        if self.settings is None:
            return ""
        name = self.settings.route(kind).printer
        return name if self.settings.printer(name) else ""

    def form_of(self, name: str) -> Form:
        """What a printer prints on."""
        printer = self.settings.printer(name) if self.settings else None
        if printer is None or not printer.is_thermal:
            return Form.PAGE
        return Form.ROLL_58 if printer.width_mm == 58 else Form.ROLL_80  # noqa: PLR2004

    def is_seen(self, kind: str) -> bool:
        """Whether somebody has looked at this kind of paper before its first print."""
        return self.settings is None or self.settings.route(kind).is_seen

    def others(self, name: str) -> list[str]:
        """The printers that could do the work of this one."""
        return [printer.name for printer in self.printers if printer.name != name]

    def holder(self, pile: Pile | PrintJob) -> str:
        """The printer that a job waits for, or that has it; empty where none is set.

        What was given to a printer that this desk no longer has goes where its kind goes.
        """
        name = pile.printer
        if isinstance(pile, PrintJob) and pile.state != JobState.WAITING:
            return pile.sent_to
        is_known = self.settings is not None and self.settings.printer(name) is not None
        return name if is_known else self.printer_of(pile.kind)

    def trouble(self, name: str) -> str:
        """What is wrong with a printer, as far as it is known."""
        status = self.states.get(name)
        return status.trouble or "" if status else ""

    def badges(self, visit_ids: Iterable[UUID], then: Asked = _nothing) -> None:
        """Ask for the badges of visits."""
        at = self._runner.at()
        self._runner.now(partial(print_look.ask_badges, visit_ids=list(visit_ids), at=at), then)

    def list_(self, kind: PaperKind, then: Asked = _nothing) -> None:
        """Ask for a list of today; twice within a minute is once."""
        at = self._runner.at()
        is_locked = self._runner.staff is None
        self._runner.now(
            lambda session: [print_look.ask_list(session, kind, at=at, is_locked=is_locked)], then
        )

    def day_list(self, on: date | None = None, then: Asked = _nothing) -> None:
        """Ask for the list of today or of another day; twice within a minute is once."""
        if on is None:
            self.list_(PaperKind.DAY_LIST, then)
            return
        at = self._runner.at()
        self._runner.now(lambda session: [print_jobs.ask_day_list(session, on, at=at)], then)

    def setup_list(self, on: date, then: Asked = _nothing) -> None:
        """Ask for the caretaker's list of a day; twice within a minute is once."""
        at = self._runner.at()
        self._runner.now(lambda session: [print_look.ask_setup_list(session, on, at=at)], then)

    def occupancy(self, on: date, then: Asked = _nothing) -> None:
        """Ask for the occupancy sheet of a day; twice within a minute is once."""
        at = self._runner.at()
        self._runner.now(lambda session: [print_look.ask_occupancy(session, on, at=at)], then)

    def report(self, name: str, period: str, organisation_id: UUID | None, then: Asked = _nothing) -> None:
        """Ask for a report of a period; twice within a minute is once."""
        at = self._runner.at()
        self._runner.now(
            lambda session: [print_look.ask_report(session, name, period, organisation_id, at=at)], then
        )

    def door_sign(self, booking_id: UUID, size: str, then: Asked = _nothing) -> None:
        """Ask for the sign at the door of a booking; twice within a minute is once."""
        at = self._runner.at()
        self._runner.now(lambda session: [print_look.ask_sign(session, booking_id, size, at=at)], then)

    def receipt(self, hand_over_id: UUID, then: Asked = _nothing) -> None:
        """Ask for the receipt of a hand-over; twice within a minute is once."""
        at = self._runner.at()
        self._runner.now(lambda session: [print_look.ask_receipt(session, hand_over_id, at=at)], then)

    def register(self, days: str, organisation_id: UUID | None, then: Asked = _nothing) -> None:
        """Ask for a register of post; twice within a minute is once."""
        at = self._runner.at()
        self._runner.now(
            lambda session: [print_look.ask_register(session, days, organisation_id, at=at)], then
        )

    def post_labels(self, label: str, then: Asked = _nothing) -> None:
        """Ask for labels of boxes, or for cards; twice within a minute is once."""
        at = self._runner.at()
        self._runner.now(lambda session: [post_labels.ask(session, label, at=at)], then)

    def passes(self, invitation_ids: Iterable[UUID], key: str, then: Asked = _nothing) -> None:
        """Ask for the passes of expected visitors."""
        at, ids = self._runner.at(), list(invitation_ids)
        self._runner.now(partial(print_look.ask_passes, invitation_ids=ids, key=key, at=at), then)

    def look(self) -> None:
        """Count what waits."""
        if self._queue is not None:
            self._runner.read(print_look.piles, self._counted)

    def _counted(self, piles: list[Pile]) -> None:
        self.piles = piles
        self.changed.emit()

    def _open(self) -> PrintQueue:
        queue = PrintQueue(
            self._runner.database,
            make=make_printer,
            draw=self._draw,
            at=self._runner.at,
            told=self._told.emit,
            bug=self._bug.emit,
            desk=self._runner.desk,
        )
        self.cut_short = queue.start()
        return queue

    def _draw(self, session: Session, job: PrintJob, form: Form, at: datetime) -> Sheet:
        """On the thread of the printer."""
        from civicdesk.printing.sheets import sheet_for  # noqa: PLC0415  drawing is slow to import

        sheet = sheet_for(session, job, form, at)
        route = self.settings.route(job.kind) if self.settings else None
        return replace(sheet, tray=route.tray) if route and route.printer == job.sent_to else sheet

    def _hear(self, name: str, status: Status) -> None:
        if self._queue is not None:
            self.states[name] = status
            self.changed.emit()

    def _wake(self, changes: Changes) -> None:
        """On whatever thread has written: what a printer writes down itself need not wake it."""
        if PrintJob in changes and self._queue is not None and not PrintQueue.is_at_work():
            self._queue.wake()

    def _note(self, changes: Changes) -> None:
        if PrintJob in changes and self._queue is not None and not self._rest.isActive():
            self._rest.start()


def lines(settings: Settings) -> list[Line]:
    """Each printer with the kinds of paper that go to it, and who stands in for it."""
    names = {printer.name for printer in settings.printers}
    made = []
    for printer in settings.printers:
        routes = {kind: settings.route(kind) for kind in PaperKind}
        kinds = tuple(str(kind) for kind, route in routes.items() if route.printer == printer.name)
        stand_ins = {
            kind: settings.route(kind).fallback
            for kind in kinds
            if settings.route(kind).fallback in names - {printer.name}
        }
        made.append(Line(printer, kinds, stand_ins))
    return made


def make_printer(settings: PrinterSettings) -> Printer:
    """The printer at the end of this plug; its library is imported when it is first wanted."""
    if settings.is_thermal:
        from civicdesk.printing.printers.thermal import ThermalPrinter  # noqa: PLC0415

        return ThermalPrinter(settings)
    from civicdesk.ui.system_printer import SystemPrinter  # noqa: PLC0415

    return SystemPrinter(settings)


def cut_short_words(count: int) -> str:
    """After a start: some of it may have come out before the desk stopped."""
    words = ngettext(
        "{count} paper was being printed when the desk stopped. Did it come out?",
        "{count} papers were being printed when the desk stopped. Did they come out?",
        count,
    )
    return words.format(count=count)


def unset_words() -> str:
    """Nobody has said where this goes."""
    return _("No printer is set for this list. Sign in and set one in the settings.")


def _raise(bug: BaseException) -> None:
    sys.excepthook(type(bug), bug, bug.__traceback__)
