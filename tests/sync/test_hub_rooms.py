"""Never two in a room: of desks that book apart from each other, the first to reach the hub has it."""

from __future__ import annotations

import pytest

from civicdesk.sync.port import Refused
from tests.sync.hubs import Hub, Speaker, booking, cell, clock, new, slot, told, whole


def two(hub: Hub) -> tuple[Speaker, Speaker]:
    return Speaker(hub.desk("front")), Speaker(hub.desk("post"))


def state(speaker: Speaker, id_: str) -> str:
    return str(speaker.pull()["booking", id_]["state"][1]["state"])


def test_the_first_to_reach_the_hub_has_the_room_whatever_its_clock_says(hub: Hub) -> None:
    a, b = two(hub)
    room, late, early = new(), new(), new()
    assert a.push(booking(late, a.stamp(9), room)).clashes == 0
    done = b.push(booking(early, b.stamp(1), room, "10:30", "11:30"))

    assert done.clashes == 1
    assert (state(a, late), state(a, early)) == ("confirmed", "clash")


def test_the_clash_is_the_hubs_own_word_and_later_than_the_desks(hub: Hub) -> None:
    a, b = two(hub)
    room, lost = new(), new()
    a.push(booking(new(), a.stamp(), room))
    b.push(booking(lost, b.stamp(7), room))
    row = b.pull()["booking", lost]

    assert row["state"][0] & 0x7FFF == 0
    assert row["state"][0] > b.stamp(7)
    assert row["slot"] == (b.stamp(7), slot(room, "10:00", "11:00"))
    assert b.port.inbox(0) == []


def test_in_one_push_whoever_wished_it_earlier_has_it(hub: Hub) -> None:
    a, _b = two(hub)
    room, late, early = new(), new(), new()
    a.push(booking(late, a.stamp(9), room), booking(early, a.stamp(1), room))

    assert (state(a, early), state(a, late)) == ("confirmed", "clash")


def test_in_one_push_of_one_stamp_the_lower_id_has_it(hub: Hub) -> None:
    a, _b = two(hub)
    room = new()
    low, high = sorted((new(), new()))
    a.push(booking(high, a.stamp(), room), booking(low, a.stamp(), room))

    assert (state(a, low), state(a, high)) == ("confirmed", "clash")


@pytest.mark.parametrize(("begin", "end"), [("11:00", "12:00"), ("09:00", "10:00")])
def test_one_may_begin_when_another_ends(hub: Hub, begin: str, end: str) -> None:
    a, b = two(hub)
    room = new()
    a.push(booking(new(), a.stamp(), room))

    assert b.push(booking(new(), b.stamp(), room, begin, end)).clashes == 0


@pytest.mark.parametrize(
    ("values", "clashes"),
    [
        ({"setup_minutes": 15}, 1), ({"clear_minutes": 15}, 0), ({"state": "tentative", "setup_minutes": 5}, 1),
        ({"state": "cancelled", "setup_minutes": 15}, 0), ({"state": "skipped", "setup_minutes": 15}, 0),
        ({"state": "no_show", "setup_minutes": 15}, 1), ({"deleted_at": clock("07:00"), "setup_minutes": 15}, 0),
        ({"setup_minutes": 15, "released_at": clock("10:45")}, 0),
    ],
    ids=["setting up", "clearing", "tentative", "cancelled", "skipped", "no show", "taken away", "released before"],
)  # fmt: skip
def test_what_holds_a_room_holds_it_from_setting_up_to_clearing(hub: Hub, values, clashes: int) -> None:  # noqa: ANN001
    a, b = two(hub)
    room = new()
    a.push(booking(new(), a.stamp(), room))

    assert b.push(booking(new(), b.stamp(), room, "11:00", "12:00", **values)).clashes == clashes


def test_a_room_given_back_early_is_free_from_then_on(hub: Hub) -> None:
    a, b = two(hub)
    room = new()
    a.push(booking(new(), a.stamp(), room, released_at=clock("10:30"), state="no_show"))

    assert b.push(booking(new(), b.stamp(), room, "10:30", "11:00")).clashes == 0
    assert b.push(booking(new(), b.stamp(), room, "10:25", "10:30")).clashes == 1


