"""How the page of bookings is laid out: the form in the middle, what it will make at its side."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.ui.pages.booking.form import BookingForm
from civicdesk.ui.pages.booking.scope_part import ScopePart
from civicdesk.ui.pages.booking.side import BookingSide
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.page_head import page_head
from civicdesk.ui.pages.side import WithSide
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import IconButton
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.touch import TouchScrollArea

_SIDE_WIDTH = 400


class BookingSheet(Page):
    """The pieces of the page in their places; what they do is the page's."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.back = IconButton("arrow-left", "", name="booking_back")
        self.title, self.second = label("", "title"), label("", "second", wrap=True)
        self.form, self.scope, self.side = BookingForm(runner), ScopePart(), BookingSide()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.scope, self.form):
            column.addWidget(part)
        column.addStretch(1)
        self.area = TouchScrollArea(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 20)
        head = page_head(self.back, self.title, self.second)
        whole.addWidget(WithSide(self, self.area, self.side, self._side_width, head=head))

    def _side_width(self) -> int:
        """The button says all its words."""
        return max(_SIDE_WIDTH, self.side.save.minimumSizeHint().width())
