from __future__ import annotations

import pytest

from civicdesk.errors import Refusal
from civicdesk.models import PaperKind
from civicdesk.settings import PrinterSettings, RouteSettings, Settings
from civicdesk.ui.pages.settings.printer_plan import (
    Written,
    address_of,
    printer_of,
    printers_for,
    with_printer,
    with_route,
    without_printer,
)

ROLL = PrinterSettings(name="Badges", link="network", address="192.168.1.50:9100")
OFFICE = PrinterSettings(name="Office", link="system", address="HP_LaserJet")


def desk(*printers: PrinterSettings, **routes: RouteSettings) -> Settings:
    return Settings.model_construct(printers=printers, routes=routes)


@pytest.mark.parametrize(
    ("link", "written", "address"),
    [
        ("network", " 192.168.1.50 ", "192.168.1.50:9100"),
        ("network", "printer-1:9101", "printer-1:9101"),
        ("network", "10.0.0.7:09100", "10.0.0.7:9100"),
        ("network", "[fd00::7]:9100", "[fd00::7]:9100"),
        ("network", "fd00::7", "[fd00::7]:9100"),
        ("usb", "04B8:0E15", "04b8:0e15"),
        ("usb", "04B8:0E15:J5XF1", "04b8:0e15:J5XF1"),
        ("serial", "/dev/ttyUSB0", "/dev/ttyUSB0"),
        ("system", "Salon Yazıcısı", "Salon Yazıcısı"),
    ],
)
def test_an_address_is_kept_as_the_printer_is_reached_by_it(link: str, written: str, address: str) -> None:
    assert address_of(link, written) == address


@pytest.mark.parametrize(
    ("link", "written", "reason"),
    [
        *((link, "  ", "address_missing") for link in ("network", "usb", "serial", "system", "file")),
        ("network", "192.168.1", "address_wrong"),
        ("network", "192.168.1.500", "address_wrong"),
        ("network", "192.168.1.5:70000", "address_wrong"),
        ("network", "192.168.1.5:٩١", "address_wrong"),
        ("network", "http://192.168.1.5/", "address_wrong"),
        ("network", "my printer", "address_wrong"),
        ("network", ":9100", "address_wrong"),
        ("network", "10.0.0.9:", "address_wrong"),
        ("usb", "EPSON", "address_wrong"),
        ("usb", "04b8-0e15", "address_wrong"),
    ],
)
def test_a_wrong_address_is_refused_with_a_sentence(link: str, written: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        address_of(link, written)
    assert refused.value.reason == reason
    assert str(refused.value)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (Written("", "network", "10.0.0.9"), "name_missing"),
        (Written("x" * 61, "network", "10.0.0.9"), "name_long"),
        (Written("BADGES", "network", "10.0.0.9"), "name_taken"),
        (Written("Badges 2", "network", "192.168.1.50"), "printer_twice"),
        (Written("Slow", "serial", "/dev/ttyS0", way="text", profile="TM-T88III"), "code_page_missing"),
        (Written("Slow", "serial", "/dev/ttyS0", way="text", code_page="CP437"), "code_page_missing"),
    ],
)
def test_a_printer_needs_a_name_and_an_address_of_its_own(written: Written, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        printer_of(written, desk(ROLL))
    assert refused.value.reason == reason


def test_a_printer_may_keep_its_own_name_and_address_when_it_is_changed() -> None:
    changed = printer_of(Written("Badges", "network", "192.168.1.50", width_mm=58), desk(ROLL), "Badges")

    assert (changed.name, changed.address, changed.width_mm) == ("Badges", ROLL.address, 58)


def test_the_first_printer_gets_what_fits_it() -> None:
    thermal = with_printer(desk(), ROLL)
    assert {kind for kind in PaperKind if thermal.route(kind).printer == "Badges"} == {
        PaperKind.BADGE,
        PaperKind.RECEIPT,
        PaperKind.TEST_CARD,
    }
    both = with_printer(thermal, OFFICE)
    assert both.route(PaperKind.EVACUATION).printer == "Office"
    assert both.route(PaperKind.BADGE).printer == "Badges"


def test_what_was_sent_to_a_file_on_purpose_stays_so_when_another_printer_comes() -> None:
    chosen = with_route(with_printer(desk(), ROLL), PaperKind.BADGE, printer="")
    second = PrinterSettings(name="Second", link="usb", address="04b8:0e15")

    assert with_printer(chosen, second).route(PaperKind.BADGE).printer == ""


def test_a_printer_with_a_new_name_keeps_its_documents() -> None:
    settings = with_printer(with_printer(desk(), ROLL), OFFICE)
    settings = with_route(settings, PaperKind.BADGE, fallback="Office")
    renamed = with_printer(settings, OFFICE.model_copy(update={"name": "Floor 2"}), "Office")

    assert [printer.name for printer in renamed.printers] == ["Badges", "Floor 2"]
    assert renamed.route(PaperKind.PASS).printer == "Floor 2"
    assert renamed.route(PaperKind.BADGE).fallback == "Floor 2"


def test_a_printer_that_becomes_a_roll_loses_the_lists() -> None:
    settings = with_printer(desk(), OFFICE)
    changed = with_printer(settings, ROLL.model_copy(update={"name": "Office"}), "Office")

    assert changed.route(PaperKind.DAY_LIST).printer == ""
    assert changed.route(PaperKind.BADGE).printer == "Office"


def test_when_a_printer_goes_its_stand_in_takes_over() -> None:
    settings = desk(ROLL, OFFICE, badge=RouteSettings(printer="Badges", fallback="Office"))
    gone = without_printer(settings, "Badges")

    assert [printer.name for printer in gone.printers] == ["Office"]
    assert gone.route(PaperKind.BADGE) == RouteSettings(printer="Office")
    assert without_printer(gone, "Office").route(PaperKind.BADGE) == RouteSettings()


def test_another_printer_means_another_tray_and_a_look_before_the_first_print() -> None:
    settings = desk(ROLL, OFFICE, badge=RouteSettings(printer="Office", tray="Tray 2", is_seen=True))

    assert with_route(settings, "badge", printer="Badges").route("badge") == RouteSettings(printer="Badges")
    assert with_route(settings, "badge", fallback="Badges").route("badge").tray == "Tray 2"


def test_nobody_stands_in_for_himself() -> None:
    settings = desk(ROLL, OFFICE, badge=RouteSettings(printer="Office", fallback="Badges"))

    assert with_route(settings, "badge", printer="Badges").route("badge").fallback == ""


def test_lists_and_passes_go_to_pages_only() -> None:
    settings = desk(ROLL, OFFICE)

    assert printers_for(PaperKind.EVACUATION, settings) == [OFFICE]
    assert printers_for(PaperKind.PASS, settings) == [OFFICE]
    assert printers_for(PaperKind.BADGE, settings) == [ROLL, OFFICE]


def test_the_printer_that_is_set_is_always_among_the_choices_whoever_set_it() -> None:
    by_hand = desk(ROLL, day_list=RouteSettings(printer="Badges"))

    assert printers_for(PaperKind.DAY_LIST, by_hand) == [ROLL]
    assert printers_for(PaperKind.EVACUATION, by_hand) == []
