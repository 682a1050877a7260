"""Members, as the page of files tells of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from civicdesk.desk import (
    imports,
    kinds,
    members_in,
    members_out,
    members_preview,
    members_table,
    memberships,
)
from civicdesk.desk.imports import TakenIn
from civicdesk.desk.members_preview import Line, Preview, Verdict
from civicdesk.desk.tables_in import Stop, Table, Tell
from civicdesk.text import N_, _, ngettext, number
from civicdesk.ui.pages.imports.subject import FileSeen, Subject

_VERDICTS: dict[str, tuple[str, str, str]] = {
    Verdict.NEW: (N_("New"), "ok", "plus"),
    Verdict.CHANGED: (N_("Changed"), "info", "pencil"),
    Verdict.THERE: (N_("Here already"), "", "check"),
    Verdict.DOUBTFUL: (N_("Doubtful"), "warn", "circle-help"),
    Verdict.WRONG: (N_("Cannot be"), "bad", "circle-x"),
}


class Members(Subject):
    """A table of organisations."""

    icon = "building-2"
    columns = tuple(members_table.NAMES)
    verdicts = tuple(Verdict)
    lead_room = "Sivil inisiyatif"

    def title(self) -> str:
        return _("Take members in from a file")

    def start(self) -> str:
        return _("Choose a table (.csv, .xlsx). You see what is in it before anything is kept.")

    def unclear(self) -> str:
        return _("It is not clear which column says the name. Choose it on the right.")

    def columns_note(self) -> str:
        return _("The name is needed; the kind can be told from it, and the rest may stay away.")

    def column_words(self, name: str) -> str:
        return _(members_out.HEADERS[name])

    def verdict(self, verdict: str) -> tuple[str, str, str]:
        word, tone, icon = _VERDICTS[verdict]
        return _(word), tone, icon

    def title_of(self, line: Line) -> str:
        return line.entry.name or _("Row {}").format(line.entry.place)

    def lead_of(self, line: Line) -> tuple[str, str]:
        """The kind, and the box it would get."""
        kind = kinds.kind_words(line.entry.kind) if line.entry.kind else "—"
        return kind, _("Box {}").format(line.entry.box) if line.entry.box else ""

    def second_of(self, line: Line) -> str:
        """What would change, and what is odd about it; of what cannot be, why not."""
        if line.why:
            return line.why
        changed = _changed(line) if line.verdict is Verdict.CHANGED else []
        return " · ".join((*map(_, changed), *line.notes))

    def take_in_words(self, count: int) -> str:
        words = ngettext("Take in {count} organisation", "Take in {count} organisations", count)
        return words.format(count=number(count))

    def taken_in_words(self, count: int) -> str:
        words = ngettext("{count} organisation was taken in.", "{count} organisations were taken in.", count)
        return words.format(count=number(count))

    def match(self, table: Table) -> dict[str, int]:
        return members_table.columns(table)

    def lacking(self, columns: Mapping[str, int | None]) -> list[str]:
        return members_table.lacking(columns)

    def preview(
        self, session: Session, seen: FileSeen, *, at: datetime, tell: Tell, is_stopped: Stop
    ) -> Preview:
        del at
        assert seen.table is not None
        entries = members_table.entries(seen.table, seen.columns)
        return members_preview.preview(session, entries, tell=tell, is_stopped=is_stopped)

    def take_in(
        self,
        session: Session,
        lines: Sequence[Line],
        *,
        at: datetime,
        key: str,
        override: str,
        tell: Tell,
        is_stopped: Stop,
    ) -> int:
        del override
        return members_in.take_in(session, lines, at=at, key=key, tell=tell, is_stopped=is_stopped)

    def lately(self, session: Session) -> Sequence[TakenIn]:
        return imports.lately(session, "import_members", "organisation")

    def undo(self, session: Session, key: str, *, at: datetime) -> object:
        return memberships.undo(session, key, at=at)


def _changed(line: Line) -> list[str]:
    """What of a member would be written anew."""
    found = [members_out.HEADERS[name] for name in line.face or {} if name in members_out.HEADERS]
    if line.box is not None:
        found.append(members_out.HEADERS["box"])
    return [*found, *([members_out.HEADERS["collector"]] if line.collectors else []), *line.more.fields]
