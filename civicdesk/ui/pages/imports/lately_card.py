"""Files that were taken in of late: each can be taken back, also when its notice is gone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from civicdesk.desk.imports import TakenIn
from civicdesk.text import _
from civicdesk.ui.pages.imports.subject import Subject
from civicdesk.ui.post_words import full_moment
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.tone_icon import ToneIcon


class LatelyCard(Card):
    """A row a file. Empty, it is not there."""

    undo_wanted = Signal(object)  # TakenIn

    def __init__(self, subject: Subject) -> None:
        super().__init__(name="import_lately")
        self._subject = subject
        self._files: Sequence[TakenIn] = ()
        self.hide()

    def show_files(self, files: Sequence[TakenIn]) -> None:
        """Show these."""
        self._files = files
        self.set_title(_("Taken in of late"))
        rows: list[QWidget] = [self._row(place, each) for place, each in enumerate(files, start=1)]
        self.fill(rows)
        self.setVisible(bool(rows))

    def retranslate(self) -> None:
        self.show_files(self._files)

    def _row(self, place: int, file: TakenIn) -> ListRow:
        said = self._subject.taken_in_words(file.count)
        button = Button(_("Undo"), "undo-2", name=f"import_undo_{place}")
        button.setAccessibleName(_("Undo: {}").format(said))
        second = " · ".join(filter(None, (full_moment(file.at), file.by)))
        lead = ToneIcon(self._subject.icon, "info", size=40)
        row = ListRow(said, second, name=f"import_file_{place}", lead=lead, button=button)
        row.action_wanted.connect(lambda: self.undo_wanted.emit(file))
        return row
