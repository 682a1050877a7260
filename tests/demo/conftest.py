from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from civicdesk import demo
from civicdesk.database import Database

Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One year of the demo, made once."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    demo.make(path, years=1)
    return path


@pytest.fixture(scope="session")
def ask(centre: Path) -> Iterator[Ask]:
    connection = sqlite3.connect(centre)
    yield lambda sql, *values: connection.execute(sql, values).fetchall()
    connection.close()


@pytest.fixture(scope="session")
def database(centre: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    copy = tmp_path_factory.mktemp("opened") / "demo.db"
    copy.write_bytes(centre.read_bytes())
    database = Database(copy)
    database.prepare()
    yield database
    database.close()
