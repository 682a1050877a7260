"""Which CivicDesk this is, where its data lie, and whose letters and icons it uses."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import Qt

from civicdesk.assets import asset
from civicdesk.text import _, number
from civicdesk.ui.pages.settings.section import Section
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import scaled
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.segmented import Segmented

_LICENCES = {
    "inter": ("fonts", "Inter-LICENSE.txt"),
    "noto": ("fonts", "Noto-LICENSE.txt"),
    "lucide": ("icons", "LICENSE"),
}
_MEGABYTE = 1_000_000
_RULE = "-" * 10


class AboutSection(Section):
    """Version, file and licences."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "settings_about")
        self.version, self.bytes = label("", "strong", wrap=True), label("", "strong", wrap=True)
        self.path = label("", "strong", wrap=True)
        self.path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.path.setMinimumWidth(scaled(60))
        self._rows = [LabelledField("", part) for part in (self.version, self.path, self.bytes)]
        self.which = Segmented([], name="about_licence", spoken="")
        self._which = LabelledField("", self.which)
        self.licence = label("", "second", wrap=True)
        self.licence.setObjectName("about_licence_text")
        self.licence.setMinimumWidth(scaled(60))
        self.licence.hide()
        self.program = Card(name="about_program", padded=True)
        self.thanks = Card(name="about_licences", padded=True)
        for row in self._rows:
            self.program.add(row)
        self.thanks.add(self._which)
        self.thanks.add(self.licence)
        self.add(self.program)
        self.add(self.thanks)
        self.which.chosen.connect(self._read)
        self.retranslate()

    def refresh(self) -> None:
        path = self.runner.database.path
        self.version.setText(f"CivicDesk {_version()}")
        self.path.setText(_breakable(path))
        self.bytes.setText(_("{} MB").format(number(round(_size(path) / _MEGABYTE, 1))))

    def retranslate(self) -> None:
        self.set_heading(_("About"), _("The front desk of a civic centre."))
        self.program.set_title(_("This program"))
        self.thanks.set_title(_("Letters and icons"))
        for row, words in zip(self._rows, (_("Version"), _("Database file"), _("Size")), strict=True):
            row.set_words(words)
        self._which.set_words(_("Made by others, used with thanks; press one to read its licence"))
        self.which.set_choices(
            [
                ("inter", _("Letters: Inter (OFL)")),
                ("noto", _("Letters: Noto Sans (OFL)")),
                ("lucide", _("Icons: Lucide (ISC)")),
            ]
        )

    def _read(self, which: object) -> None:
        text = asset(*_LICENCES[str(which)]).read_text(encoding="utf-8")
        self.licence.setText(text.replace(_RULE, f"{_RULE}\u200b"))  # drawn lines must wrap, too
        self.licence.show()


def _version() -> str:
    try:
        return version("civicdesk")
    except PackageNotFoundError:
        return _("from source")


def _size(path: Path) -> int:
    """Bytes of the database with what is not yet written into it."""
    files = (path, path.with_name(f"{path.name}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def _breakable(path: Path) -> str:
    """A path may go on in the next line after each folder."""
    return str(path).replace("/", "/\u200b").replace("\\", "\\\u200b")
