"""Tables and lists as every report shows them: on the screen, on paper, in spreadsheets, for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from civicdesk.desk.period import Period
from civicdesk.text import local

Cell = str | float | int | date | datetime | None


class Form(Enum):
    """How the cells of a column are written."""

    WORDS = "words"
    COUNT = "count"
    NUMBER = "number"
    """Names something, as the number of a card does: nothing between its digits, and never added up."""
    SHARE = "share"
    DAY = "day"
    INSTANT = "instant"


@dataclass(frozen=True)
class Column:
    """The head of a column, how it is written, and how wide it is in letters."""

    words: str
    form: Form = Form.COUNT
    width: int = 14


@dataclass(frozen=True)
class Table:
    """One sheet of a workbook; `key` is its name for other programs. A cell of None was never known."""

    key: str
    words: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    forms: Sequence[Form] = ()
    """The form of each row, where a table has rows of several kinds."""


@dataclass(frozen=True)
class Listing:
    """A list with its head and its foot, all in the language spoken now.

    `period` is None for a list of this moment. `about` says whose it is or why it was opened, `count` how many there
    are, `empty` what stands in place of the rows where there are none.
    """

    key: str
    title: str
    centre: str
    at: datetime
    period: Period | None
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    count: str
    empty: str
    about: str = ""
    notes: Sequence[str] = ()

    @property
    def table(self) -> Table:
        """Its rows as a table."""
        return Table(self.key, self.title, self.columns, self.rows)


def wall(at: datetime | None) -> datetime | None:
    """The wall time of the centre, as spreadsheets have it: without a zone."""
    return None if at is None else local(at).replace(tzinfo=None)
