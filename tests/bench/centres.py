"""The databases that are measured: five years of the demo centre, and ten times that, in a town full of people."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from civicdesk import demo
from civicdesk.demo.chance import Dice
from civicdesk.demo.names import Names
from civicdesk.text import ZONE, fold

FOLDER = Path("var/bench")
YEARS, SEED = 5, 2026
PEOPLE = {1: 200_000, 10: 1_000_000}
_SOURCES = ("civicdesk/demo", "civicdesk/models", "tests/bench/centres.py")
_RARE = 0.3
_SYLLABLES = [
    "ba",
    "be",
    "bi",
    "ca",
    "ce",
    "da",
    "de",
    "el",
    "er",
    "gü",
    "ka",
    "kı",
    "ko",
    "la",
    "le",
    "ma",
    "me",
    "mi",
    "na",
    "ne",
    "or",
    "öz",
    "ra",
    "re",
    "sa",
    "se",
    "şi",
    "ta",
    "te",
    "tu",
    "ül",
    "va",
    "ya",
    "yı",
]
_MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=ZONE)
_LAST_HOUR = 18
_SUNDAY = 6


@dataclass
class OpenHours:
    """A clock that only knows opening hours: it starts on the Monday after the demo day and goes on when told."""

    at: datetime = _MONDAY

    def __call__(self) -> datetime:
        return self.at

    def forward(self, seconds: float = 1) -> datetime:
        self.at += timedelta(seconds=seconds)
        if self.at.hour >= _LAST_HOUR:
            self.at = self.at.replace(hour=9, minute=30) + timedelta(days=1)
        if self.at.weekday() == _SUNDAY:
            self.at += timedelta(days=1)
        return self.at


def centre(scale: int = 1) -> Path:
    """The file of a scale, made once and kept until the code that makes it changes."""
    file = FOLDER / f"centre-x{scale}-{key()}.db"
    if not file.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        for old in FOLDER.glob(f"centre-x{scale}-*"):
            old.unlink()
        part = file.with_suffix(".made")
        demo.make(part, years=YEARS, seed=SEED, scale=scale)
        _add_people(part, PEOPLE[scale])
        part.replace(file)
    return file


@contextmanager
def copy(scale: int = 1) -> Iterator[Path]:
    """A copy to write into."""
    source = centre(scale)
    with TemporaryDirectory(dir=FOLDER, prefix="run-") as folder:
        file = Path(folder) / "desk.db"
        shutil.copyfile(source, file)
        yield file


def key() -> str:
    """What the measured files were made by; another one makes them anew."""
    digest = hashlib.sha256(f"{YEARS} {SEED}".encode())
    for source in map(Path, _SOURCES):
        for file in sorted(source.rglob("*.py")) if source.is_dir() else [source]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _add_people(file: Path, wanted: int) -> None:
    """Fill up to a number of visitors, a third of them with rare surnames: a real town has thousands of those."""
    dice = Dice(SEED)
    names = Names(dice)
    connection = sqlite3.connect(file)
    found = connection.execute("SELECT count(*) FROM visitor").fetchone()[0]
    ms = int(demo.NOW.timestamp() * 1_000)

    def person() -> tuple[str, str, str]:
        name = names.draw()
        if dice.happens(_RARE):
            surname = "".join(dice.choice(_SYLLABLES) for _n in range(dice.randint(2, 4)))
            name = f"{name.split()[0]} {surname.capitalize()}"
        return dice.id_at(ms), name, fold(name)

    connection.execute("PRAGMA synchronous=OFF")
    connection.executemany(
        "INSERT INTO visitor (id, name, phone, email, needs, folded) VALUES (?, ?, '', '', '', ?)",
        (person() for _n in range(wanted - found)),
    )
    connection.commit()
    connection.execute("PRAGMA optimize")
    connection.close()
