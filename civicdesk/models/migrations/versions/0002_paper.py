"""Paper: the print queue, and how the centre wants its badges."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import civicdesk.models.base

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "print_job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("asked_at", civicdesk.models.base.Instant(length=24), nullable=False),
        sa.Column("next_at", civicdesk.models.base.Instant(length=24), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("printer", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_to", sa.String(), nullable=False),
        sa.Column("ended_at", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("print_job_open", "print_job", ["state", "next_at"])
    op.create_index("print_job_by_time", "print_job", ["asked_at"])
    op.create_table(
        "logo",
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.Column("deleted_at", civicdesk.models.base.Instant(length=24), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    parts = "host,reason,place,date,digits,needs"
    op.add_column("centre", sa.Column("badge_parts", sa.String(), nullable=False, server_default=parts))
    op.add_column("centre", sa.Column("badge_discreet", sa.String(), nullable=False, server_default="place"))


def downgrade() -> None:
    """A newer file is never made older; the copy from before the migration is the way back."""
    raise NotImplementedError