def test_times_off_the_grid_are_held_as_the_desk_holds_them(hub: Hub) -> None:
    """A desk claims whole runs of five minutes, so 10:03 to 10:57 is 10:00 to 11:00 at the hub, too."""
    a, b = two(hub)
    room = new()
    a.push(booking(new(), a.stamp(), room, "10:03", "10:57"))

    assert b.push(booking(new(), b.stamp(), room, "10:58", "11:30")).clashes == 1
    assert b.push(booking(new(), b.stamp(1), room, "11:00", "11:30")).clashes == 0


def test_whoever_lets_go_makes_room_for_the_next(hub: Hub) -> None:
    a, b = two(hub)
    room, first = new(), new()
    a.push(booking(first, a.stamp(), room))
    cancelled = {"state": "cancelled"}
    a.push(told("booking", first, state=(a.stamp(1), a.stamp(), cancelled)))

    assert b.push(booking(new(), b.stamp(2), room)).clashes == 0


def test_a_booking_that_moves_holds_only_where_it_went(hub: Hub) -> None:
    a, b = two(hub)
    here, there, id_ = new(), new(), new()
    a.push(booking(id_, a.stamp(), here))
    a.push(told("booking", id_, slot=(a.stamp(1), a.stamp(), slot(there, "10:00", "11:00"))))

    assert b.push(booking(new(), b.stamp(2), here)).clashes == 0
    assert b.push(booking(new(), b.stamp(2), there)).clashes == 1


def test_two_that_change_places_in_one_push_both_keep_theirs(hub: Hub) -> None:
    a, _b = two(hub)
    here, there, one, other = new(), new(), new(), new()
    a.push(booking(one, a.stamp(), here), booking(other, a.stamp(), there))
    done = a.push(
        told("booking", one, slot=(a.stamp(1), a.stamp(), slot(there, "10:00", "11:00"))),
        told("booking", other, slot=(a.stamp(2), a.stamp(), slot(here, "10:00", "11:00"))),
    )

    assert done.clashes == 0
    assert state(a, one) == state(a, other) == "confirmed"


def test_a_move_to_where_another_is_leaves_the_other_alone(hub: Hub) -> None:
    a, b = two(hub)
    here, there, mine, theirs = new(), new(), new(), new()
    a.push(booking(mine, a.stamp(), here))
    b.push(booking(theirs, b.stamp(), there))
    done = a.push(told("booking", mine, slot=(a.stamp(1), a.stamp(), slot(there, "10:00", "11:00"))))

    assert done.clashes == 1
    assert (state(a, mine), state(a, theirs)) == ("clash", "confirmed")


def test_a_clash_is_settled_by_moving_and_confirming(hub: Hub) -> None:
    a, b = two(hub)
    room, free, lost = new(), new(), new()
    a.push(booking(new(), a.stamp(), room))
    b.push(booking(lost, b.stamp(), room))
    clashed = b.pull()["booking", lost]["state"][0]
    later = clashed + b.stamp(1) - b.stamp() + b.node
    done = b.push(told("booking", lost, slot=(later, b.stamp(), slot(free, "10:00", "11:00")),
                       state=(later, clashed, {"state": "confirmed"})))  # fmt: skip

    assert (done.clashes, done.conflicts) == (0, 0)
    assert state(a, lost) == "confirmed"


def test_confirming_again_without_moving_clashes_again(hub: Hub) -> None:
    a, b = two(hub)
    room, lost = new(), new()
    a.push(booking(new(), a.stamp(), room))
    b.push(booking(lost, b.stamp(), room))
    clashed = b.pull()["booking", lost]["state"][0]
    later = clashed + b.stamp(1) - b.stamp() + b.node
    done = b.push(told("booking", lost, state=(later, clashed, {"state": "confirmed"})))

    assert done.clashes == 1
    assert b.pull()["booking", lost]["state"][0] > later


