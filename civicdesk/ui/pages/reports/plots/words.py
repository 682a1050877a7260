"""Hours and people in words, as all plots say them."""

from __future__ import annotations

from civicdesk.text import ngettext, number


def hour_words(hour: int) -> str:
    """`10:00–11:00`."""
    return f"{hour % 24:02}:00–{hour + 1:02}:00"


def people_words(count: float) -> str:
    """`48 people`."""
    return ngettext("{count} person", "{count} people", round(count)).format(count=number(round(count, 1)))
