"""${message}"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import civicdesk.models.base

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """A newer file is never made older; the copy from before the migration is the way back."""
    raise NotImplementedError
