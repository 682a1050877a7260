from collections.abc import Iterator

import pytest

from civicdesk.rehearsal.thermal_printer import ThermalPrinter as LoopbackPrinter


@pytest.fixture
def paper() -> Iterator[LoopbackPrinter]:
    """A printer on loopback, whose roll can be looked at."""
    with LoopbackPrinter() as printer:
        yield printer
