"""A window with a field, a button and a label, listening to a reader: the smallest desk there is.

Says on standard output, one JSON object a line, what happens to it. Takes a prefix, what ends a code (`key`
or `none`), and `watch` to tell of what was nearly a scan.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from civicdesk.ui.reading import Reading
from civicdesk.ui.scanner import KeyboardScanner, Suffix


def say(what: str, *words: str) -> None:
    print(json.dumps([what, *words]), flush=True)  # noqa: T201  this is how it speaks


def say_read(reading: Reading) -> None:
    if reading.is_missed:
        say("missed", reading.text, reading.end)
    else:
        say("scan", reading.text, reading.raw, reading.end)


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
    prefix, suffix, *watch = sys.argv[1:] or ["", "key"]
    # a reader keeps its own time; the one that is played is kept waiting when the computer is busy
    scanner = KeyboardScanner(app, gap_ms=80, prefix=prefix, suffix=Suffix(suffix))
    scanner.watch_near_misses(bool(watch))
    scanner.read.connect(say_read)
    window.resize(400, 200)
    window.show()
    window.activateWindow()
    field.setFocus()
    app.exec()


if __name__ == "__main__":
    main()
