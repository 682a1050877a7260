"""What managers say about badges: what stands on them, their paper, logo, discreet form and last line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from civicdesk.desk import badge_design
from civicdesk.models import Centre
from civicdesk.text import _
from civicdesk.ui.theme.now import roomy, scaled
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.segmented import Segmented

_LOGO_HIGH = 56


class BadgeForm(QWidget):
    """A draft of the badge: `changed` at every touch, nothing stored."""

    changed = Signal()
    logo_wanted = Signal()
    logo_removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, object] = {}
        self.parts = {part: _toggle(part) for part in badge_design.PARTS}
        self.paper = Segmented([], name="badge_size", spoken="")
        self.discreet = Segmented([], name="badge_discreet", spoken="")
        self.footer = text_field("", name="badge_footer")
        self.footer.setMaxLength(badge_design.LONGEST_FOOTER)
        self.choose = Button("", "image-up", name="badge_logo_choose")
        self.remove = Button("", "trash-2", name="badge_logo_remove", role="quiet")
        self.logo = QLabel()
        self.logo.setObjectName("badge_logo")
        self.always, self.size_says = label("", "second", wrap=True), label("", "second", wrap=True)
        self.logo_says, self.discreet_says = label("", "second", wrap=True), label("", "second", wrap=True)
        self._footer = LabelledField("", self.footer)
        self.content, self.looks = _card("badge_content"), _card("badge_looks")
        self.quiet, self.last = _card("badge_quiet"), _card("badge_last")
        self.sheet = _card("badge_sheet")
        self._build()
        self._connect()
        self.show_logo(b"")

    def show_design(self, found: Centre) -> None:
        """Show what is stored; what was changed here and not saved stays."""
        is_edited = bool(self._shown) and self.values() != self._shown
        stored: dict[str, object] = {name: getattr(found, name) for name in _VALUES}
        stored["badge_parts"] = badge_design.written(badge_design.parts(found))
        self._shown = stored
        if is_edited:
            return
        for part, toggle in self.parts.items():
            toggle.setChecked(part in badge_design.parts(found))
        self.paper.set_value(found.badge_size if found.badge_size in badge_design.SIZES else "label")
        self.discreet.set_value(found.badge_discreet)
        self.footer.setText(found.badge_footer)

    def show_logo(self, png: bytes) -> None:
        """Show the logo as it will stand on badges."""
        picture = QPixmap()
        picture.loadFromData(png)
        if not picture.isNull():
            high, wide = scaled(_LOGO_HIGH), scaled(4 * _LOGO_HIGH)
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = picture.scaled(wide, high, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        self.logo.setPixmap(picture)
        self.logo.setVisible(bool(png))
        self.remove.setVisible(bool(png))
        self.choose.setText(_("Choose another picture") if png else _("Choose a picture"))

    def values(self) -> dict[str, object]:
        """What was chosen, as the centre stores it."""
        chosen = frozenset(part for part, toggle in self.parts.items() if toggle.isChecked())
        return {
            "badge_parts": badge_design.written(chosen),
            "badge_size": self.paper.value(),
            "badge_discreet": self.discreet.value(),
            "badge_footer": self.footer.text().strip(),
        }

    def retranslate(self) -> None:
        """Write the words in the language spoken now."""
        self.content.set_title(_("What stands on it"))
        self.always.setText(_("Name, code and number always do. A part without an entry is left out."))
        for part, words in _part_words().items():
            self.parts[part].setText(words)
        self.sheet.set_title(_("Paper"))
        self.size_says.setText(
            _(
                "Thermal printers of this desk print on their own roll, whatever is chosen here. "
                "This is for all others."
            )
        )
        self.paper.set_choices(_size_words())
        self.paper.setAccessibleName(_("Paper"))
        self.looks.set_title(_("Logo"))
        self.logo_says.setText(_("PNG or JPEG, up to 5 MB. Thermal printers print it in black."))
        self.logo.setAccessibleName(_("Logo"))
        self.remove.setText(_("Remove the logo"))
        self.choose.setText(
            _("Choose another picture") if self.logo.isVisibleTo(self) else _("Choose a picture")
        )
        self.quiet.set_title(_("Discreet badge"))
        self.discreet_says.setText(_("For visitors of hosts who asked for it: no name, no host, no reason."))
        self.discreet.set_choices([("place", _("Room and its colour")), ("number", _("The number alone"))])
        self.discreet.setAccessibleName(_("Discreet badge"))
        self.last.set_title("")
        self._footer.set_words(_("Last line on the badge"))
        self.footer.setPlaceholderText(_("Please return this badge when you leave."))

    def _build(self) -> None:
        for card, parts in (
            (self.content, (self.always, FlowRow(list(self.parts.values())))),
            (self.looks, (self.logo, FlowRow([self.choose, self.remove]), self.logo_says)),
            (self.quiet, (self.discreet_says, self.discreet)),
            (self.last, (self._footer,)),
            (self.sheet, (self.paper, self.size_says)),
        ):
            for part in parts:
                card.add(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(roomy(12))
        for card in (self.content, self.sheet, self.looks, self.quiet, self.last):
            whole.addWidget(card)

    def _connect(self) -> None:
        for toggle in self.parts.values():
            toggle.toggled.connect(lambda _on: self.changed.emit())
        for choice in (self.paper, self.discreet):
            choice.chosen.connect(lambda _key: self.changed.emit())
        self.footer.textEdited.connect(lambda _text: self.changed.emit())
        self.choose.clicked.connect(lambda _on=False: self.logo_wanted.emit())
        self.remove.clicked.connect(lambda _on=False: self.logo_removed.emit())


_VALUES = ("badge_size", "badge_discreet", "badge_footer")


def _toggle(part: str) -> Button:
    toggle = Button("", name=f"badge_part_{part}", role="pill")
    toggle.setCheckable(True)
    return toggle


def _card(name: str) -> Card:
    return Card(name=name, padded=True)


def _part_words() -> dict[str, str]:
    return {
        "host": _("Host"),
        "reason": _("Reason"),
        "place": _("Room and its colour"),
        "date": _("Date and time"),
        "digits": _("Digits of the code"),
        "needs": _("Needs"),
    }


def _size_words() -> list[tuple[object, str]]:
    return [
        ("label", _("Label 62 × 100 mm")),
        ("a6", _("A6 card")),
        ("a4", _("Eight on a sheet of A4")),
        ("roll_80", _("Roll 80 mm")),
        ("roll_58", _("Roll 58 mm")),
    ]
