"""A day at the desk, played on the real screens without a display, with a check at every step."""

from __future__ import annotations

from pathlib import Path


def rehearse(out: Path) -> int:
    """Play the day, leave pictures, documents and the database in `out`; the answer is 0 when every step held."""
    from civicdesk.rehearsal.play import play  # noqa: PLC0415  only now may Qt be told that there is no display

    return play(out)
