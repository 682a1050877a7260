from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from civicdesk.database import Database


@pytest.fixture
def session(file: Path) -> Iterator[Session]:
    """A transaction on a centre that is open; what a test wrote is gone after it."""
    database = Database(file)
    with database.begin() as session:
        yield session
    database.close()
