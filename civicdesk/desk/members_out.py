"""The register written into a file that this desk, and any spreadsheet, can read again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import audit, identifiers, kinds, members, members_more
from civicdesk.errors import Unavailable
from civicdesk.models import Organisation, OrganisationPerson
from civicdesk.text import N_, _, sort_key

HEADERS: dict[str, str] = {
    "name": N_("Organisation"),
    "short_name": N_("Short name"),
    "kind": N_("Kind"),
    "membership": N_("Membership"),
    "parent": N_("Belongs to"),
    "box": N_("Box number"),
    "registry_number": N_("Registry number"),
    "tax_number": N_("Tax number"),
    "mersis": N_("MERSİS number"),
    "uets": N_("UETS address"),
    "phone": N_("Phone"),
    "email": N_("Email"),
    "responsible_person": N_("Responsible person"),
    "joined_on": N_("Member since"),
    "collector": N_("Collectors"),
    "authority_reference": N_("Authority letter"),
    "authority_until": N_("Authority until"),
    **members_more.HEADERS,
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BETWEEN = " | "

Rows = Sequence[Sequence[str]]


def rows(session: Session, *, on: date, at: datetime) -> list[list[str]]:
    """The words over the columns and a row for each organisation; that the register was written out is noted."""
    found = members.register(session, on=on)
    names = {each.organisation.id: each.organisation.name for each in found.listed}
    people, more = _people(session), members_more.cells(session)
    nothing = [""] * len(members_more.HEADERS)
    body = [
        [*_row(each, names, people.get(each.organisation.id, [])), *more.get(each.organisation.id, nothing)]
        for each in found.listed
    ]
    audit.record(session, "export_members", None, at, count=len(body))
    return [[_(word) for word in HEADERS.values()], *body]


def as_csv(told: Rows) -> bytes:
    """As spreadsheets here open it: UTF-8 with its mark, semicolons; no cell of it is ever a formula."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([_unarmed(cell) for cell in row] for row in told)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(told: Rows) -> bytes:
    """A sheet of text; a cell that begins like a formula stays the text it is."""
    from openpyxl import Workbook  # noqa: PLC0415  slow to import
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Register"))
    sheet.freeze_panes = "B2"
    for place, row in enumerate(told):
        cells = []
        for said in row:
            cell = WriteOnlyCell(sheet, value=_printable(said))
            cell.data_type = "s"  # set after the value, which may look like a formula
            cell.number_format = "@"
            if not place:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write(path: Path, told: Rows) -> Path:
    """Write the file, whole or not at all: Excel by its ending, else CSV. Raises Unavailable."""
    raw = as_xlsx(told) if path.suffix.lower() == ".xlsx" else as_csv(told)
    part = path.with_suffix(".part")
    try:
        part.write_bytes(raw)
        part.replace(path)
    except OSError as error:
        raise Unavailable(_("The file could not be written: {}").format(error.strerror)) from error
    return path


def _row(each: members.Listed, names: dict[UUID, str], people: Sequence[OrganisationPerson]) -> list[str]:
    return list(_cells(each.organisation, each.box, names, people))


def _cells(
    one: Organisation, box: int | None, names: dict[UUID, str], people: Sequence[OrganisationPerson]
) -> Iterator[str]:
    yield one.name
    yield one.short_name
    yield kinds.kind_words(one.kind)
    yield _("left") if one.left_on else _("member") if one.is_member else _("outside body")
    yield names.get(one.parent_id, "") if one.parent_id else ""
    yield str(box or "")
    yield from (one.registry_number, one.tax_number, one.mersis, one.uets)
    yield identifiers.phone_shown(one.phone)
    yield from (one.email, one.responsible_person, _day(one.joined_on))
    yield _BETWEEN.join(person.name for person in people)
    yield _BETWEEN.join(person.authority_reference for person in people)
    yield _BETWEEN.join(_day(person.authority_until_on) for person in people)


def _people(session: Session) -> dict[UUID, list[OrganisationPerson]]:
    """Those with a written authority, by the alphabet."""
    found: dict[UUID, list[OrganisationPerson]] = {}
    held = select(OrganisationPerson).where(
        OrganisationPerson.deleted_at.is_(None), OrganisationPerson.authority_reference != ""
    )
    for person in sorted(session.scalars(held), key=lambda each: sort_key(each.name)):
        found.setdefault(person.organisation_id, []).append(person)
    return found


def _day(on: date | None) -> str:
    return f"{on:%d.%m.%Y}" if on else ""


def _unarmed(cell: str) -> str:
    """A name that begins like a formula must not become one; a quote before it says so to spreadsheets."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _printable(cell: str) -> str:
    """Excel files cannot hold control characters."""
    return "".join(c for c in cell if c >= " " or c in "\t\n")
