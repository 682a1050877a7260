from __future__ import annotations

import pytest

from civicdesk.ui.theme.tokens import THEMES, TONES, Theme, contrast

TEXT = 4.5
SHAPE = 3.0
ENHANCED = 7.0

every_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)

PAIRS = [
    ("ink", "surface"),
    ("ink", "canvas"),
    ("ink", "pressed"),
    ("ink", "primary_soft"),
    ("ink", "quiet_key"),
    ("mute", "surface"),
    ("mute", "canvas"),
    ("mute", "primary_soft"),
    ("mute", "pressed"),
    ("on_primary", "primary"),
    ("on_primary", "primary_pressed"),
    ("on_tone", "bad"),
    ("on_tone", "ok"),
    ("on_tone", "warn"),
    ("on_tone", "info"),
    ("rail_ink", "rail"),
    ("rail_selected_ink", "rail_selected"),
    *((tone, ground) for tone in TONES for ground in (f"{tone}_soft", "surface", "canvas")),
    *(("ink", f"{tone}_soft") for tone in TONES),
]


def test_black_on_white_is_the_widest_contrast() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@every_theme
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(theme: Theme, ink: str, ground: str) -> None:
    wanted = ENHANCED if theme.name == "contrast" else TEXT
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= wanted


@every_theme
@pytest.mark.parametrize("shape", ["edge", "primary", *TONES])
@pytest.mark.parametrize("ground", ["surface", "canvas"])
def test_shapes_stand_out_from_their_ground(theme: Theme, shape: str, ground: str) -> None:
    assert contrast(getattr(theme, shape), getattr(theme, ground)) >= SHAPE


@every_theme
def test_an_unknown_tone_is_the_neutral_one(theme: Theme) -> None:
    assert theme.tone("") == (theme.mute, theme.canvas)
    assert theme.tone("ok") == (theme.ok, theme.ok_soft)
