import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicdesk.printing.fonts import Run, Weight, clean, runs, text_width
from civicdesk.printing.lines import Align, draw, fit

MUHAMMAD = "\u0645\u062d\u0645\u062f"
MUHAMMAD_ON_PAPER = "\ufeaa\ufee4\ufea4\ufee3"
"""From the left: final dal, medial meem, medial hah, initial meem."""


def test_turkish_is_set_in_one_font() -> None:
    assert runs("Şükrü Işık, İğneci ₺5 …") == (Run("Inter-Regular", "Şükrü Işık, İğneci ₺5 …"),)


def test_arabic_letters_are_joined_and_run_from_the_right() -> None:
    assert runs(MUHAMMAD, Weight.BOLD) == (Run("NotoSansArabic-Bold", MUHAMMAD_ON_PAPER),)


def test_an_arabic_name_in_a_turkish_line_stays_in_its_place() -> None:
    assert [run.text for run in runs(f"Ali ({MUHAMMAD}) Kaya")] == ["Ali (", MUHAMMAD_ON_PAPER, ") Kaya"]


def test_brackets_face_each_other_in_a_line_that_runs_from_the_right() -> None:
    assert [run.text for run in runs(f"({MUHAMMAD}) Ali")] == ["Ali (", MUHAMMAD_ON_PAPER, ")"]


def test_a_turkish_name_wrapped_before_its_arabic_part_still_runs_from_the_left() -> None:
    width = text_width(f"({MUHAMMAD}) Kaya", 10) + 1
    first, second = fit(f"Selinay ({MUHAMMAD}) Kaya", width, (10,)).lines
    assert first == "Selinay"
    assert [run.text for run in runs(second)] == ["(", MUHAMMAD_ON_PAPER, ") Kaya"]


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("Ali 😀 Kaya", "Ali Kaya"),
        ("👨‍👩‍👧", ""),
        ("山田", "□□"),
        ("Ali\u202eayaK", "AliayaK"),
        ("  Ali\t\n Kaya\u00a0", "Ali Kaya"),
        ("S\u0327u\u0308kru\u0308", "Şükrü"),
        ("\ud800", ""),
    ],
)
def test_what_no_font_has_does_no_harm(written: str, drawn: str) -> None:
    assert clean(written) == drawn


@given(st.text())
def test_any_text_can_be_set(text: str) -> None:
    assert text_width(text, 10) >= 0
    assert all(run.text for run in runs(text))


@given(st.text(max_size=300), st.integers(60, 300))
def test_any_text_fits(text: str, width: int) -> None:
    fitted = fit(text, width, (20, 14, 9))
    assert len(fitted.lines) <= 2
    assert all(text_width(line, fitted.size) <= width for line in fitted.lines)


def test_a_text_shrinks_before_it_wraps_and_wraps_before_it_is_cut() -> None:
    width = text_width("Selin Karaca", 20)
    assert fit("Selin Karaca", width, (20, 14)) == (("Selin Karaca",), 20)
    assert fit("Selin Karacaoğlu", width, (20, 14)) == (("Selin Karacaoğlu",), 14)
    assert fit("Selin Karacaoğlu Demir", width, (20, 14)) == (("Selin Karacaoğlu", "Demir"), 14)
    [first, second] = fit("Selin Karacaoğlu Demir Işık Yıldırımlar", width, (20, 14)).lines
    assert first.startswith("Selin")
    assert second.endswith("…")


class Page:
    """Notes where each run is drawn."""

    def __init__(self) -> None:
        self.drawn: list[tuple[float, str]] = []

    def setFont(self, name: str, size: float) -> None: ...  # noqa: N802  as the canvas calls it

    def drawString(self, x: float, y: float, text: str, **how: float) -> None:  # noqa: N802
        self.drawn.append((x, text))


def test_spaces_between_arabic_words_are_kept_on_paper() -> None:
    page, line = Page(), f"{MUHAMMAD} {MUHAMMAD}"
    draw(page, 50, 0, line, 20, align=Align.CENTRE)  # type: ignore[arg-type]
    (first, _), _, (last, word) = page.drawn
    assert word == MUHAMMAD_ON_PAPER
    assert 50 - first == pytest.approx(text_width(line, 20) / 2)
    assert last - first == pytest.approx(text_width(MUHAMMAD, 20) + 0.28 * 20, abs=2)


def test_nothing_that_draws_is_loaded_before_something_is_drawn() -> None:
    asked = "import civicdesk.printing.badge, civicdesk.printing.evacuation, civicdesk.printing.picture, sys;"
    asked += "print({'reportlab', 'qrcode', 'pypdfium2', 'arabic_reshaper', 'PIL'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"
