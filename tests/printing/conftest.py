from collections.abc import Iterator

import pytest

from civicdesk.text import language, use_language


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language()
    use_language("en")
    yield
    use_language(before)
