"""The printers and readers of this computer: which are there, which answer, and what to do about the others."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from importlib.util import find_spec

from civicdesk import codes
from civicdesk.errors import Unavailable
from civicdesk.models import JobState, Trouble
from civicdesk.printing.printers import cups, find
from civicdesk.printing.printers.port import Outcome, Printer, Sheet, Status
from civicdesk.printing.printers.usb_link import usb_library
from civicdesk.settings import PrinterSettings, SerialReaderSettings, Settings
from civicdesk.text import _
from civicdesk.ui.paper_words import card_sentence, status_sentence, status_words

LONGEST_S = 3.0
"""A printer that is slow to answer is not waited for longer than this."""

Answer = tuple[bool, str]
Check = tuple[str, Callable[[], Answer]]
Say = Callable[[str], None]


def checks(settings: Settings) -> list[Check]:
    """What is looked at; each may take a few seconds, and all can be looked at together."""
    printers: list[Check] = [
        (_("Printer {}").format(one.name), partial(_printer, one)) for one in settings.printers
    ]
    readers: list[Check] = [
        (_("Reader at {}").format(one.port), partial(_reader, one)) for one in settings.serial_readers
    ]
    return [
        *(printers or [(_("Printers"), _no_printer)]),
        (_("USB printers"), partial(_usb, settings)),
        (_("Printers of this computer"), partial(_system, settings)),
        (_("Serial ports"), _serial),
        *(readers or [(_("Readers"), _no_reader)]),
        (_("Camera"), partial(_camera, settings)),
    ]


def print_card(settings: Settings, name: str, say: Say, *, until: Callable[[], bool]) -> bool:
    """Print a test card and say what became of it; given up when `until` says so. Whether it came out or was sent."""
    printer = settings.printer(name)
    if printer is None:
        names = ", ".join(one.name for one in settings.printers)
        words = (
            _("There is no printer of this name. This desk has: {}")
            if names
            else _("This desk has no printer.")
        )
        say(words.format(names))
        return False
    with closing(_device(printer)) as device:
        status = device.status()
        _tell(status, say)
        if status.trouble in (Trouble.AWAY, Trouble.SILENT):
            return False
        outcome = _print(device, say, until)
    say(_outcome_words(outcome))
    return outcome.state in (JobState.PRINTED, JobState.SENT)


def _print(device: Printer, say: Say, until: Callable[[], bool]) -> Outcome:
    from civicdesk.printing.test_card import test_card_pdf  # noqa: PLC0415  drawing is slow to import

    card = Sheet(_("Test card"), test_card_pdf(codes.make(codes.Kind.TEST_CARD)))
    return device.print(card, lambda status: _tell(status, say), until)


def _tell(status: Status, say: Say) -> None:
    say(f"{status_words(status)}: {status_sentence(status)}")


def _outcome_words(outcome: Outcome) -> str:
    if outcome.state is JobState.WAITING:
        return _("Nothing was printed.")
    return card_sentence(outcome.state, outcome.trouble or "")


def _device(printer: PrinterSettings) -> Printer:
    if printer.is_thermal:
        from civicdesk.printing.printers.thermal import ThermalPrinter  # noqa: PLC0415

        return ThermalPrinter(printer)
    if sys.platform == "win32":
        from civicdesk.ui.system_printer import SystemPrinter  # noqa: PLC0415

        return SystemPrinter(printer)
    return cups.CupsPrinter(printer)


def _printer(printer: PrinterSettings) -> Answer:
    quick = printer.model_copy(update={"patience_s": min(printer.patience_s, LONGEST_S)})
    if printer.is_thermal:
        tried = find.try_printer(quick)
        return tried.is_well, tried.sentence
    with closing(_device(quick)) as device:
        status = device.status()
    return status.trouble is None, f"{status_words(status)}. {status_sentence(status)}"


def _no_printer() -> Answer:
    return True, _("none is set, so badges become PDF files. Add one in the settings, under “Printers”.")


def _usb(settings: Settings) -> Answer:
    try:
        usb_library()
    except Unavailable as trouble:
        return not any(one.link == "usb" for one in settings.printers), str(trouble)
    found = find.usb_printers()
    if not found:
        return True, _("none is plugged in")
    return True, ", ".join(f"{one.name} ({one.address})" for one in found)


def _system(settings: Settings) -> Answer:
    if sys.platform == "win32":
        return True, _("see “Printers” in the settings of CivicDesk")
    queues = cups.queues()
    if queues:
        return True, ", ".join(queue.name for queue in queues)
    is_needed = any(not one.is_thermal for one in settings.printers)
    return not is_needed, _(
        "CUPS has none, or does not answer. Thermal printers need no CUPS; for others install and start it."
    )


def _serial() -> Answer:
    ports = [f"{one.name}: {_state_of(one.address)}" for one in find.serial_ports()]
    return True, "; ".join(ports) if ports else _("there is none")


def _reader(reader: SerialReaderSettings) -> Answer:
    words = _opens(reader.port, reader.baud)
    return not words, words or _("The port opens. Scan something to see it work.")


def _no_reader() -> Answer:
    return True, _(
        "readers that type like a keyboard need no setting; try one in the settings, under “Reader”"
    )


def _state_of(port: str) -> str:
    return _opens(port) or _("free")


def _opens(port: str, baud: int = 9600) -> str:
    """Why a port cannot be opened and what to do; nothing when it can."""
    import serial  # noqa: PLC0415  loaded only where somebody looks

    try:
        serial.Serial(port, baud, timeout=0, exclusive=True if os.name == "posix" else None).close()
    except PermissionError:
        return _not_allowed()
    except (OSError, ValueError) as error:
        return _why(getattr(error, "errno", None), str(error))
    return ""


def _why(number: int | None, said: str) -> str:
    import errno  # noqa: PLC0415

    if number in (errno.EACCES, errno.EPERM) and sys.platform != "win32":
        return _not_allowed()
    if number in (errno.EBUSY, errno.EAGAIN) or "PermissionError" in said:
        return _("in use; if not by CivicDesk itself, close the other program")
    if number == errno.ENOENT or "FileNotFoundError" in said:
        return _("not there; plug it in")
    return _("does not open; pull it out and plug it in again")


def _not_allowed() -> str:
    return _("this user may not open it; add the user to the group “dialout” and sign in again")


def _camera(settings: Settings) -> Answer:
    parts = ("PySide6.QtMultimedia", "zxingcpp")
    with suppress(ModuleNotFoundError):
        if all(find_spec(part) for part in parts):
            return True, _("the camera extra is installed")
    return not settings.camera, _(
        "the camera extra is not installed. A camera as a reader needs it; other readers do not."
    )
