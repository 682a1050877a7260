"""What lies in the repository: files that are true on every machine."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Each pattern has a letter in brackets so that this file does not find itself.
NEVER = {
    "the host of a package registry": r"[p]ypi\.org|[p]ythonhosted|[n]pmjs|(deb|security)\.[d]ebian\.org",
    "a path of one machine": r"(?<![\w.~}])/([w]ork|[r]oot|[h]ome/\w+|[U]sers/\w+)/",
    "a note of whoever wrote it": r"\b([T]ODO|[F]IXME|[X]XX|[H]ACK)\b",
    "a page that is not there yet": r"(?i)\b[c]oming soon\b|[l]orem ipsum",
    "how it came to be written": r"(?i)\b([l]anguage model|(?<!user.)[a]gents?|[t]his workplace)\b",
}


@cache
def texts() -> dict[str, str]:
    """Every tracked text file; new files count from the moment they are staged."""
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    files = [ROOT / name for name in listing.stdout.split("\0") if name]
    return {str(file.relative_to(ROOT)): text for file in files if (text := read(file)) is not None}


def read(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError):
        return None


def found(pattern: str, text: str) -> list[str]:
    return [line.strip()[:120] for line in text.splitlines() if re.search(pattern, line)]


def test_the_tree_is_seen() -> None:
    assert {"Makefile", "pyproject.toml", "requirements.lock", "civicdesk/text.py"} <= texts().keys()


@pytest.mark.parametrize("what", NEVER)
def test_no_file_holds(what: str) -> None:
    assert {name: lines for name, text in texts().items() if (lines := found(NEVER[what], text))} == {}


def test_the_lock_pins_every_package_by_hash_and_names_no_place() -> None:
    lock = texts()["requirements.lock"]
    pinned = re.findall(r"^[a-z0-9.-]+==\S+", lock, re.MULTILINE)

    assert "://" not in lock
    assert len(pinned) > 30
    assert len(pinned) == len(re.findall(r"^[a-z0-9.-]+==[^\n]*\\\n +--hash=sha256:", lock, re.MULTILINE))


def test_no_timer_is_given_its_interval_as_a_keyword() -> None:
    """In a Turkish locale Qt looks for a setter spelled with İ and does not find it."""
    calls = {name: re.findall(r"QTimer\([^)]*\binterval=", text) for name, text in texts().items()}

    assert [name for name, bad in calls.items() if bad and name.startswith("civicdesk/")] == []
