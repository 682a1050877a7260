"""What clerks and other programs do to a desk's file, each text they write like no other.

A text that occurs once in all the world can be looked for afterwards: it stands in the final row, or somebody wrote
over it knowing it, or it lies in an inbox. Nothing else may become of it.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from civicdesk.sync.groups import travelling

POOL = UUID("0192d3a0-0000-7000-8000-000000000000")


def pooled(kind: str, number: int) -> str:
    """One of few ids, so that desks meet."""
    return uuid5(POOL, f"{kind}{number}").hex


@dataclass(frozen=True)
class Edit:
    """One text that was written into one group of a row, and the text it was written over."""

    text: str
    life: str
    cell: tuple[str, str, str]
    over: str
    place: int


@dataclass
class Story:
    """Everything that was written anywhere, in order."""

    edits: dict[str, Edit] = field(default_factory=dict)
    facts: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    sent: list[str] = field(default_factory=list)
    mended: int = 0
    place: int = 0

    def text(self) -> str:
        self.place += 1
        return f"t{self.place}."

    def forget(self, life: str, since: int) -> None:
        """A file went back to how it was: what it wrote since, and no hub ever saw, is gone with it."""
        arrived = "".join(self.sent)
        self.edits = {
            text: edit
            for text, edit in self.edits.items()
            if edit.life != life or edit.place <= since or f'"{text}"' in arrived
        }
        self.facts = {
            key: (of, place)
            for key, (of, place) in self.facts.items()
            if of != life or place <= since or f'"{key[1]}"' in arrived
        }

    def new_id(self) -> str:
        self.place += 1
        return uuid5(POOL, f"new/{self.place}").hex


# By table: the column of each group that takes any text.
TEXTS = {
    "organisation": {
        "name": "name",
        "short_name": "short",
        "phone": "contact",
        "authority_note": "authority",
    },
    "booking": {"title": "what", "wall_start": "slot", "contact_name": "contact", "why": "reason"},
    "visitor": {"name": "name", "phone": "contact", "needs": "needs"},
    "visit": {"note": "who"},
    "organisation_person": {"name": "who", "phone": "contact", "note": "note"},
    "mail_item": {"addressed_to": "whose", "shelf": "shelf", "note": "what"},
    "closure": {"reason": "why"},
    "room": {"name": "name"},
}


class Editor:
    """Writes into one file by SQL, as any program might; what a rule of the file refuses was not done."""

    def __init__(self, path: Path, story: Story, life: str) -> None:
        self.path, self.life = path, life
        self.story = story
        self._connection: sqlite3.Connection | None = None

    def insert(self, table: str, id_: str, **values: object) -> bool:
        """A new row whose texts are new, too. Whether the file took it."""
        what = travelling()[table]
        edits = (
            [] if what.is_fact else [self._edit(table, id_, column, "") for column in TEXTS.get(table, {})]
        )
        known = {
            **{name: _stored(blank) for name, blank in what.blanks.items()},
            **{column: edit.text for column, edit in zip(TEXTS.get(table, {}), edits, strict=False)},
            **values,
        }
        names = ", ".join(f'"{name}"' for name in ("id", *known))
        marks = ", ".join("?" * (len(known) + 1))
        done = self._run(f"INSERT INTO {table} ({names}) VALUES ({marks})", (id_, *known.values()))
        if done and what.is_fact:
            self.story.facts[table, id_] = self.life, self.story.place
        return self._keep(done, *edits)

    def write(self, table: str, id_: str, column: str, **more: object) -> bool:
        """Another text in a row that may be there."""
        found = self.ask(f'SELECT "{column}" FROM {table} WHERE id = ?', (id_,))
        if not found:
            return False
        edit = self._edit(table, id_, column, str(found[0][0]))
        return self._keep(self.update(table, id_, **{column: edit.text}, **more), edit)

    def update(self, table: str, id_: str, **values: object) -> bool:
        """Change columns that hold no text of ours."""
        sets = ", ".join(f'"{name}" = ?' for name in values)
        return self._run(f"UPDATE {table} SET {sets} WHERE id = ?", (*values.values(), id_))

    def take_away(self, table: str, id_: str) -> bool:
        return self.update(table, id_, deleted_at="2026-11-24T09:00:00.000Z")

    def bring_back(self, table: str, id_: str) -> bool:
        return self.update(table, id_, deleted_at=None)

    def skew(self, ms: int) -> None:
        self._run("UPDATE sync_clock SET skewed_ms = ?", (ms,))

    def confirm_the_hub(self) -> None:
        """What an administrator says after the alarm: this is the right hub."""
        self._run("UPDATE sync_state SET is_recovering = 1", ())

    def ids(self, table: str) -> list[str]:
        return [row[0] for row in self.ask(f"SELECT id FROM {table} ORDER BY id", ())]

    def _edit(self, table: str, id_: str, column: str, over: str) -> Edit:
        text = self.story.text()
        return Edit(text, self.life, (table, id_, TEXTS[table][column]), over, self.story.place)

    def _keep(self, done: bool, *edits: Edit) -> bool:
        if done:
            self.story.edits.update({edit.text: edit for edit in edits})
        return done

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def ask(self, sql: str, arguments: tuple[object, ...]) -> list[tuple[Any, ...]]:
        return self._opened().execute(sql, arguments).fetchall()

    def _run(self, sql: str, arguments: tuple[object, ...]) -> bool:
        try:
            return self._opened().execute(sql, arguments).rowcount > 0
        except sqlite3.IntegrityError:
            return False

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = _connect(self.path)
        return self._connection


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=5, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    return connection


def _stored(blank: object) -> object:
    return b"" if isinstance(blank, dict) else blank
