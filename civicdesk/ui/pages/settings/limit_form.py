"""Where a manager writes how many hours a month rooms of a class may be used, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk import fair_use
from civicdesk.desk.kinds import kind_words
from civicdesk.errors import Refusal
from civicdesk.models import OrganisationKind, RoomClass
from civicdesk.text import _
from civicdesk.ui.booking_words import class_words
from civicdesk.ui.pages.booking.organisation_pick import OrganisationPick
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.choice import ChoiceField
from civicdesk.ui.widgets.fields import LabelledField
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.stepper import Stepper

ALL, KIND, ONE = "all", "kind", "one"
_USUAL = 24


@dataclass(frozen=True)
class Limit:
    """A limit as it was written."""

    room_class: str
    hours: int
    kind: str = ""
    organisation_id: UUID | None = None


class LimitForm(QWidget):
    """The class of rooms, for whom, and how many hours."""

    wanted = Signal(object)  # Limit

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.room_class = Segmented([], name="limit_class", spoken="")
        self.whom = Segmented([], name="limit_whom", spoken="")
        self.kind = ChoiceField("", name="limit_kind")
        self.organisation = OrganisationPick(runner, name="limit_organisation")
        self.hours = Stepper("", name="limit_hours", lowest=0, highest=fair_use.MOST_HOURS, value=_USUAL)
        self.banner = RefusalBanner(name="limit_banner")
        self.save = Button("", name="limit_save", role="primary")
        self._fields = {
            part: LabelledField("", part) for part in (self.room_class, self.whom, self.kind, self.hours)
        }
        self._build()
        self.retranslate()
        self.room_class.set_value(RoomClass.HALL.value)
        self.whom.set_value(ALL)
        self._show_whom(ALL)

    def limit(self) -> Limit:
        """What was written. Refuses `no_kind` and `no_organisation`."""
        room_class, hours = str(self.room_class.value()), self.hours.value()
        whom = self.whom.value()
        if whom == KIND:
            if self.kind.value() is None:
                raise Refusal("no_kind", _("Choose the kind for which it is."))
            return Limit(room_class, hours, kind=str(self.kind.value()))
        if whom == ONE:
            if self.organisation.organisation is None:
                raise Refusal("no_organisation", _("Choose the organisation for which it is."))
            return Limit(room_class, hours, organisation_id=self.organisation.organisation.id)
        return Limit(room_class, hours)

    def retranslate(self) -> None:
        """Write the words in the language spoken now."""
        self.room_class.set_choices([(each.value, class_words(each)) for each in RoomClass])
        self.whom.set_choices(
            [(ALL, _("for all")), (KIND, _("a kind of organisation")), (ONE, _("one organisation"))]
        )
        self.kind.set_choices([(each.value, kind_words(each)) for each in OrganisationKind])
        self._fields[self.room_class].set_words(_("What the room is for"))
        self._fields[self.whom].set_words(_("For whom"))
        self._fields[self.kind].set_words(_("Kind of organisation"))
        self._fields[self.hours].set_words(_("Hours a month, at most"))
        self.organisation.say(_("Organisation for which it is"))
        self.save.setText(_("Set the limit"))

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(roomy(12))
        for part in (
            self.banner,
            self._fields[self.room_class],
            self._fields[self.whom],
            self._fields[self.kind],
            self.organisation.field,
            self.organisation.matches,
            FlowRow([self._fields[self.hours]]),
            FlowRow([self.save]),
        ):
            whole.addWidget(part)
        self.whom.chosen.connect(self._show_whom)
        self.save.clicked.connect(self._want)

    def _show_whom(self, whom: object) -> None:
        self.banner.clear()
        self._fields[self.kind].setVisible(whom == KIND)
        self.organisation.field.setVisible(whom == ONE)
        if whom != ONE:
            self.organisation.set_organisation(None)

    def _want(self) -> None:
        self.banner.clear()
        try:
            self.wanted.emit(self.limit())
        except Refusal as refusal:
            self.banner.show_refusal(str(refusal))
