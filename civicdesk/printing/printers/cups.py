"""A printer that this computer's CUPS knows: the document goes to its queue, and the queue says what became of it."""

from __future__ import annotations

import getpass
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import quote

from civicdesk.models import JobState, Trouble
from civicdesk.printing.picture import page_sizes
from civicdesk.printing.printers import ipp
from civicdesk.printing.printers.ipp import Away, Group, Operation, Refused, Tag, Value, keyword
from civicdesk.printing.printers.port import Form, Outcome, Sheet, Status, Tell
from civicdesk.settings import PrinterSettings

_LOOK_S = 1.5
"""How long somebody who wants to choose a queue is kept waiting for a CUPS that hangs."""

_QUICK_S, _CALM_S, _QUICKLY_S = 0.15, 1.0, 2.0
"""How often a job is looked at: at first, and when it takes longer than so many seconds."""

_HAND_OVER_S = 15.0
"""A document is taken more slowly than a question is answered."""

_PATIENCES = 10
"""A CUPS that is away for so many patiences while it has a job is no longer waited for."""

_SILENT_S = 60.0
"""A job that has been under way for so long and says nothing wants a person to look."""

_SAYS = ("printer-state", "printer-state-reasons", "printer-is-accepting-jobs")
_JOB_SAYS = ("job-state", "job-state-reasons")
_SEVERITIES = ("-error", "-warning", "-report")
_OFFICE = ((105, 148), (148, 210), (210, 297))
_STOPPED = 5
_IDLE = 3

_WRONG = {
    "media-empty": Trouble.PAPER_OUT,
    "cover-open": Trouble.COVER_OPEN,
    "door-open": Trouble.COVER_OPEN,
    "interlock-open": Trouble.COVER_OPEN,
    "media-needed": Trouble.NO_PAPER,
    "input-tray-missing": Trouble.PAPER_OUT,
    "media-jam": Trouble.FAULT,
    "toner-empty": Trouble.FAULT,
    "marker-supply-empty": Trouble.FAULT,
    "output-area-full": Trouble.FAULT,
    "fuser-over-temp": Trouble.FAULT,
    "cups-missing-filter": Trouble.FAULT,
    "cups-insecure-filter": Trouble.FAULT,
    "other": Trouble.FAULT,
    "offline": Trouble.OFFLINE,
    "paused": Trouble.OFFLINE,
    "moving-to-paused": Trouble.OFFLINE,
    "shutdown": Trouble.AWAY,
    "timed-out": Trouble.AWAY,
}
"""What CUPS says is wrong, the worst for the clerk first."""


class _Job(IntEnum):
    """How far CUPS is with a job."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELLED = 7
    ABORTED = 8
    COMPLETED = 9


@dataclass(frozen=True)
class Queue:
    """A queue of this computer's CUPS, by the name it is spoken to; `trays` in the words of IPP."""

    name: str
    description: str
    trays: tuple[str, ...]
    is_default: bool


def queues(patience_s: float = _LOOK_S) -> list[Queue]:
    """The queues there are; none when CUPS is stopped or hangs. Takes as long as the patience at most."""
    wanted = {"requested-attributes": keyword("printer-name", "printer-info", "media-source-supported")}
    try:
        found = ipp.ask(Operation.GET_PRINTERS, values=wanted, patience_s=patience_s).groups
        usual = _default(patience_s) if found else ""
    except (Away, Refused):
        return []
    return [_queue(group, usual) for group in found if "printer-name" in group]


