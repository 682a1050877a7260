"""What a hub keeps and forgets: people to be forgotten, blobs, sums that prove it, purged rows, another life."""

from __future__ import annotations

import hashlib
import os

import pytest

from civicdesk.sync.groups import travelling
from civicdesk.sync.port import Refused
from tests.sync.hubs import HOUR, NOW, Hub, Speaker, booking, cell, new, stamp, told, whole

PIECE = 256 * 1024


def two(hub: Hub) -> tuple[Speaker, Speaker]:
    return Speaker(hub.desk("front")), Speaker(hub.desk("post"))


# -- erasure


def person(speaker: Speaker, id_: str, ms: int = 0) -> dict[str, object]:
    return whole(
        "visitor", id_, speaker.stamp(ms), name="Selin Karaca", phone="555", email="s@x", needs="rampa"
    )


def visit(speaker: Speaker, visitor: str, id_: str, ms: int = 0) -> dict[str, object]:
    return whole(
        "visit", id_, speaker.stamp(ms), visitor_id=visitor, number=7, arrived_at="2026-11-24T07:42:00.000Z",
        note="Selin için", needs="rampa", people=2,
    )  # fmt: skip


def test_who_is_forgotten_is_forgotten_at_once_and_the_visit_stays_as_a_count(hub: Hub) -> None:
    a, b = two(hub)
    id_, stay, other = new(), new(), new()
    a.push(person(a, id_), person(a, other), visit(a, id_, stay))
    cursor = a.greet().head[1]
    a.port.erase(id_, "on request")
    rows = b.pull(cursor)

    at, values = rows["visitor", id_]["name"]
    assert values == {"name": "—"}
    assert at & 0x7FFF == 0
    assert rows["visitor", id_]["contact"][1] == {"phone": "", "email": ""}
    assert rows["visit", stay]["who"][1] == {"people": 2, "needs": "", "note": ""}
    assert ("visitor", other) not in rows
    assert [(one.subject_id, one.reason) for one in b.port.erasures(0)] == [(id_, "on request")]


def test_who_comes_back_is_forgotten_again(hub: Hub) -> None:
    a, b = two(hub)
    id_ = new()
    a.push(person(a, id_))
    a.port.erase(id_, "")
    emptied = a.pull()["visitor", id_]["name"][0]
    hub.set_now(NOW + HOUR)
    done = b.push(person(b, id_, HOUR))
    at, values = b.pull()["visitor", id_]["name"]

    assert values == {"name": "—"}
    assert at > b.stamp(HOUR) > emptied
    assert at & 0x7FFF == 0
    assert done.conflicts == 0


def test_an_older_name_does_not_come_back_either(hub: Hub) -> None:
    a, b = two(hub)
    id_ = new()
    a.port.erase(id_, "")
    b.push(person(b, id_, -HOUR))
    a.push(visit(a, id_, visiting := new()))

    assert b.pull()["visitor", id_]["name"][1] == {"name": "—"}
    assert b.pull()["visit", visiting]["who"][1]["note"] == ""


def test_a_conflict_kept_aside_holds_no_name_of_somebody_forgotten(hub: Hub) -> None:
    a, b = two(hub)
    id_ = new()
    a.push(person(a, id_))
    b.push(whole("visitor", id_, b.stamp(5), name="Selin Demir"))
    assert {one.group for one in a.port.inbox(0)} == {"name", "contact", "needs"}
    a.port.erase(id_, "")
    b.push(told("visitor", id_, name=(b.stamp(9), None, {"name": "Selin"})))

    filed = a.port.inbox(0)
    assert len(filed) in (0, 3)
    assert {str(value) for one in filed for value in one.loser.values()} <= {"—", ""}


def test_erasing_twice_and_acknowledging_twice_is_once(hub: Hub) -> None:
    a, b = two(hub)
    id_ = new()
    for _n in range(2):
        a.port.erase(id_, "on request")
        b.port.acknowledge(id_)
    [one] = b.port.erasures(0)

    assert b.port.erasures(one.seq) == []


def test_erasures_come_in_the_order_they_were_asked_for(hub: Hub) -> None:
    a, b = two(hub)
    first, second, third = new(), new(), new()
    a.port.erase(first, "")
    cursor = b.port.erasures(0)[-1].seq
    b.port.erase(second, "")
    a.port.erase(third, "")

    assert [one.subject_id for one in a.port.erasures(cursor)] == [second, third]


# -- blobs


def test_a_blob_is_resumed_where_it_was_cut(hub: Hub) -> None:
    a, b = two(hub)
    data = os.urandom(2 * PIECE + 1000)
    name = hashlib.sha256(data).hexdigest()

    assert a.port.blob_put(name, 0, data[:PIECE], len(data)) == PIECE
    assert a.port.blob_put(name, 0, data[:PIECE], len(data)) == PIECE
    assert a.port.blob_put(name, 2 * PIECE, data[2 * PIECE :], len(data)) == PIECE
    assert a.port.blob_have([name, "0" * 64]) == set()
    assert b.port.blob_get(name, 0, PIECE) == b""
    assert b.port.blob_put(name, PIECE, data[PIECE : 2 * PIECE], len(data)) == 2 * PIECE
    assert a.port.blob_put(name, 2 * PIECE, data[2 * PIECE :], len(data)) == len(data)
    assert b.port.blob_have([name, "0" * 64]) == {name}
    got = b""
    while piece := b.port.blob_get(name, len(got), PIECE - 7):
        got += piece
    assert got == data


