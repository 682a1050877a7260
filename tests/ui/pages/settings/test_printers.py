from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from civicdesk import text
from civicdesk.desk import print_jobs
from civicdesk.models import JobState, PaperKind, PrintJob, Trouble
from civicdesk.printing.printers.port import Status
from civicdesk.rehearsal.thermal_printer import ThermalPrinter
from civicdesk.settings import PrinterSettings, RouteSettings, Settings
from civicdesk.ui.pages.settings import printers as printers_module
from civicdesk.ui.pages.settings.printer_finds import Found
from civicdesk.ui.pages.settings.printer_row import PrinterRow
from civicdesk.ui.pages.settings.printers import PrintersSection
from civicdesk.ui.pages.settings_page import SettingsPage
from civicdesk.ui.print_desk import PrintDesk
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.widgets.list_row import ListRow
from tests import builders

LEFT = Qt.MouseButton.LeftButton
LONG_MS = 15_000
OFFICE = PrinterSettings(name="Office", link="system", address="HP_LaserJet")
BADGES = PrinterSettings(name="Badges", link="network", address="192.0.2.9:9100", patience_s=0.3)


class Desk:
    """The printers' section as on the desk: what it asks for is used at once."""

    def __init__(self, runner: Runner, qtbot: QtBot) -> None:
        self.runner, self.qtbot = runner, qtbot
        self.print_desk = PrintDesk(runner)
        self.page = SettingsPage(runner)
        self.page.settings_wanted.connect(self.use)
        self.notices: list[Notice] = []
        runner.notice.connect(self.notices.append)
        self.settings = Settings.model_construct()

    def open(
        self, *printers: PrinterSettings, is_at_work: bool = False, **routes: RouteSettings
    ) -> PrintersSection:
        self.is_at_work = is_at_work
        self.page.use_printers(self.print_desk)
        self.use(Settings.model_construct(printers=printers, routes=routes))
        self.qtbot.addWidget(self.page)
        self.page.resize(1270, 700)
        self.page.show()
        self.qtbot.waitExposed(self.page)
        self.page.show_section("printers")
        return self.section

    @property
    def section(self) -> PrintersSection:
        section = self.page.section()
        assert isinstance(section, PrintersSection)
        return section

    def use(self, settings: object) -> None:
        assert isinstance(settings, Settings)
        self.settings = settings
        self.page.show_settings(settings)
        if self.is_at_work:
            self.print_desk.use(settings)

    def press(self, name: str) -> None:
        settle()
        button = self.section.findChild(QPushButton, name)
        assert button is not None, name
        assert button.isVisible(), name
        self.qtbot.mouseClick(button, LEFT)

    def words(self) -> str:
        settle()
        shown = self.section.findChildren(QLabel)
        return "\n".join(part.text() for part in shown if part.isVisibleTo(self.section))

    def state(self, name: str) -> str:
        settle()
        rows = self.section.findChildren(PrinterRow)
        return next(row.state.text() for row in rows if row.printer.name == name)

    def says(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: words in self.words(), timeout=LONG_MS)


def settle() -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


