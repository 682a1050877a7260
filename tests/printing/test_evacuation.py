from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader

from civicdesk.printing.evacuation import (
    EvacuationHeadCount,
    EvacuationPerson,
    EvacuationSheet,
    evacuation_pdf,
)
from civicdesk.printing.picture import page_count
from tests.printing.reading import in_order, ink, words

HALL = {"zone": "Ground floor", "room": "Mavi Salon"}
ROOM = {"zone": "Upper floor", "room": "Çınar Odası"}
NOBODY = EvacuationSheet(
    centre="Çınarova Sivil Yaşam Merkezi",
    as_of="24 Kasım 2026 Salı 10:42",
    by="Elif Aydın",
    total=0,
    people=[],
)
SHEET = replace(
    NOBODY,
    total=21,
    people=[
        EvacuationPerson("Ümit Kaya", 12, **ROOM, needs=("Tekerlekli sandalye",), since="09:50"),
        EvacuationPerson("Zeynep Ak", 11, **HALL, host="Ege Derneği", since="10:12"),
        EvacuationPerson("İnci Ak", 10, **HALL, people=3),
        EvacuationPerson("Irmak Ak", 9, **HALL, presumed_left=True),
        EvacuationPerson("Çiğdem Ak", 8, **HALL),
        EvacuationPerson("Cem Ak", None, **HALL),
    ],
    head_counts=[EvacuationHeadCount(**HALL, count=13, children=3, wheelchair=2)],
)


def many(count: int) -> EvacuationSheet:
    people = [EvacuationPerson(f"Kişi {n:04d}", n, **HALL, host="Ege Derneği") for n in range(count)]
    return replace(NOBODY, total=count, people=people)


def all_words(pdf: bytes) -> list[str]:
    return [line for page in range(page_count(pdf)) for line in words(pdf, page)]


def test_the_list_is_the_same_bytes_every_time() -> None:
    assert evacuation_pdf(SHEET) == evacuation_pdf(SHEET)


def test_the_list_begins_with_how_many_are_inside_and_when() -> None:
    said = words(evacuation_pdf(SHEET))
    assert in_order(said, "EVACUATION LIST", "Çınarova Sivil Yaşam Merkezi", "24 Kasım 2026 Salı 10:42", "21")
    assert "Elif Aydın" in said[-2]


def test_who_needs_assistance_comes_first_also_without_a_name() -> None:
    said = words(evacuation_pdf(SHEET))
    assert in_order(
        said, "ASSISTANCE FIRST", "3 people", "Without a name", "2 wheelchair users", "Ground floor"
    )
    first = said[: said.index("Ground floor")]
    assert in_order(first, "Ümit Kaya", "Tekerlekli sandalye", "Çınar Odası · Upper floor")


def test_people_stand_by_zone_and_room_in_turkish_order() -> None:
    said = words(evacuation_pdf(SHEET))
    after = said[said.index("Ground floor") :]
    assert in_order(
        after, "Mavi Salon", "13 without names · 3 children · 2 wheelchair users",
        "Cem Ak", "Çiğdem Ak", "Irmak Ak", "may have left already", "İnci Ak", "Zeynep Ak",
        "Upper floor", "Çınar Odası", "Ümit Kaya", "Not on the list",
    )  # fmt: skip


def test_a_room_counts_groups_and_the_unnamed() -> None:
    said = words(evacuation_pdf(SHEET))
    assert said[said.index("Ground floor") + 1] == "20 people"


def test_zones_and_rooms_that_nobody_knows_come_last() -> None:
    lost = EvacuationPerson("Ali Ak", 1, zone="", room="")
    said = words(evacuation_pdf(replace(SHEET, people=[lost, *SHEET.people])))
    assert in_order(said, "Upper floor", "Zone not known", "Room not known", "Ali Ak")


def test_a_drill_says_so_on_every_page() -> None:
    drill = evacuation_pdf(replace(many(100), drill=True))
    assert all("DRILL" in words(drill, page) for page in range(page_count(drill)))
    assert "DRILL" not in all_words(evacuation_pdf(many(100)))


def test_an_empty_house_says_so_and_leaves_lines_to_write_on() -> None:
    assert in_order(words(evacuation_pdf(NOBODY)), "Nobody is recorded as being inside.", "Not on the list")


def test_a_long_list_repeats_its_headings_and_counts_its_pages() -> None:
    pdf = evacuation_pdf(many(100))
    pages = page_count(pdf)
    assert pages > 2
    for page in range(1, pages - 1):
        assert in_order(words(pdf, page), "Ground floor", "Mavi Salon (continued)", "Kişi 0")
        assert f"Page {page + 1} of {pages}" in words(pdf, page)


def test_nobody_is_lost_between_the_pages() -> None:
    said = "\n".join(all_words(evacuation_pdf(many(700))))
    assert all(f"Kişi {n:04d}" in said for n in range(700))


def test_a_whole_festival_can_be_listed() -> None:
    assert page_count(evacuation_pdf(many(5000))) > 100


def test_nothing_runs_off_the_page() -> None:
    long = EvacuationPerson(
        name="Ğ" * 200,
        badge_number=10**9,
        zone="Z" * 200,
        room="Mavi Salon " * 30,
        host="Federasyon " * 30,
        since="10:42",
        needs=("Tekerlekli sandalye",) * 12,
        people=10_000,
    )
    pdf = evacuation_pdf(replace(NOBODY, total=32_612, centre="Merkez " * 40, people=[long] * 40, drill=True))
    for page in range(page_count(pdf)):
        left, top, right, bottom = ink(pdf, page=page)
        assert min(left, right) > 13
        assert top > 8
        assert bottom > 7


def test_every_font_is_embedded_and_the_language_named() -> None:
    reader = PdfReader(BytesIO(evacuation_pdf(SHEET)))
    assert reader.root_object["/Lang"] == "en"
    for font in reader.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]
        assert "/FontFile2" in font.get_object()["/FontDescriptor"].get_object()
