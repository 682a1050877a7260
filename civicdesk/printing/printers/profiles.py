"""What is known of thermal printers by their model: from the printers' data base that python-escpos carries.

It is read as the JSON it is. To import python-escpos for it takes a quarter of a second, lets every other library
write to the screen, leaves a folder behind at each start, and loads a pickle from where an environment variable says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_PAGES = {"CP857": "cp857", "CP1254": "cp1254", "ISO_8859-9": "iso8859_9"}
"""The code pages with all Turkish letters, and Python's names for them."""


@dataclass(frozen=True)
class Profile:
    """A model. `dots` in a row, where known; `pages`: the Turkish code pages, each with its number for `ESC t`."""

    name: str
    dots: int | None
    columns: int
    pages: Mapping[str, int]
    has_codes: bool


def names() -> list[str]:
    """All models that have a profile."""
    return sorted(_known())


def code_pages() -> list[str]:
    """The code pages a Turkish text can be printed in."""
    return list(_PAGES)


@cache
def profile(name: str) -> Profile:
    """The profile of a model; of one that is not known, what most printers can do."""
    known = _known()
    found = known.get(name) or known["default"]
    dots = found.get("media", {}).get("width", {}).get("pixels")
    pages = {page: int(number) for number, page in found["codePages"].items() if page in _PAGES}
    return Profile(
        name=name,
        dots=dots // 8 * 8 if isinstance(dots, int) else None,
        columns=int(found["fonts"]["0"]["columns"]),
        pages=pages,
        has_codes=bool(found["features"].get("qrCode")),
    )


def encoded(text: str, page: str) -> bytes | None:
    """A text in a code page; None where it has a letter that is not there: better none than a wrong one."""
    try:
        return text.encode(_PAGES[page])
    except (UnicodeEncodeError, KeyError):
        return None


@cache
def _known() -> dict[str, Any]:
    spec = find_spec("escpos")
    assert spec is not None
    assert spec.submodule_search_locations
    file = Path(spec.submodule_search_locations[0]) / "capabilities.json"
    profiles: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["profiles"]
    return profiles
