"""What every table shares: ids, instants, and which columns travel together between desks.

A table that will be shared with other desks names its column groups in `__groups__`; two desks that edit different
groups of one row both keep their edit. A fact (`__fact__`) is only ever inserted: triggers refuse to change it.
Rows stay within their centre, but for a table that says `__tenant_wide__`; none does so far. Columns in `__local__`
are worked out on each desk and never travel.
Shared columns carry no foreign key, UNIQUE or NOT NULL beyond what one desk alone can promise, because a row may
arrive before its parent; what must hold on this desk stands in the small local tables of `local.py`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Dialect, String
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
from sqlalchemy.types import TypeDecorator
from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A UUIDv7: unique, and in the order of making."""
    return uuid7()


class Instant(TypeDecorator[datetime]):
    """A point in time: aware in Python, `2026-11-24T07:42:00.000Z` in the database."""

    impl = String(24)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return value and datetime.fromisoformat(value)  # type: ignore[return-value]


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """A row of CivicDesk. Relationships load only when a query asks for them."""

    type_annotation_map = {datetime: Instant}

    __groups__: ClassVar[dict[str, tuple[str, ...]]] = {}
    __local__: ClassVar[tuple[str, ...]] = ()
    __fact__: ClassVar[bool] = False
    __tenant_wide__: ClassVar[bool] = False


class Shared(MappedAsDataclass, kw_only=True):
    """A row other desks will see: its id is made here and never changes."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)


class Removable(Shared, kw_only=True):
    """A shared row that is taken away by a mark, so that it can be brought back."""

    deleted_at: Mapped[datetime | None] = mapped_column(default=None)
