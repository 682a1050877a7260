"""Who did what, and whether the trail was left alone. For managers."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QHeaderView, QTableView

from civicdesk.database import Changes
from civicdesk.desk import audit, trail
from civicdesk.models import AuditEntry
from civicdesk.text import _, local, ngettext, number
from civicdesk.ui.audit_words import when, write_trail
from civicdesk.ui.pages.settings.section import Section
from civicdesk.ui.runner import Runner
from civicdesk.ui.tables.trail_table import TrailTable
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.themed import named
from civicdesk.ui.widgets.touch import touch_list


class SafetySection(Section):
    """The audit trail: read, checked and exported."""

    watches: ClassVar[Changes] = frozenset({AuditEntry})

    def __init__(self, runner: Runner, folder: Path | None = None) -> None:
        super().__init__(runner, "settings_safety")
        self._folder = folder or _documents()
        self.check = Button("", "shield-check", name="safety_check", role="primary")
        self.export = Button("", "save", name="safety_export")
        self.what_is = label("", "body", wrap=True)
        self.rows = TrailTable()
        self.table = _table(self.rows)
        self.whole = Card(name="safety_whole", padded=True)
        self.list = Card(name="safety_list")
        self.whole.add(self.what_is)
        self.whole.add(FlowRow([self.check, self.export]))
        self.list.add(self.table)
        self.add(self.whole)
        self.add(self.list)
        self.check.clicked.connect(self._check)
        self.export.clicked.connect(self._export)
        self.retranslate()

    def refresh(self) -> None:
        self.runner.read(lambda session: (trail.latest(session), trail.size(session)), then=self._show)

    def retranslate(self) -> None:
        self.set_heading(_("Audit trail"), _("Who did what, and when. Nobody can change it from the desk."))
        self.whole.set_title(_("Check and export"))
        self.what_is.setText(
            _("Each entry seals the one before it, so a change made around CivicDesk is found by the check.")
        )
        self.check.setText(_("Check the trail"))
        self.export.setText(_("Export as a table"))
        self.table.setAccessibleName(_("Latest entries"))

    def _show(self, found: tuple[list[trail.Line], int]) -> None:
        lines, count = found
        self.rows.show_lines(lines)
        self.list.setVisible(count > 0)
        self.list.set_title(_("The latest {} of {} entries").format(number(len(lines)), number(count)))

    def _check(self) -> None:
        self.runner.background(self._look_through, then=self._checked, owner=self)

    def _look_through(self) -> trail.Check:
        with self.runner.database.read() as session:
            return trail.check(session)

    def _checked(self, found: trail.Check) -> None:
        if found.is_whole:
            words = ngettext(
                "{} entry is as it was written.", "All {} entries are as they were written.", found.count
            )
            self.banner.show_refusal(words.format(number(found.count)), tone="ok")
            return
        count, first = len(found.broken), found.broken[0]
        words = ngettext(
            "{} entry does not fit its seal, from {}. Keep this file and tell whoever is responsible for the data.",
            "{} entries do not fit their seals, the first from {}. Keep this file and tell whoever is responsible "
            "for the data.",
            count,
        )
        self.banner.show_refusal(words.format(number(count), when(first)))

    def _export(self) -> None:
        at = self.runner.at()
        file = self._folder / f"civicdesk-{local(at):%Y%m%d-%H%M}.csv"
        self.runner.background(lambda: self._write(file), then=self._exported, owner=self)

    def _write(self, file: Path) -> Path:
        with self.runner.database.read() as session:
            return write_trail(trail.everything(session), file)

    def _exported(self, file: Path) -> None:
        at = self.runner.at()
        self.runner.now(lambda session: audit.record(session, "export_trail", None, at))
        self.runner.say(_("Written to {}").format(file))


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def _table(rows: TrailTable) -> QTableView:
    table = QTableView()
    named(table, "safety_trail", "")
    table.setModel(rows)
    touch_list(table)
    table.setMinimumHeight(roomy(420))
    header = table.horizontalHeader()
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    return table
