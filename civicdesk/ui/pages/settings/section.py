"""What every section of the settings shares: a heading, a place for refusals, cards that scroll."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from civicdesk.errors import Refusal
from civicdesk.settings import Settings
from civicdesk.ui.pages.page import Page
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.themed import named
from civicdesk.ui.widgets.touch import TouchScrollArea


class Section(Page):
    """One matter of the settings."""

    def __init__(self, runner: Runner, name: str) -> None:
        super().__init__(runner)
        self.setObjectName(name)
        self.heading = label("", "title", wrap=True)
        self.lead = label("", "second", wrap=True)
        self.banner = RefusalBanner(name=f"{name}_banner")
        content = QWidget()
        content.setProperty("kind", "scrolled")
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addStretch(1)
        self.area = TouchScrollArea(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        for part in (self.heading, self.lead, self.banner):
            self.add(part)
        self._space()

    def add(self, part: QWidget) -> None:
        """Put a card at the end."""
        self.column.insertWidget(self.column.count() - 1, part)

    def set_heading(self, title: str, lead: str) -> None:
        """Say what the section is about and what can be done here."""
        self.heading.setText(title)
        self.lead.setText(lead)
        self.setAccessibleName(title)

    def refuse(self, refusal: Refusal) -> None:
        """Say why not, where it is seen."""
        self.banner.show_refusal(str(refusal))
        self.area.ensureWidgetVisible(self.banner)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._space()

    def _space(self) -> None:
        self.column.setSpacing(roomy(12))


class MachineSection(Section):
    """One matter of this computer: it shows the settings in use, and asks for others."""

    settings_wanted = Signal(object)  # Settings

    def __init__(self, runner: Runner, name: str) -> None:
        super().__init__(runner, name)
        self.settings: Settings | None = None

    def show_settings(self, settings: Settings) -> None:
        """Show what this computer works by."""
        self.settings = settings

    def want(self, **values: object) -> None:
        """Ask for the settings in use with these values changed."""
        if self.settings is not None:
            self.want_settings(self.settings.with_(**values))

    def want_settings(self, settings: Settings) -> None:
        """Ask for these settings from now on."""
        self.settings_wanted.emit(settings)


class Tick(QCheckBox):
    """Something that is so or not."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        named(self, name, "")

    def say(self, words: str) -> None:
        """The words beside the box."""
        self.setText(words)
        self.setAccessibleName(words)
