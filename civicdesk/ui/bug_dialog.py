"""The one dialog for what nobody foresaw; the desk keeps running behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout
from shiboken6 import isValid

from civicdesk.text import _
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.label import label


class BugDialog(QDialog):
    """Says that something went wrong, that what was shown as done is kept, and whom to tell."""

    def __init__(self, said: str) -> None:
        super().__init__(QApplication.activeWindow())
        self.setObjectName("bug")
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("CivicDesk")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(14)
        column.addWidget(label(_("Something went wrong inside CivicDesk."), "heading", wrap=True))
        sentence = _(
            "What was shown as done is kept. Go on working; please tell whoever looks after this computer:"
        )
        column.addWidget(label(sentence, "body", wrap=True))
        column.addWidget(label(said.strip()[:500], "second", wrap=True))
        close = Button(_("Close"), name="bug_close", role="primary")
        close.clicked.connect(self.accept)
        column.addWidget(close)


class _Shown:
    """The dialog that is open now, if any: a storm of bugs opens one."""

    dialog: BugDialog | None = None


def show_bug(said: str) -> None:
    """Show the dialog, unless it is open already."""
    if QApplication.instance() is None or _is_open():
        return
    _Shown.dialog = BugDialog(said)
    _Shown.dialog.show()


def _is_open() -> bool:
    """A dialog goes away by itself with the window over which it came up."""
    return _Shown.dialog is not None and isValid(_Shown.dialog) and _Shown.dialog.isVisible()
