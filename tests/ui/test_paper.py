"""Files with names on them do not stay."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk.desk import bookings
from civicdesk.desk.bookings import Wish
from civicdesk.models import Room
from civicdesk.ui.paper import KEPT_SECONDS, Paper
from civicdesk.ui.runner import Runner
from tests.builders import TUESDAY
from tests.printing.reading import words


def pdf(folder: Path, name: str, *, seconds_old: float) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_bytes(b"%PDF")
    made = time.time() - seconds_old
    os.utime(file, (made, made))
    return file


def test_a_desk_that_stays_open_tidies_its_papers_every_hour(
    runner: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    paper = Paper(runner, tmp_path / "paper")
    assert paper.hourly.isActive()
    assert paper.hourly.interval() == 3_600_000
    old = pdf(paper.folder, "badge-7-1.pdf", seconds_old=KEPT_SECONDS + 60)
    young = pdf(paper.folder, "badge-8-1.pdf", seconds_old=KEPT_SECONDS - 60)

    paper.hourly.timeout.emit()

    qtbot.waitUntil(lambda: not old.exists())
    assert young.exists()


def test_old_papers_go_when_the_desk_opens(runner: Runner, qtbot: QtBot, tmp_path: Path) -> None:
    old = pdf(tmp_path / "paper", "badge-7-1.pdf", seconds_old=KEPT_SECONDS + 60)

    Paper(runner, tmp_path / "paper")

    qtbot.waitUntil(lambda: not old.exists())


def test_without_a_printer_the_papers_of_the_rooms_become_files(
    runner: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    paper, made = Paper(runner, tmp_path / "paper"), list[Path]()
    paper.made.connect(made.append)
    with runner.database.begin() as session:
        room = session.scalar(select(Room.id))
        assert room is not None
        starts_at = TUESDAY + timedelta(hours=1, minutes=18)
        wish = Wish(room_id=room, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), title="Dikiş")
        booking = bookings.book(session, wish, at=TUESDAY)

    paper.door_sign(booking.id, "a5")
    paper.setup_list(TUESDAY.date())

    paper.occupancy(TUESDAY.date())
    paper.report("period", "2026-11")

    qtbot.waitUntil(lambda: len(made) == 4)
    assert all("Dikiş" in " ".join(words(file.read_bytes())) for file in made if "report" not in file.name)
    assert sorted(file.name.partition("-")[0] for file in made) == ["door", "occupancy", "report", "setup"]
    assert f"door-sign-{booking.id.hex[-8:]}-a5.pdf" in {file.name for file in made}