class CupsPrinter:
    """One queue. A sheet is printed when CUPS says that its job is completed, and not before."""

    form = Form.PAGE

    def __init__(self, settings: PrinterSettings) -> None:
        self.name = settings.name
        self.patience_s = settings.patience_s
        self._path = f"/printers/{quote(settings.address, safe='')}"
        self._uri = f"ipp://localhost{self._path}"

    def status(self) -> Status:
        """How the queue stands; what an idle printer complained of is of its last job and may be mended since."""
        try:
            said = self._ask(Operation.GET_PRINTER, {"requested-attributes": keyword(*_SAYS)}).one()
        except (Away, Refused):
            return Status(Trouble.AWAY)
        state = _first(said, "printer-state")
        reasons = _reasons(said, "printer-state-reasons")
        is_near_end = "media-low" in reasons
        if state == _STOPPED:
            return Status(_wrong(reasons) or Trouble.OFFLINE, is_near_end)
        if _first(said, "printer-is-accepting-jobs") is False:
            return Status(Trouble.OFFLINE, is_near_end)
        return Status(None if state == _IDLE else _wrong(reasons), is_near_end)

    def print(self, sheet: Sheet, tell: Tell, is_given_up: Callable[[], bool]) -> Outcome:
        """Hand the document over at true size and stay with it to its end."""
        status = self.status()
        if status.trouble is not None:
            return Outcome(JobState.WAITING, status.trouble)
        try:
            job_id = self._hand_over(sheet)
        except Away as away:
            if away.was_sent:
                return Outcome(JobState.UNSURE, Trouble.CUT_OFF)
            return Outcome(JobState.WAITING, Trouble.AWAY)
        except Refused:
            return Outcome(JobState.WAITING, Trouble.FAULT)
        return _Following(self, job_id, tell, is_given_up).to_the_end()

    def close(self) -> None:
        """Nothing is held open between two questions."""

    def job(self, job_id: int) -> Group:
        """What CUPS says of a job. Raises `Away` or `Refused`."""
        return self._ask(Operation.GET_JOB, _of(job_id) | {"requested-attributes": keyword(*_JOB_SAYS)}).one()

    def cancel(self, job_id: int) -> None:
        """Take a job out of the queue. Raises `Away` or `Refused`."""
        self._ask(Operation.CANCEL_JOB, _of(job_id))

    def _hand_over(self, sheet: Sheet) -> int:
        named = {
            "job-name": Value(Tag.NAME, [sheet.title.encode()[:255].decode(errors="ignore")]),
            "document-format": Value(Tag.MIME, ["application/pdf"]),
        }
        answer = self._ask(Operation.PRINT_JOB, named, _laid_out(sheet), sheet.pdf).one()
        job_id = _first(answer, "job-id")
        if not isinstance(job_id, int):
            raise Away(was_sent=True)
        return job_id

    def _ask(
        self,
        operation: Operation,
        values: dict[str, Value],
        job: dict[str, Value] | None = None,
        document: bytes = b"",
    ) -> ipp.Answer:
        of_ours = {"requesting-user-name": Value(Tag.NAME, [_user()])} | values
        if "job-id" in values:  # the protocol wants it right behind the queue
            of_ours = {"job-id": values["job-id"]} | of_ours
        return ipp.ask(
            operation,
            self._uri,
            of_ours,
            job,
            document=document,
            path=self._path,
            patience_s=max(self.patience_s, _HAND_OVER_S) if document else self.patience_s,
        )


