"""A window with a field, a button and a label, listening to a reader: the smallest desk there is.

Says on standard output, one JSON object a line, what happens to it.
"""

from __future__ import annotations

import json

from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from civicdesk.ui.scanner import KeyboardScanner


def say(what: str, *words: str) -> None:
    print(json.dumps([what, *words]), flush=True)  # noqa: T201  this is how it speaks


def main() -> None:
    app = QApplication(["smallwindow"])
    app.setApplicationName("smallwindow")
    window, field, button, label = QWidget(), QLineEdit(), QPushButton("Giriş yap"), QLabel("Bekleniyor")
    window.setWindowTitle("Küçük pencere")
    field.setAccessibleName("Ad Soyad")
    field.setObjectName("name")
    label.setObjectName("status")
    layout = QVBoxLayout(window)
    for part in (field, button, label):
        layout.addWidget(part)
    button.clicked.connect(lambda: label.setText(f"{field.text()} içeride"))
    field.textChanged.connect(lambda text: say("field", text))
    field.returnPressed.connect(lambda: say("enter", field.text()))
    scanner = KeyboardScanner(app)
    scanner.scanned.connect(lambda text, raw: say("scan", text, raw))
    window.resize(400, 200)
    window.show()
    window.activateWindow()
    field.setFocus()
    app.exec()


if __name__ == "__main__":
    main()
