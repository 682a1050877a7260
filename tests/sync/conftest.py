from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.hubs import HUBS, Hub


@pytest.fixture(params=HUBS, ids=str)
def hub(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hub]:
    """A fresh hub of each kind."""
    yield from HUBS[request.param](tmp_path)
