"""A thermal printer for receipts: badges on its roll, and its own word on what became of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from civicdesk.errors import Unavailable
from civicdesk.models import JobState, Trouble
from civicdesk.printing.printers.asking import ASK_IN_ORDER, Asking
from civicdesk.printing.printers.link import Link
from civicdesk.printing.printers.links import link_to
from civicdesk.printing.printers.port import Form, Outcome, Sheet, Status, Tell
from civicdesk.printing.printers.profiles import profile
from civicdesk.printing.printers.raster import BAND, bands
from civicdesk.printing.printers.sending import Sending
from civicdesk.printing.printers.text_badge import text_badge
from civicdesk.settings import PrinterSettings

_BEGIN = b"\x1b@\x1da\x00"
"""As after being switched on, and no reports unasked."""

_CUT = b"\x1dVB\x00"
_TEAR = b"\x1bd\x05"
_HALF_DONE = bytes(BAND + 8)
"""Fills up a band that was cut off in its middle; a printer that waits for none passes it over."""

_QUICK_S, _TIMES = 0.5, 4


class ThermalPrinter:
    """A printer that speaks ESC/POS, over any link. It is connected to when it is first asked something."""

    def __init__(self, settings: PrinterSettings) -> None:
        self.settings, self.name = settings, settings.name
        self.form = Form.ROLL_58 if settings.width_mm == 58 else Form.ROLL_80  # noqa: PLR2004
        self._link: Link | None = None
        self._is_in_order: bool | None = None
        self._is_half_done = False

    def status(self) -> Status:
        """Ask the printer how it is. One that never answers is only tried for whether it is there."""
        try:
            link = self._open()
            if not self._answers(link):
                return Status()
            return self._asking(link).status() or Status(Trouble.SILENT)
        except Unavailable:
            self._is_in_order = None
            self.close()
            return Status(Trouble.AWAY)
        finally:
            self._rest()

    def print(self, sheet: Sheet, tell: Tell, is_given_up: Callable[[], bool]) -> Outcome:
        """Print one sheet, if the printer says that it can."""
        pieces = self._pieces(sheet)
        try:
            ready = self._ready(tell, is_given_up)
            if isinstance(ready, Outcome):
                return ready
            outcome = ready.run(pieces)
            self._is_half_done = outcome.state is JobState.UNSURE
            if self._is_half_done:
                self.close()
            return outcome
        finally:
            self._rest()

    def _ready(self, tell: Tell, is_given_up: Callable[[], bool]) -> Sending | Outcome:
        """Ask before the first byte; an Outcome when the printer cannot print now."""
        try:
            link = self._open()
            asking = self._asking(link)
            if not self._answers(link):
                return Sending(asking, tell, is_given_up, is_in_order=None)
            start = time.monotonic()
            status = asking.status() or Status(Trouble.SILENT)
            if status.trouble is not None:
                return Outcome(JobState.WAITING, status.trouble, status.is_near_end)
            is_in_order = self._learn_order(asking, usual=time.monotonic() - start)
            return Sending(asking, tell, is_given_up, is_in_order=is_in_order)
        except Unavailable:
            self.close()
            return Outcome(JobState.WAITING, Trouble.AWAY)

    def close(self) -> None:
        """Let go of the device."""
        if self._link is not None:
            link, self._link = self._link, None
            with suppress(Unavailable, OSError):
                link.close()

    def _pieces(self, sheet: Sheet) -> list[bytes]:
        dots = self._dots()
        body = self._as_text(sheet, dots) or bands(sheet.pdf, dots)
        end = _CUT if self.settings.cuts else _TEAR
        first = _BEGIN
        if self._is_half_done:
            # what is left of another sheet, on the roll or in the printer's memory, must not become part of this one
            first = _HALF_DONE + _BEGIN + end + _BEGIN
        return [first + body[0], *body[1:-1], body[-1] + end] if len(body) > 1 else [first + body[0] + end]

    def _as_text(self, sheet: Sheet, dots: int) -> list[bytes] | None:
        if sheet.face is None or self.settings.way != "text":
            return None
        return text_badge(sheet.face, self.settings, dots)

    def _dots(self) -> int:
        """How many dots there are in a row: fewer on printers of 180 dpi, as their profile says."""
        known = profile(self.settings.profile).dots if self.settings.profile != "default" else None
        return min(known or self.form.value, self.form.value)

    def _open(self) -> Link:
        if self._link is None:
            link = link_to(self.settings)
            link.open()
            self._link = link
        return self._link

    def _rest(self) -> None:
        if self._link is not None and not self._link.keeps:
            self.close()

    def _answers(self, link: Link) -> bool:
        return self.settings.answers and link.can_read

    def _asking(self, link: Link) -> Asking:
        return Asking(link, self.settings.patience_s)

    def _learn_order(self, asking: Asking, usual: float) -> bool:
        """Whether it answers `GS r`, tried once: not every printer does. `usual` is how long it takes to answer.

        Where it takes the question for letters, the `ESC @` that comes next makes it forget them.
        """
        if self._is_in_order is None:
            asking.write(ASK_IN_ORDER, self.settings.patience_s)
            until = time.monotonic() + min(max(usual * _TIMES, _QUICK_S), self.settings.patience_s)
            while not asking.in_order and (left := until - time.monotonic()) > 0:
                asking.listen(left)
            self._is_in_order = asking.in_order > 0
        return self._is_in_order