class _Following:
    """A job on its way: looked at again and again, and what it lacks told, until it is known what became of it."""

    def __init__(
        self, printer: CupsPrinter, job_id: int, tell: Tell, is_given_up: Callable[[], bool]
    ) -> None:
        self._printer, self._job_id = printer, job_id
        self._tell, self._is_given_up = tell, is_given_up
        self._told: Trouble | None = None
        self._status = Status()
        self._began = self._heard = time.monotonic()

    def to_the_end(self) -> Outcome:
        """What became of it; a job that somebody gives up is taken out of CUPS too."""
        while True:
            outcome = self._look()
            if outcome is not None:
                return outcome
            if self._is_given_up():
                return self._give_up()
            time.sleep(_CALM_S if time.monotonic() - self._began > _QUICKLY_S else _QUICK_S)

    def _look(self) -> Outcome | None:
        try:
            said = self._printer.job(self._job_id)
        except Away:
            return self._miss()
        except Refused:  # CUPS was told to forget what it printed, or somebody emptied it
            return Outcome(JobState.UNSURE, Trouble.SILENT)
        self._heard = time.monotonic()
        state = _first(said, "job-state")
        if state in (_Job.CANCELLED, _Job.ABORTED, _Job.COMPLETED):
            return self._ended(state, _reasons(said, "job-state-reasons"))
        self._tell_of(state)
        return None

    def _ended(self, state: object, reasons: list[str]) -> Outcome:
        if state == _Job.CANCELLED:
            return Outcome(JobState.UNSURE, Trouble.STOPPED)
        if state == _Job.ABORTED or "job-completed-with-errors" in reasons:
            return Outcome(JobState.UNSURE, Trouble.FAULT)
        return Outcome(JobState.PRINTED, None, self._printer.status().is_near_end)

    def _tell_of(self, state: object) -> None:
        self._status = self._printer.status()
        trouble = self._status.trouble
        if trouble is None and state in (_Job.HELD, _Job.STOPPED):
            trouble = Trouble.OFFLINE
        if trouble is None and time.monotonic() - self._began > _SILENT_S:
            trouble = Trouble.SILENT
        self._say(trouble)

    def _miss(self) -> Outcome | None:
        """CUPS keeps its jobs while it is stopped: it may come back and finish this one."""
        self._say(Trouble.AWAY)
        if time.monotonic() - self._heard > self._printer.patience_s * _PATIENCES:
            return Outcome(JobState.UNSURE, Trouble.CUT_OFF)
        return None

    def _say(self, trouble: Trouble | None) -> None:
        if trouble != self._told:
            self._told = trouble
            self._tell(Status(trouble, self._status.is_near_end))

    def _give_up(self) -> Outcome:
        try:
            had_begun = _first(self._printer.job(self._job_id), "job-state") not in (_Job.PENDING, _Job.HELD)
            self._printer.cancel(self._job_id)
        except (Away, Refused):
            return Outcome(JobState.UNSURE, self._told)
        return Outcome(JobState.UNSURE if had_begun else JobState.WAITING, self._told)


def _laid_out(sheet: Sheet) -> dict[str, Value]:
    """True size: the paper is as large as the page, and nothing is made to fit."""
    width, height = as_it_lies(*page_sizes(sheet.pdf)[0])
    sides = {
        "x-dimension": Value(Tag.INTEGER, [round(width * 100)]),
        "y-dimension": Value(Tag.INTEGER, [round(height * 100)]),
    }
    paper = {"media-size": Value(Tag.COLLECTION, [sides])}
    if sheet.tray:
        paper["media-source"] = keyword(sheet.tray)
    return {"media-col": Value(Tag.COLLECTION, [paper]), "print-scaling": keyword("none")}


def as_it_lies(width: float, height: float) -> tuple[float, float]:
    """The paper for a page (mm): A4 to A6 lie upright in their tray and the page is turned, a label is as it is."""
    short, long = sorted((width, height))
    if any(abs(short - one) < 1 and abs(long - other) < 1 for one, other in _OFFICE):
        return short, long
    return width, height


def _of(job_id: int) -> dict[str, Value]:
    return {"job-id": Value(Tag.INTEGER, [job_id])}


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        return "civicdesk"


def _default(patience_s: float) -> str:
    wanted = {"requested-attributes": keyword("printer-name")}
    try:
        return str(
            _first(ipp.ask(Operation.GET_DEFAULT, values=wanted, patience_s=patience_s).one(), "printer-name")
        )
    except Refused:  # nobody chose one
        return ""


def _queue(group: Group, usual: str) -> Queue:
    name = str(_first(group, "printer-name"))
    trays = tuple(str(tray) for tray in group.get("media-source-supported", []))
    return Queue(name, str(_first(group, "printer-info") or name), trays, name == usual)


def _first(group: Group, name: str) -> object:
    return next(iter(group.get(name, [])), None)


def _reasons(group: Group, name: str) -> list[str]:
    """Why, without how bad CUPS finds it."""
    return [_bare(str(reason)) for reason in group.get(name, [])]


def _bare(reason: str) -> str:
    for severity in _SEVERITIES:
        reason = reason.removesuffix(severity)
    return reason


def _wrong(reasons: Iterable[str]) -> Trouble | None:
    said = set(reasons)
    return next((trouble for reason, trouble in _WRONG.items() if reason in said), None)
