from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import belongings, mail, members
from civicdesk.desk.mail import Incoming
from civicdesk.errors import Refusal
from civicdesk.models import AuditEntry, Organisation, new_id
from civicdesk.models import OrganisationKind as Kind
from tests.builders import TUESDAY

TODAY = date(2026, 11, 24)


def add(session: Session, name: str, kind: Kind = Kind.ASSOCIATION, **face: object) -> Organisation:
    return members.add(session, name=name, kind=kind, at=TUESDAY, **face)  # type: ignore[arg-type]


def refused(session: Session, **face: object) -> str:
    with pytest.raises(Refusal) as refusal:
        members.add(session, at=TUESDAY, **{"name": "Deneme", "kind": Kind.ASSOCIATION, **face})  # type: ignore[arg-type]
    return refusal.value.reason


def test_members_are_counted_by_kind_and_outside_bodies_are_not(session: Session) -> None:
    add(session, "Barış Vakfı", Kind.FOUNDATION)
    add(session, "Güneş Derneği")
    add(session, "Ay Derneği")
    add(session, "Çınarova Belediyesi", Kind.MUNICIPALITY, is_member=False)
    add(session, "Uzak Derneği", is_member=False)

    found = members.register(session, on=TODAY)

    assert found.members == 3
    assert found.counts == {Kind.ASSOCIATION: 2, Kind.FOUNDATION: 1}
    assert len(found.listed) == 5


def test_the_register_is_in_the_order_of_the_turkish_alphabet(session: Session) -> None:
    names = ["Zeytin", "Çiğdem", "Cem", "İnci", "Işıl", "Ilgaz", "Öykü", "Oğuz"]
    for name in names:
        add(session, name)

    found = [each.organisation.name for each in members.register(session, on=TODAY).listed]

    assert found == ["Cem", "Çiğdem", "Ilgaz", "Işıl", "İnci", "Oğuz", "Öykü", "Zeytin"]


@pytest.mark.parametrize("typed", ["cigli", "ÇİĞLİ", "Çığlı kad", "kadin ciGLi", "ÇKD", "214"])
def test_it_is_found_as_it_is_typed(session: Session, typed: str) -> None:
    made = add(session, "Çiğli Kadın Derneği", short_name="ÇKD")
    add(session, "Barış Vakfı", Kind.FOUNDATION)
    belongings.give_box(session, made.id, 214, at=TUESDAY)

    listed = members.register(session, on=TODAY).listed

    assert [each.organisation.id for each in members.narrowed(listed, typed)] == [made.id]


def test_one_that_left_is_on_the_register_and_not_counted(session: Session) -> None:
    made = add(session, "Güneş Derneği")
    made.left_on = date(2026, 11, 1)

    found = members.register(session, on=TODAY)

    assert found.members == 0
    assert [each.organisation.name for each in found.listed] == ["Güneş Derneği"]


def test_the_same_tap_twice_adds_one(session: Session) -> None:
    first = members.add(session, name="Ay", kind=Kind.ASSOCIATION, at=TUESDAY, key="k")
    again = members.add(session, name="Ay", kind=Kind.ASSOCIATION, at=TUESDAY, key="k")

    assert again.id == first.id


@pytest.mark.parametrize("name", ["güneş derneği", "GÜNEŞ DERNEĞİ", "Gunes Dernegi"])
def test_a_name_that_is_there_already_is_told_of_unless_it_is_another(session: Session, name: str) -> None:
    add(session, "Güneş Derneği")

    assert refused(session, name=name) == "same_name"
    assert add(session, name, is_another=True).name == name


def test_a_representation_needs_whom_it_represents(session: Session) -> None:
    parent = add(session, "Sessiz Adımlar Derneği", is_member=False)

    assert refused(session, kind=Kind.REPRESENTATION) == "no_parent"
    made = add(session, "Sessiz Adımlar Çınarova Temsilciliği", Kind.REPRESENTATION, parent_id=parent.id)
    assert made.parent_id == parent.id


