"""One item in an open box: what it is, from whom, since when, and whether it goes along."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from civicdesk.desk.open_box import Lying
from civicdesk.models import Place
from civicdesk.text import _
from civicdesk.ui.pages.post.tick import Tick
from civicdesk.ui.post_words import age_tone, item_second, kind_icon, kind_tone, kind_words, lying_words
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.label import ElidedLabel, set_tone
from civicdesk.ui.widgets.pressable import Pressable
from civicdesk.ui.widgets.themed import named
from civicdesk.ui.widgets.tone_icon import ToneIcon


class ItemRow(Pressable):
    """Pressing it opens the item; its box is ticked for the hand-over. A notice held out is decided on first."""

    ticked = Signal()
    decide_wanted = Signal()

    def __init__(self, lying: Lying, *, is_ticked: bool = True) -> None:
        super().__init__("row", opens=True)
        item = lying.item
        self.lying = lying
        self.tick: Tick | None = None
        self.decide: Button | None = None
        self.title = ElidedLabel(kind_words(item.kind), "strong")
        self.second = ElidedLabel(item_second(item) or item.number, "second")
        self.third = ElidedLabel(lying_words(lying), "second")
        set_tone(self.third, age_tone(lying.age))
        self._row = QHBoxLayout(self)
        self._build(ToneIcon(kind_icon(item.kind), kind_tone(item.kind), size=42))
        self._trail(is_ticked=is_ticked)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        said = (kind_words(item.kind), item.number, item_second(item), lying_words(lying))
        named(self, f"post_item_{item.id.hex}", ", ".join(filter(None, said)))
        self.dress()

    @property
    def is_ticked(self) -> bool:
        return self.tick is not None and self.tick.isChecked()

    def dress(self) -> None:
        self._row.setContentsMargins(roomy(2), roomy(8), 0, roomy(8))
        self._row.setSpacing(roomy(12))

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, roomy(70)))

    def _build(self, lead: ToneIcon) -> None:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        for line in (self.title, self.second, self.third):
            words.addWidget(line)
        words.addStretch(1)
        self._row.addWidget(lead, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(words, 1)

    def _trail(self, *, is_ticked: bool) -> None:
        item = self.lying.item
        if self.lying.place == Place.PRESENTED:
            self.decide = Button(_("Decide"), name=f"post_decide_{item.id.hex}", role="danger")
            self.decide.setAccessibleName(_("Decide on the official notice {}").format(item.number))
            self.decide.clicked.connect(self.decide_wanted)
            self._row.addWidget(self.decide)
        elif self.lying.is_ready:
            spoken = _("Take along: {kind} {number}").format(kind=kind_words(item.kind), number=item.number)
            self.tick = Tick(spoken, name=f"post_tick_{item.id.hex}")
            self.tick.setChecked(is_ticked)
            self.tick.toggled.connect(lambda _on: self.ticked.emit())
            self._row.addWidget(self.tick)
