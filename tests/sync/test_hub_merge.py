"""Two desks wrote apart from each other: the later stamp stays, group by group, and no word is lost."""

from __future__ import annotations

import pytest

from civicdesk.sync.port import Refused
from tests.sync.hubs import HOUR, NOW, Hub, Speaker, booking, cell, new, slot, told, whole

MINUTE = 60_000


def two(hub: Hub) -> tuple[Speaker, Speaker]:
    return Speaker(hub.desk("front")), Speaker(hub.desk("post"))


def test_the_later_stamp_stays_whoever_comes_first(hub: Hub) -> None:
    a, b = two(hub)
    early, late = new(), new()
    for id_ in (early, late):
        a.push(whole("organisation", id_, a.stamp(), name="Ege"))
    a.push(told("organisation", early, short=(a.stamp(1), a.stamp(), {"short_name": "A"})))
    b.push(told("organisation", early, short=(b.stamp(2), a.stamp(), {"short_name": "B"})))
    b.push(told("organisation", late, short=(b.stamp(2), a.stamp(), {"short_name": "B"})))
    a.push(told("organisation", late, short=(a.stamp(1), a.stamp(), {"short_name": "A"})))

    rows = a.pull()
    for id_ in (early, late):
        assert rows["organisation", id_]["short"] == (b.stamp(2), {"short_name": "B"})


def test_two_groups_of_one_row_both_keep_their_edit(hub: Hub) -> None:
    a, b = two(hub)
    id_ = new()
    a.push(whole("organisation", id_, a.stamp(), name="Ege"))
    contact = cell("organisation", "contact", phone="0232 555 01 02")
    b.push(told("organisation", id_, contact=(b.stamp(1), a.stamp(), contact)))
    done = a.push(told("organisation", id_, short=(a.stamp(2), a.stamp(), {"short_name": "E"})))

    row = b.pull()["organisation", id_]
    assert done.conflicts == 0
    assert (row["contact"][1]["phone"], row["short"][1]["short_name"]) == ("0232 555 01 02", "E")


def test_the_worked_example_of_the_design(hub: Hub) -> None:
    """A moves the booking to R2, B later sets 11:00; B syncs first. Never (R2, 11:00), and A's wish is kept whole."""
    a, b = two(hub)
    hub.set_now(NOW + HOUR)
    id_, r1, r2 = new(), new(), new()
    a.push(booking(id_, a.stamp(), r1))
    base = a.stamp()
    b.push(told("booking", id_, slot=(b.stamp(7 * MINUTE), base, slot(r1, "11:00", "12:00")),
                state=(b.stamp(7 * MINUTE), base, {"state": "confirmed"})))  # fmt: skip
    contact = cell("booking", "contact", contact_phone="555")
    done = a.push(told("booking", id_, slot=(a.stamp(5 * MINUTE), base, slot(r2, "10:00", "11:00")),
                       contact=(a.stamp(5 * MINUTE), base, contact)))  # fmt: skip

    row = a.pull()["booking", id_]
    assert row["slot"] == (b.stamp(7 * MINUTE), slot(r1, "11:00", "12:00"))
    assert row["contact"][1]["contact_phone"] == "555"
    assert (done.merged, done.conflicts, done.clashes) == (1, 1, 0)
    [filed] = a.port.inbox(0)
    assert (filed.table, filed.row_id, filed.group) == ("booking", id_, "slot")
    assert filed.loser == slot(r2, "10:00", "11:00")
    assert (filed.loser_stamp, filed.winner_stamp) == (a.stamp(5 * MINUTE), b.stamp(7 * MINUTE))


def test_what_was_here_is_filed_when_it_loses(hub: Hub) -> None:
    a, b = two(hub)
    id_ = new()
    a.push(whole("organisation", id_, a.stamp(), name="Ege"))
    a.push(told("organisation", id_, short=(a.stamp(1), a.stamp(), {"short_name": "A"})))
    done = b.push(told("organisation", id_, short=(b.stamp(2), a.stamp(), {"short_name": "B"})))

    [filed] = b.port.inbox(0)
    assert done.conflicts == 1
    assert filed.loser == {"short_name": "A"}
    assert a.port.inbox(0) == [filed]


def test_an_edit_of_what_one_had_seen_is_no_conflict(hub: Hub) -> None:
    a, b = two(hub)
    id_ = new()
    a.push(whole("organisation", id_, a.stamp(), name="Ege"))
    done = b.push(told("organisation", id_, short=(b.stamp(2), a.stamp(), {"short_name": "B"})))

    assert done.conflicts == 0
    assert b.port.inbox(0) == []


def test_ones_own_edits_in_turn_are_no_conflict(hub: Hub) -> None:
    """The base of the second edit is what the desk overwrote first, which the hub has long left behind."""
    a, _b = two(hub)
    id_ = new()
    a.push(whole("organisation", id_, a.stamp(), name="Ege"))
    a.push(told("organisation", id_, short=(a.stamp(1), a.stamp(), {"short_name": "A"})))
    done = a.push(told("organisation", id_, short=(a.stamp(2), a.stamp(), {"short_name": "B"})))

    assert done.conflicts == 0


def test_the_same_words_by_two_hands_are_no_conflict(hub: Hub) -> None:
    a, b = two(hub)
    id_ = new()
    a.push(whole("organisation", id_, a.stamp(), name="Ege"))
    a.push(told("organisation", id_, short=(a.stamp(1), a.stamp(), {"short_name": "E"})))
    done = b.push(told("organisation", id_, short=(b.stamp(2), a.stamp(), {"short_name": "E"})))

    assert done.conflicts == 0
    assert a.pull()["organisation", id_]["short"] == (b.stamp(2), {"short_name": "E"})


