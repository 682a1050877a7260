from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from civicdesk.ui import quiet


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_there_once_the_desk_stands_is_not_gone_through_again() -> None:
    gc.unfreeze()
    quiet.settle()
    frozen = gc.get_freeze_count()
    assert frozen > 1_000

    quiet.settle()

    assert gc.get_freeze_count() < frozen * 1.5
