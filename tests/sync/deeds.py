"""The deeds of a centre's day, as one line each: a random test picks one, a desk and two numbers."""

from __future__ import annotations

from collections.abc import Callable

from tests.sync.editing import TEXTS, Editor, pooled

Deed = Callable[[Editor, int, int], object]

ROOMS, ORGANISATIONS, PEOPLE, SEATS = 4, 2, 2, 3
_STATES = ("tentative", "confirmed", "cancelled", "no_show")


def pick(editor: Editor, table: str, number: int) -> str:
    """One of the rows that are there, or an id that is not."""
    found = editor.ids(table)
    return found[number % len(found)] if found else pooled(table, 0)


def at(step: int) -> str:
    """A half hour of one morning."""
    return f"2026-11-24T{8 + step // 2:02d}:{30 * (step % 2):02d}:00.000Z"


def place(choice: int) -> dict[str, object]:
    step = choice % 5
    return {
        "room_id": pooled("room", choice % ROOMS),
        "starts_at": at(step),
        "ends_at": at(step + 1 + choice % 3),
    }


def organisation_comes(editor: Editor, number: int, _choice: int) -> object:
    return editor.insert("organisation", pooled("organisation", number % ORGANISATIONS), kind="dernek")


def text_changes(editor: Editor, number: int, choice: int) -> object:
    tables = list(TEXTS)
    table = tables[number % len(tables)]
    columns = [column for column in TEXTS[table] if column != "wall_start"]
    return editor.write(table, pick(editor, table, choice), columns[(number + choice) % len(columns)])


def organisation_text_changes(editor: Editor, number: int, choice: int) -> object:
    columns = list(TEXTS["organisation"])
    return editor.write(
        "organisation", pooled("organisation", number % ORGANISATIONS), columns[choice % len(columns)]
    )


def row_is_taken_away(editor: Editor, number: int, choice: int) -> object:
    table = ("organisation", "booking", "visitor", "mail_item", "closure", "visit")[number % 6]
    return editor.take_away(table, pick(editor, table, choice))


def row_is_brought_back(editor: Editor, number: int, choice: int) -> object:
    table = ("organisation", "booking", "visitor", "mail_item", "closure", "visit")[number % 6]
    return editor.bring_back(table, pick(editor, table, choice))


def room_is_booked(editor: Editor, number: int, choice: int) -> object:
    return editor.insert(
        "booking", editor.story.new_id(), **place(choice), kind="meeting", zone="Europe/Istanbul", people=2,
        state=_STATES[number % 2], setup_minutes=(0, 0, 15)[number % 3],
    )  # fmt: skip


def booking_moves(editor: Editor, number: int, choice: int) -> object:
    return editor.write("booking", pick(editor, "booking", number), "wall_start", **place(choice))


def booking_changes_state(editor: Editor, number: int, choice: int) -> object:
    return editor.update("booking", pick(editor, "booking", number), state=_STATES[choice % len(_STATES)])


def room_is_given_back(editor: Editor, number: int, choice: int) -> object:
    return editor.update("booking", pick(editor, "booking", number), released_at=at(choice % 6))


def room_is_divided(editor: Editor, number: int, choice: int) -> object:
    whole = pooled("room", choice % ROOMS) if choice % 3 else None
    return editor.update("room", pooled("room", number % ROOMS), part_of_id=whole)


def equipment_is_wanted(editor: Editor, number: int, choice: int) -> object:
    return editor.insert(
        "booking_equipment", editor.story.new_id(), booking_id=pick(editor, "booking", number),
        equipment_id=pooled("equipment", 0), count=1 + choice % 2,
    )  # fmt: skip


def visitor_comes(editor: Editor, number: int, choice: int) -> object:
    visitor = pooled("visitor", number % PEOPLE)
    editor.insert("visitor", visitor)
    visit = editor.story.new_id()
    if editor.insert(
        "visit", visit, visitor_id=visitor, number=1, arrived_at=at(choice % 4), reason="meeting"
    ):
        editor.insert(
            "passage", editor.story.new_id(), visit_id=visit, direction="in", at=at(choice % 4), how="tap"
        )
        return True
    return False


def visitor_leaves(editor: Editor, number: int, choice: int) -> object:
    return editor.update("visit", pick(editor, "visit", number), left_at=at(6 + choice % 4), left_how="tap")


def visitor_is_still_here(editor: Editor, number: int, _choice: int) -> object:
    return editor.update("visit", pick(editor, "visit", number), left_at=None, left_how=None)


def people_are_counted(editor: Editor, number: int, choice: int) -> object:
    return editor.insert(
        "head_count", editor.story.new_id(), room_id=pooled("room", number % ROOMS), category="adult",
        change=choice % 5 - 2, at=at(choice % 6),
    )  # fmt: skip


def seat_is_taken(editor: Editor, number: int, choice: int) -> object:
    return editor.insert(
        "seat_stay", editor.story.new_id(), room_id=pooled("room", 0), visit_id=pick(editor, "visit", number),
        seat_id=pooled("seat", choice % SEATS), people=1, since_at=at(0),
    )  # fmt: skip


def person_is_named(editor: Editor, number: int, choice: int) -> object:
    return editor.insert(
        "organisation_person", pooled("person", number % PEOPLE),
        organisation_id=pooled("organisation", choice % ORGANISATIONS), role="contact",
    )  # fmt: skip


def mail_comes(editor: Editor, _number: int, choice: int) -> object:
    item = editor.story.new_id()
    return editor.insert(
        "mail_item", item, number="1", received_at=at(choice % 4), kind="ordinary", box=choice % 9
    )


def mail_moves(editor: Editor, number: int, choice: int) -> object:
    what = ("received", "shelved", "notified", "handed_over", "returned", "handover_corrected")[choice % 6]
    return editor.insert(
        "mail_move", editor.story.new_id(), item_id=pick(editor, "mail_item", number), what=what, at=at(choice % 8),
        person=editor.story.text(), hand_over_id=pooled("hand_over", number % 2),
    )  # fmt: skip


def fact_is_emptied(editor: Editor, number: int, _choice: int) -> object:
    return editor.update("mail_move", pick(editor, "mail_move", number), person="")


def centre_closes(editor: Editor, _number: int, choice: int) -> object:
    return editor.insert("closure", editor.story.new_id(), on=f"2026-12-{1 + choice % 28:02d}")


DEEDS: tuple[Deed, ...] = (
    organisation_comes, text_changes, *(organisation_text_changes,) * 4, row_is_taken_away, row_is_brought_back,
    room_is_booked, room_is_booked, booking_moves, booking_changes_state, room_is_given_back, room_is_divided,
    equipment_is_wanted, visitor_comes, visitor_leaves, visitor_is_still_here, people_are_counted, seat_is_taken,
    person_is_named, mail_comes, mail_moves, fact_is_emptied, centre_closes,
)  # fmt: skip


def furnish(editor: Editor) -> None:
    """What a centre has before its first day."""
    for number in range(ROOMS):
        editor.insert("room", pooled("room", number), capacity=2)
    editor.insert("equipment", pooled("equipment", 0), name="Projeksiyon", count=2)
