"""What the forms of a member share: a heading, a place for refusals, and the two buttons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from civicdesk.errors import Refusal
from civicdesk.models import new_id
from civicdesk.text import _
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.refusal_banner import RefusalBanner


class FormCard(Card):
    """Something that is written and saved; saved twice it is done once, for the key is the same."""

    save_wanted = Signal()
    cancelled = Signal()

    def __init__(self, name: str, *, is_grave: bool = False) -> None:
        super().__init__(name=name, padded=True)
        self.key = new_id().hex
        self.today = date.min
        self.banner = RefusalBanner(name=f"{name}_banner")
        self.save = Button("", "save", name=f"{name}_save", role="danger" if is_grave else "primary")
        self.cancel = Button("", name=f"{name}_cancel")
        self.remove = Button("", "trash-2", name=f"{name}_remove", role="quiet")
        self.by_reason: dict[str, LabelledField] = {}
        self.save.clicked.connect(lambda _on=False: self.save_wanted.emit())
        self.cancel.clicked.connect(lambda _on=False: self.cancelled.emit())
        self.remove.hide()
        self.add(self.banner)

    def begin(self, today: date) -> None:
        """A new form: a new key, nothing refused."""
        self.key, self.today = new_id().hex, today
        self.forgive()

    def forgive(self) -> None:
        """Nothing is wrong any more."""
        self.banner.clear()
        for field in self.findChildren(LabelledField):
            field.refuse("")

    def refuse(self, refusal: Refusal, *actions: Any) -> None:  # noqa: ANN401
        """Say why not: at the field that is meant, else over the form."""
        self.forgive()
        field = self.by_reason.get(refusal.reason)
        if field is None or actions:
            self.banner.show_refusal(str(refusal), *actions)
        else:
            field.refuse(str(refusal))
            field.field.setFocus()

    def retranslate(self) -> None:
        self.save.setText(_("Save"))
        self.cancel.setText(_("Cancel"))
        self.remove.setText(_("Remove"))

    def add_row(self, *parts: QWidget) -> None:
        """Put fields side by side, or under each other where there is no room."""
        self.add(FlowRow(parts, spacing=12, grow=True))

    def add_buttons(self) -> None:
        """The buttons at the end."""
        row = QHBoxLayout()
        row.addWidget(self.remove)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def enter_saves(self, fields: Sequence[LabelledField]) -> None:
        """Enter in a field is the same as the button."""
        for each in fields:
            pressed = getattr(each.field, "returnPressed", None)
            if pressed is not None:
                pressed.connect(self.save_wanted)
