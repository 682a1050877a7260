"""A report leaves the desk as a file: where to is asked, and it is written beside the clerk's work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from civicdesk.text import _
from civicdesk.ui.runner import Runner

_KINDS = {"pdf": "PDF", "xlsx": "Excel", "csv": "CSV"}


def ask_where(owner: QWidget, name: str, ending: str, then: Callable[[Path], None]) -> None:
    """Ask for the file, with this name offered."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(
        owner, _("Save the report"), str(Path(documents) / name), f"{_KINDS[ending]} (*.{ending})"
    )
    dialog.setObjectName("report_dialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def write(runner: Runner, owner: QWidget, path: Path, make: Callable[[], bytes]) -> None:
    """Write what `make` draws into this file, whole or not at all, and say so."""

    def job() -> Path:
        from civicdesk.printing.report_files import save  # noqa: PLC0415  drawing is slow to import

        return save(path, make())

    runner.background(job, lambda file: runner.say(_("Saved: {}").format(file.name)), owner=owner)
