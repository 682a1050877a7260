"""A document leaves the desk as a file: where to is asked, and it is written beside the clerk's work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from civicdesk.errors import Refusal, Unavailable
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


def write(
    runner: Runner, owner: QWidget, path: Path, make: Callable[[], bytes], refused: Callable[[Refusal], None]
) -> None:
    """Write what `make` draws into this file, whole or not at all, and say so; or why not, and what to do."""

    def job() -> Path:
        from civicdesk.printing.report_files import save  # noqa: PLC0415  drawing is slow to import

        try:
            return save(path, make())
        except Unavailable as trouble:
            words = _("{trouble} Choose another folder, or make room in this one.")
            raise Refusal("not_saved", words.format(trouble=_ended(str(trouble)))) from trouble

    runner.background(job, lambda file: runner.say(_("Saved: {}").format(file.name)), refused, owner=owner)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
