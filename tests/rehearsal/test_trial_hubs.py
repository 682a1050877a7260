"""Where there is no PostgreSQL the sync is rehearsed with a hub in a file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from civicdesk.hub import private_server
from civicdesk.rehearsal import trial_hubs


def test_without_a_server_on_the_machine_a_file_is_the_hub_and_no_folder_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> Path:
        raise FileNotFoundError("no PostgreSQL server")

    made: list[object] = []
    monkeypatch.setattr(private_server, "binaries", none)
    monkeypatch.setattr(tempfile, "mkdtemp", lambda *_args, **how: made.append(how))
    hub = trial_hubs.a_hub(tmp_path)
    assert isinstance(hub, trial_hubs.FileHub)
    assert made == []
    hub.close()
