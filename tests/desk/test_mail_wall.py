from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from civicdesk.desk import mail, mail_ends, mail_wall
from civicdesk.desk.mail import Incoming
from civicdesk.desk.mail_wall import Age, Tile
from civicdesk.models import Mailbox
from tests import builders
from tests.builders import TUESDAY
from tests.desk import postbox


def tile(session: Session, number: int) -> Tile:
    (found,) = mail_wall.look(session, at=TUESDAY).within(number, number)
    return found


def test_a_box_shows_what_lies_in_it_and_notices_apart(session: Session) -> None:
    postbox.let(session, 214, "Barış Vakfı")
    for kind in ("notice", "slip21", "parcel", "ordinary"):
        postbox.item(session, 214, kind)
    gone = postbox.item(session, 214)
    mail_ends.give_up(session, [gone.id], at=TUESDAY)

    found = tile(session, 214)

    assert (found.names, found.waiting, found.notices) == (("Barış Vakfı",), 4, 2)
    wall = mail_wall.look(session, at=TUESDAY)
    assert (wall.waiting, wall.notices, wall.unmatched, wall.elsewhere) == (4, 2, 0, 0)


def test_empty_free_and_shared_boxes_are_on_the_wall(session: Session) -> None:
    session.add(Mailbox(number=9))
    postbox.let(session, 7, "Ova Sahne Topluluğu")
    postbox.let(session, 7, "Kırk Filiz Kooperatifi")

    shared, free = mail_wall.look(session, at=TUESDAY).tiles

    assert (shared.number, shared.is_shared) == (7, True)
    assert shared.names == ("Kırk Filiz Kooperatifi", "Ova Sahne Topluluğu")
    assert (free.names, free.waiting, free.is_shared) == ((), 0, False)


def test_what_lies_in_no_box_is_counted(session: Session) -> None:
    postbox.let(session, 7, "Ova Sahne Topluluğu")
    boxless = builders.organisation(session, "Perşembe Okuma Topluluğu")
    mail.receive(session, Incoming(organisation_id=boxless.id), at=TUESDAY)
    mail.receive(session, Incoming(addressed_to="?"), at=TUESDAY)

    wall = mail_wall.look(session, at=TUESDAY)

    assert (wall.waiting, wall.unmatched, wall.elsewhere) == (2, 1, 1)


@pytest.mark.parametrize(
    ("days", "age"),
    [
        (0, Age.FRESH),
        (2, Age.FRESH),
        (3, Age.DAYS_3),
        (6, Age.DAYS_3),
        (7, Age.DAYS_7),
        (29, Age.DAYS_7),
        (30, Age.DAYS_30),
        (400, Age.DAYS_30),
    ],
)
def test_a_box_ages_with_its_oldest_item(session: Session, days: int, age: Age) -> None:
    postbox.let(session, 214, "Barış Vakfı")
    postbox.item(session, 214, at=TUESDAY - timedelta(days=days))
    postbox.item(session, 214, at=TUESDAY)

    found = tile(session, 214)

    assert (found.days, found.age) == (days, age)


def test_boxes_are_found_by_number_by_name_and_by_what_waits(session: Session) -> None:
    for number, name in ((21, "Çiğli Bisikletliler Derneği"), (214, "Barış Vakfı"), (480, "Ova Sahne")):
        postbox.let(session, number, name)
    postbox.item(session, 214)
    wall = mail_wall.look(session, at=TUESDAY)

    def found(typed: str, *, only_waiting: bool = False) -> list[int]:
        return [one.number for one in wall.find(typed, only_waiting=only_waiting)]

    assert found("21") == [21, 214]
    assert found("cigli der") == [21]
    assert found("ova") == [480]
    assert found("va") == [214]
    assert found("") == [21, 214, 480]
    assert found("", only_waiting=True) == [214]
    assert found("yok") == []


def test_the_wall_is_parted_into_hundreds(session: Session) -> None:
    session.add_all(Mailbox(number=number) for number in (1, 100, 101, 250, 480))
    session.flush()
    wall = mail_wall.look(session, at=TUESDAY)

    assert wall.hundreds() == [(1, 100), (101, 200), (201, 300), (401, 480)]
    assert [one.number for one in wall.within(101, 300)] == [101, 250]


@pytest.mark.parametrize(
    ("name", "given", "shown"),
    [
        ("Doğa Gönüllüleri Derneği", "", "Doğa Gönüllüleri"),
        ("Barış Vakfı", "", "Barış Vakfı"),
        ("Kadın Emeği Derneği", "KED", "KED"),
    ],
)
def test_a_box_bears_a_short_name(name: str, given: str, shown: str) -> None:
    assert mail_wall.short(name, given) == shown
