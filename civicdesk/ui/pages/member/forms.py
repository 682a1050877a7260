"""The forms of a member's page, one at a time in place of the page."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from civicdesk.ui.pages.member.face_form import FaceForm
from civicdesk.ui.pages.member.form_card import FormCard
from civicdesk.ui.pages.member.leave_form import LeaveForm, MergeForm
from civicdesk.ui.pages.member.paper_form import PaperForm
from civicdesk.ui.pages.member.person_form import PersonForm
from civicdesk.ui.pages.member.place_form import PlaceForm
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.touch import TouchScrollArea


class Forms(QStackedWidget):
    """Holds each form in a place of its own that scrolls."""

    cancelled = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.face, self.person, self.paper = FaceForm(runner), PersonForm(), PaperForm()
        self.place, self.leave, self.merge = PlaceForm(), LeaveForm(), MergeForm(runner)
        self._areas: dict[FormCard, TouchScrollArea] = {}
        for form in (self.face, self.person, self.paper, self.place, self.leave, self.merge):
            self._areas[form] = TouchScrollArea(form)
            self.addWidget(self._areas[form])
            form.cancelled.connect(self.cancelled)

    def begin(self, form: FormCard, today: date) -> None:
        """Turn to this form, as new."""
        form.begin(today)
        self._areas[form].verticalScrollBar().setValue(0)
        self.setCurrentWidget(self._areas[form])

    def retranslate(self) -> None:
        """Write every word in the language spoken now."""
        for form in self._areas:
            form.retranslate()
