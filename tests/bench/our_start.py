"""The desk as it starts on a reception's computer; says when the window and when Today is painted."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from civicdesk.app import CivicDesk


class Painted(QObject):
    """Says a word once, when a widget has been painted."""

    def __init__(self, widget: QObject, word: str) -> None:
        super().__init__(widget)
        self._word = word
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._word:
            word, self._word = self._word, ""
            QTimer.singleShot(0, self, lambda: self._say(word))
        return False

    def _say(self, word: str) -> None:
        print(word, flush=True)
        if word == "usable":
            QApplication.quit()


def main() -> int:
    qt = QApplication([])
    civicdesk = CivicDesk(qt, database=Path(sys.argv[1]))
    civicdesk.curtain.painted.connect(lambda: print("painted", flush=True))
    civicdesk.opened.connect(lambda: _sign_in(civicdesk))
    civicdesk.show()
    try:
        return qt.exec()
    finally:
        civicdesk.close()


def _sign_in(civicdesk: CivicDesk) -> None:
    """Past the PIN, which is the clerk's time and not the desk's."""
    from civicdesk.desk import staff  # noqa: PLC0415

    assert civicdesk.desk
    assert civicdesk.runner
    with civicdesk.runner.database.read() as session:
        somebody = staff.everyone(session)[0]
    Painted(civicdesk.desk.pages.today, "usable")
    civicdesk.desk.lock_page.signed_in.emit(somebody)


sys.exit(main())
