"""What is kept for its days and no longer: pictures of parcels, facts that may be emptied, e-mails that came back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from civicdesk.models import keeping_triggers, triggers
from civicdesk.models.base import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_pictures()
    _make_bounces()
    for name, default in (("mail_years", 5), ("message_days", 30)):
        column = sa.Column(name, sa.Integer(), nullable=False, server_default=str(default))
        op.add_column("centre", column)
    op.add_column("scan", sa.Column("room_id", sa.Uuid(), nullable=True))
    for statement in (*triggers.keep_facts(keeping_triggers.FACTS), *keeping_triggers.keep_but_empty()):
        op.execute(statement)


def _make_pictures() -> None:
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "mail_photo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", Instant(length=24), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("photo_by_item", "mail_photo", ["item_id", "id"])
    op.create_index("photo_by_picture", "mail_photo", ["sha256"])


def _make_bounces() -> None:
    op.create_table(
        "email_bounce",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("at", Instant(length=24), nullable=False),
        sa.Column("deleted_at", Instant(length=24), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("bounce_by_organisation", "email_bounce", ["organisation_id", "at"])


def downgrade() -> None:
    """A newer file is never made older; the copy from before the migration is the way back."""
    raise NotImplementedError
