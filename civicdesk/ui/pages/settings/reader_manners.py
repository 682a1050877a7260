"""How a reader that types is told from a person: limit, length, end and prefix."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSizePolicy

from civicdesk.settings import Settings
from civicdesk.text import _
from civicdesk.ui.reader_trial import eats_codes
from civicdesk.ui.reader_words import state_words
from civicdesk.ui.reading import ReaderState
from civicdesk.ui.theme.now import scaled
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.stepper import Stepper

_PATIENCE_MS = 500
"""Numbers count when nobody has changed them for so long: a button that is held down asks only once."""

_LONGEST_PREFIX = 20


class MannersCard(Card):
    """Asks for other settings of the reader that types."""

    change_wanted = Signal(object)  # the settings to change, by name

    def __init__(self) -> None:
        super().__init__(name="reader_manners", padded=True)
        self._settings = Settings.model_construct()
        self._state: ReaderState | None = None
        self.state = Pill("", "")
        self.state.setObjectName("reader_keyboard_state")
        self.how = label("", "second", wrap=True)
        self.gap = Stepper("", name="reader_gap", lowest=5, highest=200, value=35)
        self.least = Stepper("", name="reader_least", lowest=4, highest=40, value=8)
        self.suffix = Segmented([], name="reader_suffix", spoken="")
        self.prefix = text_field("", name="reader_prefix")
        self.prefix.setMaxLength(_LONGEST_PREFIX)
        self.save = Button("", "check", name="reader_prefix_save")
        self.parts = {
            part: LabelledField("", part) for part in (self.gap, self.least, self.suffix, self.prefix)
        }
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PATIENCE_MS)
        self._lay_out()
        self._connect()
        self.retranslate()

    def show_settings(self, settings: Settings) -> None:
        """Show what this computer works by."""
        before, self._settings = self._settings, settings
        self._wait.stop()
        self.gap.set_value(settings.reader_gap_ms)
        self.least.set_value(settings.reader_least)
        self.suffix.set_value(settings.reader_suffix)
        self._wait.stop()
        if before.reader_prefix != settings.reader_prefix or not self.prefix.hasFocus():
            self.prefix.setText(settings.reader_prefix)
        self.parts[self.prefix].refuse("")

    def show_state(self, state: ReaderState) -> None:
        """How the reader is."""
        self._state = state
        said = state_words(state)
        self.state.show_as(said.word, said.tone, said.icon)
        self.how.setText(said.sentence)

    def retranslate(self) -> None:
        self.set_title(_("A reader that types like a keyboard"))
        self.parts[self.gap].set_words(_("Longest pause between two characters, in milliseconds"))
        self.parts[self.least].set_words(_("Fewest characters of a code"))
        self.parts[self.suffix].set_words(_("A code ends with"))
        self.parts[self.prefix].set_words(_("The reader puts this before each code"))
        self.suffix.set_choices([("key", _("Enter or Tab")), ("none", _("a pause, too"))])
        self.prefix.setPlaceholderText(_("nothing"))
        self.save.setText(_("Use this prefix"))
        if self._state:
            self.show_state(self._state)

    def _lay_out(self) -> None:
        self.add(FlowRow([self.state]))
        self.add(self.how)
        numbers = FlowRow([self.parts[self.gap], self.parts[self.least]], spacing=16, grow=True)
        for part in (self.gap, self.least, self.prefix):
            part.setMinimumWidth(scaled(220))
        self.add(numbers)
        self.add(self.parts[self.suffix])
        self.add(self.parts[self.prefix])
        self.save.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.add(FlowRow([self.save]))

    def _connect(self) -> None:
        for stepper in (self.gap, self.least):
            stepper.value_changed.connect(lambda _value: self._wait.start())
        self._wait.timeout.connect(self._want_numbers)
        self.suffix.chosen.connect(lambda key: self.change_wanted.emit({"reader_suffix": key}))
        self.prefix.returnPressed.connect(self._want_prefix)
        self.save.clicked.connect(self._want_prefix)

    def _want_numbers(self) -> None:
        wanted = {"reader_gap_ms": self.gap.value(), "reader_least": self.least.value()}
        if any(getattr(self._settings, name) != value for name, value in wanted.items()):
            self.change_wanted.emit(wanted)

    def _want_prefix(self) -> None:
        prefix = self.prefix.text()
        if eats_codes(prefix):
            words = _(
                "Codes of CivicDesk begin like this themselves; they would be cut off. Choose another prefix."
            )
            self.parts[self.prefix].refuse(words)
        else:
            self.change_wanted.emit({"reader_prefix": prefix})
