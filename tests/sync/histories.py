"""Short histories, each the shortest in which one rule of the protocol is needed."""

from __future__ import annotations

from collections.abc import Callable

from tests.sync.deeds import place
from tests.sync.editing import pooled
from tests.sync.lives import Desk, Fate, settle
from tests.sync.worlds import World

HELD, MINUTE, HOUR = pooled("organisation", 0), 60_000, 3_600_000
History = Callable[[World], None]


def begin(world: World) -> tuple[Desk, Desk, Desk]:
    """Three desks that know one organisation and one visitor."""
    a, b, c = world.desks
    a.editor.insert("organisation", HELD, kind="dernek")
    a.editor.insert("visitor", pooled("visitor", 0))
    settle(world.desks)
    return a, b, c


def the_later_edit_arrives_first(world: World) -> None:
    a, b, _c = begin(world)
    a.editor.write("organisation", HELD, "short_name")
    b.editor.skew(MINUTE)
    b.editor.write("organisation", HELD, "short_name")
    b.sync()
    a.sync()


def a_copy_and_the_desk_write_the_same(world: World) -> None:
    a, _b, _c = begin(world)
    world.copy(a)
    copy = world.desks[-1]
    for desk in (a, copy):
        desk.editor.write("organisation", HELD, "short_name")
        desk.sync()


def a_copy_has_unsent_work(world: World) -> None:
    """What it restamps must be later than what it was written over, or it would not be taken."""
    a, _b, _c = begin(world)
    a.editor.write("organisation", HELD, "short_name")
    world.copy(a)
    a.editor.write("organisation", HELD, "phone")
    a.sync()
    world.desks[-1].editor.write("organisation", HELD, "authority_note")
    world.desks[-1].sync()


def a_forgotten_name_is_typed_again(world: World) -> None:
    a, b, _c = begin(world)
    world.erase(a, pooled("visitor", 0))
    b.sync()
    b.editor.write("visitor", pooled("visitor", 0), "name")
    b.sync()


def work_goes_on_while_a_push_is_under_way(world: World) -> None:
    a, _b, _c = begin(world)
    a.editor.write("organisation", HELD, "short_name")
    a.sync(Fate(during={"push": lambda: a.editor.write("organisation", HELD, "short_name")}))


def work_goes_on_while_a_page_comes(world: World) -> None:
    """A neighbour whose clock is three minutes ahead wrote the same: this desk's word gives way, and is filed."""
    a, b, _c = begin(world)
    b.editor.skew(3 * MINUTE)
    b.editor.write("organisation", HELD, "short_name")
    b.sync()
    a.sync(Fate(during={"pull": lambda: a.editor.write("organisation", HELD, "short_name")}))


def power_goes_while_a_page_is_written(world: World) -> None:
    a, b, _c = begin(world)
    for _n in range(4):
        b.editor.insert("closure", world.story.new_id(), on="2026-12-01")
    b.sync()
    for step in range(40):
        a.sync(Fate(killed_after_commit=step), is_thorough=False)


def a_slow_clock_writes_over_what_it_has_read(world: World) -> None:
    a, b, _c = begin(world)
    b.editor.write("organisation", HELD, "short_name")
    b.sync()
    a.sync()
    a.editor.skew(-2 * HOUR)
    a.editor.write("organisation", HELD, "short_name")
    a.sync()


def somebody_writes_over_what_a_fast_clock_wrote(world: World) -> None:
    a, b, _c = begin(world)
    b.editor.skew(3 * MINUTE)
    b.editor.write("organisation", HELD, "short_name")
    b.sync()
    a.sync()
    a.editor.write("organisation", HELD, "short_name")
    a.sync()


def two_write_the_same_apart(world: World) -> None:
    a, b, _c = begin(world)
    for desk in (a, b):
        desk.editor.write("organisation", HELD, "short_name")
    a.sync()
    b.sync()


def a_clock_is_a_year_ahead(world: World) -> None:
    a, _b, _c = begin(world)
    a.editor.skew(400 * 24 * HOUR)
    a.editor.write("organisation", HELD, "short_name")
    a.editor.write("organisation", HELD, "short_name")
    a.sync()


def an_answer_is_lost(world: World) -> None:
    """The next session knows that the push had arrived, and goes on as the desk it is."""
    a, _b, _c = begin(world)
    a.editor.write("organisation", HELD, "short_name")
    a.sync(Fate(lost="push"))
    a.editor.write("organisation", HELD, "phone")
    a.sync()
    assert a.rows("SELECT forks FROM sync_state") == [(0,)]


def two_book_one_room(world: World) -> None:
    a, b, _c = begin(world)
    for desk in (a, b):
        desk.editor.insert("booking", world.story.new_id(), **place(0), kind="meeting", state="confirmed")
    b.sync()
    a.sync()


def rooms_are_swapped(world: World) -> None:
    """On one desk, over three moves: at no time did two hold a room, so nobody loses one."""
    a, _b, _c = begin(world)
    one, other = world.story.new_id(), world.story.new_id()
    here, there, free = (place(choice) for choice in (0, 6, 7))
    times = {"starts_at": here["starts_at"], "ends_at": here["ends_at"]}
    for id_, slot in ((one, here), (other, there)):
        a.editor.insert("booking", id_, **(slot | times), kind="meeting", state="confirmed")
    a.sync()
    for id_, slot in ((one, free), (other, here), (one, there)):
        assert a.editor.write("booking", id_, "wall_start", **(slot | times))
    for _n in range(9):  # so much else waits that it takes several pushes
        a.editor.insert("closure", world.story.new_id(), on="2026-12-01")
    a.editor.write("booking", one, "title")
    a.sync()
    assert a.rows("SELECT DISTINCT state FROM booking") == [("confirmed",)]


def a_booking_comes_from_elsewhere(world: World) -> None:
    a, b, _c = begin(world)
    b.editor.insert("booking", world.story.new_id(), **place(0), kind="meeting", state="confirmed")
    b.sync()
    a.sync()


ALL: tuple[History, ...] = (
    the_later_edit_arrives_first,
    a_copy_and_the_desk_write_the_same,
    a_copy_has_unsent_work,
    a_forgotten_name_is_typed_again,
    work_goes_on_while_a_push_is_under_way,
    work_goes_on_while_a_page_comes,
    power_goes_while_a_page_is_written,
    a_slow_clock_writes_over_what_it_has_read,
    somebody_writes_over_what_a_fast_clock_wrote,
    two_write_the_same_apart,
    a_clock_is_a_year_ahead,
    an_answer_is_lost,
    two_book_one_room,
    rooms_are_swapped,
    a_booking_comes_from_elsewhere,
)
