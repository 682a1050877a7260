"""Opens the program on a stage, plays the day, and looks at what is left behind."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from civicdesk.rehearsal.report import Report
from civicdesk.text import _

_MARK = ".rehearsal"


def play(out: Path) -> int:
    """Play the set-up of a centre, a day at the demo centre, and how the first centre gets its members from it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if not _is_ours(out):
        words = _("{} holds other files than a rehearsal's; choose another folder.")
        sys.stdout.write(f"{words.format(out)}\n")
        return 1
    _prepare(out)
    report = Report(out)
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(qt, QApplication)
    from civicdesk.rehearsal.first_day import play_set_up  # noqa: PLC0415  needs the application first
    from civicdesk.rehearsal.register_day import play_register  # noqa: PLC0415
    from civicdesk.rehearsal.sync_part import play_sync  # noqa: PLC0415
    from civicdesk.rehearsal.working_day import play_day  # noqa: PLC0415

    play_set_up(qt, out, report)
    play_day(qt, out, report)
    play_register(qt, out, report)
    play_sync(qt, out, report)
    summary = report.write()
    sys.stdout.write(f"\n{len(report.steps)} steps, {len(report.failed)} failed. See {summary}\n")
    return 1 if report.failed else 0


def _is_ours(out: Path) -> bool:
    """Whether the folder may be emptied: it is not there, it is empty, or an earlier rehearsal made it."""
    return not out.exists() or not any(out.iterdir()) or (out / _MARK).exists()


def _prepare(out: Path) -> None:
    """An empty folder, and settings of the rehearsal's own: nothing of this computer's desk is touched."""
    shutil.rmtree(out, ignore_errors=True)
    (out / "pictures").mkdir(parents=True)
    (out / _MARK).touch()
    home = out / "home"
    home.mkdir()
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(home.absolute())
