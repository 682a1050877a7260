"""Before the first print of a kind the clerk sees what comes out, and says of which printer and tray."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from civicdesk import text
from civicdesk.models import PaperKind
from civicdesk.printing.test_card import SIZE, test_card_pdf
from civicdesk.settings import PrinterSettings, RouteSettings, Settings
from civicdesk.ui.pages.preview_page import PreviewPage
from civicdesk.ui.runner import Runner
from civicdesk.ui.system_printer import FoundPrinter
from civicdesk.ui.theme.style import apply_theme
from civicdesk.ui.theme.tokens import LIGHT

LEFT = Qt.MouseButton.LeftButton
OFFICE = PrinterSettings(name="Office", link="system", address="office_q")
COPY_ROOM = PrinterSettings(name="Copy room", link="system", address="copy_q")
THERMAL = PrinterSettings(name="Desk roll", link="network", address="192.0.2.7:9100")
FOUND = [FoundPrinter("office_q", "Office", ("top", "bottom")), FoundPrinter("copy_q", "Copies", ())]
Opened = Callable[..., PreviewPage]


def desk(*printers: PrinterSettings, **routes: RouteSettings) -> Settings:
    return Settings.model_construct(printers=printers, routes=routes)


@pytest.fixture
def opened(runner: Runner, qtbot: QtBot) -> Iterator[Opened]:
    pages: list[PreviewPage] = []

    def open_(
        settings: Settings, kind: str = PaperKind.BADGE, found: Sequence[FoundPrinter] = FOUND
    ) -> PreviewPage:
        looked: list[bool] = []
        page = PreviewPage(runner, lambda: looked.append(True) or found)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(1270, 700)
        page.show()
        qtbot.waitExposed(page)
        with qtbot.waitSignal(page.view.drawn):
            page.show_paper("Visitor badge", test_card_pdf("0123456789012345"), kind, settings)
        qtbot.waitUntil(lambda: bool(looked) and page.found_is_known)
        return page

    yield open_
    for page in pages:
        page.close()


def choices(field: object) -> list[str]:
    return [field.itemText(at) for at in range(field.count())]  # type: ignore[attr-defined]


def choose(field: object, words: str) -> None:
    at = choices(field).index(words)
    field.setCurrentIndex(at)  # type: ignore[attr-defined]
    field.activated.emit(at)  # type: ignore[attr-defined]


def test_the_document_is_seen_with_its_size_and_its_printer(opened: Opened) -> None:
    page = opened(desk(THERMAL, OFFICE, badge=RouteSettings(printer="Office")))

    assert page.title.text() == "Visitor badge"
    assert page.printer.currentText() == "Office"
    assert page.paper.text() == f"{SIZE[0]} × {SIZE[1]} mm · 1 page"
    assert not page.view.sheet.picture().isNull()


def test_printing_tells_what_was_chosen_and_that_it_was_seen(opened: Opened, qtbot: QtBot) -> None:
    page = opened(desk(OFFICE, COPY_ROOM, badge=RouteSettings(printer="Copy room", fallback="Office")))
    choose(page.printer, "Office")
    choose(page.tray, "Lower tray")

    with qtbot.waitSignal(page.print_wanted) as told:
        qtbot.mouseClick(page.print, LEFT)

    assert told.args == ["badge", RouteSettings(printer="Office", tray="bottom", is_seen=True)]


def test_the_printer_and_tray_of_last_time_are_offered_first(opened: Opened, qtbot: QtBot) -> None:
    remembered = RouteSettings(printer="Office", tray="bottom", fallback="Copy room", is_seen=True)
    page = opened(desk(COPY_ROOM, OFFICE, badge=remembered))

    assert (page.printer.currentText(), page.tray.currentText()) == ("Office", "Lower tray")
    with qtbot.waitSignal(page.print_wanted) as told:
        qtbot.mouseClick(page.print, LEFT)
    assert told.args[1] == remembered


def test_a_tray_stays_chosen_while_its_printer_is_away(opened: Opened) -> None:
    page = opened(desk(OFFICE, badge=RouteSettings(printer="Office", tray="bottom")), found=[])

    assert page.tray.isVisible()
    assert page.tray.currentText() == "Lower tray"


def test_a_tray_of_one_printer_is_not_taken_to_another(opened: Opened, qtbot: QtBot) -> None:
    page = opened(desk(OFFICE, COPY_ROOM, badge=RouteSettings(printer="Office", tray="bottom")))

    choose(page.printer, "Copy room")

    assert not page.tray.isVisible()
    with qtbot.waitSignal(page.print_wanted) as told:
        qtbot.mouseClick(page.print, LEFT)
    assert told.args[1].tray == ""


def test_a_list_is_offered_no_printer_that_prints_on_a_roll(opened: Opened) -> None:
    page = opened(desk(THERMAL, OFFICE), kind=PaperKind.DAY_LIST)

    assert choices(page.printer) == ["Office"]


def test_a_printer_that_was_taken_out_of_the_settings_is_not_chosen(opened: Opened) -> None:
    page = opened(desk(OFFICE, badge=RouteSettings(printer="Sold last year")))

    assert page.printer.currentText() == "Office"


def test_without_a_printer_nothing_is_printed_and_one_is_offered_to_be_set_up(
    opened: Opened, qtbot: QtBot
) -> None:
    page = opened(desk(THERMAL), kind=PaperKind.DAY_LIST)

    assert not page.print.isEnabled()
    assert "no printer" in page.hint.text()
    with qtbot.waitSignal(page.printers_wanted):
        qtbot.mouseClick(page.set_up, LEFT)


def test_a_printer_with_other_paper_has_it_drawn_anew(opened: Opened, qtbot: QtBot) -> None:
    page = opened(desk(OFFICE, THERMAL, badge=RouteSettings(printer="Office")))

    with qtbot.waitSignal(page.redraw_wanted) as told:
        choose(page.printer, "Desk roll")

    assert told.args == ["badge", "Desk roll"]
    assert "other paper" in page.hint.text()
    with qtbot.waitSignal(page.view.drawn):
        page.show_drawn(test_card_pdf("6543210987654321"))
    assert "other paper" not in page.hint.text()


def test_a_printer_with_the_same_paper_needs_no_new_drawing(opened: Opened, qtbot: QtBot) -> None:
    page = opened(desk(OFFICE, COPY_ROOM, badge=RouteSettings(printer="Office")))

    with qtbot.assertNotEmitted(page.redraw_wanted):
        choose(page.printer, "Copy room")


@pytest.mark.parametrize("button", ["cancel", "back"])
def test_somebody_who_only_looked_goes_back(opened: Opened, qtbot: QtBot, button: str) -> None:
    page = opened(desk(OFFICE))

    with qtbot.assertNotEmitted(page.print_wanted), qtbot.waitSignal(page.back_wanted):
        qtbot.mouseClick(getattr(page, button), LEFT)


def test_the_first_look_says_why_it_is_shown_and_a_later_one_does_not(opened: Opened) -> None:
    assert "before the first print" in opened(desk(OFFICE)).second.text()
    seen = opened(desk(OFFICE, badge=RouteSettings(printer="Office", is_seen=True)))
    assert seen.second.text() == "This is how it comes out."


def test_the_next_document_forgets_what_was_chosen_for_the_one_before(opened: Opened, qtbot: QtBot) -> None:
    settings = desk(OFFICE, COPY_ROOM, badge=RouteSettings(printer="Office", tray="bottom"))
    page = opened(settings)
    choose(page.printer, "Copy room")

    with qtbot.waitSignal(page.view.drawn):
        page.show_paper("Visitor badge", test_card_pdf("1" * 16), PaperKind.BADGE, settings)

    assert (page.printer.currentText(), page.tray.currentText()) == ("Office", "Lower tray")


def test_it_speaks_turkish_and_keeps_the_choice(opened: Opened) -> None:
    page = opened(desk(OFFICE, badge=RouteSettings(printer="Office")))
    choose(page.tray, "Lower tray")

    text.use_language("tr")
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))

    assert page.print.words() == "Yazdır"
    assert page.tray.currentText() == "Alt tepsi"
    assert page.printer.accessibleName() == "Yazıcı"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_on_the_smallest_screen(opened: Opened, qapp: QApplication, scale: float) -> None:
    apply_theme(qapp, LIGHT, scale)
    try:
        long = PrinterSettings(name="Ü" * 60, link="system", address="long")
        page = opened(desk(long))

        assert page.size().toTuple() == (1270, 700)
        assert page.minimumSizeHint().width() <= 1270
        for control in (page.print, page.cancel, page.printer):
            right = control.mapTo(page, control.rect().topRight())
            assert right.x() < 1270
            assert control.height() >= 44
    finally:
        apply_theme(qapp, LIGHT, 1.0)
