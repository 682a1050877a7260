"""What must be true once every desk has nothing more to say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from civicdesk.models.room_triggers import BEGIN, END, HOLDS
from civicdesk.sync.groups import PERSONAL, Travelling, travelling
from civicdesk.sync.payload import canonical, to_value
from civicdesk.sync.port import HubPort
from tests.sync.editing import TEXTS, Story
from tests.sync.lives import Desk

Groups = dict[str, tuple[int, dict[str, Any]]]
Rows = dict[tuple[str, str], Groups]


def check(desks: Sequence[Desk], port: HubPort, incarnation: str, story: Story) -> None:
    """Everything at once; each complaint says what it found.

    That both sides are compared each night is for accidents, so it must have found nothing to mend by then.
    """
    assert story.mended == 0
    hub = of_hub(port, incarnation)
    for desk in desks:
        same(of_desk(desk), hub, desk.life)
        nothing_waits(desk)
        derived_follows(desk)
    forgotten_stay_forgotten(hub, story)
    assert missing_facts(hub, story) == []
    filed = [one[0] for desk in desks for one in desk.rows("SELECT lost FROM sync_inbox")]
    filed += [canonical(one.loser) for one in port.inbox(0)]
    assert lost_texts(hub, filed, story) == []


def of_desk(desk: Desk) -> Rows:
    """All that travels of a desk: by row and group, the stamp and the values."""
    found: Rows = {}
    for what in travelling().values():
        stamps = {id_: rest for id_, *rest in desk.rows(f"SELECT id, {_stamps(what)} FROM {what.table}__s")}
        columns = ", ".join(f'"{column}"' for column in what.columns)
        for id_, *values in desk.rows(f"SELECT id, {columns} FROM {what.table}"):
            row = dict(zip(what.columns, map(to_value, values), strict=True))
            found[what.table, id_] = {
                group: (stamp, {column: row[column] for column in what.groups[group]})
                for group, stamp in zip(what.groups, stamps.get(id_, ()), strict=False)
                if stamp
            }
    return found


def of_hub(port: HubPort, incarnation: str, scope: int = 1) -> Rows:
    """All that the hub has."""
    page = port.pull(incarnation, scope, 0, 1_000_000)
    return {
        (row.table, row.id): {group: (cell.stamp, dict(cell.values)) for group, cell in row.groups.items()}
        for row in page.rows
    }


def same(here: Rows, there: Rows, who: str) -> None:
    """Equal rows and equal stamps."""
    differing = {
        (*key, group): (here.get(key, {}).get(group), there.get(key, {}).get(group))
        for key in {*here, *there}
        for group in {*here.get(key, {}), *there.get(key, {})}
        if here.get(key, {}).get(group) != there.get(key, {}).get(group)
    }
    assert differing == {}, f"{who} and the hub differ"


def nothing_waits(desk: Desk) -> None:
    for table in travelling():
        waits = desk.rows(f"SELECT id, pend, dirty FROM {table}__s WHERE pend <> 0 OR dirty <> 0")
        assert waits == [], f"{desk.life} still keeps something back of {table}"
    assert desk.rows("SELECT table_name, row_id, reason FROM sync_quarantine") == []
    assert desk.rows("SELECT count(*) FROM sync_inflight") == [(0,)]


def derived_follows(desk: Desk) -> None:
    """No two hold a room, and the small tables of this desk say what its rows say."""
    holds = desk.rows(
        f"SELECT coalesce(part.id, b.room_id), {BEGIN}, {END}, b.id FROM booking AS b "
        f"LEFT JOIN room AS part ON part.part_of_id = b.room_id WHERE {HOLDS}".replace("{b}", "b")
    )
    held = [(room, slot, booking) for room, since, until, booking in holds for slot in range(since, until)]
    assert len({(room, slot) for room, slot, _booking in held}) == len(held), "two hold one room"
    assert sorted(desk.rows("SELECT room_id, slot, booking_id FROM claim")) == sorted(held)
    inside = desk.rows("SELECT visitor_id, id FROM visit WHERE left_at IS NULL AND deleted_at IS NULL")
    presence = desk.rows("SELECT visitor_id, visit_id FROM presence")
    assert {*presence} <= {*inside}
    assert {visitor for visitor, _visit in presence} == {visitor for visitor, _visit in inside}
    heads = desk.rows(
        "SELECT room_id, category, sum(change) FROM head_count GROUP BY 1, 2 HAVING sum(change) <> 0"
    )
    assert sorted(desk.rows("SELECT room_id, category, people FROM head_total")) == sorted(heads)


def forgotten_stay_forgotten(hub: Rows, story: Story) -> None:
    for (table, id_), groups in hub.items():
        if table not in PERSONAL or subject_of(table, id_, groups) not in story.erased:
            continue
        for _stamp, values in groups.values():
            told = {name: value for name, value in values.items() if name in PERSONAL[table].empty}
            assert told == {name: PERSONAL[table].empty[name] for name in told}, f"{table} {id_} came back"


def subject_of(table: str, id_: str, groups: Groups) -> str:
    column = PERSONAL[table].subject
    if column == "id":
        return id_
    group = travelling()[table].group_of[column]
    return str(groups[group][1][column]) if group in groups else ""


def missing_facts(hub: Rows, story: Story) -> list[tuple[str, str]]:
    return [fact for fact in story.facts if fact not in hub]


def lost_texts(hub: Rows, filed: Iterable[str], story: Story) -> list[str]:
    """Texts nobody wrote over knowingly that are neither in the rows nor in an inbox."""
    overwritten = {edit.over for edit in story.edits.values()}
    inboxes = "\n".join(filed)
    lost = []
    for text, edit in story.edits.items():
        table, id_, group = edit.cell
        groups = hub.get((table, id_), {})
        if text in overwritten or f'"{text}"' in inboxes or _is_erased(table, id_, groups, group, story):
            continue
        if text not in groups.get(group, (0, {}))[1].values():
            lost.append(
                f"{text} of {edit.life} in {edit.cell}, over {edit.over!r}; there is {groups.get(group)}"
            )
    return lost


def _is_erased(table: str, id_: str, groups: Groups, group: str, story: Story) -> bool:
    if table not in PERSONAL or subject_of(table, id_, groups) not in story.erased:
        return False
    return any(of == group and column in PERSONAL[table].empty for column, of in TEXTS[table].items())


def _stamps(what: Travelling) -> str:
    return ", ".join(f"c_{group}" for group in what.groups)
