"""A gate for upgrades of Qt: PySide6 6.12.0 lost a reference to None with every call and died after 5,000."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

CALLS = 1000
NOISE = 50

# A process of its own, because a version that loses references takes its process along. Whatever is held in
# reserve here keeps it alive long enough to tell.
PROBE = f"""
import json, os, sys
reserve = [[None] * 100_000, [True] * 100_000, [False] * 100_000]
from PySide6.QtCore import QObject, QRectF
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label, box, sender = QLabel(), QRectF(0, 0, 1, 1), QObject()
calls = {{
    "nothing, setText": lambda: label.setText("a"),
    "nothing, update": lambda: label.update(),
    "yes or no, isVisible": lambda: label.isVisible(),
    "yes or no, intersects": lambda: box.intersects(box),
    "a number, width": lambda: label.width(),
    "no widget, parentWidget": lambda: label.parentWidget(),
    "a signal, emit": lambda: sender.objectNameChanged.emit("a"),
}}
count = lambda: [sys.getrefcount(one) for one in (None, True, False)]
lost = {{}}
for name, call in calls.items():
    before = count()
    for _ in range({CALLS}):
        call()
    lost[name] = [b - a for b, a in zip(before, count())]
print(json.dumps(lost), flush=True)
os._exit(0)
"""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_this_version_of_qt_loses_no_reference_to_none_true_or_false() -> None:
    probe = subprocess.run(
        [sys.executable, "-c", PROBE],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert probe.returncode == 0, probe.stderr
    lost = json.loads(probe.stdout)
    assert lost
    assert {call: losses for call, losses in lost.items() if max(losses) > NOISE} == {}