def test_one_row_made_at_two_desks_is_a_conflict_of_what_differs(hub: Hub) -> None:
    a, b = two(hub)
    id_ = new()
    a.push(whole("organisation", id_, a.stamp(1), name="Ege Derneği"))
    done = b.push(whole("organisation", id_, b.stamp(2), name="Ege Dernegi"))

    [filed] = a.port.inbox(0)
    assert done.conflicts == 1
    assert (filed.group, filed.loser["name"]) == ("name", "Ege Derneği")


def test_an_edit_brings_nothing_back_that_was_taken_away(hub: Hub) -> None:
    a, b = two(hub)
    id_ = new()
    a.push(whole("organisation", id_, a.stamp(), name="Ege"))
    gone = {"deleted_at": "2026-11-24T09:00:00.000Z"}
    a.push(told("organisation", id_, del_=(a.stamp(1), a.stamp(), gone)))
    b.push(told("organisation", id_, short=(b.stamp(2), a.stamp(), {"short_name": "E"})))

    assert b.pull()["organisation", id_]["del"][1] == gone


def test_a_conflict_that_is_settled_is_heard_of_everywhere_once(hub: Hub) -> None:
    a, b = two(hub)
    id_ = new()
    a.push(whole("organisation", id_, a.stamp(1), name="Bir"))
    b.push(whole("organisation", id_, b.stamp(2), name="İki"))
    [filed] = a.port.inbox(0)
    b.port.settle(filed.id)
    b.port.settle(filed.id)

    [settled] = a.port.inbox(filed.seq)
    assert (settled.id, settled.is_open) == (filed.id, False)
    assert settled.seq > filed.seq
    assert [one.id for one in a.port.inbox(0)] == [filed.id]


def test_another_centre_hears_of_no_conflict_and_settles_none(hub: Hub) -> None:
    a, b = two(hub)
    id_ = new()
    a.push(whole("organisation", id_, a.stamp(1), name="Bir"))
    b.push(whole("organisation", id_, b.stamp(2), name="İki"))
    [filed] = a.port.inbox(0)
    away = Speaker(hub.desk("away", scope=2))

    assert away.port.inbox(0) == []
    away.port.settle(filed.id)
    assert a.port.inbox(0) == [filed]


# -- facts


def passage(id_: str, at: int, how: str = "tap") -> dict[str, object]:
    return whole(
        "passage", id_, at, visit_id="ab" * 16, direction="in", at="2026-11-24T07:42:00.000Z", how=how
    )


def test_a_fact_of_the_same_id_and_other_bytes_is_refused_by_name(hub: Hub) -> None:
    a, b = two(hub)
    id_ = new()
    a.push(passage(id_, a.stamp()))
    other = passage(new(), b.stamp())
    with pytest.raises(Refused) as refused:
        b.push(other, passage(id_, b.stamp(1), how="scan"))

    assert (refused.value.reason, refused.value.rows) == ("row", (("passage", id_),))
    assert b.push(other).merged == 1
    assert a.pull()["passage", id_]["row"][1]["how"] == "tap"
    assert a.port.inbox(0) == []


def test_the_same_fact_again_is_taken_and_settles_on_one_stamp(hub: Hub) -> None:
    a, b = two(hub)
    id_ = new()
    a.push(passage(id_, a.stamp()))
    done = b.push(passage(id_, b.stamp(5)))

    assert done.conflicts == 0
    assert a.pull()["passage", id_] == b.pull()["passage", id_]
    assert a.pull()["passage", id_]["row"][0] == b.stamp(5)


def move(id_: str, at: int, person: str, reason: str = "") -> dict[str, object]:
    return whole(
        "mail_move", id_, at, item_id="cd" * 16, what="handed_over", at="2026-11-24T07:42:00.000Z",
        person=person, reason=reason,
    )  # fmt: skip


@pytest.mark.parametrize("is_emptied_later", [True, False], ids=["emptied later", "emptied earlier"])
def test_what_of_a_fact_was_emptied_stays_empty(hub: Hub, is_emptied_later: bool) -> None:
    a, b = two(hub)
    id_ = new()
    emptied, full = (a.stamp(9), b.stamp(1)) if is_emptied_later else (a.stamp(1), b.stamp(9))
    a.push(move(id_, a.stamp(), "Selin Karaca"))
    a.push(move(id_, emptied, ""))
    b.push(move(id_, full, "Selin Karaca"))
    at, values = b.pull()["mail_move", id_]["row"]

    assert values["person"] == ""
    # whoever still has the name must see a later stamp than its own, or it would never let go of it
    assert at > b.stamp(1) if is_emptied_later else at > b.stamp(9)


def test_two_desks_that_emptied_apart_leave_both_empty(hub: Hub) -> None:
    a, b = two(hub)
    id_ = new()
    a.push(move(id_, a.stamp(), "Selin Karaca", "hasta"))
    a.push(move(id_, a.stamp(1), "", "hasta"))
    b.push(move(id_, b.stamp(2), "Selin Karaca", ""))

    at, values = a.pull()["mail_move", id_]["row"]
    assert (values["person"], values["reason"]) == ("", "")
    assert at > b.stamp(2)
