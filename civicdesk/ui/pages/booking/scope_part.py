"""How much of a series a change is for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk.series_changes import Scope
from civicdesk.text import _, ngettext
from civicdesk.ui.pages.booking.changing import Changing
from civicdesk.ui.widgets.fields import FieldLabel
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.themed import Themed


class ScopePart(Themed, QWidget):
    """Only one, it and the following, or all that are to come; not there for what comes only once."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._changing = Changing()
        self.label = FieldLabel("")
        self.choice = Segmented([], name="booking_scope", spoken="", value=Scope.THIS)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self.label)
        whole.addWidget(self.choice)
        self.choice.chosen.connect(lambda _scope: self.changed.emit())
        self.retranslate()
        self.begin(self._changing)

    def begin(self, changing: Changing) -> None:
        """Only this one, unless somebody says otherwise."""
        self._changing = changing
        self.choice.set_value(Scope.THIS)
        self.setVisible(changing.is_repeated)

    def value(self) -> Scope:
        """How much is meant."""
        chosen = self.choice.value()
        return chosen if isinstance(chosen, Scope) else Scope.THIS

    def save_words(self) -> str:
        """What the button does."""
        if self.value() is Scope.THIS:
            return _("Save the change")
        count = len(self._changing.meant(self.value()))
        return ngettext("Change {count} day", "Change {count} days", count).format(count=count)

    def retranslate(self) -> None:
        self.label.setText(_("Which ones are changed?"))
        self.choice.setAccessibleName(_("Which ones are changed?"))
        self.choice.set_choices(
            [
                (Scope.THIS, _("This one only")),
                (Scope.FOLLOWING, _("This and the following")),
                (Scope.ALL, _("All that are to come")),
            ]
        )
