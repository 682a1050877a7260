import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from civicdesk import codes
from civicdesk.printing.badge import BadgeFace, BadgeSize, badge_pdf, badges_pdf
from civicdesk.printing.picture import page_count
from tests.printing.reading import code_side, in_order, ink, scanned, words

CODE = codes.make(codes.Kind.BADGE, lambda below: below // 3)
SELIN = BadgeFace(
    centre="Çınarova Sivil Yaşam Merkezi",
    name="Selin Karaca",
    place="Meclis Salonu",
    host="Ege Kadın Emeği Derneği",
    reason="Toplantı",
    on="24 Kas 2026 10:42",
    number=1047,
    code=CODE,
)
FULL = replace(
    SELIN,
    name="Abdurrahman Muhammed Yıldırımoğlu Özdemir",
    place="Mavi Konferans Salonu ve Fuayesi Zemin Kat",
    host="Çınarova Kültür ve Dayanışma Dernekleri Federasyonu ve Konfederasyonu Ortak Çalışma Platformu",
    copy=12,
    people=10_000,
    needs=("Tekerlekli sandalye", "İşaret dili", "Refakatçi"),
    room_colour="#B3261E",
)
EACH_SIZE = pytest.mark.parametrize("size", list(BadgeSize))
CODES = st.integers(0, 10**20 - 1).map(lambda n: codes.make(codes.Kind.BADGE, lambda below: n))


@EACH_SIZE
def test_a_badge_is_the_same_bytes_every_time(size: BadgeSize) -> None:
    assert badge_pdf(FULL, size) == badge_pdf(FULL, size)


def test_a_badge_says_who_goes_where() -> None:
    assert words(badge_pdf(SELIN, BadgeSize.LABEL)) == [
        "ÇINAROVA SİVİL YAŞAM MERKEZİ",
        "Selin Karaca",
        "Ege Kadın Emeği Derneği",
        codes.grouped(CODE),
        "Toplantı · Meclis Salonu",
        "24 Kas 2026 10:42 · No 1047",
        "Please return this badge when you leave.",
    ]


def test_turkish_letters_are_read_back_as_they_were_written() -> None:
    face = replace(SELIN, name="Şükrü Işık", host="İğneci ₺5")
    assert in_order(words(badge_pdf(face, BadgeSize.LABEL)), "Şükrü Işık", "İğneci ₺5")


def test_a_reprint_and_a_group_say_so() -> None:
    said = words(badge_pdf(replace(SELIN, copy=2, people=3), BadgeSize.LABEL))
    assert in_order(said, "No 1047", "3 people")
    assert "Copy 2" in "\n".join(said)


def test_a_discreet_badge_shows_room_and_colour_only() -> None:
    face = replace(SELIN, discreet=True, room_colour="#1B7F4F", needs=("İşaret dili",))
    said = "\n".join(words(badge_pdf(face, BadgeSize.LABEL)))
    assert "Meclis Salonu" in said
    for secret in ("Selin", "Ege Kadın", "Toplantı", "İşaret"):
        assert secret not in said
    assert ink(badge_pdf(face, BadgeSize.LABEL))[:2] == (0, 0)


@EACH_SIZE
def test_every_font_is_embedded(size: BadgeSize) -> None:
    pdf = badge_pdf(replace(SELIN, name="Ali محمد"), size)
    fonts = PdfReader(BytesIO(pdf)).pages[0]["/Resources"]["/Font"].values()  # type: ignore[index]
    descriptors = [font.get_object().get("/FontDescriptor") for font in fonts]
    assert len(descriptors) >= 4
    assert all(descriptor and "/FontFile2" in descriptor.get_object() for descriptor in descriptors)


def test_a_badge_names_its_language_and_title_but_not_its_wearer() -> None:
    reader = PdfReader(BytesIO(badge_pdf(SELIN, BadgeSize.A6)))
    assert reader.root_object["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Visitor badge 1047"
    assert reader.metadata.author == SELIN.centre
    assert "Selin" not in str(reader.metadata)


@settings(max_examples=30, deadline=None)
@given(CODES, st.sampled_from([BadgeSize.LABEL, BadgeSize.A6]), st.sampled_from([96, 203]))
def test_any_code_is_read_from_the_badge(code: str, size: BadgeSize, dpi: int) -> None:
    assert scanned(badge_pdf(replace(SELIN, code=code), size), dpi) == [code]


@pytest.mark.parametrize("size", [BadgeSize.LABEL, BadgeSize.A6])
@pytest.mark.parametrize("face", [SELIN, FULL, replace(FULL, name="ğ" * 200), replace(FULL, discreet=True)])
def test_the_code_is_large_enough_on_the_fullest_badge(face: BadgeFace, size: BadgeSize) -> None:
    assert code_side(badge_pdf(face, size)) > 25


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=100), st.text(max_size=80))
def test_whatever_is_typed_the_badge_is_read_and_nothing_runs_off_it(
    name: str, host: str, place: str, reason: str
) -> None:
    face = replace(FULL, name=name, host=host, place=place, reason=reason, room_colour=None)
    pdf = badge_pdf(face, BadgeSize.LABEL)
    assert scanned(pdf, 203) == [CODE]
    assert min(ink(pdf)) > 3


@pytest.mark.parametrize("name", ["W" * 200, "ğ" * 200, "Abdurrahman " * 17, "محمد " * 40, "Wm" * 5000])
def test_a_very_long_name_stays_inside_the_badge(name: str) -> None:
    pdf = badge_pdf(replace(SELIN, name=name), BadgeSize.LABEL)
    assert min(ink(pdf)) > 3
    assert scanned(pdf, 203) == [CODE]


def test_eight_badges_share_a_sheet_and_each_is_read() -> None:
    faces = [replace(SELIN, number=n, code=codes.make(codes.Kind.BADGE)) for n in range(9)]
    pdf = badges_pdf(faces, BadgeSize.A4_SHEET)
    assert page_count(pdf) == 2
    assert sorted(scanned(pdf, 203)) == sorted(face.code for face in faces[:8])
    assert page_count(badges_pdf(faces, BadgeSize.LABEL)) == 9


def test_badges_can_be_drawn_by_several_threads_at_once() -> None:
    faces = [replace(SELIN, name=name) for name in ("Şükrü Işık", "محمد", "Çiğdem", "Wm" * 90)] * 20
    alone = [badge_pdf(face, BadgeSize.LABEL) for face in faces[:4]] * 20
    with ThreadPoolExecutor(4) as threads, switching_all_the_time():
        together = list(threads.map(lambda face: badge_pdf(face, BadgeSize.LABEL), faces))
    assert together == alone


@contextmanager
def switching_all_the_time() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@EACH_SIZE
def test_the_last_line_is_the_managers_own_if_they_wrote_one(size: BadgeSize) -> None:
    lines = words(badge_pdf(replace(SELIN, footer="Kartı kutuya bırakın."), size))
    assert lines[-1] == "Kartı kutuya bırakın."
    assert "Please return this badge when you leave." not in lines
