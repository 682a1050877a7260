from __future__ import annotations

from civicdesk import codes
from civicdesk.printing.test_card import test_card_pdf as card_pdf
from tests.printing import reading


def test_the_code_on_the_card_reads_as_a_test_card() -> None:
    code = codes.make(codes.Kind.TEST_CARD)
    (read,) = reading.scanned(card_pdf(code), 203)
    assert read == code
    assert codes.parse(read) == codes.Code(codes.Kind.TEST_CARD, code)
