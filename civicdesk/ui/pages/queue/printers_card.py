"""The printers beside the queue, each with how it is and what waits for it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from civicdesk.desk.print_look import Look
from civicdesk.models import JobState, PaperKind
from civicdesk.text import _, ngettext, number
from civicdesk.ui.pages.queue.printer_row import PrinterRow
from civicdesk.ui.paper_state import standing, standing_tone, trouble_of
from civicdesk.ui.paper_words import trouble_advice
from civicdesk.ui.print_desk import PrintDesk
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.touch import TouchScrollArea

_Row = tuple[str, tuple[str, str, str], str, list[str]]
"""Name, what is said of it (title, words, tone), advice, and the printers that could do its work."""


class PrintersCard(Card):
    """Every printer, and what waits without one; a stuck one hands its work over in one tap."""

    move_wanted = Signal(str, list, str)  # from, kinds that go there by themselves, to

    def __init__(self) -> None:
        super().__init__(name="queue_printers")
        self._shown: object = None
        self._rows = Card(name="queue_printer_rows")
        self._rows.setProperty("kind", "column")
        self.add(TouchScrollArea(self._rows), 1)

    def show_printers(self, desk: PrintDesk, look: Look) -> None:
        """Show how they are now; rows are made anew only when one says something else."""
        rows = [_printer(desk, look, printer.name) for printer in desk.printers]
        rows += [_homeless(desk, name) for name in _unknown(desk, look)]
        if rows != self._shown:
            self._shown = rows
            self._rows.fill([self._row(desk, row) for row in rows])
        self.setVisible(bool(rows))

    def _row(self, desk: PrintDesk, said: _Row) -> PrinterRow:
        row = PrinterRow(*said)
        row.move_wanted.connect(lambda name, other: self.move_wanted.emit(name, _kinds_of(desk, name), other))
        return row


def _printer(desk: PrintDesk, look: Look, name: str) -> _Row:
    trouble = trouble_of(desk, name)
    waits = sum(job.state == JobState.WAITING and desk.holder(job) == name for job in look.jobs)
    words = standing(desk, name)
    if waits:
        words += " · " + ngettext("{} waits", "{} wait", waits).format(number(waits))
    others = desk.others(name) if trouble and waits else []
    advice = trouble_advice(trouble) if trouble else ""
    return name, (name, words, standing_tone(desk, name)), advice, others


def _homeless(desk: PrintDesk, name: str) -> _Row:
    names = [printer.name for printer in desk.printers]
    return name, (name or _("Without a printer"), _("No printer is set for these"), "warn"), "", names


def _unknown(desk: PrintDesk, look: Look) -> list[str]:
    """Names that jobs wait for, and no printer of this desk has."""
    known = {printer.name for printer in desk.printers}
    waiting = (job for job in look.jobs if job.state == JobState.WAITING)
    return sorted({desk.holder(job) for job in waiting} - known)


def _kinds_of(desk: PrintDesk, name: str) -> list[str]:
    """The kinds of paper that go to a printer by themselves; for none: those that go nowhere."""
    return [str(kind) for kind in PaperKind if desk.printer_of(kind) == name]
