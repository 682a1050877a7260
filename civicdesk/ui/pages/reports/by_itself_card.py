"""What happens after closing by itself: printed, kept in a folder, sent by e-mail. A manager decides."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from civicdesk.desk import emails
from civicdesk.errors import Refusal
from civicdesk.settings import Settings
from civicdesk.text import _
from civicdesk.ui.pages.settings.section import Tick
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.label import label

MOST_ADDRESSES = 20
_BETWEEN = re.compile(r"[\s,;]+")


class ByItselfCard(Card):
    """Three ticks for managers, and for everybody what is set and what was done last."""

    wanted = Signal(dict)  # values of settings

    def __init__(self) -> None:
        super().__init__(name="reports_by_itself", padded=True)
        self._settings = Settings.model_construct()
        self.when, self.last = label("", "second", wrap=True), label("", "second", wrap=True)
        self.folder, self.listed = label("", "second", wrap=True), label("", "second", wrap=True)
        self.prints, self.keeps = Tick(name="reports_prints"), Tick(name="reports_keeps")
        self.emails = Tick(name="reports_emails")
        self.choose, self.change = (
            Button("", name="reports_folder"),
            Button("", name="reports_addresses_change"),
        )
        self.written = text_field(
            "", name="reports_addresses", hints=Qt.InputMethodHint.ImhEmailCharactersOnly
        )
        self.field = LabelledField("", self.written)
        self.save = Button("", name="reports_addresses_save")
        parts = (self.when, self.prints, self.keeps, self.folder, self.choose, self.emails, self.listed)
        for part in (*parts, self.change, self.field, self.save, self.last):
            self.add(part)
        self._connect()

    def show_settings(self, settings: Settings, *, is_manager: bool) -> None:
        """Show what this desk does by itself."""
        self._settings = settings
        self.prints.setChecked(settings.sheet_is_printed)
        self.keeps.setChecked(bool(settings.sheet_folder))
        self.folder.setText(settings.sheet_folder)
        self.folder.setVisible(bool(settings.sheet_folder))
        self.emails.setChecked(bool(settings.sheet_emails))
        self.listed.setText("\n".join(settings.sheet_emails))
        self.listed.setVisible(bool(settings.sheet_emails))
        for part in (self.prints, self.keeps, self.emails):
            part.setEnabled(is_manager)
        self.choose.setVisible(is_manager and bool(settings.sheet_folder))
        self.change.setVisible(is_manager and bool(settings.sheet_emails))
        self._write(is_on=False)

    def show_last(self, when: str, last: str) -> None:
        """Say when it happens and which day was done last."""
        self.when.setText(when)
        self.last.setText(last)
        self.last.setVisible(bool(last))

    def retranslate(self) -> None:
        self.set_title(_("By itself"))
        self.prints.say(_("Print it"))
        self.keeps.say(_("Keep it in a folder"))
        self.choose.setText(_("Another folder"))
        self.emails.say(_("Send it by e-mail"))
        self.change.setText(_("Other addresses"))
        self.field.set_words(_("E-mail addresses, with a comma between them"))
        self.save.setText(_("Save the addresses"))

    def _connect(self) -> None:
        self.prints.clicked.connect(lambda is_on: self.wanted.emit({"sheet_is_printed": is_on}))
        self.keeps.clicked.connect(self._keep)
        self.choose.clicked.connect(lambda _on=False: self._ask())
        self.emails.clicked.connect(self._email)
        self.change.clicked.connect(lambda _on=False: self._write(is_on=True))
        self.save.clicked.connect(lambda _on=False: self._save())
        self.written.returnPressed.connect(self._save)

    def _email(self, is_on: bool) -> None:
        if not is_on:
            self.wanted.emit({"sheet_emails": ()})
            return
        self.emails.setChecked(bool(self._settings.sheet_emails))  # until there are addresses
        self._write(is_on=True)

    def _write(self, *, is_on: bool) -> None:
        """Show where the addresses are written, or put it away."""
        self.field.setVisible(is_on)
        self.save.setVisible(is_on)
        self.field.refuse("")
        if is_on:
            self.change.hide()
            self.written.setText(", ".join(self._settings.sheet_emails))
            self.written.setFocus()

    def _save(self) -> None:
        try:
            found = addresses(self.written.text())
        except Refusal as refusal:
            self.field.refuse(str(refusal))
            return
        self.wanted.emit({"sheet_emails": found})

    def _keep(self, is_on: bool) -> None:
        if not is_on:
            self.wanted.emit({"sheet_folder": ""})
            return
        self.keeps.setChecked(bool(self._settings.sheet_folder))  # until a folder is chosen
        self._ask()

    def _ask(self) -> None:
        dialog = QFileDialog(self, _("Keep the sheets in this folder"), str(usual_folder(self._settings)))
        dialog.setObjectName("folder_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self.wanted.emit({"sheet_folder": chosen}))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def addresses(written: str) -> tuple[str, ...]:
    """Every address, each once, as mail servers write it. Refuses `bad_email`, with the one that is none."""
    found = [each for each in _BETWEEN.split(written) if each]
    if not found:
        raise Refusal("bad_email", _("Write at least one address."))
    if len(found) > MOST_ADDRESSES:
        raise Refusal("bad_email", _("At most {} addresses.").format(MOST_ADDRESSES))
    clean = []
    for each in found:
        try:
            clean.append(emails.address(each))
        except Refusal as refusal:
            raise Refusal(refusal.reason, f"{each}: {refusal}") from refusal
    return tuple(dict.fromkeys(clean))


def usual_folder(settings: Settings) -> Path:
    """Where the sheets are kept, or where documents are."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(settings.sheet_folder or documents)
