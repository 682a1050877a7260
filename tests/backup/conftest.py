from __future__ import annotations

from pathlib import Path

import pytest

from civicdesk.backup import keys, places


@pytest.fixture(scope="session")
def key() -> str:
    return keys.make()


@pytest.fixture
def stick(tmp_path: Path, file: Path) -> Path:
    """A place for backups that was chosen by a manager."""
    place = tmp_path / "stick"
    places.choose(place, file)
    return place
