"""Step four: who manages the desk."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator

from civicdesk.desk import setup, staff
from civicdesk.models import Staff
from civicdesk.text import _
from civicdesk.ui.first_start.step import Step
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.fields import LabelledField, TextField, text_field


class ManagerStep(Step):
    """A name and a code, typed twice. The code is kept as a hash and cannot be read again."""

    key: ClassVar[str] = "manager"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.name = text_field("", name="setup_manager_name")
        self.pin, self.again = self._code("setup_manager_pin"), self._code("setup_manager_again")
        self.fields = [LabelledField("", field) for field in (self.name, self.pin, self.again)]
        for field in self.fields:
            self.column.addWidget(field)
        self.column.addStretch(1)
        self.again.returnPressed.connect(self.save)
        self.setFocusProxy(self.name)
        self.retranslate()

    def _code(self, name: str) -> TextField:
        field = text_field("", name=name, hints=Qt.InputMethodHint.ImhDigitsOnly, secret=True)
        digits = QRegularExpression(f"[0-9]{{0,{staff.MOST_DIGITS}}}")
        field.setValidator(QRegularExpressionValidator(digits, field))
        return field

    def heading(self) -> tuple[str, str]:
        return _("First manager"), _("Managers enrol the others and change settings. Remember the code well.")

    def retranslate(self) -> None:
        digits = _("Code, {least} to {most} digits").format(least=staff.LEAST_DIGITS, most=staff.MOST_DIGITS)
        for field, words in zip(
            self.fields, (_("First and last name"), digits, _("Code again")), strict=True
        ):
            field.set_words(words)

    def save(self) -> None:
        use_case = partial(
            setup.finish,
            name=self.name.text(),
            pin=self.pin.text(),
            again=self.again.text(),
            at=self.runner.at(),
        )
        self.runner.now(use_case, self._enrolled, self.refuse)

    def _enrolled(self, _manager: Staff) -> None:
        self.pin.clear()
        self.again.clear()
        self.kept()
