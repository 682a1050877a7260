"""The colours of the desk: light, dark and high contrast."""

from __future__ import annotations

from dataclasses import dataclass, fields

_DARKEST = 0.04045  # below it the curve of sRGB is a straight line
TONES = ("ok", "warn", "bad", "info", "accent", "primary")


@dataclass(frozen=True)
class Theme:
    """One set of colours; every colour on a screen is one of these.

    Each tone comes as a strong colour for words and icons and a `_soft` one to stand behind them. `line`
    only separates; `edge` outlines what can be filled in or ticked and is seen by weak eyes too.
    """

    name: str
    ink: str
    mute: str
    line: str
    edge: str
    surface: str
    canvas: str
    rail: str
    rail_ink: str
    rail_selected: str
    rail_selected_ink: str
    primary: str
    on_primary: str
    primary_soft: str
    primary_pressed: str
    pressed: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    on_tone: str
    info: str
    info_soft: str
    accent: str
    accent_soft: str
    board: str
    quiet_key: str
    pill_edge: bool = False

    def tone(self, name: str) -> tuple[str, str]:
        """The strong and the soft colour of a tone; an unknown tone is the neutral one."""
        if name in TONES:
            return str(getattr(self, name)), str(getattr(self, f"{name}_soft"))
        return self.mute, self.canvas

    def colours(self) -> dict[str, str]:
        """Every colour by its name, for the style sheet."""
        return {field.name: str(getattr(self, field.name)) for field in fields(self)}


LIGHT = Theme(
    name="light",
    ink="#13262E",
    mute="#566970",
    line="#DDE5E7",
    edge="#7A8D93",
    surface="#FFFFFF",
    canvas="#F2F6F6",
    rail="#0C3540",
    rail_ink="#CFE1E5",
    rail_selected="#14505E",
    rail_selected_ink="#FFFFFF",
    primary="#0B6E7F",
    on_primary="#FFFFFF",
    primary_soft="#E0F0F2",
    primary_pressed="#095A68",
    pressed="#E6EDEE",
    ok="#187648",
    ok_soft="#E2F4EA",
    warn="#8A5A10",
    warn_soft="#FDF3DC",
    bad="#B3261E",
    bad_soft="#FBE9E7",
    on_tone="#FFFFFF",
    info="#2761C7",
    info_soft="#E6EEFB",
    accent="#6B4FBB",
    accent_soft="#EEE9FA",
    board="#DDE5E8",
    quiet_key="#CBD6DA",
)

DARK = Theme(
    name="dark",
    ink="#E8F0F1",
    mute="#9DB2B8",
    line="#24424B",
    edge="#67868F",
    surface="#112A32",
    canvas="#0B1F26",
    rail="#07181D",
    rail_ink="#B9CDD2",
    rail_selected="#14414C",
    rail_selected_ink="#FFFFFF",
    primary="#35B2C4",
    on_primary="#04171B",
    primary_soft="#0D3C47",
    primary_pressed="#4FBCCC",
    pressed="#1B3B45",
    ok="#5FD09A",
    ok_soft="#12382A",
    warn="#F2C56B",
    warn_soft="#3A2E12",
    bad="#FF8A80",
    bad_soft="#43201E",
    on_tone="#04171B",
    info="#8FB4FA",
    info_soft="#1A2C4D",
    accent="#B9A6F5",
    accent_soft="#2C2547",
    board="#081A20",
    quiet_key="#1B3B45",
)

HIGH_CONTRAST = Theme(
    name="contrast",
    ink="#FFFFFF",
    mute="#E3E9EA",
    line="#9FB0B5",
    edge="#FFFFFF",
    surface="#000000",
    canvas="#000000",
    rail="#000000",
    rail_ink="#FFFFFF",
    rail_selected="#5FE3FA",
    rail_selected_ink="#000000",
    primary="#5FE3FA",
    on_primary="#000000",
    primary_soft="#06262C",
    primary_pressed="#B5F2FC",
    pressed="#2B3538",
    ok="#7DF2AE",
    ok_soft="#06220F",
    warn="#FFD75E",
    warn_soft="#261D00",
    bad="#FFA69E",
    bad_soft="#330B08",
    on_tone="#000000",
    info="#A9CBFF",
    info_soft="#071B3A",
    accent="#D8C6FF",
    accent_soft="#1D1138",
    board="#000000",
    quiet_key="#243034",
    pill_edge=True,
)

THEMES: dict[str, Theme] = {theme.name: theme for theme in (LIGHT, DARK, HIGH_CONTRAST)}


def contrast(one: str, other: str) -> float:
    """How far apart two colours are to the eye, from 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _DARKEST else float(((part + 0.055) / 1.055) ** 2.4)
