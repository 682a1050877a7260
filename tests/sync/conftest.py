from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.desks import Town, towns
from tests.sync.hubs import HUBS, Hub


@pytest.fixture(params=HUBS, ids=str)
def hub(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hub]:
    """A fresh hub of each kind."""
    yield from HUBS[request.param](tmp_path)


@pytest.fixture
def town(hub: Hub, empty_file: Path, tmp_path: Path) -> Iterator[Town]:
    """A hub at which desks may join."""
    yield from towns(hub, empty_file, tmp_path)
