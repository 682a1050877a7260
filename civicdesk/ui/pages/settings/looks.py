"""How this desk looks, sounds and locks: for everyone, applied at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from civicdesk.settings import Settings
from civicdesk.text import _, ngettext, percent
from civicdesk.ui.pages.settings.section import MachineSection
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField
from civicdesk.ui.widgets.segmented import Segmented

_SCALES = (100, 125, 150, 175, 200)
_WAITS = (1, 2, 5, 10, 15, 30)

Choices = list[tuple[object, str]]


class LooksSection(MachineSection):
    """Language, colours, text size, sound, keyboard and lock of this computer."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "settings_looks")
        self.language = _pills("language")
        self.theme = _pills("theme")
        self.scale = _pills("scale")
        self.sound = _pills("sound")
        self.layout_ = _pills("keyboard_layout")
        self.appears = _pills("keyboard_when")
        self.lock = _pills("lock")
        self._fields = {
            part: LabelledField("", part)
            for part in (
                self.language,
                self.theme,
                self.scale,
                self.sound,
                self.layout_,
                self.appears,
                self.lock,
            )
        }
        self.screen_card = self._card("looks_screen", self.language, self.theme, self.scale)
        self.keyboard_card = self._card("looks_keyboard", self.layout_, self.appears)
        self.rest_card = self._card("looks_rest", self.sound, self.lock)
        self._connect()
        self.retranslate()

    def show_settings(self, settings: Settings) -> None:
        super().show_settings(settings)
        self.language.set_value(settings.language)
        self.theme.set_value(settings.theme)
        self.scale.set_value(round(settings.scale * 100))
        self.sound.set_value("off" if settings.is_silent else "on")
        self.layout_.set_value(settings.keyboard)
        self.appears.set_value(settings.shows_keyboard)
        self.lock.set_choices(_waits(settings.lock_after_minutes))
        self.lock.set_value(settings.lock_after_minutes)

    def retranslate(self) -> None:
        self.set_heading(_("Looks and sound"), _("These belong to this computer and apply at once."))
        self.screen_card.set_title(_("Screen"))
        self.keyboard_card.set_title(_("On-screen keyboard"))
        self.rest_card.set_title(_("Sound and lock"))
        minutes = self.settings.lock_after_minutes if self.settings else _WAITS[2]
        self._say(self.language, _("Language"), [("tr", "Türkçe"), ("en", "English")])
        self._say(self.theme, _("Colours"), _themes())
        self._say(self.scale, _("Text size"), [(scale, percent(scale / 100)) for scale in _SCALES])
        self._say(self.sound, _("Tone after a scan"), [("on", _("On")), ("off", _("Off"))])
        self._say(self.layout_, _("Layout"), [("tr-q", _("Turkish Q")), ("tr-f", _("Turkish F"))])
        self._say(self.appears, _("Appears"), _appearances())
        self._say(self.lock, _("Lock when nobody touches the desk for"), _waits(minutes))

    def _say(self, part: Segmented, words: str, choices: Choices) -> None:
        self._fields[part].set_words(words)
        part.set_choices(choices)

    def _card(self, name: str, *parts: Segmented) -> Card:
        card = Card(name=name, padded=True)
        for part in parts:
            card.add(self._fields[part])
        self.add(card)
        return card

    def _connect(self) -> None:
        self._saves(self.language, lambda key: {"language": key})
        self._saves(self.theme, lambda key: {"theme": key})
        self._saves(self.scale, lambda key: {"scale": key / 100})
        self._saves(self.sound, lambda key: {"is_silent": key == "off"})
        self._saves(self.layout_, lambda key: {"keyboard": key})
        self._saves(self.appears, lambda key: {"shows_keyboard": key})
        self._saves(self.lock, lambda key: {"lock_after_minutes": key})

    def _saves(self, part: Segmented, values: Callable[[Any], dict[str, Any]]) -> None:
        part.chosen.connect(lambda key: self.want(**values(key)))


def _pills(name: str) -> Segmented:
    return Segmented([], name=f"looks_{name}", spoken="")


def _themes() -> Choices:
    return [("light", _("Light")), ("dark", _("Dark")), ("contrast", _("High contrast"))]


def _appearances() -> Choices:
    return [
        ("touch", _("When a field is touched")),
        ("always", _("In every field")),
        ("never", _("Never")),
    ]


def _waits(chosen: int) -> Choices:
    minutes = sorted({*_WAITS, chosen})
    return [(each, ngettext("{} minute", "{} minutes", each).format(each)) for each in minutes]
