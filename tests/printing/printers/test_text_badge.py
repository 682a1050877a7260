from dataclasses import replace

import pytest

from civicdesk.codes import grouped
from civicdesk.models import JobState
from civicdesk.printing.badge import BadgeFace, BadgeSize, badge_pdf
from civicdesk.printing.printers.port import Sheet
from civicdesk.printing.printers.profiles import names, profile
from civicdesk.printing.printers.text_badge import text_badge
from civicdesk.rehearsal.thermal_paper import Badge
from civicdesk.rehearsal.thermal_printer import ThermalPrinter as LoopbackPrinter
from civicdesk.settings import PrinterSettings
from civicdesk.text import use_language
from tests.printing.printers.thermal import CODE, FACE, Printing, scanned, thermal

ALL_LETTERS = "çğıöşü ÇĞİÖŞÜ âîû"


def printed(
    face: BadgeFace, *, dots: int = 576, pages: dict[int, str] | None = None, **said: object
) -> Badge:
    """The badge as a printer with these code pages prints it."""
    own = {0: "cp437", **(pages or {13: "cp857", 48: "cp1254"})}
    with LoopbackPrinter(dots=dots, code_pages=own) as paper:
        width = 80 if dots > 384 else 58
        sheet = Sheet("badge", badge_pdf(face, BadgeSize.ROLL_80 if width == 80 else BadgeSize.ROLL_58), face)
        printer = thermal(paper.address, way="text", width_mm=width, **said)
        assert Printing(printer, sheet)().state is JobState.PRINTED
        assert paper.unknown == []
        [badge] = paper.printed
        return badge


def test_a_text_badge_says_what_the_drawn_one_says() -> None:
    badge = printed(FACE)
    assert badge.text.splitlines() == [
        "ÇINAROVA SİVİL YAŞAM MERKEZİ",
        "Şükrü Işık",
        "Ege Kadın Emeği Derneği",
        grouped(CODE),
        "Toplantı · Meclis Salonu",
        "24 Kas 2026 10:42 · No 1047",
        "Please return this badge when you leave.",
    ]
    assert badge.codes == (CODE,)
    assert scanned(badge.image) == [CODE]


@pytest.mark.parametrize(
    ("model", "pages"),
    [
        ("default", {13: "cp857"}),
        ("TM-T88V", {13: "cp857"}),
        ("TM-T20II", {13: "cp857"}),
        ("NT-80-V-UL", {61: "cp857"}),
        ("TSP600", {12: "cp857"}),
        ("CT-S651", {8: "cp857"}),
        ("RP326", {29: "cp857"}),
    ],
)
def test_turkish_is_right_on_printers_that_number_their_code_pages_each_in_its_own_way(
    model: str, pages: dict[int, str]
) -> None:
    assert ALL_LETTERS in printed(replace(FACE, name=ALL_LETTERS), profile=model, pages=pages).text


@pytest.mark.parametrize(("page", "pages"), [("CP857", {13: "cp857"}), ("CP1254", {48: "cp1254"})])
def test_the_code_page_in_the_settings_is_the_one_that_is_used(page: str, pages: dict[int, str]) -> None:
    assert ALL_LETTERS in printed(replace(FACE, name=ALL_LETTERS), code_page=page, pages=pages).text


@pytest.mark.parametrize("name", ["Ali ₺5", "محمد", "Łukasz", "Анна", "李"])
def test_a_letter_that_the_printer_lacks_makes_the_badge_a_picture(name: str) -> None:
    badge = printed(replace(FACE, name=name))
    assert badge.text == ""
    assert badge.codes == ()
    assert scanned(badge.image) == [CODE]


@pytest.mark.parametrize("model", ["TM-T88III", "ZJ-5870", "simple"])
def test_a_printer_without_turkish_gets_a_picture(model: str) -> None:
    badge = printed(FACE, profile=model)
    assert badge.text == ""
    assert scanned(badge.image) == [CODE]


@pytest.mark.parametrize("model", names())
def test_no_model_ever_prints_a_question_mark_for_a_letter(model: str) -> None:
    said = text_badge(replace(FACE, name=ALL_LETTERS), a_printer(model), 576)
    assert said is None or b"?" not in said[0]
    assert (said is None) == (not profile(model).pages)


def a_printer(model: str) -> PrinterSettings:
    return PrinterSettings(name="x", link="file", address="x", way="text", profile=model)


def test_signs_that_no_code_page_has_are_written_as_everybody_writes_them() -> None:
    face = replace(FACE, name="Ayşe Nur’un — “Işık”…", host="A – B")
    text = printed(face).text
    assert 'Ayşe Nur\'un -\n"Işık"...' in text
    assert "A - B" in text


def test_letters_made_of_two_signs_are_one_letter() -> None:
    assert "Şükrü Işık" in printed(replace(FACE, name="S\u0327u\u0308kru\u0308 Is\u0327ık")).text


def test_a_name_cannot_command_the_printer() -> None:
    badge = printed(replace(FACE, name="Ali\x1b@\x1dV\x00\x10\x14\x01 Veli"))
    assert "Veli" in badge.text
    assert scanned(badge.image) == [CODE]


def test_a_printer_that_draws_no_codes_gets_the_code_as_dots() -> None:
    badge = printed(FACE, dots=384, profile="NT-5890K", pages={61: "cp857"})
    assert badge.codes == ()
    assert "Şükrü Işık" in badge.text
    assert scanned(badge.image) == [CODE]


def test_a_discreet_text_badge_tells_nothing_of_its_wearer() -> None:
    face = replace(FACE, discreet=True, needs=("İşaret dili",))
    text = printed(face).text
    assert "Meclis Salonu" in text
    for secret in ("Şükrü", "Ege Kadın", "Toplantı", "İşaret"):
        assert secret not in text


def test_a_discreet_text_badge_may_show_nothing_but_its_number() -> None:
    face = replace(FACE, discreet=True, only_number=True, shows_digits=False)
    badge = printed(face)
    assert badge.text.split() == ["1047"]
    assert badge.codes == (CODE,)


def test_copies_and_groups_say_so_in_letters_too() -> None:
    use_language("tr")
    lines = printed(replace(FACE, copy=2, people=3, needs=("Tekerlekli sandalye",))).text.splitlines()
    assert "Tekerlekli sandalye" in lines
    assert lines[-3:] == ["3 kişi", "Kopya 2", "Çıkarken kartınızı teslim edin."]


def test_long_names_are_broken_between_words_and_none_is_lost() -> None:
    name = "Abdurrahman Muhammed Yıldırımoğlu Özdemir"
    lines = printed(replace(FACE, name=name), dots=384).text.splitlines()
    assert " ".join(lines[1:5]).startswith(name)
    assert max(map(len, lines[1:4])) <= 16
