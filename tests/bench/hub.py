"""A hub in PostgreSQL: 100,000 rows in and out beside COPY of the same bytes, and the nights of 200 desks.

The server is private, on this machine and durable (fsync on). Bytes of a push are what the desks really send.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from civicdesk.models import new_id
from civicdesk.sync.pg_hub import PgHub
from civicdesk.sync.port import CONTRACT
from tests import postgres
from tests.bench.rows import Row
from tests.hub.payloads import payload, row, stamp

_ROWS, _BATCH, _PAGE = 100_000, 1_000, 5_000
_DESKS, _CHANGES = 200, 2_000
_KNOWN = 10_000


def rows(*, quick: bool) -> Iterator[Row]:
    count, desks = (_ROWS // 10, _DESKS // 10) if quick else (_ROWS, _DESKS)
    with postgres.running(postgres.Server(is_durable=True)) as server, closing(postgres.a_hub(server)) as hub:
        copied = _copy_in(hub, count)
        pushed = _pushed(hub, count)
        yield _beside(
            f"push {count:,} changed rows to PostgreSQL", pushed, copied, "COPY of the same bytes", 15
        )
        yield _pulled(hub)
        for number in range(2 * desks):
            hub.credential(f"night{number}", 100 + number // 5)
        serial = [*map(_night, [hub] * desks, range(desks))]
        yield _nights(f"night of {desks} desks × {_CHANGES:,}, one by one", serial, sum(serial))
        begun = time.perf_counter()
        with ThreadPoolExecutor(8) as pool:
            together = [*pool.map(_night, [hub] * desks, range(desks, 2 * desks))]
        yield _nights(
            f"night of {desks} desks × {_CHANGES:,}, eight at once", together, time.perf_counter() - begun
        )


def _beside(road: str, ours: float, limit: float, limit_is: str, ratio: float) -> Row:
    is_met = ours <= ratio * limit
    budget = f"≤ {ratio:g} × limit"
    return Row(road=road, budget=budget, is_met=is_met, median=ours, limit=limit, limit_is=limit_is, unit="s")


def _nights(road: str, each: list[float], whole: float) -> Row:
    ordered = sorted(each)
    return Row(
        road=road, budget="p99 ≤ 5 s", is_met=ordered[int(len(ordered) * 0.99)] <= 5, unit="s",
        median=ordered[len(ordered) // 2], p99=ordered[int(len(ordered) * 0.99)],
        note=f"{whole:.1f} s in all, {len(each) * _CHANGES / whole:,.0f} rows a second, desks' side "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_utime:.0f} CPU-s so far",
    )  # fmt: skip


def _changes(node: int, count: int, scope_ids: list[str]) -> Iterator[list[dict[str, object]]]:
    """Three of five are new rows, two are changes of one group of rows that are there."""
    for start in range(0, count, _BATCH):
        some: list[dict[str, object]] = []
        for number in range(start, min(start + _BATCH, count)):
            if number % 5 < 3 or len(scope_ids) < _KNOWN // 10:
                id_ = new_id().hex
                scope_ids.append(id_)
                some.append(row("visitor", stamp(node, count - number), id_, name=f"Ziyaretçi {number}", phone="0555",
                                email="", needs="", deleted_at=None))  # fmt: skip
            else:
                id_ = scope_ids[(number * 7919) % (len(scope_ids) - _BATCH) if len(scope_ids) > _BATCH else 0]
                some.append(row("visitor", stamp(node, count - number), id_, name=f"Ziyaretçi {number}b"))
        yield list({str(one["i"]): one for one in some}.values())


def _payloads(node: int, count: int) -> list[str]:
    known: list[str] = []
    return [payload(*some) for some in _changes(node, count, known)]


def _pushed(hub: postgres.TrialHub, count: int) -> float:
    port, incarnation, node = hub.enrolled("push")
    texts = _payloads(node, count)
    return _timed(lambda: _push(port, incarnation, texts))


def _push(port: PgHub, incarnation: str, texts: list[str]) -> None:
    chain = str(port.hello(incarnation, CONTRACT).chain)
    for text in texts:
        chain = port.push(incarnation, chain, text).chain


def _copy_in(hub: postgres.TrialHub, count: int) -> float:
    known: list[str] = []
    lines = [payload(one) for some in _changes(1, count, known) for one in some]
    with hub.admin() as admin:
        admin.execute("CREATE TABLE floor (line text)")

        def copy() -> None:
            with admin.cursor().copy("COPY floor FROM STDIN") as into:
                for line in lines:
                    into.write_row([line])

        return _timed(copy)


def _pulled(hub: postgres.TrialHub) -> Row:
    port, incarnation, _node = hub.enrolled("pull")
    begun = time.perf_counter()
    count = _pull(port, incarnation, 1)
    took = time.perf_counter() - begun
    return Row(
        road=f"pull {count:,} rows, no file written",
        budget="≥ 15,000 rows a second",
        is_met=count / took >= 15_000,
        median=took,
        unit="s",
        note=f"{count / took:,.0f} rows a second",
    )


def _pull(port: PgHub, incarnation: str, scope: int) -> int:
    """Read all there is; how many rows."""
    cursor, count, is_more = 0, 0, True
    while is_more:
        page = port.pull(incarnation, scope, cursor, _PAGE)
        cursor, is_more, count = page.until, page.more, count + len(page.rows)
    return count


def _night(hub: postgres.TrialHub, number: int) -> float:
    """One desk of forty centres of five: it sends its day and reads what the others of its centre sent."""
    name, scope = f"night{number}", 100 + number // 5
    port, incarnation, node = hub.enrolled(name, scope)
    texts = _payloads(node, _CHANGES)

    def night() -> None:
        _push(port, incarnation, texts)
        _pull(port, incarnation, scope)

    try:
        return _timed(night)
    finally:
        port.close()


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
