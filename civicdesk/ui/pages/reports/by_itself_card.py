"""What happens after closing by itself: printed, kept in a folder. A manager decides."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog

from civicdesk.settings import Settings
from civicdesk.text import _
from civicdesk.ui.pages.settings.section import Tick
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.label import label


class ByItselfCard(Card):
    """Two ticks for managers, and for everybody what is set and what was done last."""

    wanted = Signal(dict)  # values of settings

    def __init__(self) -> None:
        super().__init__(name="reports_by_itself", padded=True)
        self._settings = Settings.model_construct()
        self.when, self.last = label("", "second", wrap=True), label("", "second", wrap=True)
        self.folder = label("", "second", wrap=True)
        self.prints, self.keeps = Tick(name="reports_prints"), Tick(name="reports_keeps")
        self.choose = Button("", name="reports_folder")
        for part in (self.when, self.prints, self.keeps, self.folder, self.choose, self.last):
            self.add(part)
        self.prints.clicked.connect(lambda is_on: self.wanted.emit({"sheet_is_printed": is_on}))
        self.keeps.clicked.connect(self._keep)
        self.choose.clicked.connect(lambda _on=False: self._ask())

    def show_settings(self, settings: Settings, *, is_manager: bool) -> None:
        """Show what this desk does by itself."""
        self._settings = settings
        self.prints.setChecked(settings.sheet_is_printed)
        self.keeps.setChecked(bool(settings.sheet_folder))
        self.folder.setText(settings.sheet_folder)
        self.folder.setVisible(bool(settings.sheet_folder))
        for part in (self.prints, self.keeps):
            part.setEnabled(is_manager)
        self.choose.setVisible(is_manager and bool(settings.sheet_folder))

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


def usual_folder(settings: Settings) -> Path:
    """Where the sheets are kept, or where documents are."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(settings.sheet_folder or documents)
