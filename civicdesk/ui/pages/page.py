"""What every page of the desk shares."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from civicdesk.database import Changes
from civicdesk.ui.runner import Runner


class Page(QWidget):
    """A screen that shows some tables and refreshes when one of them changes.

    A page builds its widgets once, writes its words in `retranslate` (again after a switch of language) and shows
    rows in `refresh`. It emits `…_wanted` for what another page does; the desk window connects them.
    """

    watches: ClassVar[Changes] = frozenset()
    back_wanted = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.runner = runner
        self._stale = True
        runner.changed.connect(self._note_changes)

    def retranslate(self) -> None:
        """Write every word in the language spoken now."""

    def refresh(self) -> None:
        """Show what the database now holds."""

    def tick(self) -> None:
        """The clock moved on by a part of a minute while the page is seen."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.refresh_now()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_if_stale()

    def refresh_now(self) -> None:
        """Refresh at once if seen, else when next seen."""
        self._stale = True
        if self.isVisible():
            self._refresh_if_stale()

    def _note_changes(self, changes: Changes) -> None:
        if not self.watches.isdisjoint(changes):
            self.refresh_now()

    def _refresh_if_stale(self) -> None:
        if self._stale:
            self._stale = False
            self.refresh()
