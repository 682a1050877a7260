"""A document as it will be printed: page by page, whole or as near as the eye wants it."""

from __future__ import annotations

from PySide6.QtCore import QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from civicdesk.printing.picture import page_sizes
from civicdesk.text import _, percent
from civicdesk.ui.page_picture import page_picture
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import IconButton
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.paper_sheet import DOTS, LEAST, MOST, PaperSheet
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.themed import Themed, named

_STEP = 1.25
_PAUSE_MS = 40
_INCH = 25.4
_LONGEST_PX = 4200
"""No page is drawn larger than this, however near it is looked at: A4 at 360 dots an inch."""


class PaperView(Themed, QFrame):
    """Draws the very PDF that goes on paper, off the screen's thread; one page is seen at a time."""

    opened = Signal()
    page_changed = Signal(int)
    drawn = Signal()

    def __init__(self, runner: Runner, *, name: str = "paper") -> None:
        super().__init__()
        self._runner, self._words, self._pdf = runner, "", b""
        self._sizes: list[tuple[float, float]] = []
        self.page = 0
        self.sheet = PaperSheet(name=f"{name}_sheet")
        self.before = IconButton("chevron-left", "", name=f"{name}_before")
        self.after = IconButton("chevron-right", "", name=f"{name}_after")
        self.place = label("", "strong")
        self.less = IconButton("zoom-out", "", name=f"{name}_smaller")
        self.more = IconButton("zoom-in", "", name=f"{name}_larger")
        self.size_words = label("", "strong")
        self.fit = Segmented([], name=f"{name}_fit", spoken="", joined=True)
        self._turning, self._sizing = QWidget(), QWidget()
        self._pause = QTimer(self, singleShot=True)
        self._pause.setInterval(_PAUSE_MS)
        self._is_drawing = self._is_late = False
        self.setProperty("kind", "board")
        named(self, name, "")
        self._build()
        self._connect()
        self.retranslate()

    @property
    def pages(self) -> int:
        """How many pages there are; none while the document is still being opened."""
        return len(self._sizes)

    @property
    def pdf(self) -> bytes:
        """The document that is seen."""
        return self._pdf

    @property
    def mm(self) -> tuple[float, float]:
        """How large the page is that is seen, in millimetres; nothing while the document is being opened."""
        return self._sizes[self.page] if self._sizes else (0, 0)

    def show_pdf(self, pdf: bytes, words: str) -> None:
        """Show this document from its first page; `words` say what it is."""
        self._pdf, self._words, self._sizes, self.page = pdf, words, [], 0
        self._is_drawing = self._is_late = False
        self.sheet.fit = "page"
        self.sheet.show_picture(QImage())
        self._show_place()
        self._runner.background(lambda: page_sizes(pdf), lambda sizes: self._opened(pdf, sizes), owner=self)

    def clear(self) -> None:
        """Forget the document: it may carry names."""
        self._pdf, self._sizes = b"", []
        self.sheet.show_picture(QImage())

    def turn_to(self, page: int) -> None:
        """Show another page, counted from 0; there is none before the first nor after the last."""
        page = max(0, min(page, self.pages - 1))
        if self._sizes and page != self.page:
            self.page = page
            self._show_page()
            self.page_changed.emit(page)

    def retranslate(self) -> None:
        self.before.say(_("Page before"))
        self.after.say(_("Next page"))
        self.less.say(_("Smaller"))
        self.more.say(_("Larger"))
        self.fit.setAccessibleName(_("Size on the screen"))
        self.fit.set_choices([("page", _("Whole page")), ("width", _("Page width"))])
        self._show_place()
        self._show_size()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    def _build(self) -> None:
        for holder, parts in (
            (self._turning, (self.before, self.place, self.after)),
            (self._sizing, (self.less, self.size_words, self.more)),
        ):
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(roomy(8))
            for part in parts:
                row.addWidget(part)
        self.place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.size_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, roomy(12))
        whole.setSpacing(0)
        whole.addWidget(self.sheet, 1)
        bar = QHBoxLayout()
        bar.setContentsMargins(roomy(12), roomy(4), roomy(12), 0)
        bar.addWidget(FlowRow([self._turning, self._sizing, self.fit], spacing=16))
        whole.addLayout(bar)

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self.turn_to(self.page - 1))
        self.after.clicked.connect(lambda: self.turn_to(self.page + 1))
        self.less.clicked.connect(lambda: self.sheet.zoom_by(1 / _STEP))
        self.more.clicked.connect(lambda: self.sheet.zoom_by(_STEP))
        self.fit.chosen.connect(lambda fit: self.sheet.fit_to(str(fit)))
        self.sheet.turn_wanted.connect(lambda by: self.turn_to(self.page + by))
        self.sheet.first_wanted.connect(lambda: self.turn_to(0))
        self.sheet.last_wanted.connect(lambda: self.turn_to(self.pages - 1))
        self.sheet.zoomed.connect(self._zoomed)
        self._pause.timeout.connect(self._draw)

    def _opened(self, pdf: bytes, sizes: list[tuple[float, float]]) -> None:
        if pdf is self._pdf:
            self._sizes = sizes
            self._show_page()
            self.opened.emit()

    def _show_page(self) -> None:
        self._show_place()
        self.sheet.show_page(QSizeF(*self._sizes[self.page]))
        self._draw()

    def _zoomed(self) -> None:
        """Draw it as fine as it is seen now, when the fingers rest."""
        self._show_size()
        self._pause.start()

    def _draw(self) -> None:
        """One at a time; what was asked for meanwhile is drawn in one go afterwards."""
        if not self._sizes or not self.isVisible():
            return
        if self._is_drawing:
            self._is_late = True
            return
        self._is_drawing, self._is_late = True, False
        pdf, page, dpi = self._pdf, self.page, self._dpi()
        self._runner.background(
            lambda: page_picture(pdf, dpi, page),
            lambda picture: self._show_picture(pdf, page, picture),
            owner=self,
        )

    def _dpi(self) -> float:
        finest = _LONGEST_PX / max(self._sizes[self.page]) * _INCH
        return min(finest, self.sheet.zoom * DOTS * _INCH * self.devicePixelRatioF())

    def _show_picture(self, pdf: bytes, page: int, picture: QImage) -> None:
        self._is_drawing = False
        if pdf is self._pdf and page == self.page:
            self.sheet.show_picture(picture)
            self.drawn.emit()
        if self._is_late:
            self._draw()

    def _show_place(self) -> None:
        words = _("Page {number} of {count}").format(number=self.page + 1, count=self.pages)
        self.place.setText(words)
        self._turning.setVisible(self.pages > 1)
        self.before.setEnabled(self.page > 0)
        self.after.setEnabled(self.page < self.pages - 1)
        self.setAccessibleName(self._words)
        self.sheet.setAccessibleName(f"{self._words}, {words}" if self.pages > 1 else self._words)

    def _show_size(self) -> None:
        self.size_words.setText(percent(self.sheet.zoom))
        self.less.setEnabled(self.sheet.zoom > LEAST)
        self.more.setEnabled(self.sheet.zoom < MOST)
        self.fit.set_value(self.sheet.fit or None)
