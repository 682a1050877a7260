"""A login of a desk in the hands of somebody with a tool of his own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from tests.postgres import TrialHub


@contextmanager
def sql_by_hand(
    hub: TrialHub, name: str, scope: int = 1, tenant: int = 1
) -> Iterator[psycopg.Connection[Any]]:
    """Somebody took the desk's login and uses a tool of his own."""
    credential = hub.credential(name, scope, tenant)
    to = hub.address(credential)
    with psycopg.connect(
        host=to.host,
        port=to.port,
        dbname=to.database,
        user=to.role,
        password=credential.secret,
        autocommit=True,
    ) as connection:
        yield connection
