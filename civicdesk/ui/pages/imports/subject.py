"""What is taken in from a file, bookings or members: its words on the page, and the use cases behind it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from civicdesk.desk import tables_in
from civicdesk.desk.bookings_in_rooms import Place
from civicdesk.desk.imports import TakenIn
from civicdesk.desk.tables_in import Stop, Table, Tell
from civicdesk.models import Room
from civicdesk.text import _


class Line(Protocol):
    """A row of a file and what would become of it."""

    @property
    def entry(self) -> Any: ...  # noqa: ANN401  whatever the file tells of
    @property
    def verdict(self) -> str: ...
    @property
    def why(self) -> str: ...
    @property
    def can_be_taken(self) -> bool: ...
    @property
    def is_ticked_first(self) -> bool: ...
    @property
    def is_overridable(self) -> bool: ...


class Preview(Protocol):
    """All rows of a file, in its order."""

    @property
    def lines(self) -> Sequence[Any]: ...


@dataclass(frozen=True)
class FileSeen:
    """A file that was read, how its columns and rooms are understood, and what would become of its rows."""

    name: str
    table: Table | None = None
    events: Sequence[Any] = ()
    columns: Mapping[str, int | None] = field(default_factory=dict)
    rooms: Mapping[str, UUID | None] = field(default_factory=dict)
    preview: Preview | None = None
    lacking: Sequence[str] = ()


class Subject(ABC):
    """One kind of thing that files hold."""

    icon: ClassVar[str]
    columns: ClassVar[Sequence[str]]
    shared: ClassVar[frozenset[str]] = frozenset()
    """Columns of which one may say several things."""
    verdicts: ClassVar[Sequence[str]]
    lead_room: ClassVar[str]
    """The longest words that stand before a row, for which room is kept."""

    @abstractmethod
    def title(self) -> str:
        """What the page is for."""

    @abstractmethod
    def start(self) -> str:
        """What stands on the page before a file is chosen."""

    def files(self) -> str:
        """The files that can be chosen, as Qt's dialog wants them."""
        return _("Tables") + " (*.csv *.xlsx *.txt *.tsv);;" + _("All files") + " (*)"

    @abstractmethod
    def unclear(self) -> str:
        """What is said when a column without which nothing can be shown is not known."""

    @abstractmethod
    def columns_note(self) -> str:
        """Which columns are needed."""

    @abstractmethod
    def column_words(self, name: str) -> str:
        """What a column says."""

    @abstractmethod
    def verdict(self, verdict: str) -> tuple[str, str, str]:
        """A verdict in a word or two, its tone, and its shape for those who see no colours."""

    @abstractmethod
    def title_of(self, line: Any) -> str:  # noqa: ANN401
        """What a row is."""

    @abstractmethod
    def lead_of(self, line: Any) -> tuple[str, str]:  # noqa: ANN401
        """Two words that stand before it."""

    @abstractmethod
    def second_of(self, line: Any) -> str:  # noqa: ANN401
        """What is known of it; of what cannot be, why not."""

    @abstractmethod
    def take_in_words(self, count: int) -> str:
        """The word on the main button."""

    @abstractmethod
    def taken_in_words(self, count: int) -> str:
        """What was done."""

    def spoken(self, line: Any, *, is_ticked: bool) -> str:  # noqa: ANN401
        """A row as a screen reader says it."""
        ticked = [_("ticked")] if is_ticked else []
        word, _tone, _icon = self.verdict(line.verdict)
        said = (self.title_of(line), *self.lead_of(line), word, self.second_of(line))
        return ", ".join(filter(None, (*said, *ticked)))

    def unsure(self, _seen: FileSeen) -> tuple[Sequence[Place], Sequence[Room]]:
        """The words of the file that mean a room, nobody knows which; and the rooms there are."""
        return (), ()

    def read(self, path: Path, raw: bytes, *, at: datetime, tell: Tell, is_stopped: Stop) -> FileSeen:
        """What is in the file, before anything is looked up."""
        del at
        table = tables_in.read(raw, tell=tell, is_stopped=is_stopped)
        return FileSeen(path.name, table, columns=self.match(table))

    @abstractmethod
    def match(self, table: Table) -> dict[str, int]:
        """Which column says what."""

    @abstractmethod
    def lacking(self, columns: Mapping[str, int | None]) -> list[str]:
        """The columns without which nothing can be shown."""

    @abstractmethod
    def preview(
        self, session: Session, seen: FileSeen, *, at: datetime, tell: Tell, is_stopped: Stop
    ) -> Preview:
        """What would become of every row."""

    @abstractmethod
    def take_in(
        self,
        session: Session,
        lines: Sequence[Any],
        *,
        at: datetime,
        key: str,
        override: str,
        tell: Tell,
        is_stopped: Stop,
    ) -> int:
        """Take in what was chosen, all or none."""

    @abstractmethod
    def lately(self, session: Session) -> Sequence[TakenIn]:
        """The files of late that can still be taken back."""

    @abstractmethod
    def undo(self, session: Session, key: str, *, at: datetime) -> object:
        """Take all of it back."""
