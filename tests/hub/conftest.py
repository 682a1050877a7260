"""A PostgreSQL server for each worker, and a fresh hub for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgres import Server, TrialHub, a_hub, shared_server


@pytest.fixture(scope="session")
def server() -> Server:
    return shared_server()


@pytest.fixture
def hub(server: Server) -> Iterator[TrialHub]:
    hub = a_hub(server)
    try:
        yield hub
    finally:
        hub.close()
