"""Which printers this desk has and what goes to which: settings in, settings out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from civicdesk.errors import Refusal, Unavailable
from civicdesk.models import PaperKind
from civicdesk.printing.printers.links import network_address, usb_address
from civicdesk.printing.printers.profiles import profile
from civicdesk.settings import PrinterSettings, RouteSettings, Settings
from civicdesk.text import _, fold

LONGEST_NAME = 60
_PAGES_ONLY = (
    PaperKind.PASS,
    PaperKind.EVACUATION,
    PaperKind.DAY_LIST,
    PaperKind.SETUP_LIST,
    PaperKind.OCCUPANCY,
    PaperKind.REPORT,
    PaperKind.DOOR_SIGN,
    PaperKind.MAIL_REGISTER,
    PaperKind.POST_LABELS,
)


@dataclass(frozen=True)
class Written:
    """What somebody wrote into the form of a printer, before it is looked at."""

    name: str
    link: str
    address: str
    width_mm: int = 80
    way: str = "raster"
    profile: str = "default"
    code_page: str = "CP857"
    baud: int = 9600
    cuts: bool = True
    answers: bool = True


def printer_of(written: Written, settings: Settings, instead_of: str = "") -> PrinterSettings:
    """The printer that was written.

    Refuses `name_missing`, `name_long`, `name_taken`, `address_missing`, `address_wrong`, `printer_twice` and
    `code_page_missing`.
    """
    name = _name(written.name, settings, instead_of)
    address = address_of(written.link, written.address)
    others = (printer for printer in settings.printers if printer.name != instead_of)
    if twin := next((one for one in others if (one.link, one.address) == (written.link, address)), None):
        raise Refusal("printer_twice", _("This printer is here already: {}").format(twin.name))
    _check_code_page(written)
    values = vars(written) | {"name": name, "address": address}
    return PrinterSettings.model_validate(values)


def address_of(link: str, written: str) -> str:
    """An address as the printer is reached by it. Refuses `address_missing` and `address_wrong`."""
    address = written.strip()
    if not address:
        raise Refusal("address_missing", _missing(link))
    if link == "network":
        return _network(address)
    if link == "usb":
        return _usb(address)
    return address


def with_printer(settings: Settings, printer: PrinterSettings, instead_of: str = "") -> Settings:
    """Settings with one more printer, or with one changed; what went to it goes there still."""
    if not instead_of:
        return settings.with_(printers=(*settings.printers, printer), routes=_first_routes(settings, printer))
    printers = tuple(printer if each.name == instead_of else each for each in settings.printers)
    renamed = {
        kind: _rename(kind, route, instead_of, printer.name if may_print(kind, printer) else "")
        for kind, route in settings.routes.items()
    }
    return settings.with_(printers=printers, routes=renamed)


def without_printer(settings: Settings, name: str) -> Settings:
    """Settings without a printer; its documents become PDF files until another one gets them."""
    printers = tuple(printer for printer in settings.printers if printer.name != name)
    routes = {kind: _rename(kind, route, name, "") for kind, route in settings.routes.items()}
    return settings.with_(printers=printers, routes=routes)


def with_route(settings: Settings, kind: str, **values: object) -> Settings:
    """Settings in which a kind of document goes elsewhere. A new printer is shown in a preview first."""
    before = settings.route(kind)
    after = before.model_copy(update=values)
    if after.printer != before.printer:
        after = after.model_copy(update={"tray": "", "is_seen": False})
    if after.fallback == after.printer:
        after = after.model_copy(update={"fallback": ""})
    return settings.with_(routes={**settings.routes, kind: after})


def may_print(kind: str, printer: PrinterSettings) -> bool:
    """Whether a kind of document fits a printer: lists and passes are pages, a roll is too narrow for them."""
    return not printer.is_thermal or kind not in _PAGES_ONLY


def printers_for(kind: str, settings: Settings) -> list[PrinterSettings]:
    """The printers that a kind of document can go to, and the one that it goes to already, whoever said so."""
    said = settings.route(kind).printer
    return [printer for printer in settings.printers if printer.name == said or may_print(kind, printer)]


def _first_routes(settings: Settings, printer: PrinterSettings) -> dict[str, RouteSettings]:
    """The first printer that fits gets what went nowhere, so that it works as soon as it is here."""
    routes = dict(settings.routes)
    for kind in PaperKind:
        has_none = not settings.route(kind).printer and not printers_for(kind, settings)
        if has_none and may_print(kind, printer):
            routes[kind.value] = settings.route(kind).model_copy(update={"printer": printer.name})
    return routes


def _rename(kind: str, route: RouteSettings, old: str, new: str) -> RouteSettings:
    changed = {field: new for field in ("printer", "fallback") if old and getattr(route, field) == old}
    if "printer" in changed and not new:
        changed |= {"printer": route.fallback, "fallback": "", "tray": ""}
    return route.model_copy(update=changed)


def _name(written: str, settings: Settings, instead_of: str) -> str:
    name = " ".join(written.split())
    if not name:
        raise Refusal("name_missing", _("Give the printer a name, such as “Desk 1 badges”."))
    if len(name) > LONGEST_NAME:
        raise Refusal("name_long", _("The name is too long; it has to fit a button."))
    if any(fold(each.name) == fold(name) for each in settings.printers if each.name != instead_of):
        raise Refusal("name_taken", _("There is a printer of this name already. Give this one another."))
    return name


def _network(address: str) -> str:
    try:
        host, port = network_address(address)
    except Unavailable as trouble:
        raise _no_address() from trouble
    if not _is_sound_number(host):
        raise _no_address()
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _usb(address: str) -> str:
    try:
        device = usb_address(address)
    except Unavailable as trouble:
        words = _("A USB printer is written as two numbers, such as 04b8:0202.")
        raise Refusal("address_wrong", words) from trouble
    numbers = f"{device.vendor:04x}:{device.product:04x}"
    return f"{numbers}:{device.serial}" if device.serial else numbers


def _no_address() -> Refusal:
    return Refusal("address_wrong", _("This is no address. It looks like 192.168.1.50 or printer-1:9100."))


def _is_sound_number(host: str) -> bool:
    """A host of numbers and dots alone has four of them, each below 256."""
    if not re.fullmatch(r"[0-9.]+", host):
        return True
    parts = host.split(".")
    return len(parts) == 4 and all(part and int(part) < 256 for part in parts)  # noqa: PLR2004


def _check_code_page(written: Written) -> None:
    """Text with Turkish letters needs a code page that the model has: a wrong letter is worse than none."""
    if written.link == "system" or written.way != "text":
        return
    has = profile(written.profile).pages
    if not has:
        words = _("This model cannot print Turkish letters as text. Let badges go to it as a picture.")
        raise Refusal("code_page_missing", words)
    if written.code_page not in has:
        words = _("This model does not have this code page. It has: {}")
        raise Refusal("code_page_missing", words.format(", ".join(has)))


def _missing(link: str) -> str:
    said = {
        "network": lambda: _("Write the printer's address; it stands on its own test page."),
        "usb": lambda: _("Plug the printer in and press “Find printers”."),
        "serial": lambda: _("Choose the port that the printer is plugged into."),
        "system": lambda: _("Choose one of the printers that this computer knows."),
        "file": lambda: _("Write where the device is, such as /dev/usb/lp0."),
    }
    return said[link]()
