"""A report leaves the desk as a file: where to is asked, and it is written beside the clerk's work."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from civicdesk.errors import Refusal, Unavailable
from civicdesk.text import _
from civicdesk.ui.pages.reports.choice import Chosen, file_name, maker
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.refusal_banner import RefusalBanner

_KINDS = {"pdf": "PDF", "xlsx": "Excel", "csv": "CSV"}


def save(
    runner: Runner, owner: QWidget, chosen: Chosen, ending: str, *, opened: bytes, banner: RefusalBanner
) -> None:
    """Ask where the report is to be kept, and write it there; `opened` was drawn already, and is not opened twice."""
    make = maker(runner, chosen, ending)
    if opened and ending == "pdf":
        make = partial(bytes, opened)
    again = partial(save, runner, owner, chosen, ending, opened=opened, banner=banner)

    def refuse(refusal: Refusal) -> None:
        banner.show_refusal(str(refusal), (_("Save elsewhere"), again))

    name = file_name(chosen, ending)
    _ask_where(owner, name, ending, lambda path: _write(runner, owner, path, make, refuse))


def _ask_where(owner: QWidget, name: str, ending: str, then: Callable[[Path], None]) -> None:
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


def _write(
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
