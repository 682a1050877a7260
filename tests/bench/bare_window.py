"""The least that a desk on these libraries could do: a painted window, then SQLAlchemy and one question."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel


class Window(QLabel):
    """Says when it is painted."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        print("painted", flush=True)


def main() -> None:
    app = QApplication([])
    window = Window("CivicDesk", alignment=Qt.AlignmentFlag.AlignCenter)
    window.resize(1366, 768)
    window.show()
    app.processEvents()

    import sqlalchemy  # noqa: PLC0415
    from sqlalchemy.orm import Session  # noqa: PLC0415

    with Session(sqlalchemy.create_engine(f"sqlite:///{sys.argv[1]}")) as session:
        session.execute(sqlalchemy.text("SELECT count(*) FROM room")).scalar()
    print("asked", flush=True)


main()
