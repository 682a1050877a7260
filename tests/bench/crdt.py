"""Receiving cells beside a peer: @actual-app/crdt of npm stamps and hashes as many in memory, without any database.

The peer keeps a log and a Merkle tree of every cell and writes nothing to a disk here; ours are written down durably,
with stamps, search index and cursor. Without node and npm there is no peer, and the row says so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from civicdesk.sync.file import DeskFile
from civicdesk.sync.groups import travelling
from tests.bench import centres
from tests.bench.rows import Row, timed
from tests.bench.sync import _come, _file, _puller

_ROWS = 25_000
_PEER = "@actual-app/crdt@2.1.0"
_SCRIPT = """
const { Timestamp, merkle, makeClock, setClock } = require('@actual-app/crdt');
setClock(makeClock(new Timestamp(0, 0, '0000000000000001')));
const count = Number(process.argv[2]), messages = [];
for (let n = 0; n < count; n++) messages.push({
  dataset: 'visitor', row: 'row' + Math.floor(n / 7), column: 'c' + n % 7, value: 'S:Selin Karaca ' + n,
  timestamp: new Timestamp(1700000000000 + n, n % 60, '0000000000000002').toString() });
const begun = process.hrtime.bigint();
let trie = merkle.emptyTrie();
const cells = new Map(), log = [];
for (const m of messages) {
  const key = m.dataset + m.row + m.column, known = cells.get(key);
  if (!known || known.timestamp < m.timestamp) cells.set(key, m);
  log.push(m);
  trie = merkle.insert(trie, Timestamp.parse(m.timestamp));
}
console.log(JSON.stringify(Number(process.hrtime.bigint() - begun) / 1e6));
"""


def rows(*, quick: bool) -> Iterator[Row]:
    count = _ROWS // (5 if quick else 1)
    cells = count * len(travelling()["visitor"].columns)
    centres.FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=centres.FOLDER, prefix="run-") as folder:
        database = _file(Path(folder) / "desk.db", is_captured=True)
        come = _come(count)
        with DeskFile(database) as file:
            ours = timed(lambda: _puller(file).write(come, 1, count))
        database.close()
        peer = _peer(Path(folder), cells)
    yield Row(
        road=f"receive {cells:,} cells and write them down",
        budget="≤ the peer in memory",
        is_met=peer is None or ours <= peer,
        median=ours,
        limit=peer,
        limit_is=f"{_PEER}, in memory",
        note="" if peer else "no node, or no npm, on this machine: no peer",
    )


def _peer(folder: Path, cells: int) -> float | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    quiet = ("--silent", "--no-audit", "--no-fund", "--ignore-scripts")
    subprocess.run([npm, "install", *quiet, _PEER], cwd=folder, check=True, timeout=120)
    (folder / "peer.js").write_text(_SCRIPT, encoding="utf-8")
    said = subprocess.run(
        [node, "peer.js", str(cells)], cwd=folder, check=True, capture_output=True, text=True, timeout=300
    )
    return float(json.loads(said.stdout))
