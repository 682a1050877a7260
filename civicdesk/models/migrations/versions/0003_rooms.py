"""Rooms: classes, parts, layouts and equipment; series; claims that keep two bookings out of one room."""

from __future__ import annotations

from bisect import bisect_left

import sqlalchemy as sa
from alembic import op

from civicdesk.models import room_triggers, triggers
from civicdesk.models.base import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _widen_rooms()
    _widen_bookings()
    _make_furnishing()
    _make_sharing()
    _make_claims()
    _settle()
    for statement in (*triggers.keep_facts(room_triggers.FACTS), *room_triggers.ALL):
        op.execute(statement)


def _text(name: str, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default=default)


def _whole(name: str, default: int) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=str(default))


def _instant(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, Instant(length=24), nullable=nullable)


def _id(name: str = "id", *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _widen_rooms() -> None:
    op.add_column("room", _text("room_class", "meeting"))
    op.add_column("room", _id("part_of_id", nullable=True))
    op.create_index("room_by_whole", "room", ["part_of_id"])
    op.execute("UPDATE room SET room_class = 'hall' WHERE capacity >= 80")
    op.execute("UPDATE room SET room_class = 'work_area' WHERE is_work_area")
    for name, default in (("notice_hours", 0), ("ahead_days", 731), ("no_show_minutes", 15)):
        op.add_column("centre", _whole(name, default))


def _widen_bookings() -> None:
    for column in (
        _id("series_id", nullable=True),
        sa.Column("series_on", sa.Date(), nullable=True),
        _text("layout"),
        _whole("setup_minutes", 0),
        _whole("clear_minutes", 0),
        _text("contact_name"),
        _text("contact_phone"),
        _text("note"),
        _text("sdg"),
        _text("themes"),
        _id("call_of_id", nullable=True),
        _text("why"),
        _instant("started_at"),
        _instant("ended_at"),
        _instant("released_at"),
    ):
        op.add_column("booking", column)
    op.create_index("booking_by_organisation", "booking", ["organisation_id", "starts_at"])
    op.create_index("booking_by_series", "booking", ["series_id", "series_on"])
    op.create_index("booking_by_first_call", "booking", ["call_of_id"])
    op.create_table(
        "booking_partner",
        _id(),
        _id("booking_id"),
        _id("organisation_id"),
        _instant("deleted_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("partner_by_booking", "booking_partner", ["booking_id"])
    op.create_index("partner_by_organisation", "booking_partner", ["organisation_id"])
    op.create_table(
        "booking_equipment",
        _id(),
        _id("booking_id"),
        _id("equipment_id"),
        sa.Column("count", sa.Integer(), nullable=False),
        _instant("deleted_at"),
        sa.CheckConstraint("count >= 1", name="some_equipment_is_wanted"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("booking_equipment_by_booking", "booking_equipment", ["booking_id"])
    op.create_table(
        "series",
        _id(),
        _id("organisation_id", nullable=True),
        _id("room_id"),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("wall_start", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        _id("after_id", nullable=True),
        _instant("deleted_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "earlier",
        _id(),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        _id("subject_id"),
        sa.Column("was", sa.String(), nullable=False),
        _instant("at", nullable=False),
        _id("by_id", nullable=True),
        sa.Column("undoes", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("earlier_by_deed", "earlier", ["deed"])
    op.create_index("earlier_by_subject", "earlier", ["subject_id", "at"])


def _make_furnishing() -> None:
    op.create_table(
        "layout",
        _id(),
        _id("room_id"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        _instant("deleted_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("layout_by_room", "layout", ["room_id"])
    op.create_table(
        "equipment",
        _id(),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        _id("room_id", nullable=True),
        _instant("deleted_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("equipment_by_room", "equipment", ["room_id"])


def _make_sharing() -> None:
    op.create_table(
        "waiting",
        _id(),
        _id("organisation_id", nullable=True),
        _id("room_id", nullable=True),
        sa.Column("room_class", sa.String(), nullable=False),
        _instant("starts_at", nullable=False),
        _instant("ends_at", nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        _instant("asked_at", nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        _id("booking_id", nullable=True),
        _instant("deleted_at"),
        sa.CheckConstraint("ends_at > starts_at", name="wish_ends_after_it_begins"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("waiting_by_state", "waiting", ["state", "asked_at"])
    op.create_table(
        "use_limit",
        _id(),
        sa.Column("room_class", sa.String(), nullable=False),
        _id("organisation_id", nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        _instant("deleted_at"),
        sa.PrimaryKeyConstraint("id"),
    )


def _make_claims() -> None:
    op.create_table(
        "claim",
        _id("room_id"),
        sa.Column("slot", sa.Integer(), nullable=False, autoincrement=False),
        _id("booking_id"),
        sa.PrimaryKeyConstraint("room_id", "slot"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "equipment_claim",
        _id("equipment_id"),
        sa.Column("slot", sa.Integer(), nullable=False, autoincrement=False),
        _id("booking_id"),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("equipment_id", "slot", "booking_id"),
        sqlite_with_rowid=False,
    )


def _settle() -> None:
    """Bookings that were made one over the other become clashes, the confirmed and the earlier made ones stay."""
    # nobody came, so the room was free again; when it was freed was not kept
    op.execute("UPDATE booking SET released_at = starts_at WHERE state = 'no_show'")
    connection = op.get_bind()
    begin, end, holds = (
        text.format(b="booking") for text in (room_triggers.BEGIN, room_triggers.END, room_triggers.HOLDS)
    )
    rows = connection.exec_driver_sql(
        f"SELECT id, room_id, {begin}, {end} FROM booking WHERE {holds} AND {begin} < {end} "
        "ORDER BY state <> 'confirmed', id"
    )
    clashes = _clashes([tuple(row) for row in rows])
    for id_ in clashes:
        connection.exec_driver_sql("UPDATE booking SET state = 'clash' WHERE id = ?", (id_,))
    op.execute(room_triggers.CLAIM_ALL)


def _clashes(bookings: list[tuple[str, str, int, int]]) -> list[str]:
    """The bookings that find their room taken by one before them in the list."""
    taken: dict[str, list[tuple[int, int]]] = {}
    clashes = []
    for id_, room, begin, end in bookings:
        spans = taken.setdefault(room, [])
        # the spans of a room never overlap, so only the neighbours can be in the way
        place = bisect_left(spans, (begin, end))
        if (place and spans[place - 1][1] > begin) or (place < len(spans) and spans[place][0] < end):
            clashes.append(id_)
        else:
            spans.insert(place, (begin, end))
    return clashes


def downgrade() -> None:
    """A newer file is never made older; the copy from before the migration is the way back."""
    raise NotImplementedError
