"""What the tests of thermal printers print, on what, and how they look at it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import zxingcpp
from PIL import Image

from civicdesk import codes
from civicdesk.printing.badge import BadgeFace, BadgeSize, badge_pdf
from civicdesk.printing.printers.port import Outcome, Sheet, Status
from civicdesk.printing.printers.raster import page_dots
from civicdesk.printing.printers.thermal import ThermalPrinter
from civicdesk.printing.test_card import test_card_pdf
from civicdesk.rehearsal.thermal_printer import ThermalPrinter as LoopbackPrinter
from civicdesk.settings import PrinterSettings

CODE = codes.make(codes.Kind.BADGE, lambda below: below // 3)
OTHER_CODE = codes.make(codes.Kind.BADGE, lambda below: below // 7)
FACE = BadgeFace(
    centre="Çınarova Sivil Yaşam Merkezi",
    name="Şükrü Işık",
    place="Meclis Salonu",
    host="Ege Kadın Emeği Derneği",
    reason="Toplantı",
    on="24 Kas 2026 10:42",
    number=1047,
    code=CODE,
)
SHEET = Sheet("Visitor badge 1047", badge_pdf(FACE, BadgeSize.ROLL_80), FACE)

CARD_CODE = codes.make(codes.Kind.TEST_CARD, lambda below: below // 5)
CARD = Sheet("Test card", test_card_pdf(CARD_CODE))
ROWS = page_dots(SHEET.pdf, 576).height
"""How long the badge is, in dots."""


def thermal(address: str, **said: object) -> ThermalPrinter:
    values: dict[str, object] = {"name": "roll", "link": "network", "patience_s": 3.0, **said}
    return ThermalPrinter(PrinterSettings.model_validate({"address": address, **values}))


def scanned(picture: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in found]


@dataclass
class Printing:
    """A sheet being printed on a thread of its own; what was told meanwhile, and what a person does about it."""

    printer: ThermalPrinter
    sheet: Sheet = SHEET
    hand: Callable[[Status], None] = lambda status: None
    is_given_up: bool = False
    told: list[Status] = field(default_factory=list)

    def __call__(self) -> Outcome:
        return self.printer.print(self.sheet, self._tell, lambda: self.is_given_up)

    def _tell(self, status: Status) -> None:
        self.told.append(status)
        self.hand(status)


def meanwhile(
    printing: Printing, paper: LoopbackPrinter, until: Callable[[], bool], act: Callable[[], object]
) -> Outcome:
    """Print, do something as soon as the printer got so far, and see what came of it."""
    with ThreadPoolExecutor(1) as threads:
        outcome = threads.submit(printing)
        paper.wait(until)
        act()
        return outcome.result(30)
