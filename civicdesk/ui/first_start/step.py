"""What every step of the set-up shares."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.errors import Refusal
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.themed import Themed


class Step(Themed, QWidget):
    """One short form. It shows what was kept, keeps what it shows, and says why it cannot."""

    key: ClassVar[str]
    saved = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.runner = runner
        self.setObjectName(f"setup_{self.key}")
        self.setProperty("kind", "scrolled")
        self.banner = RefusalBanner(name=f"setup_{self.key}_banner")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 12, 0)
        self.column.setSpacing(14)
        self.column.addWidget(self.banner)

    def heading(self) -> tuple[str, str]:
        """What is asked, and what it is for."""
        raise NotImplementedError

    def load(self) -> None:
        """Show what was kept before."""

    def save(self) -> None:
        """Keep what is shown, then say `saved`."""
        raise NotImplementedError

    def kept(self, _result: object = None) -> None:
        """The step is done."""
        self.banner.clear()
        self.saved.emit()

    def refuse(self, refusal: Refusal) -> None:
        """Say why not, where the eye is."""
        self.banner.show_refusal(str(refusal))
        self.banner.setFocus()
