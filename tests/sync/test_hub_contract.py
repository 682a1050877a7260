"""What a hub promises a desk, whatever it is made of: who may speak, the chain, stamps, pages."""

from __future__ import annotations

import pytest

from civicdesk.sync.port import CONTRACT, FIRST_CHAIN, FUTURE_MS, Refused
from tests.sync.hubs import NOW, Hub, Speaker, booking, chained, new, payload, refusal, stamp, told, whole

# -- who is there


def test_a_hub_says_who_it_is_and_what_time_it_is(hub: Hub) -> None:
    port = hub.desk("front")
    greeting = port.hello(new(), CONTRACT)

    assert (greeting.chain, greeting.node) == (None, 0)
    assert greeting.now_ms == NOW
    assert greeting.scopes == (0, 1)
    assert greeting.contract[0] <= CONTRACT <= greeting.contract[1]
    assert not greeting.recovering
    assert len(greeting.epoch.replace("-", "")) == 32


def test_two_greetings_are_of_one_epoch(hub: Hub) -> None:
    assert hub.desk("front").hello(new(), CONTRACT).epoch == hub.desk("post").hello(new(), CONTRACT).epoch


def test_each_incarnation_has_a_node_of_its_own_and_begins_a_chain(hub: Hub) -> None:
    port = hub.desk("front")
    one, other = Speaker(port), Speaker(port)

    assert one.node != other.node
    assert min(one.node, other.node) > 0
    assert one.greet().node == one.node
    assert one.chain == FIRST_CHAIN


def test_an_enrolment_whose_answer_was_lost_is_the_same_enrolment(hub: Hub) -> None:
    port = hub.desk("front")
    speaker = Speaker(port)

    assert port.enrol(speaker.incarnation, None) == speaker.node


def test_a_desk_cannot_speak_as_another_ones_incarnation(hub: Hub) -> None:
    speaker = Speaker(hub.desk("front"))
    other = hub.desk("post")

    assert other.hello(speaker.incarnation, CONTRACT).chain is None
    with pytest.raises(Refused) as refused:
        other.push(speaker.incarnation, FIRST_CHAIN, payload())
    assert refused.value.reason == "unknown_desk"


def test_an_incarnation_that_never_enrolled_may_not_push(hub: Hub) -> None:
    with pytest.raises(Refused) as refused:
        hub.desk("front").push(new(), FIRST_CHAIN, payload())

    assert refused.value.reason == "unknown_desk"


def test_a_revoked_desk_may_do_nothing_more(hub: Hub) -> None:
    speaker = Speaker(hub.desk("front"))
    hub.revoke("front")

    with pytest.raises(Exception, match=r"revoked|unknown_desk|not permitted|terminat"):
        speaker.greet()


# -- the chain


def test_the_chain_is_the_hash_of_the_chain_before_and_the_payload(hub: Hub) -> None:
    speaker = Speaker(hub.desk("front"))
    text = payload(whole("organisation", new(), speaker.stamp(), name="Şişli İğne Derneği"))

    assert speaker.port.push(speaker.incarnation, FIRST_CHAIN, text).chain == chained(FIRST_CHAIN, text)
    assert speaker.greet().chain == chained(FIRST_CHAIN, text)


def test_a_push_whose_answer_was_lost_is_told_by_the_chain(hub: Hub) -> None:
    speaker = Speaker(hub.desk("front"))
    text = payload(whole("organisation", new(), speaker.stamp(), name="Ege"))
    speaker.port.push(speaker.incarnation, FIRST_CHAIN, text)

    assert speaker.greet().chain == chained(FIRST_CHAIN, text)
    with pytest.raises(Refused) as refused:
        speaker.port.push(speaker.incarnation, FIRST_CHAIN, text)
    assert refused.value.reason == "chain"


def test_the_same_rows_again_change_nothing(hub: Hub) -> None:
    speaker = Speaker(hub.desk("front"))
    row = whole("organisation", new(), speaker.stamp(), name="Ege")
    speaker.push(row)
    head = speaker.greet().head[1]

    done = speaker.push(row)

    assert (done.merged, done.conflicts) == (0, 0)
    assert speaker.pull(head) == {}


def test_a_refused_push_leaves_nothing_behind(hub: Hub) -> None:
    speaker = Speaker(hub.desk("front"))
    before = speaker.greet()
    good = whole("organisation", new(), speaker.stamp(), name="Ege")
    bad = whole("organisation", new(), stamp(NOW + 2 * FUTURE_MS, speaker.node), name="Yarın")

    assert refusal(speaker, good, bad).reason == "future_stamp"
    assert speaker.greet() == before
    assert speaker.pull() == {}


# -- pages


def test_a_pull_goes_on_where_the_last_one_ended_and_misses_nothing(hub: Hub) -> None:
    speaker = Speaker(hub.desk("front"))
    ids = [new() for _n in range(10)]
    for id_ in ids:
        speaker.push(whole("organisation", id_, speaker.stamp(), name="Ege"))
    seen: list[str] = []
    cursor, is_more = 0, True
    while is_more:
        page = speaker.port.pull(speaker.incarnation, 1, cursor, 3)
        assert len(page.rows) <= 3
        assert [row.seq for row in page.rows] == sorted(row.seq for row in page.rows)
        seen += [row.id for row in page.rows]
        cursor, is_more = page.until, page.more

    assert seen == ids
    assert cursor == speaker.greet().head[1]
    assert speaker.port.pull(speaker.incarnation, 1, cursor, 3).rows == []


def test_a_desk_hears_of_its_own_rows_too(hub: Hub) -> None:
    speaker = Speaker(hub.desk("front"))
    id_ = new()
    speaker.push(whole("organisation", id_, speaker.stamp(), name="Ege"))

    assert ("organisation", id_) in speaker.pull()


def test_a_row_that_changed_again_comes_once_at_its_new_place(hub: Hub) -> None:
    speaker = Speaker(hub.desk("front"))
    first, second = new(), new()
    for id_ in (first, second):
        speaker.push(whole("organisation", id_, speaker.stamp(), name="Ege"))
    cursor = speaker.greet().head[1]
    speaker.push(told("organisation", first, short=(speaker.stamp(9), speaker.stamp(), {"short_name": "E"})))

    assert list(speaker.pull()) == [("organisation", second), ("organisation", first)]
    assert list(speaker.pull(cursor)) == [("organisation", first)]


def test_centres_never_meet(hub: Hub) -> None:
    one, other = Speaker(hub.desk("front", scope=1)), Speaker(hub.desk("away", scope=2))
    same = new()
    one.push(whole("organisation", same, one.stamp(), name="Burada"))
    done = other.push(whole("organisation", same, other.stamp(5), name="Orada"))

    assert done.conflicts == 0
    assert one.pull()["organisation", same]["name"][1]["name"] == "Burada"
    assert other.pull(scope=2)["organisation", same]["name"][1]["name"] == "Orada"
    assert one.pull(scope=0) == {} == other.pull(scope=0)
    for ask in (lambda: other.pull(scope=1), lambda: other.port.digest(1, "organisation", ["name"]),
                lambda: other.port.bucket(1, "organisation", 0)):  # fmt: skip
        with pytest.raises(Refused):
            ask()


def test_two_centres_may_book_rooms_of_one_id(hub: Hub) -> None:
    one, other = Speaker(hub.desk("front", scope=1)), Speaker(hub.desk("away", scope=2))
    room = new()

    assert one.push(booking(new(), one.stamp(), room)).clashes == 0
    assert other.push(booking(new(), other.stamp(), room)).clashes == 0
