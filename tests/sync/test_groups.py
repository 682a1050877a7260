"""Nothing of a table is forgotten by the sync: it travels in one group, or is named as staying."""

from __future__ import annotations

import pytest

from civicdesk.models import Base
from civicdesk.sync.groups import LOCAL, PERSONAL, Travelling, travelling
from civicdesk.sync.port import FACT

TABLES = list(travelling().values())


def test_every_table_travels_or_is_named_as_staying() -> None:
    all_tables = {table for table in Base.metadata.tables if not table.startswith("sync_")}

    assert all_tables == {*travelling(), *LOCAL}
    assert not LOCAL & {*travelling()}


@pytest.mark.parametrize("one", TABLES, ids=lambda one: one.table)
def test_every_column_travels_in_one_group_or_stays(one: Travelling) -> None:
    columns = {column.name for column in one.model.__table__.columns} - {"id"}

    assert sorted([*one.columns, *one.stays]) == sorted(columns)
    assert (list(one.groups) == [FACT]) == one.is_fact
    assert one.is_fact or "del" in one.groups


@pytest.mark.parametrize("one", TABLES, ids=lambda one: one.table)
def test_a_column_that_has_not_arrived_holds_something_where_it_must(one: Travelling) -> None:
    must = {
        column.name for column in one.model.__table__.columns if not column.nullable and column.name != "id"
    }

    assert {name for name, blank in one.blanks.items() if blank is not None} == must


def test_only_columns_of_people_are_emptied_when_one_is_forgotten() -> None:
    for table, personal in PERSONAL.items():
        one = travelling()[table]
        assert personal.subject == "id" or one.kinds[personal.subject] == "id"
        assert {*personal.empty} <= {*one.columns}
        assert not one.is_fact