def test_nobody_belongs_to_itself_or_to_its_own_child_or_to_a_kind_that_has_no_members(
    session: Session,
) -> None:
    federation = add(session, "Kıyı Federasyonu", Kind.FEDERATION)
    association = add(session, "Ova Derneği", parent_id=federation.id)
    foundation = add(session, "Barış Vakfı", Kind.FOUNDATION)

    for organisation, parent in ((association, association), (association, foundation)):
        with pytest.raises(Refusal) as refusal:
            members.change(session, organisation.id, parent_id=parent.id, at=TUESDAY)
        assert refusal.value.reason == "bad_parent"
    with pytest.raises(Refusal) as refusal:
        members.change(session, federation.id, parent_id=association.id, at=TUESDAY)
    assert refusal.value.reason == "bad_parent"
    assert refused(session, parent_id=new_id()) == "no_organisation"


@pytest.mark.parametrize(
    ("face", "reason"),
    [
        ({"name": "  "}, "no_name"),
        ({"name": "a" * 301}, "long_name"),
        ({"kind": "sirket"}, "bad_kind"),
        ({"kind": Kind.MUNICIPALITY}, "not_a_member_kind"),
        ({"kind": Kind.COMMUNITY, "tax_number": "4540536920"}, "no_number_here"),
        ({"kind": Kind.ASSOCIATION, "mersis": "0454053692000015"}, "no_number_here"),
        ({"name": "Ayşe 10000000146"}, "national_id"),
        ({"phone": "10000000146"}, "national_id"),
        ({"authority_note": "T.C. 10000000146"}, "national_id"),
        ({"responsible_person": "Ayşe Tan 100 000 001 46"}, "national_id"),
        ({"notify": "pigeon"}, "bad_choice"),
        ({"language": "xx"}, "bad_choice"),
        ({"registry_number": "1" * 61}, "long_number"),
    ],
)
def test_what_cannot_be_said_is_refused(session: Session, face: dict[str, object], reason: str) -> None:
    assert refused(session, **face) == reason


def test_odd_numbers_are_kept(session: Session) -> None:
    made = add(session, "Ay", registry_number="99 123 456", tax_number="4540536921", phone="santral")

    assert (made.registry_number, made.tax_number, made.phone) == ("99-123-456", "4540536921", "santral")


def test_a_change_tells_what_was_before_which_takes_it_back(session: Session) -> None:
    made = add(session, "Ay Derneği", phone="0532 123 45 67", responsible_person="Ayşe Tan")

    before = members.change(
        session, made.id, name="Güneş Derneği", phone="0532 123 45 67", responsible_person="", at=TUESDAY
    )

    assert before == {"name": "Ay Derneği", "responsible_person": "Ayşe Tan"}
    members.change(session, made.id, at=TUESDAY, **before)
    assert (made.name, made.folded, made.responsible_person) == ("Ay Derneği", "ay dernegi", "Ayşe Tan")


def test_the_trail_names_fields_and_no_people(session: Session) -> None:
    made = add(session, "Ay Derneği", responsible_person="Ayşe Tan")
    members.change(session, made.id, responsible_person="Kemal Öz", at=TUESDAY)

    entries = session.scalars(select(AuditEntry)).all()

    assert [each.action for each in entries] == ["add_organisation", "change_organisation"]
    assert not any("Ayşe" in each.details or "Kemal" in each.details for each in entries)


def test_kind_cannot_change_while_numbers_stand_there_that_the_new_one_cannot_have(session: Session) -> None:
    made = add(session, "Ay", tax_number="4540536920")

    with pytest.raises(Refusal) as refusal:
        members.change(session, made.id, kind=Kind.COMMUNITY, at=TUESDAY)

    assert refusal.value.reason == "no_number_here"
    members.change(session, made.id, kind=Kind.COMMUNITY, tax_number="", at=TUESDAY)
    assert made.kind == Kind.COMMUNITY


def test_only_what_nothing_hangs_on_is_struck_off_and_comes_back(session: Session) -> None:
    made = add(session, "Ay")
    belongings.give_box(session, made.id, 12, at=TUESDAY)
    with pytest.raises(Refusal) as refusal:
        members.remove(session, made.id, at=TUESDAY)
    assert refusal.value.reason == "has_box"
    mail.receive(session, Incoming(box=12), at=TUESDAY)
    with pytest.raises(Refusal) as refusal:
        members.remove(session, made.id, at=TUESDAY)
    assert refusal.value.reason == "has_post"

    free = add(session, "Güneş")
    members.remove(session, free.id, at=TUESDAY)
    assert members.named(session, "Güneş") == []
    members.restore(session, free.id, at=TUESDAY)
    assert members.named(session, "Güneş") == [free]
