"""How a desk stands with its hub; and triggers that give way while rows of other desks are written down."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from civicdesk.models.base import Instant
from civicdesk.models.giving_way import made_to_give_way

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_clock()
    _make_state()
    _make_inbox()
    _make_rest()
    rows = op.get_bind().execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    for statement in list(made_to_give_way([(row.name, row.sql) for row in rows])):
        op.get_bind().exec_driver_sql(statement)


def _words(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _wholes(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _flags(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def _instants(*names: str, nullable: bool = True) -> list[sa.Column[object]]:
    return [sa.Column(name, Instant(length=24), nullable=nullable) for name in names]


def _make_clock() -> None:
    columns = ("id", "applying", "node", "last", "tick", "off_ms", "skewed_ms")
    op.create_table("sync_clock", *_wholes(*columns), sa.PrimaryKeyConstraint("id"))
    op.execute("INSERT INTO sync_clock VALUES (1, 0, 0, 0, 0, 0, 0)")


def _make_state() -> None:
    words = ("incarnation", "previous", "code", "chain", "inflight", "epoch", "new_epoch", "capture", "alarm")
    wholes = ("tenant", "scope", "contract", "hi", "erased", "filed", "looked", "forks")
    op.create_table(
        "sync_state",
        *_wholes("id"),
        *_words(*words, "trouble"),
        *_flags("is_enrolled", "is_recovering", "is_dropping"),
        *_wholes(*wholes),
        *_instants("forked_at", "joined_at", "synced_at", "tried_at", "away_since"),
        sa.PrimaryKeyConstraint("id"),
    )
    names = ["id", *words, "trouble", "is_enrolled", "is_recovering", "is_dropping", *wholes]
    values = ["1", *["''"] * (len(words) + 1), *["0"] * (3 + len(wholes))]
    op.execute(f"INSERT INTO sync_state ({', '.join(names)}) VALUES ({', '.join(values)})")
    op.create_table("sync_cursor", *_wholes("scope", "seq"), sa.PrimaryKeyConstraint("scope"))


def _make_inbox() -> None:
    op.create_table(
        "sync_inbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        *_words("kind", "table_name", "row_id", "group_name", "lost", "state", "conflict_id", "undo"),
        *_wholes("lost_stamp", "winner_stamp"),
        *_instants("at", nullable=False),
        *_flags("is_told"),
        *_instants("settled_at"),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("inbox_open", "sync_inbox", ["state", "at"])
    op.create_index("inbox_by_conflict", "sync_inbox", ["conflict_id"])
    op.create_index("inbox_by_row", "sync_inbox", ["row_id"])


def _make_rest() -> None:
    key = sa.PrimaryKeyConstraint("table_name", "row_id")
    op.create_table(
        "sync_inflight", *_words("table_name", "row_id"), *_wholes("dirty"), key, sqlite_with_rowid=False
    )
    op.create_table(
        "sync_quarantine",
        *_words("table_name", "row_id", "reason"),
        *_wholes("dirty"),
        *_instants("at", nullable=False),
        sa.PrimaryKeyConstraint("table_name", "row_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sync_blob",
        *_words("sha256"),
        *_flags("is_sent"),
        sa.Column("part", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "sync_erasure",
        *_words("subject_id", "at", "reason"),
        *_flags("is_acknowledged"),
        sa.PrimaryKeyConstraint("subject_id"),
    )


def downgrade() -> None:
    """A newer file is never made older; the copy from before the migration is the way back."""
    raise NotImplementedError
