"""Who takes the post away: somebody on file, or somebody else with a manager's reason."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from civicdesk.desk.pickups import Collector
from civicdesk.text import _
from civicdesk.ui.post_words import standing_words
from civicdesk.ui.theme.now import roomy, scaled
from civicdesk.ui.widgets.fields import FieldLabel, LabelledField, text_field
from civicdesk.ui.widgets.label import label, set_tone
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.themed import Themed

OTHER = "other"
_MOST = 6
_USUAL, _LARGE = 10, 14


class WhoTakes(Themed, QWidget):
    """The people on file as pills, the authorised ones first; under them the authority in words."""

    changed = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.collectors: Sequence[Collector] = ()
        self.is_manager = False
        self.heading = FieldLabel("")
        self.people = Segmented([], name=f"{name}_who", spoken="")
        self.words = label("", "second", wrap=True)
        self.person = text_field("", name=f"{name}_person")
        self.capacity = text_field("", name=f"{name}_capacity")
        self.why = text_field("", name=f"{name}_override")
        self.person_field, self.capacity_field = (
            LabelledField("", self.person),
            LabelledField("", self.capacity),
        )
        self.why_field = LabelledField("", self.why)
        self._build()
        self.retranslate()

    def offer(self, collectors: Sequence[Collector], *, is_manager: bool) -> None:
        """Show who is on file; the first one who may is taken."""
        was = self.chosen()
        self.collectors, self.is_manager = collectors[:_MOST], is_manager
        self._offer()
        kept = was is not None and any(each.person.id == was.person.id for each in self.collectors)
        if kept and was is not None:
            self.people.set_value(was.person.id)
        elif self.collectors and self.collectors[0].is_authorised:
            self.people.set_value(self.collectors[0].person.id)
        self._show()

    def clear(self) -> None:
        """Nobody chosen, nothing written."""
        self.people.set_value(None)
        for field in (self.person, self.capacity, self.why):
            field.clear()
        self._show()

    def choose(self, person_id: UUID) -> None:
        """Take somebody whose badge was scanned."""
        self.people.set_value(person_id)
        self._show()
        self.changed.emit()

    def chosen(self) -> Collector | None:
        """Who of those on file."""
        key = self.people.value()
        return next((each for each in self.collectors if each.person.id == key), None)

    @property
    def is_other(self) -> bool:
        return self.people.value() == OTHER

    @property
    def is_refused(self) -> bool:
        """Whether only a manager could hand over to whoever is chosen."""
        one = self.chosen()
        return self.is_other or (one is not None and not one.is_authorised)

    @property
    def override(self) -> str:
        """The manager's reason."""
        return self.why.text().strip() if self.is_refused else ""

    def retranslate(self) -> None:
        self.heading.setText(_("Who takes it"))
        self.people.setAccessibleName(_("Who takes it"))
        self.person_field.set_words(_("Name"))
        self.capacity_field.set_words(_("In what capacity"))
        self.why_field.set_words(_("Why they may all the same (manager)"))
        self._offer()
        self._show()

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        return [*self.people.findChildren(QAbstractButton), self.person, self.capacity, self.why]

    def dress(self) -> None:
        self._offer()

    def ask_why(self) -> None:
        """The rule can be set aside with a reason."""
        if self.is_manager:
            self.why_field.show()
            self.why.setFocus()

    def _offer(self) -> None:
        choices: list[tuple[object, str]] = [(each.person.id, self._pill(each)) for each in self.collectors]
        self.people.set_choices([*choices, (OTHER, _("Somebody else"))])

    def _pill(self, one: Collector) -> str:
        is_tight = scaled(_USUAL) > _LARGE  # in large letters the mark says it, and the sentence below
        most = 16 if is_tight else 30
        name = one.person.name if len(one.person.name) <= most else f"{one.person.name[: most - 1]}…"
        if not one.is_authorised:
            return name
        return f"{name} ✓" if is_tight else _("{name} ✓ authorised").format(name=name)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(roomy(6))
        for part in (
            self.heading,
            self.people,
            self.words,
            self.person_field,
            self.capacity_field,
            self.why_field,
        ):
            column.addWidget(part)
        self.people.chosen.connect(lambda _key: self._show())
        self.people.chosen.connect(lambda _key: self.changed.emit())

    def _show(self) -> None:
        one = self.chosen()
        self.person_field.setVisible(self.is_other)
        self.capacity_field.setVisible(self.is_other)
        self.why_field.setVisible(self.is_refused and self.is_manager)
        self.words.setText(self._sentence(one))
        self.words.setVisible(bool(self.words.text()))
        set_tone(self.words, "bad" if self.is_refused else "")

    def _sentence(self, one: Collector | None) -> str:
        if one is not None:
            said = standing_words(one)
        elif self.is_other:
            said = _("Not on file: no written authority.")
        else:
            return "" if self.collectors else _("Nobody is on file for this organisation.")
        if self.is_refused and not self.is_manager:
            return " ".join((said, _("Only a manager may allow it, with a reason.")))
        return said
