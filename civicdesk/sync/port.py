"""What a hub is to a desk: the few questions it answers, whatever it is made of.

A stamp is one signed 64-bit whole number: milliseconds since 2024 << 21 | counter (6 bits) << 15 | node (15 bits), so
that a plain `>` is the order everywhere. Node 0 is the hub itself.

Values are exactly what SQLite stores: text, whole numbers and nothing; bytes travel as `{"b64": "…"}`. Ids are 32
lower-case hexadecimal digits. A payload is text (`payload.py` makes it); the hub hashes those bytes, then reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

Stamp = int
Value = str | int | None | dict[str, str]
Why = Literal[
    "unknown_desk",
    "revoked",
    "contract",
    "chain",
    "future_stamp",
    "foreign_node",
    "erased",
    "too_big",
    "forged",
    "row",
    "gone",
]
Rows = tuple[tuple[str, str], ...]

CONTRACT = 1
"""Which groups and columns this program knows; it grows by one with every release that adds any."""

FIRST_CHAIN = ""
"""What the chain of an incarnation begins with."""

FUTURE_MS = 5 * 60_000
"""A stamp further ahead of the hub's clock than this is not taken."""

FACT = "row"
"""The one group of a fact: all its columns."""


class Refused(Exception):
    """The hub says no, and nothing of the call was done. `rows` are (table, id) where it knows which ones.

    `gone` are rows that were cleared away for good and of which a push brings a part: they are asked for whole.
    """

    def __init__(self, reason: Why, rows: Rows = (), message: str = "") -> None:
        super().__init__(message or reason)
        self.reason: Why = reason
        self.rows = rows


class Away(Exception):
    """The hub did not answer: network, server or time. What was asked may or may not have been done."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """What the hub says of itself and of this incarnation at the start of each session.

    `now_ms` counts from 2024. `chain` is None for an incarnation the hub does not know (`node` is 0 then). `scopes`
    are 0 and the centre's. `head` is the newest sequence of each scope; a cursor below `gc_floor` (and above 0) is
    too old for a pull, since taken-away rows are gone for good up to there. While it is `recovering` from a backup of
    its own, pushes that say so may carry stamps of other nodes.
    """

    now_ms: int
    epoch: str
    chain: str | None
    node: int
    tenant: int
    scopes: tuple[int, ...]
    contract: tuple[int, int]
    gc_floor: dict[int, int] = field(default_factory=dict)
    head: dict[int, int] = field(default_factory=dict)
    recovering: bool = False


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of a push: the new chain and how many groups were merged, bookings displaced, conflicts filed."""

    chain: str
    merged: int = 0
    clashes: int = 0
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One group of a row: its stamp and values. `base`, the hub's stamp it was written over, is in pushes alone."""

    stamp: Stamp
    values: dict[str, Value]
    base: Stamp | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the hub holds it, with all the groups it has and the sequence at which it last changed."""

    table: str
    id: str
    groups: dict[str, Cell]
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in the order of their sequence; `until` is the cursor to store once they are all applied."""

    rows: Sequence[Row]
    until: int
    more: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """A table at one moment: `head` is the sequence it stands for, `buckets` are by the last byte of the id.

    A bucket is (rows, low, high): with w the place (from 1) of a group among those asked for, low is the sum of
    w × (stamp & 0xFFFFFFFF) and high the sum of w × (stamp >> 32). A group the row has not counts as 0. Empty buckets
    are left out.
    """

    head: int
    buckets: dict[int, tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Erasure:
    """A person asked to be forgotten: every desk empties what says who it was, now and whenever it comes back."""

    seq: int
    subject_id: str
    at: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HubConflict:
    """Two desks changed one group without knowing of each other; the loser's values are kept whole.

    The sequence moves when it is settled (`is_open` False), so that every desk hears of that, too. Equal values are
    no conflict.
    """

    seq: int
    id: str
    table: str
    row_id: str
    group: str
    loser: dict[str, Value]
    loser_stamp: Stamp
    winner_stamp: Stamp
    at: str
    is_open: bool = True


class HubPort(Protocol):
    """A hub. Every call either was done whole, or raises Refused (was not done) or Away (nobody knows)."""

    def hello(self, incarnation: str, contract: int) -> Greeting:
        """Greet. Refuses `unknown_desk`, `revoked`; a contract out of range is the desk's to see."""

    def enrol(self, incarnation: str, previous: str | None) -> int:
        """Make (or find again) this incarnation; its node. `previous` is the one it is a fork of."""

    def push(self, incarnation: str, chain: str, payload: str) -> Pushed:
        """Merge a payload: all or nothing. The new chain is sha256(chain + payload) in hexadecimal digits."""

    def pull(self, incarnation: str, scope: int, after: int, limit: int) -> Page:
        """The rows of a scope that changed after this sequence."""

    def digest(self, scope: int, table: str, groups: Sequence[str]) -> Digest:
        """Sums over the stamps of these groups, in one moment with its head."""

    def bucket(self, scope: int, table: str, bucket: int) -> list[Row]:
        """All rows of a bucket."""

    def erasures(self, after: int) -> list[Erasure]:
        """Who is to be forgotten, after this sequence."""

    def erase(self, subject_id: str, reason: str) -> None:
        """Forget a person for good, at once at the hub. Twice is once."""

    def acknowledge(self, subject_id: str) -> None:
        """Say that this desk has forgotten the person."""

    def inbox(self, after: int) -> list[HubConflict]:
        """Conflicts of this desk's scopes that were filed or settled after this sequence."""

    def settle(self, conflict_id: str) -> None:
        """A person settled this conflict. Twice is once."""

    def blob_have(self, sha256s: Sequence[str]) -> set[str]:
        """Which of these the hub holds whole."""

    def blob_put(self, sha256: str, offset: int, data: bytes, size: int) -> int:
        """Give a piece; how many bytes from the start the hub holds now. An offset elsewhere changes nothing."""

    def blob_get(self, sha256: str, offset: int, length: int) -> bytes:
        """A piece of a blob that is whole at the hub; empty at its end or when it is not."""

    def close(self) -> None:
        """Let go of the connection."""
