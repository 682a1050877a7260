"""Where each kind of document goes: a printer, its tray, and who stands in."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.models import PaperKind
from civicdesk.settings import PrinterSettings, Settings
from civicdesk.text import _
from civicdesk.ui.pages.settings.printer_plan import printers_for
from civicdesk.ui.paper_words import kind_words
from civicdesk.ui.system_printer import tray_words
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.card import Card, empty
from civicdesk.ui.widgets.choice import ChoiceField
from civicdesk.ui.widgets.fields import LabelledField
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.themed import named

Choices = list[tuple[object, str]]


class RoutesCard(Card):
    """One row a kind of document. What has no printer becomes a PDF file."""

    route_wanted = Signal(str, object)  # kind, values

    def __init__(self) -> None:
        super().__init__(name="printer_routes", padded=True)
        self._settings: Settings | None = None
        self._trays: Mapping[str, tuple[str, ...]] = {}
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(roomy(16))
        self.note = label("", "second", wrap=True)
        self.add(self.note)
        self.add(self._rows)
        self.retranslate()

    def show_settings(self, settings: Settings) -> None:
        """Show where everything goes by these settings."""
        self._settings = settings
        empty(self._column)
        for kind in PaperKind:
            self._column.addWidget(self._row(kind, settings))

    def show_trays(self, trays: Mapping[str, tuple[str, ...]]) -> None:
        """Offer the trays of the printers that this computer knows, by their names in it."""
        self._trays = trays
        if self._settings is not None:
            self.show_settings(self._settings)

    def retranslate(self) -> None:
        self.set_title(_("Where each document goes"))
        self.note.setText(
            _(
                "Lists, passes and door signs are pages and need a page printer; badges and test cards go to any "
                "printer."
            )
        )
        if self._settings is not None:
            self.show_settings(self._settings)

    def _row(self, kind: PaperKind, settings: Settings) -> QWidget:
        row = QWidget()
        named(row, f"route_{kind}", kind_words(kind))
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(roomy(6))
        column.addWidget(label(kind_words(kind), "strong"))
        column.addWidget(FlowRow(self._fields(kind, settings), spacing=12, grow=True))
        return row

    def _fields(self, kind: PaperKind, settings: Settings) -> list[QWidget]:
        route, offered = settings.route(kind), printers_for(kind, settings)
        fields: list[QWidget] = [
            self._choice(kind, "printer", _("Printer"), _choices(offered, _("PDF file")), route.printer)
        ]
        if (chosen := settings.printer(route.printer)) is None:
            return fields
        if trays := _with(self._trays.get(chosen.address, ()), route.tray):
            choices: Choices = [
                ("", _("as the printer likes")),
                *((tray, tray_words(tray)) for tray in trays),
            ]
            fields.append(self._choice(kind, "tray", _("Tray"), choices, route.tray))
        others = [printer for printer in offered if printer.name != chosen.name]
        if others or route.fallback:
            words = _("Stands in when it cannot print")
            fields.append(
                self._choice(kind, "fallback", words, _choices(others, _("Nobody")), route.fallback)
            )
        return fields

    def _choice(self, kind: PaperKind, field: str, words: str, choices: Choices, value: str) -> QWidget:
        choice = ChoiceField(words, choices, name=f"route_{kind}_{field}", value=value)
        choice.chosen.connect(lambda key: self.route_wanted.emit(kind.value, {field: str(key)}))
        return LabelledField(words, choice)


def _choices(printers: list[PrinterSettings], none: str) -> Choices:
    return [("", none), *((printer.name, printer.name) for printer in printers)]


def _with(trays: tuple[str, ...], own: str) -> tuple[str, ...]:
    """The trays on offer, the one in use among them even when the printer is away."""
    return trays if not own or own in trays else (*trays, own)
