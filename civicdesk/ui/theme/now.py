"""Which theme and text size the desk wears now. One per process: the desk has one screen.

Only `apply_theme` changes it; whoever paints for himself reads it while painting and is told of a change by
the style-change event that Qt sends to every widget.
"""

from __future__ import annotations

from civicdesk.ui.theme.tokens import LIGHT, Theme


class _Now:
    """What is worn now."""

    theme: Theme = LIGHT
    scale: float = 1.0


def current() -> Theme:
    """The theme worn now."""
    return _Now.theme


def scaled(px: float) -> int:
    """So many pixels of text or icon, at the clerk's text size."""
    return round(px * _Now.scale)


def roomy(px: float) -> int:
    """So many pixels of box: boxes grow half as fast as their text, so a page still fits the screen."""
    return round(px * (1 + (_Now.scale - 1) / 2))


def wear(theme: Theme, scale: float) -> None:
    """Remember what is worn from now on; text grows to twice its size at most."""
    _Now.theme, _Now.scale = theme, min(2.0, max(1.0, scale))
