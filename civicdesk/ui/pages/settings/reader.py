"""Whether the reader sends what it reads: the last scan, and a card to try it with."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from civicdesk import codes
from civicdesk.desk.staff import clock_with_seconds
from civicdesk.printing.picture import Picture, page_image
from civicdesk.printing.test_card import SIZE, test_card_pdf
from civicdesk.text import _, number
from civicdesk.ui.pages.settings.section import Section
from civicdesk.ui.readers import Readers
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.themed import Themed, named

_LONGEST = 400
_KEYS = {"\r": "<Enter>", "\n": "<Enter>", "\t": "<Tab>"}
_DPI = 200


class ReaderSection(Section):
    """Explains the reader and shows what the last scan sent."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "settings_reader")
        self._scan: tuple[str, str, str] | None = None
        self.verdict = Pill("", "")
        self.verdict.setObjectName("reader_verdict")
        self.what_now = label("", "body", wrap=True)
        self.text, self.raw, self.length, self.time = (
            _said(name) for name in ("text", "raw", "length", "time")
        )
        self._words = [label("", "label") for _each in range(4)]
        self._pairs: list[QWidget] = []
        self.last = Card(name="reader_last", padded=True)
        self.trial = Card(name="reader_trial", padded=True)
        self.how = label("", "body", wrap=True)
        self.picture = CardPicture(runner)
        self._build()
        self.retranslate()

    def use_readers(self, readers: Readers) -> None:
        """Show what these readers send."""

    def scanned(self, text: str, raw: str) -> None:
        """A reader sent something."""
        self._scan = (text, raw, clock_with_seconds(self.runner.at()))
        self._show()

    def retranslate(self) -> None:
        lead = _("Scan anything, on any screen: what the reader sent stands here.")
        self.set_heading(_("Reader"), lead)
        self.last.set_title(_("Last scan"))
        self.trial.set_title(_("Test card"))
        self.how.setText(
            _(
                "Hold the reader in front of this picture. If nothing changes below, see whether the reader is "
                "plugged in and set up as a keyboard that ends with Enter."
            )
        )
        for words, said in zip(self._words, (_("Read as"), _("Sent"), _("Length"), _("At")), strict=True):
            words.setText(said)
        self._show()

    def _build(self) -> None:
        self.last.add(FlowRow([self.verdict]))
        self.last.add(self.what_now)
        for words, value in zip(self._words, (self.text, self.raw, self.length, self.time), strict=True):
            pair = QWidget()
            row = QVBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(2)
            row.addWidget(words)
            row.addWidget(value)
            self._pairs.append(pair)
            self.last.add(pair)
        holder = QWidget()
        side = QHBoxLayout(holder)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(roomy(16))
        side.addWidget(self.picture)
        side.addWidget(self.how, 1, Qt.AlignmentFlag.AlignTop)
        self.trial.add(holder)
        self.add(self.trial)
        self.add(self.last)

    def _show(self) -> None:
        is_there = self._scan is not None
        for pair in self._pairs:
            pair.setVisible(is_there)
        if self._scan is None:
            self.verdict.show_as(_("Nothing yet"), "", "scan-line")
            self.what_now.setText(_("Nothing was scanned since CivicDesk started."))
            return
        text, raw, time = self._scan
        self.verdict.show_as(*_verdict(text))
        self.what_now.setText(_advice(text))
        self.text.setText(_short(text))
        self.raw.setText(_short(_visible(raw)))
        self.length.setText(_("{} characters").format(number(len(raw))))
        self.time.setText(time)


class CardPicture(Themed, QWidget):
    """The test card as it would be printed, on white paper in every theme, so that readers read it."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self.code = codes.make(codes.Kind.TEST_CARD)
        self._picture = QPixmap()
        named(self, "reader_test_card", "")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Test card with a QR code"))
        code = self.code
        self._runner.background(lambda: page_image(test_card_pdf(code), _DPI), self._show, owner=self)

    def sizeHint(self) -> QSize:
        wide = roomy(170)
        return QSize(wide, wide * SIZE[1] // SIZE[0])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        sheet = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(current().line), 1))
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawRoundedRect(sheet, 10, 10)
        if not self._picture.isNull():
            painter.drawPixmap(sheet.adjusted(3, 3, -3, -3), self._picture, QRectF(self._picture.rect()))

    def _show(self, picture: Picture) -> None:
        stride = len(picture.pixels) // picture.height
        image = QImage(picture.pixels, picture.width, picture.height, stride, QImage.Format.Format_RGB32)
        self._picture = QPixmap.fromImage(image.copy())  # the copy outlives the bytes
        self.update()


def _said(name: str) -> QLabel:
    said = label("", "strong", wrap=True)
    said.setObjectName(f"reader_{name}")
    said.setMinimumWidth(scaled(60))
    return said


def _verdict(text: str) -> tuple[str, str, str]:
    parsed = codes.parse(text)
    if isinstance(parsed, codes.Code):
        return _kind(parsed.kind), "ok", "circle-check"
    if parsed is codes.Fault.DAMAGED:
        return _("Damaged code"), "bad", "circle-x"
    return _("Not our code"), "warn", "triangle-alert"


def _kind(kind: codes.Kind) -> str:
    return {
        codes.Kind.BADGE: lambda: _("Visitor badge"),
        codes.Kind.PASS: lambda: _("Visitor pass"),
        codes.Kind.STAFF: lambda: _("Staff card"),
        codes.Kind.TEST_CARD: lambda: _("Test card: the reader works"),
    }[kind]()


def _advice(text: str) -> str:
    parsed = codes.parse(text)
    if isinstance(parsed, codes.Code):
        return _("The reader sent the whole code, and its check digits are right.")
    if parsed is codes.Fault.DAMAGED:
        return _(
            "Digits are missing or wrong. Scan again, nearer and straight; if it stays, print a new badge."
        )
    return _("The reader works, but this code was not made by CivicDesk.")


def _visible(raw: str) -> str:
    """Keys that leave no letter, written out, so that an Enter or Tab can be seen."""
    return "".join(_KEYS.get(c, f"<{ord(c):02X}>") if ord(c) < ord(" ") else c for c in raw)


def _short(text: str) -> str:
    # a long run without a space would not wrap; a space of no width lets it
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return "\u200b".join(shown[at : at + 12] for at in range(0, len(shown), 12))