def test_what_a_desk_said_of_a_clashed_booking_meanwhile_is_kept(hub: Hub) -> None:
    """Cancelled at the desk before it heard of the clash: the hub's word is later, the desk's is filed."""
    a, b = two(hub)
    room, lost = new(), new()
    a.push(booking(new(), a.stamp(), room))
    b.push(booking(lost, b.stamp(-10), room))
    clashed = b.pull()["booking", lost]["state"][0]
    assert b.stamp(-5) < clashed
    b.push(told("booking", lost, state=(b.stamp(-5), b.stamp(-10), {"state": "cancelled"})))

    assert state(b, lost) == "clash"
    assert [(one.group, one.loser) for one in b.port.inbox(0)] == [("state", {"state": "cancelled"})]


def test_of_a_cancelled_winner_the_hub_gives_nothing_away_by_itself(hub: Hub) -> None:
    a, b = two(hub)
    room, first, lost = new(), new(), new()
    a.push(booking(first, a.stamp(), room))
    b.push(booking(lost, b.stamp(), room))
    a.push(told("booking", first, state=(a.stamp(1), a.stamp(), {"state": "cancelled"})))

    assert state(b, lost) == "clash"


# -- divided rooms


def divided(speaker: Speaker) -> tuple[str, str, str]:
    """A hall and its two halves."""
    hall, left, right = new(), new(), new()
    rooms = [whole("room", hall, speaker.stamp(), name="Salon")]
    rooms += [whole("room", part, speaker.stamp(), name="Yarım", part_of_id=hall) for part in (left, right)]
    speaker.push(*rooms)
    return hall, left, right


def test_the_whole_of_a_divided_room_holds_its_parts(hub: Hub) -> None:
    a, b = two(hub)
    hall, left, right = divided(a)
    a.push(booking(new(), a.stamp(1), hall))

    assert b.push(booking(new(), b.stamp(1), left)).clashes == 1
    assert b.push(booking(new(), b.stamp(1), right, "11:00", "12:00")).clashes == 0
    assert b.push(booking(new(), b.stamp(1), hall, "11:30", "12:30")).clashes == 1


def test_two_parts_of_a_room_do_not_hold_each_other(hub: Hub) -> None:
    a, b = two(hub)
    _hall, left, right = divided(a)
    a.push(booking(new(), a.stamp(1), left))

    assert b.push(booking(new(), b.stamp(1), right)).clashes == 0


def test_a_room_divided_after_it_was_booked_holds_its_parts(hub: Hub) -> None:
    a, b = two(hub)
    hall, left, first = new(), new(), new()
    a.push(booking(first, a.stamp(), hall))
    a.push(whole("room", hall, a.stamp(1)), whole("room", left, a.stamp(1), part_of_id=hall))

    assert b.push(booking(new(), b.stamp(1), left)).clashes == 1
    assert state(a, first) == "confirmed"


def test_dividing_a_room_lets_the_first_booking_stand(hub: Hub) -> None:
    a, b = two(hub)
    hall, left, first, second = new(), new(), new(), new()
    a.push(booking(first, a.stamp(5), left))
    b.push(booking(second, b.stamp(1), hall))
    done = a.push(whole("room", left, a.stamp(6), part_of_id=hall))

    assert done.clashes == 1
    assert (state(a, first), state(a, second)) == ("confirmed", "clash")


def test_a_time_nobody_can_read_is_refused(hub: Hub) -> None:
    a, _b = two(hub)
    id_ = new()
    bad = booking(id_, a.stamp(), new())
    bad["g"]["slot"][2]["starts_at"] = "yarın"
    with pytest.raises(Refused) as refused:
        a.push(bad)

    assert (refused.value.reason, refused.value.rows) in (("row", ()), ("row", (("booking", id_),)))


def test_a_row_without_its_time_holds_nothing_and_troubles_nobody(hub: Hub) -> None:
    a, _b = two(hub)
    id_ = new()
    a.push(told("booking", id_, state=(a.stamp(), None, cell("booking", "state", state="confirmed"))))

    assert state(a, id_) == "confirmed"
