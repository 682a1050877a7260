"""Many visitors at once: a list pasted from a message or a table."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from civicdesk.desk.invitations import NameLine, read_names, twice
from civicdesk.text import _, ngettext
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.fields import PRIVATE, LabelledField
from civicdesk.ui.widgets.label import label, set_tone
from civicdesk.ui.widgets.themed import Themed

_MOST_TROUBLES = 6


class NamesPart(Themed, QWidget):
    """One name a line, a phone number after a comma; says how many there are and which lines are wrong."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[NameLine] = []
        self.field = QPlainTextEdit()
        self.field.setObjectName("invite_names")
        self.field.setInputMethodHints(PRIVATE)
        self.field.setTabChangesFocus(True)
        self.field.setMinimumHeight(roomy(150))
        self.names_field = LabelledField("", self.field)
        self.count, self.troubles = label("", "strong", wrap=True), label("", "second", wrap=True)
        self.count.setObjectName("invite_names_count")
        self.troubles.setObjectName("invite_names_wrong")
        self.twice = label("", "second", wrap=True)
        self.twice.setObjectName("invite_names_twice")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        for part in (self.names_field, self.count, self.troubles, self.twice):
            whole.addWidget(part)
        self.field.textChanged.connect(self._read)
        self.retranslate()

    @property
    def wrong(self) -> list[NameLine]:
        """The lines that cannot be saved."""
        return [line for line in self.lines if line.trouble]

    def clear(self) -> None:
        """No names yet."""
        self.field.clear()

    def retranslate(self) -> None:
        self.names_field.set_words(_("Names, one a line; a phone number may follow after a comma"))
        self.field.setPlaceholderText(_("Selin Karaca, 0532 123 45 67"))
        self._read()

    def _read(self) -> None:
        self.lines = read_names(self.field.toPlainText())
        count = len(self.lines)
        wrong = len(self.wrong)
        said = [ngettext("{count} visitor", "{count} visitors", count).format(count=count)]
        if wrong:
            said.append(
                ngettext("{count} line is not right", "{count} lines are not right", wrong).format(
                    count=wrong
                )
            )
        self.count.setText(" · ".join(said))
        self.troubles.setText(_said(self.wrong))
        self.troubles.setVisible(bool(self.wrong))
        set_tone(self.troubles, "bad")
        self._name_twice()
        self.changed.emit()

    def _name_twice(self) -> None:
        """Two may have one name, so it is only said."""
        names = twice(self.lines)
        shown = ", ".join(names[:_MOST_TROUBLES]) + (" …" if len(names) > _MOST_TROUBLES else "")
        self.twice.setText(_("More than once on the list: {names}").format(names=shown))
        self.twice.setVisible(bool(names))
        set_tone(self.twice, "warn")


def _said(wrong: list[NameLine]) -> str:
    """The first lines that are wrong, and how many more there are."""
    said = [_("Line {}: {}").format(line.number, line.trouble) for line in wrong[:_MOST_TROUBLES]]
    more = len(wrong) - _MOST_TROUBLES
    if more > 0:
        said.append(ngettext("and {count} more line", "and {count} more lines", more).format(count=more))
    return "\n".join(said)
