"""What a hub keeps as it was given, and what it does not take: stamps, values, rows of every table."""

from __future__ import annotations

import pytest

from civicdesk.sync.groups import travelling
from civicdesk.sync.port import CONTRACT, FUTURE_MS
from tests.sync.hubs import NOW, Hub, Speaker, cell, new, refusal, stamp, told, whole


def test_a_stamp_of_tomorrow_is_refused_and_its_rows_are_named(hub: Hub) -> None:
    speaker = Speaker(hub.desk("front"))
    early, late = new(), new()
    rows = [
        whole("organisation", early, stamp(NOW + FUTURE_MS - 1_000, speaker.node)),
        whole("organisation", late, stamp(NOW + FUTURE_MS + 1_000, speaker.node)),
    ]

    refused = refusal(speaker, *rows)

    assert (refused.reason, refused.rows) == ("future_stamp", (("organisation", late),))
    assert speaker.push(rows[0]).merged


def test_a_stamp_of_another_node_is_refused(hub: Hub) -> None:
    one, other = Speaker(hub.desk("front")), Speaker(hub.desk("post"))
    id_ = new()

    refused = refusal(one, whole("organisation", id_, other.stamp()))

    assert (refused.reason, refused.rows) == ("foreign_node", (("organisation", id_),))
    assert refusal(one, whole("organisation", id_, stamp(NOW, 0))).reason == "foreign_node"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda row: row | {"t": "sqlite_master"},
        lambda row: row | {"t": "print_job"},
        lambda row: row | {"i": "0"},
        lambda row: row | {"i": row["i"].upper().replace("0", "G")},
        lambda row: row | {"g": row["g"] | {"secret": [row["g"]["del"][0], None, {"x": 1}]}},
        lambda row: row | {"g": row["g"] | {"del": [row["g"]["del"][0], None, {}]}},
        lambda row: row | {"g": row["g"] | {"short": [row["g"]["del"][0], None, {"short_name": 7}]}},
        lambda row: row | {"g": row["g"] | {"short": [row["g"]["del"][0], None, {"short_name": "a\0b"}]}},
        lambda row: row | {"g": row["g"] | {"del": [row["g"]["del"][0], None, {"deleted_at": 1.5}]}},
        lambda row: row | {"g": row["g"] | {"del": ["now", None, {"deleted_at": None}]}},
    ],
    ids=["no table", "a local table", "short id", "no id", "no group", "columns missing", "number for text",
         "nul", "fraction", "stamp is a word"],
)  # fmt: skip
def test_a_row_nobody_knows_how_to_keep_is_refused_by_name(hub: Hub, spoil) -> None:  # noqa: ANN001
    speaker = Speaker(hub.desk("front"))
    good = whole("organisation", new(), speaker.stamp(), name="Ege")
    bad = spoil(whole("organisation", new(), speaker.stamp(), name="Bozuk"))

    refused = refusal(speaker, good, bad)

    assert refused.reason == "row"
    assert refused.rows in ((), ((bad["t"], bad["i"]),))
    assert speaker.pull() == {}


def test_a_payload_that_is_too_big_is_refused(hub: Hub) -> None:
    speaker = Speaker(hub.desk("front"))

    refused = refusal(speaker, whole("organisation", new(), speaker.stamp(), name="x" * (9 * 1024 * 1024)))

    assert refused.reason == "too_big"


def test_a_desk_that_speaks_another_contract_is_told_so(hub: Hub) -> None:
    speaker = Speaker(hub.desk("front"))
    row = whole("organisation", new(), speaker.stamp())

    assert refusal(speaker, row, contract=CONTRACT + 7).reason == "contract"
    assert speaker.port.hello(speaker.incarnation, CONTRACT + 7).contract[1] < CONTRACT + 7


def test_letters_of_every_kind_come_back_as_they_were(hub: Hub) -> None:
    speaker = Speaker(hub.desk("front"))
    name = 'İıĞğŞş’çöü \\ " \n\t 🏛 ﷽ e\u0301 \u200f \U0010ffff'
    id_ = new()
    speaker.push(whole("organisation", id_, speaker.stamp(), name=name))

    assert speaker.pull()["organisation", id_]["name"][1]["name"] == name


def test_bytes_and_numbers_come_back_as_they_were(hub: Hub) -> None:
    speaker = Speaker(hub.desk("front"))
    id_ = new()
    values = {"strokes": {"b64": "AP/+gA=="}, "width": 2**40, "height": -1, "at": "2026-11-24T07:42:00.000Z"}
    speaker.push(whole("signature", id_, speaker.stamp(), **values))

    assert speaker.pull()["signature", id_]["row"][1] == values


def test_a_row_may_come_in_parts(hub: Hub) -> None:
    speaker = Speaker(hub.desk("front"))
    id_ = new()
    name = cell("organisation", "name", name="Ege", kind="dernek")
    speaker.push(told("organisation", id_, name=(speaker.stamp(1), None, name)))
    speaker.push(told("organisation", id_, short=(speaker.stamp(2), None, {"short_name": "E"})))

    assert speaker.pull()["organisation", id_] == {
        "name": (speaker.stamp(1), name),
        "short": (speaker.stamp(2), {"short_name": "E"}),
    }


def test_every_table_that_travels_is_kept_and_given_back(hub: Hub) -> None:
    speaker = Speaker(hub.desk("front"))
    rooms = {"room_id": new(), "starts_at": "2026-11-24T10:00:00.000Z", "ends_at": "2026-11-24T11:00:00.000Z"}
    rows = [
        whole(
            table,
            new(),
            speaker.stamp(),
            **{name: value for name, value in rooms.items() if name in what.kinds},
        )
        for table, what in travelling().items()
    ]
    times = {"instant": "2026-11-24T10:00:00.000Z", "day": "2026-11-24", "id": "ab" * 16}
    for row in rows:
        kinds = travelling()[row["t"]].kinds
        for _stamp, _base, values in row["g"].values():
            values.update(
                {name: times[kinds[name]] for name in values if values[name] == "" and kinds[name] in times}
            )
    speaker.push(*rows)
    back = speaker.pull()

    for row in rows:
        kept = {group: values for group, (_stamp, values) in back[row["t"], row["i"]].items()}
        assert kept == {group: values for group, (_stamp, _base, values) in row["g"].items()}
