"""What visitors are told about their data, one tap from the text itself."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from civicdesk.models import Centre
from civicdesk.text import _, ngettext
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.pressable import Pressable
from civicdesk.ui.widgets.themed import named
from civicdesk.ui.widgets.tone_icon import ToneIcon


class NoticeCard(Pressable):
    """The privacy notice that every visit is noted with; pressing the card opens and closes its text."""

    def __init__(self) -> None:
        super().__init__("tile", opens=True)
        self._centre: Centre | None = None
        self.title, self.second = label("", "label", wrap=True), label("", "second", wrap=True)
        self.text_shown = label("", "second", wrap=True)
        self.text_shown.hide()
        words = QVBoxLayout()
        words.setSpacing(2)
        for part in (self.title, self.second, self.text_shown):
            words.addWidget(part)
        self._row = QHBoxLayout(self)
        self._row.addWidget(ToneIcon("shield-check", "ok", size=36))
        self._row.addLayout(words, 1)
        self.clicked.connect(lambda _on=False: self.text_shown.setVisible(self.text_shown.isHidden()))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        named(self, "notice_card", "")
        self.retranslate()
        self.dress()

    def show_centre(self, centre: Centre) -> None:
        """The notice and the days of this centre."""
        self._centre = centre
        self.retranslate()

    def retranslate(self) -> None:
        days = self._centre.retention_days if self._centre else 0
        self.title.setText(_("Privacy notice shown"))
        self.second.setText(
            ngettext(
                "No photo, no ID number. The name is deleted after {count} day.",
                "No photo, no ID number. The name is deleted after {count} days.",
                days,
            ).format(count=days)
        )
        text = self._centre.notice_text if self._centre else ""
        self.text_shown.setText(text or _("The managers have not written the notice yet."))
        self.setAccessibleName(f"{self.title.text()}. {self.second.text()}")
        self.setAccessibleDescription(_("Press to read the notice"))

    def dress(self) -> None:
        self._row.setContentsMargins(roomy(12), roomy(10), roomy(12), roomy(10))
        self._row.setSpacing(roomy(12))
