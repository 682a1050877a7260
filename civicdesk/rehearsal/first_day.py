"""The very first start: a centre is set up, left half-way and gone on with, and the desk opens."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from civicdesk.app import CivicDesk
from civicdesk.demo import NOW
from civicdesk.rehearsal.report import Report
from civicdesk.rehearsal.stage import Missing, Stage, StageClock

PIN = "730214"


def play_set_up(qt: QApplication, out: Path, report: Report) -> None:
    """Set up a centre of one's own."""
    path = out / "own-centre.db"
    with report.step("The first start asks one thing; a centre is begun and left half-way") as step:
        civicdesk, stage = _open(qt, out, path)
        try:
            stage.picture("00-first-start")
            stage.click("first_set_up")
            stage.write("setup_centre_name", "Işıklar Şehir Evi")
            stage.picture("00-set-up-name")
            stage.click("first_next")
            stage.picture("00-set-up-hours")
        finally:
            _close(civicdesk)
        step.checks.append("closed in the middle, at the opening hours")
    with report.step("The set-up goes on where it was left, and the desk opens locked") as step:
        civicdesk, stage = _open(qt, out, path)
        try:
            stage.click("first_next")
            stage.write("setup_room_name", "Çınar Odası")
            stage.click("setup_room_add")
            stage.picture("00-set-up-rooms")
            stage.click("first_next")
            stage.write("setup_manager_name", "Şükran İnce")
            stage.write("setup_manager_pin", PIN)
            stage.write("setup_manager_again", PIN)
            stage.picture("00-set-up-manager")
            stage.click("first_next")
            stage.wait(lambda: civicdesk.desk is not None, "the desk did not open")
            stage.sees("Şükran İnce")
            stage.picture("00-own-desk")
        finally:
            _close(civicdesk)
        step.checks.append("name, hours, a room and a manager are there; the desk asks for the PIN")


def _open(qt: QApplication, out: Path, path: Path) -> tuple[CivicDesk, Stage]:
    civicdesk = CivicDesk(qt, database=path)
    civicdesk.clock = StageClock(NOW)
    stage = Stage(civicdesk, out / "pictures")
    civicdesk.show()
    stage.wait(lambda: civicdesk.first_start is not None, "the first start did not open")
    stage.come_to_the_front()
    if civicdesk.runner is None:
        raise Missing("there is no file")
    return civicdesk, stage


def _close(civicdesk: CivicDesk) -> None:
    civicdesk.window.close()
    civicdesk.close()
    civicdesk.window.deleteLater()