@pytest.fixture
def desk(manager: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(printers_module, "trays", lambda: {"HP_LaserJet": ("tray-1", "manual")})
    desk = Desk(manager, qtbot)
    yield desk
    desk.print_desk.stop()


@pytest.fixture
def thermal() -> Iterator[ThermalPrinter]:
    with ThermalPrinter() as printer:
        yield printer


def at(printer: ThermalPrinter, **more: object) -> PrinterSettings:
    values = {"name": "Badges", "link": "network", "address": printer.address, "patience_s": 0.4} | more
    return PrinterSettings.model_validate(values)


def jobs(runner: Runner) -> list[PrintJob]:
    with runner.database.read() as session:
        return [*print_jobs.open_jobs(session), *print_jobs.ended_jobs(session)]


def ask_for(runner: Runner, printer: str = "", kind: PaperKind = PaperKind.TEST_CARD) -> None:
    with runner.database.begin() as session:
        print_jobs.ask(session, kind, "a job", at=builders.TUESDAY, printer=printer)


# --- the list ---


def test_without_a_printer_it_says_what_happens_instead(desk: Desk) -> None:
    desk.open()
    assert "No printer yet. Badges and lists become PDF files until one is added." in desk.words()


def test_each_printer_says_how_it_is_and_what_to_do(desk: Desk) -> None:
    section = desk.open(BADGES, OFFICE)
    assert desk.state("Badges") == "Not asked yet"
    section.show_states({"Badges": Status(Trouble.PAPER_OUT), "Office": Status(is_near_end=True)})

    assert (desk.state("Badges"), desk.state("Office")) == ("No paper", "Paper nearly out")
    assert "Put in paper; printing goes on by itself." in desk.words()
    assert "Thermal printer, 80 mm · Network · 192.0.2.9:9100" in desk.words()


def test_a_printer_that_is_used_without_answers_is_not_called_ready(desk: Desk) -> None:
    section = desk.open(BADGES.model_copy(update={"answers": False}))
    section.show_states({"Badges": Status()})
    assert desk.state("Badges") == "Gives no answers"


def test_a_clerk_sees_the_states_and_changes_nothing(desk: Desk) -> None:
    with desk.runner.database.begin() as session:
        desk.runner.staff = builders.member_of_staff(session)
    section = desk.open(BADGES)
    section.show_states({"Badges": Status()})

    assert desk.state("Badges") == "Ready"
    assert not [each for each in section.findChildren(QPushButton) if each.isVisible()]
    assert not section.routes.isVisible()


def test_what_a_manager_left_open_is_closed_for_a_clerk(desk: Desk) -> None:
    section = desk.open(BADGES)
    section.begin(BADGES)
    with desk.runner.database.begin() as session:
        desk.runner.staff = builders.member_of_staff(session)
    desk.page.refresh_now()
    assert not section.form_card.isVisible()


def test_it_speaks_turkish_at_once(desk: Desk) -> None:
    section = desk.open(BADGES)
    section.show_states({"Badges": Status(Trouble.COVER_OPEN)})
    text.use_language("tr")
    QApplication.sendEvent(desk.page, QEvent(QEvent.Type.LanguageChange))

    assert desk.state("Badges") == "Kapak açık"
    assert "Bu masanın yazıcıları" in desk.words()


# --- adding ---


def test_a_network_printer_is_added_by_its_address(desk: Desk) -> None:
    section = desk.open()
    desk.press("printers_new")
    section.form.name.setText("Desk 1")
    section.form.address.setText("192.168.1.50")
    desk.press("printer_width_58")
    desk.press("printer_save")

    [added] = desk.settings.printers
    assert (added.name, added.link, added.address, added.width_mm) == (
        "Desk 1",
        "network",
        "192.168.1.50:9100",
        58,
    )
    assert desk.settings.route(PaperKind.BADGE).printer == "Desk 1"
    assert desk.notices[-1].sentence == "Saved: Desk 1"
    assert not section.form_card.isVisible()


def test_a_refused_address_says_why_under_its_field_and_keeps_what_was_written(desk: Desk) -> None:
    section = desk.open()
    desk.press("printers_new")
    section.form.name.setText("Desk 1")
    section.form.address.setText("192.168.1.500")
    desk.press("printer_save")

    assert "This is no address." in desk.words()
    assert desk.settings.printers == ()
    assert section.form.address.text() == "192.168.1.500"
    section.form.address.setText("192.168.1.50")
    desk.press("printer_save")
    assert len(desk.settings.printers) == 1


def test_what_is_found_is_written_into_the_form(desk: Desk) -> None:
    section = desk.open()
    section.finds._look = lambda: [
        Found("usb", "04b8:0e15", "EPSON TM-T20II"),
        Found("serial", "/dev/ttyUSB0", "USB-Serial"),
    ]
    desk.press("printers_new")
    desk.press("printers_find")
    desk.says("2 found. Press yours.")
    row = section.findChild(ListRow, "printer_found_1")
    assert row is not None
    row.click()
    desk.press("printer_save")

    [added] = desk.settings.printers
    assert (added.name, added.link, added.address) == ("EPSON TM-T20II", "usb", "04b8:0e15")


def test_nothing_found_says_what_to_do(desk: Desk) -> None:
    section = desk.open()
    section.finds._look = list
    desk.press("printers_new")
    desk.press("printers_find")
    desk.says("Nothing was found. Plug the printer in, switch it on")


def test_an_address_can_be_tried_before_it_is_saved(desk: Desk, thermal: ThermalPrinter) -> None:
    section = desk.open()
    desk.press("printers_new")
    section.form.address.setText(thermal.address)
    desk.press("printer_try_address")
    desk.says("The printer answers and is ready.")
    assert not thermal.printed


def test_only_what_matters_for_a_printer_is_asked(desk: Desk) -> None:
    section = desk.open()
    desk.press("printers_new")
    form = section.form
    assert not form.code_page.isVisible()
    desk.press("printer_way_text")
    assert form.code_page.isVisible()
    assert not form.baud.isVisible()
    desk.press("printer_link_serial")
    assert form.baud.isVisible()
    desk.press("printer_link_system")
    assert not any(each.isVisible() for each in (form.paper, form.way, form.code_page, form.cuts, form.baud))


# --- changing and removing ---


def test_a_printer_gets_a_new_name_and_what_waits_for_it_comes_along(desk: Desk) -> None:
    section = desk.open(BADGES, badge=RouteSettings(printer="Badges"))
    ask_for(desk.runner, "Badges")
    desk.press("printer_badges_change")
    section.form.name.setText("Front desk")
    desk.press("printer_save")

    assert [printer.name for printer in desk.settings.printers] == ["Front desk"]
    assert desk.settings.route("badge").printer == "Front desk"
    assert [job.printer for job in jobs(desk.runner)] == ["Front desk"]


def test_a_printer_that_nothing_waits_for_goes_at_once_and_can_be_put_back(desk: Desk) -> None:
    desk.open(BADGES, OFFICE, badge=RouteSettings(printer="Badges"))
    desk.press("printer_badges_remove")
    assert [printer.name for printer in desk.settings.printers] == ["Office"]
    assert desk.settings.route("badge").printer == ""

    action = desk.notices[-1].action
    assert action is not None
    action[1]()
    assert desk.settings.printer("Badges") == BADGES
    assert desk.settings.route("badge").printer == "Badges"


@pytest.mark.parametrize("asked_of", ["Badges", ""])
def test_it_asks_before_a_printer_goes_that_something_waits_for(desk: Desk, asked_of: str) -> None:
    desk.open(BADGES, test_card=RouteSettings(printer="Badges"))
    ask_for(desk.runner, asked_of)
    desk.press("printer_badges_remove")

    assert "1 print waits for this printer." in desk.words()
    desk.press("printer_badges_question_2")
    assert desk.settings.printers == (BADGES,)
    desk.press("printer_badges_remove")
    desk.press("printer_badges_question_1")
    assert desk.settings.printers == ()
    assert [job.printer for job in jobs(desk.runner)] == [""]


# --- trying ---


def test_a_trial_prints_a_test_card_and_says_that_the_printer_said_so(
    desk: Desk, thermal: ThermalPrinter
) -> None:
    desk.open(at(thermal), is_at_work=True)
    desk.press("printer_badges_try")
    desk.says("The card came out: the printer said so.")

    assert len(thermal.printed) == 1
    assert [(job.kind, job.state) for job in jobs(desk.runner)] == [(PaperKind.TEST_CARD, JobState.PRINTED)]


def test_a_trial_without_paper_waits_and_goes_on_by_itself(desk: Desk, thermal: ThermalPrinter) -> None:
    thermal.set(paper_out=True)
    desk.open(at(thermal), is_at_work=True)
    desk.press("printer_badges_try")
    desk.says("It comes out by itself as soon as the printer is ready.")
    assert "No paper" in desk.words()

    thermal.reload()
    desk.says("The card came out: the printer said so.")
    assert len(thermal.printed) == 1


def test_a_device_that_swallows_and_never_answers_can_be_used_without_answers(
    desk: Desk, thermal: ThermalPrinter
) -> None:
    thermal.set(silent=True)
    desk.open(at(thermal), is_at_work=True)
    desk.press("printer_badges_try")
    desk.says("never answers: is it a printer?")
    assert jobs(desk.runner) == []

    desk.press("trial_mute")
    assert desk.settings.printers[0].answers is False
    desk.says("The card was sent; this printer never answers.")


def test_a_printer_that_is_away_gets_no_card(desk: Desk, thermal: ThermalPrinter) -> None:
    thermal.refuse()
    desk.open(at(thermal))
    desk.press("printer_badges_try")
    desk.says("Is it switched on, and is its cable in?")
    assert jobs(desk.runner) == []

    thermal.accept()
    desk.press("trial_again")
    desk.says("It can print.")


def test_a_trial_that_is_closed_leaves_no_card_behind(desk: Desk, thermal: ThermalPrinter) -> None:
    section = desk.open(at(thermal))
    desk.press("printer_badges_try")
    desk.says("The card is on its way to the printer.")
    desk.press("trial_close")

    assert not section.trial.isVisible()
    assert [job.state for job in jobs(desk.runner)] == [JobState.CANCELLED]


def test_a_port_that_the_queue_holds_open_is_asked_by_the_queue(desk: Desk) -> None:
    section = desk.open(PrinterSettings(name="Till", link="serial", address="/dev/never-there"))
    desk.press("printer_till_try")
    assert "Being asked…" in desk.words()
    section.show_states({"Till": Status(Trouble.AWAY)})

    assert "Being asked…" not in desk.words()
    assert "Cannot be reached" in section.trial.state.text()
    assert jobs(desk.runner) == []


# --- where documents go ---


def choose(section: PrintersSection, name: str, key: str) -> None:
    settle()
    field = section.findChild(QWidget, name)
    assert field is not None, name
    field.set_value(key)  # type: ignore[attr-defined]
    field.activated.emit(field.currentIndex())  # type: ignore[attr-defined]


def offered(section: PrintersSection, name: str) -> list[str]:
    settle()
    field = section.findChild(QWidget, name)
    assert field is not None, name
    return [field.itemText(place) for place in range(field.count())]  # type: ignore[attr-defined]


def test_lists_and_passes_are_offered_page_printers_only(desk: Desk) -> None:
    section = desk.open(BADGES, OFFICE)

    assert offered(section, "route_evacuation_printer") == ["PDF file", "Office"]
    assert offered(section, "route_pass_printer") == ["PDF file", "Office"]
    assert offered(section, "route_badge_printer") == ["PDF file", "Badges", "Office"]


def test_a_document_goes_to_a_printer_a_tray_and_a_stand_in(desk: Desk, qtbot: QtBot) -> None:
    section = desk.open(BADGES, OFFICE)
    choose(section, "route_badge_printer", "Office")
    qtbot.waitUntil(lambda: section.findChild(QWidget, "route_badge_tray") is not None)
    assert offered(section, "route_badge_tray") == ["as the printer likes", "Tray 1", "By hand"]
    choose(section, "route_badge_tray", "manual")
    choose(section, "route_badge_fallback", "Badges")

    assert desk.settings.route("badge") == RouteSettings(printer="Office", tray="manual", fallback="Badges")


def test_a_document_that_goes_nowhere_becomes_a_file(desk: Desk) -> None:
    section = desk.open(BADGES, badge=RouteSettings(printer="Badges"))
    choose(section, "route_badge_printer", "")
    assert desk.settings.route("badge").printer == ""
