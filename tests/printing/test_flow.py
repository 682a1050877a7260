from types import SimpleNamespace

from civicdesk.printing.flow import Strip, draw_strips, pages


def strip(height: float, headings: tuple[Strip, ...] = (), *, with_next: bool = False) -> Strip:
    return Strip(height, lambda page, top: page.drawn.append(top), headings, with_next)  # type: ignore[attr-defined]


def test_a_page_takes_what_fits() -> None:
    assert [len(page) for page in pages([strip(10)] * 7, first=20, others=30)] == [2, 3, 2]


def test_headings_are_said_again_and_take_their_room() -> None:
    heading = strip(10)
    row = strip(10, headings=(heading,))
    assert pages([row] * 4, first=20, others=30) == [[row, row], [heading, row, row]]


def test_a_heading_is_never_the_last_of_a_page() -> None:
    row, heading = strip(10), strip(10, with_next=True)
    assert pages([row, heading, row], first=20, others=30) == [[row], [heading, row]]


def test_what_is_higher_than_a_page_does_not_go_on_for_ever() -> None:
    giant = strip(99)
    assert pages([giant, giant], first=20, others=30) == [[giant], [giant]]


def test_strips_are_drawn_downwards() -> None:
    page = SimpleNamespace(drawn=[])
    draw_strips(page, [strip(10), strip(5), strip(1)], top=100)  # type: ignore[arg-type]
    assert page.drawn == [100, 90, 85]
