"""The first tables: the centre, its rooms, visitors and visits, staff and the audit trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import civicdesk.models.base
from civicdesk.models import triggers

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("at", civicdesk.models.base.Instant(length=24), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("details", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("audit_by_subject", ["subject_id"], unique=False)
        batch_op.create_index("audit_by_time", ["at"], unique=False)

    op.create_table(
        "badge",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("made_at", civicdesk.models.base.Instant(length=24), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("badge", schema=None) as batch_op:
        batch_op.create_index("badge_by_visit", ["visit_id", "copy"], unique=False)
        batch_op.create_index("badge_code", ["code"], unique=False)

    op.create_table(
        "booking",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("starts_at", civicdesk.models.base.Instant(length=24), nullable=False),
        sa.Column("ends_at", civicdesk.models.base.Instant(length=24), nullable=False),
        sa.Column("wall_start", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("guests", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("deleted_at", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name="booking_ends_after_it_begins"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.create_index("booking_by_room", ["room_id", "starts_at"], unique=False)
        batch_op.create_index("booking_by_time", ["starts_at", "ends_at"], unique=False)

    op.create_table(
        "centre",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("observes_holidays", sa.Boolean(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=False),
        sa.Column("badge_size", sa.String(), nullable=False),
        sa.Column("badge_footer", sa.String(), nullable=False),
        sa.Column("notice_text", sa.String(), nullable=False),
        sa.Column("notice_version", sa.Integer(), nullable=False),
        sa.Column("deleted_at", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "closure",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("from_time", sa.String(), nullable=False),
        sa.Column("until_time", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("deleted_at", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "denial",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("deleted_at", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("denial", schema=None) as batch_op:
        batch_op.create_index("denial_folded", ["folded"], unique=False)

    op.create_table(
        "done_action",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("at", civicdesk.models.base.Instant(length=24), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "head_count",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("at", civicdesk.models.base.Instant(length=24), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("undone_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("head_count", schema=None) as batch_op:
        batch_op.create_index("head_count_by_room", ["room_id", "at"], unique=False)
        batch_op.create_index("head_count_by_time", ["at"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("visitor_id", sa.Uuid(), nullable=False),
        sa.Column("expected_at", civicdesk.models.base.Instant(length=24), nullable=False),
        sa.Column("valid_from", civicdesk.models.base.Instant(length=24), nullable=False),
        sa.Column("valid_until", civicdesk.models.base.Instant(length=24), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Uuid(), nullable=True),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("booking_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("needs", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("cancelled_at", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.Column("deleted_at", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index("invitation_by_time", ["expected_at"], unique=False)
        batch_op.create_index("invitation_by_visitor", ["visitor_id"], unique=False)
        batch_op.create_index("invitation_code", ["code"], unique=False)

    op.create_table(
        "mailbox",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("deleted_at", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("mailbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mailbox_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_mailbox_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "mark",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("at", civicdesk.models.base.Instant(length=24), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "muster",
        sa.Column("started_at", civicdesk.models.base.Instant(length=24), nullable=False),
        sa.Column("is_drill", sa.Boolean(), nullable=False),
        sa.Column("ended_at", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.Column("deleted_at", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "muster_mark",
        sa.Column("muster_id", sa.Uuid(), nullable=False),
        sa.Column("at", civicdesk.models.base.Instant(length=24), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_safe", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("muster_mark", schema=None) as batch_op:
        batch_op.create_index("muster_mark_by_muster", ["muster_id", "at"], unique=False)

    op.create_table(
        "opening_hours",
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.String(), nullable=False),
        sa.Column("closes", sa.String(), nullable=False),
        sa.Column("deleted_at", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "organisation",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("is_member", sa.Boolean(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("registry_number", sa.String(), nullable=False),
        sa.Column("tax_number", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("is_discreet", sa.Boolean(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("deleted_at", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index("organisation_folded", ["folded"], unique=False)

    op.create_table(
        "passage",
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("at", civicdesk.models.base.Instant(length=24), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("undone_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("passage", schema=None) as batch_op:
        batch_op.create_index("passage_by_visit", ["visit_id", "at"], unique=False)

    op.create_table(
        "presence",
        sa.Column("visitor_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("visitor_id"),
    )
    op.create_table(
        "room",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("is_accessible", sa.Boolean(), nullable=False),
        sa.Column("is_work_area", sa.Boolean(), nullable=False),
        sa.Column("deleted_at", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "scan",
        sa.Column("at", civicdesk.models.base.Instant(length=24), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("raw", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=True),
        sa.Column("invitation_id", sa.Uuid(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.create_index("scan_by_code", ["code", "at"], unique=False)
        batch_op.create_index("scan_by_time", ["at"], unique=False)

    op.create_table(
        "staff",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("pin_hash", sa.String(), nullable=False),
        sa.Column("card_code", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("barred_until", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.Column("deleted_at", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "visit",
        sa.Column("visitor_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("arrived_at", civicdesk.models.base.Instant(length=24), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Uuid(), nullable=True),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("booking_id", sa.Uuid(), nullable=True),
        sa.Column("invitation_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("needs", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("is_discreet", sa.Boolean(), nullable=False),
        sa.Column("notice_version", sa.Integer(), nullable=True),
        sa.Column("left_at", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.Column("left_how", sa.String(), nullable=True),
        sa.Column("deleted_at", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("left_at IS NULL OR left_at >= arrived_at", name="visit_ends_after_it_begins"),
        sa.CheckConstraint("people >= 1", name="visit_has_people"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index("visit_by_day", ["arrived_at"], unique=False)
        batch_op.create_index("visit_by_visitor", ["visitor_id", "arrived_at"], unique=False)
        batch_op.create_index(
            "visit_by_invitation",
            ["invitation_id"],
            unique=False,
            sqlite_where=sa.text("invitation_id IS NOT NULL"),
        )
        batch_op.create_index("visit_left", ["left_at"], unique=False)
        batch_op.create_index(
            "visit_open",
            ["arrived_at"],
            unique=False,
            sqlite_where=sa.text("left_at IS NULL AND deleted_at IS NULL"),
        )

    op.create_table(
        "visitor",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("needs", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("deleted_at", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("visitor", schema=None) as batch_op:
        batch_op.create_index("visitor_folded", ["folded"], unique=False)
        batch_op.create_index("visitor_phone", ["phone"], unique=False)

    op.create_table(
        "head_total",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("latest_at", civicdesk.models.base.Instant(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for statement in triggers.ALL:
        op.execute(statement)


def downgrade() -> None:
    """A newer file is never made older; the copy from before the migration is the way back."""
    raise NotImplementedError
