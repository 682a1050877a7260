"""What is wanted of the calendar now and then: paper for the caretakers, files out and in, the waiting list."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.text import _, day
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.themed import Themed, mark


class MoreBar(Themed, QWidget):
    """A line of buttons that the button `opener` opens in the page; pressing one, or Escape, closes it again."""

    setup_list_wanted = Signal(object)  # date
    export_wanted = Signal(object, object)  # room id or None for the centre, organisation id: None
    import_wanted = Signal()
    waiting_wanted = Signal()

    def __init__(self, opener: Button) -> None:
        super().__init__()
        self._opener, self._on = opener, date(2000, 1, 1)
        self._room_id: UUID | None = None
        self.setup_list = Button("", "printer", name="rooms_setup_list")
        self.save = Button("", "save", name="rooms_export")
        self.take_in = Button("", "file-text", name="rooms_import")
        self.waiting = Button("", "clock", name="rooms_waiting")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(FlowRow([self.setup_list, self.save, self.take_in, self.waiting]))
        self._connect()
        self.retranslate()
        self.close_again()

    def show_days(self, on: date, room_id: UUID | None) -> None:
        """The list is of this day, the file of this room, or else of all."""
        self._on, self._room_id = on, room_id
        self.retranslate()

    def close_again(self) -> None:
        """It was wanted only now."""
        mark(self._opener, False)
        self._open(False)

    def retranslate(self) -> None:
        self.setup_list.setText(_("Set-up list of {}").format(day(self._on, "d MMMM")))
        one, all_ = _("Save this room's calendar"), _("Save the calendar")
        self.save.setText(one if self._room_id else all_)
        self.take_in.setText(_("Take bookings in from a file"))
        self.waiting.setText(_("Waiting list"))

    def _open(self, is_open: bool) -> None:
        self.setVisible(is_open)
        self._opener.set_icon("chevron-up" if is_open else "chevron-down")

    def _connect(self) -> None:
        self._opener.setCheckable(True)
        self._opener.toggled.connect(self._open)
        self.setup_list.clicked.connect(lambda: self.setup_list_wanted.emit(self._on))
        self.save.clicked.connect(lambda: self.export_wanted.emit(self._room_id, None))
        self.take_in.clicked.connect(self.import_wanted)
        self.waiting.clicked.connect(self.waiting_wanted)
        for button in (self.setup_list, self.save, self.take_in, self.waiting):
            button.clicked.connect(self.close_again)
