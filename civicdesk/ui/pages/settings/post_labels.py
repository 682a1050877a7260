"""Labels for the wall of boxes, and the cards by which a delivery is received without touching the screen."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal

from civicdesk.database import Changes
from civicdesk.desk import post_labels
from civicdesk.desk.belongings import MOST_BOXES
from civicdesk.models import Mailbox, Organisation
from civicdesk.printing.post_labels import LABELS_ACROSS, LABELS_DOWN
from civicdesk.text import _, ngettext, number
from civicdesk.ui.pages.settings.section import Section
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.stepper import Stepper


class PostLabelsSection(Section):
    """Chooses the boxes; both are seen before they are printed the first time."""

    watches: ClassVar[Changes] = frozenset({Mailbox, Organisation})
    post_labels_wanted = Signal(str)

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "settings_post_labels")
        self._is_chosen = False
        self.boxes, self.kinds = (
            Card(name="labels_boxes", padded=True),
            Card(name="labels_kinds", padded=True),
        )
        self.first = Stepper("", name="labels_first", highest=MOST_BOXES)
        self.last = Stepper("", name="labels_last", highest=MOST_BOXES)
        self._first, self._last = LabelledField("", self.first), LabelledField("", self.last)
        self.sheets, self.about = label("", "second", wrap=True), label("", "second", wrap=True)
        self.print_boxes = Button("", "printer", name="labels_print_boxes", role="primary")
        self.print_kinds = Button("", "printer", name="labels_print_kinds", role="primary")
        for part in (FlowRow([self._first, self._last], 16), self.sheets, FlowRow([self.print_boxes])):
            self.boxes.add(part)
        for part in (self.about, FlowRow([self.print_kinds])):
            self.kinds.add(part)
        self.add(self.boxes)
        self.add(self.kinds)
        self._connect()
        self.retranslate()

    def refresh(self) -> None:
        self.runner.read(post_labels.span, self._show)

    def retranslate(self) -> None:
        lead = _("On label sheets of 24, or on plain paper to be cut. A scan of a label opens its box.")
        self.set_heading(_("Labels and cards"), lead)
        self.boxes.set_title(_("Labels for the boxes"))
        self.kinds.set_title(_("Cards for kinds of post"))
        self._first.set_words(_("From box"))
        self._last.set_words(_("Until box"))
        self.about.setText(
            _("Scanned while a delivery is received, a card says what the next items with a barcode are.")
        )
        self.print_boxes.setText(_("Print labels"))
        self.print_kinds.setText(_("Print cards"))
        self._count()

    def _connect(self) -> None:
        for stepper in (self.first, self.last):
            stepper.value_changed.connect(lambda _value: self._chosen())
        self.print_boxes.clicked.connect(lambda _on=False: self._print())
        self.print_kinds.clicked.connect(lambda _on=False: self.post_labels_wanted.emit(post_labels.CARDS))

    def _show(self, span: tuple[int, int]) -> None:
        """All boxes, until somebody chooses others."""
        first, last = span
        self.print_boxes.setEnabled(last >= first)
        if not self._is_chosen and last >= first:
            self.first.set_value(first)
            self.last.set_value(last)
            self._is_chosen = False
        self._count()

    def _chosen(self) -> None:
        self._is_chosen = True
        self._count()

    def _count(self) -> None:
        count = max(0, self.last.value() - self.first.value() + 1)
        sheets = post_labels.pages(count, LABELS_ACROSS * LABELS_DOWN)
        words = ngettext("at most {} sheet", "at most {} sheets", sheets).format(number(sheets))
        self.sheets.setText(words if self.print_boxes.isEnabled() else _("There is no box yet."))

    def _print(self) -> None:
        first, last = self.first.value(), self.last.value()
        if first > last:
            self.banner.show_refusal(_("The end is before the beginning."))
            return
        self.banner.clear()
        self.runner.read(
            lambda session: post_labels.labels(session, first, last),
            lambda _found: self.post_labels_wanted.emit(f"boxes {first}-{last}"),
            self.refuse,
        )
