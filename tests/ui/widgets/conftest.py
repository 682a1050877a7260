from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from civicdesk.text import use_language
from civicdesk.ui.theme.style import apply_theme
from civicdesk.ui.theme.tokens import LIGHT
from tests.ui.widgets.finger import Finger


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    use_language("en")
    apply_theme(qapp, LIGHT, 1.0)
    yield qapp
    apply_theme(qapp, LIGHT, 1.0)
    use_language("tr")


@pytest.fixture(scope="session")
def finger(qapp: QApplication) -> Finger:
    return Finger(QTest.createTouchDevice())
