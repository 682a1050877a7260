"""`make bench`: measure the desk beside what the machine can do, and write one table.

Speed is shown here, not tested: the exit code says only whether every row could be measured.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from importlib import import_module

from tests.bench import table
from tests.bench.rows import Row

ROADS = (
    "start",
    "scan",
    "book",
    "suggest",
    "screen",
    "paper",
    "printers",
    "free_rooms",
    "calendar",
    "post",
    "sync",
    "hub",
    "crdt",
    "reports",
    "memory",
)


def main() -> int:
    options = argparse.ArgumentParser(prog="make bench", description=__doc__)
    options.add_argument("--quick", action="store_true", help="fewer repetitions")
    options.add_argument("--only", choices=ROADS, action="append", help="only these roads")
    asked = options.parse_args()
    found: list[Row] = []
    crashed = []
    for name in asked.only or ROADS:
        try:
            for row in import_module(f"tests.bench.{name}").rows(quick=asked.quick):
                print(f"{row.road}: {row.median:.2f} {row.unit}", file=sys.stderr, flush=True)
                found.append(row)
        except Exception:
            traceback.print_exc()
            crashed.append(name)
    print(table.write(found, crashed))
    return 1 if crashed else 0


sys.exit(main())
