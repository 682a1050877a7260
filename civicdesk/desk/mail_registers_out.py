"""A register of post as rows for a spreadsheet."""

from __future__ import annotations

from civicdesk.desk.authority import capacity_words
from civicdesk.desk.listing import Cell, wall
from civicdesk.desk.mail_registers import Line
from civicdesk.desk.mail_words import condition_words, kind_words, place_words
from civicdesk.text import N_, _

HEADERS = (
    N_("Number"),
    N_("Received"),
    N_("Received by"),
    N_("Box"),
    N_("Organisation"),
    N_("Kind"),
    N_("Tracking number"),
    N_("Sender"),
    N_("Condition"),
    N_("Shelf"),
    N_("Where it is"),
    N_("Days"),
    N_("Served"),
    N_("Left the desk"),
    N_("Taken by"),
    N_("In what capacity"),
    N_("Authority letter"),
    N_("Signed"),
    N_("Reason"),
    N_("Note"),
)


def cells(line: Line) -> list[Cell]:
    """One item, in the order of the columns."""
    item = line.item
    return [
        item.number,
        wall(item.received_at),
        line.received_by,
        item.box,
        item.organisation.name if item.organisation else item.addressed_to,
        kind_words(item.kind),
        item.tracking,
        item.sender,
        condition_words(item.condition),
        item.shelf,
        place_words(line.place),
        line.days,
        wall(line.served_at),
        wall(line.ended_at),
        line.taken_by,
        capacity_words(line.capacity),
        line.authority,
        _("yes") if line.is_signed else "",
        line.reason,
        item.note,
    ]
