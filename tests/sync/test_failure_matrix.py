"""The failure matrix names the test of each row; every one of them is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_test_the_protocol_names_is_there() -> None:
    told = (ROOT / "docs" / "sync.md").read_text(encoding="utf-8")
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("*/test_*.py"))
    named = {name.removeprefix("test_") for name in re.findall(r"`([a-z_]{25,})`", told)}

    assert len(named) > 25
    assert {name for name in named if f"def test_{name}(" not in tests} == set()
