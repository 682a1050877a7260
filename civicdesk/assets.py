"""Where the icons, fonts, sounds and translations lie."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_ROOT = next(
    root for root in (_PACKAGE / "_resources", _PACKAGE.parent / "resources", _PACKAGE) if root.is_dir()
)


def asset(*parts: str) -> Path:
    """The path of a bundled file, installed or in a checkout."""
    return _ROOT.joinpath(*parts)
