from __future__ import annotations

import os
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest
import serial

from civicdesk import doctor, doctor_devices, settings
from civicdesk.doctor import try_printer
from civicdesk.doctor_devices import Answer, checks
from civicdesk.printing.printers import cups, find
from civicdesk.printing.printers.cups import Queue
from civicdesk.printing.printers.find import Found
from civicdesk.rehearsal.thermal_printer import ThermalPrinter
from civicdesk.settings import PrinterSettings, SerialReaderSettings, Settings


@pytest.fixture
def thermal() -> Iterator[ThermalPrinter]:
    with ThermalPrinter() as printer:
        yield printer


@pytest.fixture
def port() -> Iterator[str]:
    """A serial port, by a pseudo-terminal."""
    master, slave = os.openpty()
    attributes = termios.tcgetattr(slave)
    termios.tcsetattr(slave, termios.TCSANOW, attributes)
    yield os.ttyname(slave)
    os.close(slave)
    os.close(master)


@pytest.fixture
def desk_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "settings.toml"
    monkeypatch.setattr(settings, "FILE", file)
    monkeypatch.setattr(doctor, "FILE", file)
    monkeypatch.setenv("CIVICDESK_LANGUAGE", "en")
    return file


def desk(**values: object) -> Settings:
    return Settings.model_construct(**values)


def network(printer: ThermalPrinter, **more: object) -> PrinterSettings:
    values = {"name": "Badges", "link": "network", "address": printer.address, "patience_s": 0.4} | more
    return PrinterSettings.model_validate(values)


def about(subject: str, looked_at: Settings) -> Answer:
    return dict(checks(looked_at))[subject]()


# --- printers ---


def test_a_printer_that_answers_is_well(thermal: ThermalPrinter) -> None:
    is_well, sentence = about("Printer Badges", desk(printers=(network(thermal),)))
    assert (is_well, sentence) == (True, "The printer answers and is ready.")


def test_a_printer_without_paper_is_told(thermal: ThermalPrinter) -> None:
    thermal.set(paper_out=True)
    is_well, sentence = about("Printer Badges", desk(printers=(network(thermal),)))
    assert not is_well
    assert "no paper" in sentence


def test_a_printer_that_is_switched_off_is_told_with_what_to_do() -> None:
    with ThermalPrinter() as thermal:
        pass
    is_well, sentence = about("Printer Badges", desk(printers=(network(thermal),)))
    assert not is_well
    assert "Is it switched on" in sentence


def test_a_desk_without_printers_is_well_and_hears_where_to_add_one() -> None:
    is_well, sentence = about("Printers", desk())
    assert is_well
    assert "Add one in the settings" in sentence


def test_usb_printers_are_listed_with_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "usb_printers", lambda: [Found("04b8:0e15", "EPSON TM-T20II")])
    assert about("USB printers", desk()) == (True, "EPSON TM-T20II (04b8:0e15)")


def test_the_systems_printers_matter_only_to_a_desk_that_uses_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cups, "queues", list)
    office = PrinterSettings(name="Office", link="system", address="HP")

    assert about("Printers of this computer", desk())[0]
    is_well, sentence = about("Printers of this computer", desk(printers=(office,)))
    assert not is_well
    assert "install and start it" in sentence
    monkeypatch.setattr(cups, "queues", lambda: [Queue("HP", "HP LaserJet", (), is_default=True)])
    assert about("Printers of this computer", desk(printers=(office,))) == (True, "HP")


# --- readers ---


def test_a_port_that_opens_is_free_and_one_that_is_taken_is_told(
    port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "serial_ports", lambda: [Found(port, port)])
    assert about("Serial ports", desk()) == (True, f"{port}: free")
    with serial.Serial(port, exclusive=True):
        assert "in use" in about("Serial ports", desk())[1]


def test_a_reader_that_was_pulled_out_is_told(port: str) -> None:
    there, gone = SerialReaderSettings(port=port), SerialReaderSettings(port="/dev/never-there")
    looked_at = desk(serial_readers=(there, gone))

    assert about(f"Reader at {port}", looked_at)[0]
    assert about("Reader at /dev/never-there", looked_at) == (False, "not there; plug it in")


def test_a_missing_camera_extra_matters_only_to_a_desk_with_a_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_devices, "find_spec", lambda name: None)
    assert about("Camera", desk())[0]
    assert not about("Camera", desk(camera="Front camera"))[0]


def test_looking_at_devices_needs_no_qt() -> None:
    code = "import sys, civicdesk.doctor_devices; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- a test card ---


def test_a_test_card_comes_out_and_the_printer_says_so(desk_file: Path, thermal: ThermalPrinter) -> None:
    desk(printers=(network(thermal),)).save(desk_file)
    said: list[str] = []

    assert try_printer("Badges", said.append)
    assert said == ["Ready: It can print.", "The card came out: the printer said so."]
    assert len(thermal.printed) == 1


def test_without_paper_nothing_is_printed(desk_file: Path, thermal: ThermalPrinter) -> None:
    thermal.set(paper_out=True)
    desk(printers=(network(thermal),)).save(desk_file)
    said: list[str] = []

    assert not try_printer("Badges", said.append)
    assert said[0].startswith("No paper: ")
    assert said[-1] == "Nothing was printed."
    assert thermal.printed == []


def test_a_device_that_never_answers_gets_no_card(desk_file: Path, thermal: ThermalPrinter) -> None:
    thermal.set(silent=True)
    desk(printers=(network(thermal),)).save(desk_file)
    said: list[str] = []

    assert not try_printer("Badges", said.append)
    assert "is it a printer?" in said[0]


def test_a_printer_used_without_answers_gets_its_card(desk_file: Path, thermal: ThermalPrinter) -> None:
    thermal.set(silent=True)
    desk(printers=(network(thermal, answers=False),)).save(desk_file)
    said: list[str] = []

    assert try_printer("Badges", said.append)
    assert "See whether it came out." in said[-1]


def test_an_unknown_name_is_answered_with_the_names_there_are(
    desk_file: Path, thermal: ThermalPrinter
) -> None:
    said: list[str] = []
    assert not try_printer("Office", said.append)
    assert said == ["This desk has no printer."]
    desk(printers=(network(thermal),)).save(desk_file)
    assert not try_printer("Office", said.append)
    assert said[-1] == "There is no printer of this name. This desk has: Badges"
