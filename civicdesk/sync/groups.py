"""What travels between desks, read from the tables themselves: groups, facts, columns that stay, whose name is where.

The triggers that capture changes, the payloads, the digests and the hub's own tables are all made from this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

import sqlalchemy as sa

from civicdesk.models import Base, keeping_triggers
from civicdesk.models.base import Instant, Shared
from civicdesk.sync.port import FACT, Value
from civicdesk.text import fold

Kind = Literal["id", "instant", "day", "flag", "whole", "bytes", "text"]

LOCAL = frozenset(
    {
        "blob",  # travels by its content
        "claim",
        "counter",
        "done_action",
        "email_job",  # the queue of one desk; that something was told is a fact that travels
        "equipment_claim",
        "handed_over",
        "head_total",
        "mail_state",
        "mark",
        "presence",
        "print_job",
        "signed_pickup",
    }
)
"""Tables of one desk alone; those of the sync itself begin with `sync_`."""

NO_NAME = "—"

WORKED_OUT: Mapping[str, tuple[str, Callable[[str], str]]] = MappingProxyType({"folded": ("name", fold)})
"""How a column that stays is worked out from one that travels."""


@dataclass(frozen=True, slots=True)
class Personal:
    """Which column names the person a row tells of, and what stands in its columns once the person is forgotten.

    What the registers of post must keep for their years (who took what, and the signature) is no part of this.
    """

    subject: str
    empty: Mapping[str, Value]


PERSONAL: Mapping[str, Personal] = MappingProxyType(
    {
        "visitor": Personal("id", {"name": NO_NAME, "phone": "", "email": "", "needs": ""}),
        "visit": Personal("visitor_id", {"needs": "", "note": ""}),
        "invitation": Personal("visitor_id", {"needs": "", "note": ""}),
        "organisation_person": Personal("id", {"name": NO_NAME, "phone": "", "email": "", "note": ""}),
    }
)


@dataclass(frozen=True, slots=True)
class Travelling:
    """A table other desks see.

    `groups` are in the order of their names, which is the order of digests. A fact has the one group `row`; of its
    columns those in `emptied` may be emptied once their days are over, and an emptied one stays so in every merge.
    `kinds` has every column but `id`; `blanks` what stands in one that has not arrived.
    """

    table: str
    model: type[Base]
    groups: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, Kind]
    blanks: Mapping[str, Value]
    is_fact: bool = False
    is_tenant_wide: bool = False
    stays: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    personal: Personal | None = None
    columns: tuple[str, ...] = field(init=False)
    group_of: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        columns = tuple(column for group in self.groups.values() for column in group)
        object.__setattr__(self, "columns", columns)
        of = {column: group for group, members in self.groups.items() for column in members}
        object.__setattr__(self, "group_of", of)


@cache
def travelling() -> Mapping[str, Travelling]:
    """Every table that travels, by name, in the order of their names."""
    models = (mapper.class_ for mapper in Base.registry.mappers)
    return MappingProxyType({one.table: one for one in of_models(models)})


def of_models(models: Iterable[type[Base]]) -> list[Travelling]:
    """What travels of these tables."""
    shared = (model for model in models if issubclass(model, Shared))
    return sorted((_travelling(model) for model in shared), key=lambda one: one.table)


def _travelling(model: type[Base]) -> Travelling:
    table = model.__tablename__
    columns = {column.name: column for column in sa.inspect(model).columns if column.name != "id"}
    stays = model.__local__
    groups = dict(sorted(model.__groups__.items()))
    if model.__fact__:
        groups = {FACT: tuple(name for name in columns if name not in stays)}
    return Travelling(
        table=table,
        model=model,
        groups=groups,
        kinds={name: kind(column) for name, column in columns.items()},
        blanks={name: _blank(column) for name, column in columns.items()},
        is_fact=model.__fact__,
        is_tenant_wide=model.__tenant_wide__,
        stays=stays,
        emptied=keeping_triggers.EMPTIED.get(table, ()),
        personal=PERSONAL.get(table),
    )


_KINDS: tuple[tuple[type[Any], Kind], ...] = (
    (sa.Uuid, "id"),
    (Instant, "instant"),
    (sa.Date, "day"),
    (sa.Boolean, "flag"),
    (sa.Integer, "whole"),
    (sa.LargeBinary, "bytes"),
    (sa.String, "text"),
)


def kind(column: sa.Column[Any]) -> Kind:
    """What stands in a column. There is none for numbers with a fraction: they do not travel."""
    return next(kind for type_, kind in _KINDS if isinstance(column.type, type_))


def _blank(column: sa.Column[Any]) -> Value:
    if column.nullable:
        return None
    default = getattr(column.default, "arg", None)
    blanks: dict[Kind, Value] = {"whole": 0, "flag": 0, "bytes": {"b64": ""}}
    if default is None:
        return blanks.get(kind(column), "")
    return int(default) if isinstance(default, bool | int) else str(default)
