"""The rows of a file, narrowed by what would become of them, and ticked."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Signal

from civicdesk.text import _, number
from civicdesk.ui.pages.imports.lines_list import LinesList
from civicdesk.ui.pages.imports.subject import Line, Preview, Subject
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.segmented import Segmented

_ALL = "all"


class PreviewCard(Card):
    """All that is new is ticked at first; what clashes or cannot be has no tick and says why.

    `tick`, which ticks all or none of what is shown, stands wherever the page puts it.
    """

    ticks_changed = Signal()

    def __init__(self, subject: Subject) -> None:
        super().__init__(name="import_preview")
        self._subject = subject
        self._lines: list[Line] = []
        self.filter = Segmented([], name="import_filter", spoken="", value=_ALL)
        self.tick = Button("", "list-checks", name="import_tick")
        self.list = LinesList(subject, name="import_lines")
        self.nothing = EmptyState("file-text", "", name="import_nothing")
        for part in (self.filter, self.list, self.nothing):
            self.add(part)
        self.body.setStretchFactor(self.list, 1)
        self.body.setStretchFactor(self.nothing, 1)
        self.filter.chosen.connect(lambda _key: self._narrow())
        self.tick.clicked.connect(lambda _on=False: self._tick_shown())
        self.list.rows.ticks_changed.connect(self.ticks_changed)
        self.ticks_changed.connect(self._name_tick)
        self.dress()

    def show_preview(self, preview: Preview | None) -> None:
        """Show these rows, all that is new ticked."""
        self._lines = list(preview.lines) if preview else []
        rows = self.list.rows
        rows.ticked = {at for at, line in enumerate(self._lines) if line.is_ticked_first}
        self._name_filter()
        self.filter.set_value(_ALL)
        self._narrow()
        self.ticks_changed.emit()

    def allow_overridable(self, is_allowed: bool) -> None:
        """Rows that are only against the rules may be ticked, now that a reason is given; or may no longer."""
        rows = self.list.rows
        if rows.takes_overridable == is_allowed:
            return
        rows.takes_overridable = is_allowed
        rows.ticked = {at for at in rows.ticked if rows.may_tick(self._lines[at])}
        self._narrow()
        self.ticks_changed.emit()

    def has_overridable(self) -> bool:
        """Whether a reason would help any row."""
        return any(line.is_overridable for line in self._lines)

    def has_any(self) -> bool:
        """Whether there is any row."""
        return bool(self._lines)

    def count(self) -> int:
        """How many are ticked."""
        return len(self.list.rows.ticked)

    def chosen(self) -> list[Line]:
        """The rows that are ticked, in the order of the file."""
        return [self._lines[at] for at in sorted(self.list.rows.ticked)]

    def retranslate(self) -> None:
        self.filter.setAccessibleName(_("Which rows are shown"))
        self.list.setAccessibleName(_("Rows of the file"))
        self._name_filter()
        self._narrow()

    def dress(self) -> None:
        super().dress()
        if hasattr(self, "filter"):
            side = roomy(12)
            self.filter.setContentsMargins(side, side, side, side)

    def _name_filter(self) -> None:
        counts = Counter(line.verdict for line in self._lines)
        every = _("All")
        choices: list[tuple[object, str]] = [(_ALL, f"{every}  {number(len(self._lines))}")]
        choices += [
            (str(verdict), f"{self._subject.verdict(verdict)[0]}  {number(counts[verdict])}")
            for verdict in self._subject.verdicts
            if counts[verdict]
        ]
        self.filter.set_choices(choices)

    def _narrow(self) -> None:
        wanted = self.filter.value()
        shown = [(at, line) for at, line in enumerate(self._lines) if wanted in (_ALL, None, line.verdict)]
        self.list.rows.show_lines(shown)
        self._name_tick()
        self.list.setVisible(bool(shown))
        self.filter.setVisible(bool(self._lines))
        self.tick.setVisible(bool(self._lines))
        self.nothing.setVisible(not shown)
        self.nothing.say(_("The rows of the file stand here once its columns are clear."))

    def _name_tick(self) -> None:
        shown = self._shown()
        self.tick.setText(_("Tick none") if shown <= self.list.rows.ticked else _("Tick all"))
        self.tick.setEnabled(bool(shown))

    def _shown(self) -> set[int]:
        """The rows shown that can be ticked."""
        rows = self.list.rows
        return {at for at, line in rows.lines if rows.may_tick(line)}

    def _tick_shown(self) -> None:
        rows, shown = self.list.rows, self._shown()
        rows.ticked = rows.ticked - shown if shown <= rows.ticked else rows.ticked | shown
        self._narrow()
        self.ticks_changed.emit()
