"""The printers of this computer: CUPS where there is one, else the system's own way through Qt.

CUPS takes the document as it is, sharp at any size, and says what became of it. Windows takes pictures and says
nothing, so what went there is sent and not known to be printed. Call all of this off the GUI thread.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from civicdesk.models import JobState, Trouble
from civicdesk.printing.picture import page_sizes
from civicdesk.printing.printers import cups
from civicdesk.printing.printers.port import Form, Outcome, Printer, Sheet, Status, Tell
from civicdesk.settings import PrinterSettings
from civicdesk.text import _
from civicdesk.ui.page_picture import page_picture

if TYPE_CHECKING:
    from PySide6.QtGui import QPageLayout, QPainter
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

_INCH = 25.4
_FINE, _PLAIN = 600, 300
_LARGE_MM2 = 105 * 148
"""A page larger than A6 at 600 dots an inch is a picture of 140 MB; 300 are enough to read and to scan."""


@dataclass(frozen=True)
class FoundPrinter:
    """A printer that this computer knows. `trays` are keys for the settings; `tray_words` says them."""

    name: str
    description: str
    trays: tuple[str, ...] = ()
    is_default: bool = False


def found_printers() -> list[FoundPrinter]:
    """The printers of this computer, the usual one first; none, and quickly, when its print service is stopped."""
    found = _known_to_qt() if sys.platform == "win32" else _known_to_cups()
    return sorted(found, key=lambda printer: (not printer.is_default, printer.name.casefold()))


def tray_words(tray: str) -> str:
    """A tray as people call it; as the printer calls it when nobody does."""
    usual = {
        "auto": _("Automatic"),
        "main": _("Main tray"),
        "top": _("Upper tray"),
        "middle": _("Middle tray"),
        "bottom": _("Lower tray"),
        "manual": _("By hand"),
        "by-pass-tray": _("Side tray"),
        "side": _("Side tray"),
        "envelope": _("Envelopes"),
        "photo": _("Photo tray"),
        "rear": _("Rear tray"),
        "roll": _("Roll"),
        "main-roll": _("Roll"),
        "large-capacity": _("Large tray"),
    }
    kind, _dash, number = tray.rpartition("-")
    if kind == "tray" and number.isdigit():
        return _("Tray {}").format(number)
    return usual.get(_IPP_WORDS.get(tray, tray), tray)


_IPP_WORDS = {
    "Auto": "auto",
    "Upper": "top",
    "Middle": "middle",
    "Lower": "bottom",
    "Manual": "manual",
    "EnvelopeManual": "envelope",
    "Envelope": "envelope",
    "LargeCapacity": "large-capacity",
    "OnlyOne": "main",
    "Cassette": "main",
}
"""Windows' trays by the names that everybody else gives them."""


class SystemPrinter:
    """A printer of this computer, by its name in the system."""

    form = Form.PAGE

    def __init__(self, settings: PrinterSettings) -> None:
        self.name = settings.name
        self._way: Printer
        if sys.platform == "win32":
            self._way = QtPrinter(settings)
        else:
            self._way = cups.CupsPrinter(settings)

    def status(self) -> Status:
        """How the printer stands; `Trouble.AWAY` when its print service is stopped or does not know it."""
        return self._way.status()

    def print(self, sheet: Sheet, tell: Tell, is_given_up: Callable[[], bool]) -> Outcome:
        """Print a document at true size."""
        return self._way.print(sheet, tell, is_given_up)

    def close(self) -> None:
        """Let go of the printer."""
        self._way.close()


class QtPrinter:
    """A printer spoken to through Qt: every page goes there as a picture, and nobody says what became of it.

    While the system is slow to take it, Qt keeps all of the desk waiting: only for systems without CUPS.
    """

    form = Form.PAGE

    def __init__(self, settings: PrinterSettings) -> None:
        self.name = settings.name
        self._address = settings.address

    def status(self) -> Status:
        """What the system says of the printer without asking it."""
        return _status(self._found())

    def print(self, sheet: Sheet, tell: Tell, is_given_up: Callable[[], bool]) -> Outcome:
        """Paint every page at true size; SENT once the system has taken them all."""
        status = _status(found := self._found())
        if status.trouble is not None:
            return Outcome(JobState.WAITING, status.trouble)
        return _paint(sheet, found)

    def close(self) -> None:
        """Nothing is held open between two sheets."""

    def _found(self) -> QPrinterInfo:
        from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415  few desks need it

        return QPrinterInfo.printerInfo(self._address)


def _status(found: QPrinterInfo) -> Status:
    from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415

    if found.isNull():
        return Status(Trouble.AWAY)
    troubles = {QPrinter.PrinterState.Error: Trouble.FAULT, QPrinter.PrinterState.Aborted: Trouble.OFFLINE}
    return Status(troubles.get(found.state()))


def _paint(sheet: Sheet, found: QPrinterInfo) -> Outcome:
    sizes = page_sizes(sheet.pdf)
    printer = _printer(found, sheet, sizes[0])
    painter = QPainter()
    if not painter.begin(printer):
        return Outcome(JobState.WAITING, Trouble.FAULT)
    for page, size in enumerate(sizes):
        if page > 0:
            printer.setPageLayout(_layout(size))
            if not printer.newPage():
                printer.abort()
                painter.end()
                return Outcome(JobState.UNSURE, Trouble.FAULT)
        _paint_page(painter, printer, sheet.pdf, page, size)
    is_taken = painter.end() and printer.printerState() is not type(printer).PrinterState.Error
    return Outcome(JobState.SENT) if is_taken else Outcome(JobState.UNSURE, Trouble.FAULT)


def _printer(found: QPrinterInfo, sheet: Sheet, size: tuple[float, float]) -> QPrinter:
    from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415

    printer = QPrinter(found, QPrinter.PrinterMode.HighResolution)
    printer.setDocName(sheet.title)
    printer.setPageLayout(_layout(size))
    printer.setFullPage(True)
    if sheet.tray in QPrinter.PaperSource.__members__:
        printer.setPaperSource(QPrinter.PaperSource[sheet.tray])
    return printer


def _layout(size: tuple[float, float]) -> QPageLayout:
    """Paper as large as the page; office paper lies upright in its tray and is turned, a label is as it is."""
    sides = cups.as_it_lies(*size)
    paper = QPageSize(QSizeF(*sides), QPageSize.Unit.Millimeter)
    way = QPageLayout.Orientation.Portrait if sides == size else QPageLayout.Orientation.Landscape
    layout = QPageLayout(paper, way, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _paint_page(
    painter: QPainter, printer: QPrinter, pdf: bytes, page: int, size: tuple[float, float]
) -> None:
    width, height = size
    finest = _PLAIN if width * height > _LARGE_MM2 else _FINE
    picture = page_picture(pdf, min(printer.resolution(), finest), page)
    dots = printer.resolution() / _INCH
    painter.drawImage(QRectF(0, 0, width * dots, height * dots), picture)


def _known_to_cups() -> list[FoundPrinter]:
    return [FoundPrinter(one.name, one.description, one.trays, one.is_default) for one in cups.queues()]


def _known_to_qt() -> list[FoundPrinter]:
    from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415

    return [
        FoundPrinter(one.printerName(), one.description() or one.printerName(), _trays(one), one.isDefault())
        for one in QPrinterInfo.availablePrinters()
    ]


def _trays(found: QPrinterInfo) -> tuple[str, ...]:
    """Only Qt on Windows knows them."""
    from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415

    ask = getattr(QPrinter(found), "supportedPaperSources", None)
    return tuple(source.name for source in ask()) if ask else ()
