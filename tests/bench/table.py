"""The table: Markdown for people, JSON for what compares runs."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version

from tests.bench.centres import FOLDER
from tests.bench.rows import Row

_HEADINGS = ("road", "limit (measured)", "median", "p99", "ratio", "budget", "met")


def write(rows: Sequence[Row], crashed: Sequence[str]) -> str:
    """Write both files; returns the Markdown."""
    at, machine = datetime.now(UTC).isoformat(timespec="seconds"), _machine()
    lines = [machine, "", line_of(_HEADINGS), line_of(["---"] * len(_HEADINGS)), *map(line, rows)]
    if crashed:
        lines += ["", f"Could not be measured: {', '.join(crashed)}"]
    markdown = "\n".join(lines) + "\n"
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "bench.md").write_text(markdown, encoding="utf-8")
    found = {"at": at, "machine": machine, "rows": [asdict(row) | {"ratio": row.ratio} for row in rows]}
    (FOLDER / "bench.json").write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    return markdown


def line(row: Row) -> str:
    """One row of the Markdown table."""
    limit = f"{_number(row.limit)} {row.limit_is}" if row.limit is not None else "–"
    ratio = f"{row.ratio:.1f}" if row.ratio else "–"
    road = f"{row.road} ({row.note})" if row.note else row.road
    ours = f"{_number(row.median)} {row.unit}"
    return line_of(
        (road, limit, ours, _number(row.p99), ratio, row.budget, "yes" if row.is_met else "**no**")
    )


def line_of(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _machine() -> str:
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    versions = ", ".join(
        f"{name} {version(name)}" for name in ("PySide6-Essentials", "SQLAlchemy", "reportlab")
    )
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load}; "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}"
    )
