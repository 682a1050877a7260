"""The last scan on the set-up page: what came, how it came, and what to change."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from civicdesk import codes
from civicdesk.settings import Settings
from civicdesk.text import _, number
from civicdesk.ui import reader_trial as trial
from civicdesk.ui.reader_words import reader_name
from civicdesk.ui.reading import Reading
from civicdesk.ui.theme.now import scaled
from civicdesk.ui.widgets.card import Card, empty
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.themed import Themed

_LONGEST = 400
_KEYS = {"\r": "<Enter>", "\n": "<Enter>", "\t": "<Tab>"}
_FACTS = ("text", "raw", "reader", "length", "time", "speed", "layout", "end", "prefix")


class LastScan(Card):
    """Judges the last scan; its buttons ask for other settings."""

    change_wanted = Signal(object)  # the settings to change, by name

    def __init__(self) -> None:
        super().__init__(name="reader_last", padded=True)
        self._reading: Reading | None = None
        self._time, self._is_changed = "", False
        self._settings = Settings.model_construct()
        self.verdict = Pill("", "")
        self.verdict.setObjectName("reader_verdict")
        self.what_now = label("", "body", wrap=True)
        self.facts = {name: _Fact(name) for name in _FACTS}
        self._advice = QVBoxLayout()
        self.add(FlowRow([self.verdict]))
        self.add(self.what_now)
        self.body.addLayout(self._advice)
        rows = QVBoxLayout()
        rows.setSpacing(4)
        for fact in self.facts.values():
            rows.addWidget(fact)
        self.body.addLayout(rows)
        self.body.addStretch(1)
        self.retranslate()

    def show_reading(self, reading: Reading, time: str) -> None:
        """A reader sent this, at this time of day."""
        self._reading, self._time, self._is_changed = reading, time, False
        self._show()

    def show_settings(self, settings: Settings) -> None:
        """Judge by these settings."""
        self._settings = settings

    def sentences(self) -> list[str]:
        """What is said about the scan."""
        return [banner.sentence.text() for banner in self._banners()]

    def retranslate(self) -> None:
        self.set_title(_("Last scan"))
        words = (
            _("Read as"),
            _("Sent"),
            _("Reader"),
            _("Length"),
            _("At"),
            _("Speed"),
            _("Keyboard layout"),
            _("Ended by"),
            _("Prefix"),
        )
        for name, said in zip(_FACTS, words, strict=True):
            self.facts[name].words.setText(said)
        self._show()

    def _show(self) -> None:
        reading = self._reading
        for fact in self.facts.values():
            fact.setVisible(False)
        empty(self._advice)
        if reading is None:
            self.verdict.show_as(_("Nothing yet"), "", "scan-line")
            self.what_now.setText(_("Nothing was scanned since CivicDesk started."))
            return
        self.verdict.show_as(*_verdict(reading))
        self.what_now.setText(_meaning(reading))
        self._show_facts(reading)
        self._show_advice(reading)

    def _show_facts(self, reading: Reading) -> None:
        said = {
            "text": _short(reading.text),
            "raw": _short(_visible(reading.raw)) if reading.raw != reading.text else "",
            "reader": reader_name(reading.way, reading.name),
            "length": _("{} characters").format(number(len(reading.raw))),
            "time": self._time,
            "speed": trial.speed_words(reading, self._settings),
            "layout": trial.board_words(reading),
            "end": trial.end_words(reading),
            "prefix": trial.prefix_words(reading, self._settings),
        }
        for name, words in said.items():
            self.facts[name].said.setText(words)
            self.facts[name].setVisible(bool(words))

    def _show_advice(self, reading: Reading) -> None:
        if self._is_changed:
            self._advise(0, trial.Advice("info", _("Changed. Now scan once more.")))
            return
        for place, advice in enumerate(trial.advise(reading, self._settings)):
            self._advise(place, advice)

    def _advise(self, place: int, advice: trial.Advice) -> None:
        banner = RefusalBanner(name=f"reader_advice_{place + 1}")
        actions = [(advice.button, lambda: self._change(advice.change))] if advice.button else []
        self._advice.addWidget(banner)
        banner.show_refusal(advice.sentence, *actions, tone=advice.tone)

    def _change(self, change: dict[str, object]) -> None:
        self._is_changed = True
        self.change_wanted.emit(change)
        self._show()

    def _banners(self) -> list[RefusalBanner]:
        return [each for each in self.findChildren(RefusalBanner) if not each.isHidden()]


class _Fact(Themed, QWidget):
    """A word and what is so, in one line."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.words: QLabel = label("", "second", wrap=True)
        self.said: QLabel = label("", "strong", wrap=True)
        self.said.setObjectName(f"reader_{name}")
        self.said.setMinimumWidth(scaled(60))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.words, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.said, 1)
        self.dress()

    def dress(self) -> None:
        self.words.setFixedWidth(scaled(130))


def _verdict(reading: Reading) -> tuple[str, str, str]:
    if reading.is_missed:
        return _("Taken for typing"), "warn", "triangle-alert"
    parsed = codes.parse(reading.text)
    if isinstance(parsed, codes.Code):
        return _kind(parsed.kind), "ok", "circle-check"
    if trial.ours_inside(reading.text):
        return _("Our code, with more around it"), "warn", "triangle-alert"
    if parsed is codes.Fault.DAMAGED:
        return _("Damaged code"), "bad", "circle-x"
    return _("Not our code"), "warn", "triangle-alert"


def _kind(kind: codes.Kind) -> str:
    return {
        codes.Kind.BADGE: lambda: _("Visitor badge"),
        codes.Kind.PASS: lambda: _("Visitor pass"),
        codes.Kind.STAFF: lambda: _("Staff card"),
        codes.Kind.BOX: lambda: _("Label of a mailbox"),
        codes.Kind.POST: lambda: _("Card for kinds of post"),
        codes.Kind.TEST_CARD: lambda: _("Test card: the reader works"),
    }[kind]()


def _meaning(reading: Reading) -> str:
    if reading.is_missed:
        return _("These characters went to whatever field had the focus, as typed ones do.")
    parsed = codes.parse(reading.text)
    if isinstance(parsed, codes.Code) or trial.ours_inside(reading.text):
        return _("The reader sent the whole code, and its check digits are right.")
    if parsed is codes.Fault.DAMAGED:
        return _("It begins like a code of CivicDesk, but its check digits are not right.")
    return _("The reader works, but this code was not made by CivicDesk.")


def _visible(raw: str) -> str:
    """Keys that leave no letter, written out, so that an Enter or Tab can be seen."""
    return "".join(_KEYS.get(c, f"<{ord(c):02X}>") if ord(c) < ord(" ") else c for c in raw)


def _short(text: str) -> str:
    # a long run without a space would not wrap; a space of no width lets it
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return "\u200b".join(shown[at : at + 12] for at in range(0, len(shown), 12))
