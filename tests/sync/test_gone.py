"""A row that the hub cleared away for good, and that a desk still has and changes: it comes back whole."""

from __future__ import annotations

from pathlib import Path

from tests.sync.desks import Town
from tests.sync.hubs import Hub, Speaker, cell, new, refusal, told, whole

CLOSURE = "c" * 32
ADDED = "INSERT INTO closure (id, \"on\", from_time, until_time, reason) VALUES (?, '2024-12-01', '', '', 'Bayram')"


def test_a_piece_of_a_row_that_is_not_there_is_asked_for_whole(hub: Hub) -> None:
    a, b = Speaker(hub.desk("front")), Speaker(hub.desk("post"))
    id_, other = new(), new()
    a.push(whole("visitor", other, a.stamp(), name="Ali"))
    piece = told("visitor", id_, contact=(a.stamp(2), a.stamp(1), cell("visitor", "contact", phone="1")))

    refused = refusal(a, whole("visitor", new(), a.stamp(), name="Can"), piece)

    assert (refused.reason, refused.rows) == ("gone", (("visitor", id_),))
    assert {row for _table, row in b.pull()} == {other}
    a.push(whole("visitor", id_, a.stamp(2), name="Ece", phone="1"))
    assert b.pull()["visitor", id_]["name"][1] == {"name": "Ece"}


def test_what_was_cleared_away_and_brought_back_at_a_desk_comes_back_whole(town: Town, file: Path) -> None:
    desk, other = town.desk("desk", file), town.desk("other")
    desk.join()
    other.join()
    desk.run(ADDED, CLOSURE)
    town.settle(desk, other)
    desk.run("UPDATE closure SET deleted_at = '2025-01-01T00:00:00.000Z'")
    town.settle(desk, other)
    assert town.hub.purge("2025-06-01T00:00:00.000Z") == 1

    other.run("UPDATE closure SET deleted_at = NULL")
    town.settle(other, desk)

    late = town.desk("late")
    late.join()
    for each in (desk, other, late):
        assert each.run("SELECT id, reason, deleted_at FROM closure") == [(CLOSURE, "Bayram", None)]
        assert each.one("SELECT count(*) FROM sync_quarantine") == 0
    assert desk.everything() == other.everything() == late.everything()