def test_a_blob_that_is_not_what_it_says_is_dropped_and_does_not_bar_the_right_one(hub: Hub) -> None:
    a, b = two(hub)
    name = hashlib.sha256(b"right").hexdigest()

    assert a.port.blob_put(name, 0, b"wrong", 5) == 0
    assert a.port.blob_have([name]) == set()
    a.port.blob_put(name, 0, b"wron", 400)
    assert b.port.blob_put(name, 0, b"right", 5) == 5
    assert a.port.blob_get(name, 0, 100) == b"right"


def test_a_blob_nobody_could_keep_is_refused(hub: Hub) -> None:
    a, _b = two(hub)
    with pytest.raises(Refused) as refused:
        a.port.blob_put("ab" * 32, 0, b"x", 1 << 40)

    assert refused.value.reason == "too_big"


# -- sums


def test_the_digest_is_the_sum_of_the_rows(hub: Hub) -> None:
    a, _b = two(hub)
    rows = [whole("organisation", new(n % 5), a.stamp(n, n % 3), name=f"Dernek {n}") for n in range(40)]
    a.push(*rows, told("organisation", new(3), short=(a.stamp(99), None, {"short_name": "E"})))
    a.push(booking(new(), a.stamp(), new()))
    groups = sorted(travelling()["organisation"].groups)
    digest = a.port.digest(1, "organisation", groups)

    for bucket in range(5):
        count = low = high = 0
        for row in a.port.bucket(1, "organisation", bucket):
            assert int(row.id[-2:], 16) == bucket
            count += 1
            for place, group in enumerate(groups, 1):
                at = row.groups[group].stamp if group in row.groups else 0
                low, high = low + place * (at & 0xFFFFFFFF), high + place * (at >> 32)
        assert digest.buckets[bucket] == (count, low, high)
    assert digest.buckets.keys() == set(range(5))
    assert digest.head == a.greet().head[1]
    assert a.port.bucket(1, "organisation", 77) == []
    assert a.port.digest(1, "room", ["name"]).buckets == {}


def test_a_digest_is_of_the_groups_that_were_asked_for(hub: Hub) -> None:
    a, _b = two(hub)
    id_ = new(7)
    a.push(whole("organisation", id_, a.stamp(), name="Ege"))
    at = a.stamp()

    assert a.port.digest(1, "organisation", ["short"]).buckets == {7: (1, at & 0xFFFFFFFF, at >> 32)}
    assert a.port.digest(1, "organisation", ["del", "short"]).buckets == {
        7: (1, 3 * (at & 0xFFFFFFFF), 3 * (at >> 32))
    }


# -- purged rows, and another life


def test_what_was_taken_away_long_ago_is_let_go_of_and_the_floor_says_so(hub: Hub) -> None:
    a, _b = two(hub)
    old, young, alive = new(), new(), new()
    a.push(whole("organisation", alive, a.stamp(), name="Ege"))
    for id_, at in ((old, "2025-01-01"), (young, "2026-11-01")):
        a.push(whole("organisation", id_, a.stamp(), name="Gitti", deleted_at=f"{at}T00:00:00.000Z"))
    head = a.greet().head[1]

    assert hub.purge("2025-10-01T00:00:00.000Z") == 1
    assert {id_ for _table, id_ in a.pull()} == {young, alive}
    greeting = a.greet()
    assert head > greeting.gc_floor[1] > 0
    assert greeting.gc_floor[0] == 0


def test_a_hub_that_came_back_from_a_backup_has_another_epoch(hub: Hub) -> None:
    a, b = two(hub)
    id_ = new()
    a.push(whole("organisation", id_, a.stamp(1), name="Ege"))
    before = a.greet()
    hub.new_epoch()
    after = a.greet()

    assert after.epoch != before.epoch
    assert after.recovering
    assert after.head[1] > before.head[1]
    assert Speaker(a.port).node > max(a.node, b.node) + 1


def test_a_recovering_hub_takes_what_others_stamped_and_files_nothing(hub: Hub) -> None:
    a, b = two(hub)
    lost, known = new(), new()
    a.push(whole("organisation", known, a.stamp(1), name="Ege"))
    hub.new_epoch()
    epoch = a.greet().epoch
    rows = [
        whole("organisation", lost, a.stamp(1), name="Kayıp"),
        told("organisation", known, short=(stamp(NOW, 0), None, cell("organisation", "short"))),
        told("organisation", known, name=(a.stamp(3), None, cell("organisation", "name", name="Yeni"))),
    ]
    with pytest.raises(Refused) as refused:
        b.push(rows[0])
    with pytest.raises(Refused) as elsewhere:
        b.push(rows[0], recovery="0" * 32)
    done = [b.push(row, recovery=epoch) for row in rows]

    assert refused.value.reason == elsewhere.value.reason == "foreign_node"
    assert sum(one.conflicts for one in done) == 0
    back = a.pull()
    assert back["organisation", lost]["name"][0] == a.stamp(1)
    assert back["organisation", known]["name"][1]["name"] == "Yeni"
    with pytest.raises(Refused) as future:
        b.push(whole("organisation", new(), stamp(NOW + HOUR, a.node)), recovery=epoch)
    assert future.value.reason == "future_stamp"


def test_a_hub_that_is_not_recovering_takes_no_recovery(hub: Hub) -> None:
    a, b = two(hub)
    with pytest.raises(Refused) as refused:
        b.push(whole("organisation", new(), a.stamp()), recovery=a.greet().epoch)

    assert refused.value.reason == "foreign_node"
