"""The receipt of a pickup and the register of post, read back from their PDF."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import hand_overs
from civicdesk.errors import Refusal
from civicdesk.models import HandOver, Organisation, PaperKind, new_id
from civicdesk.printing.picture import page_count
from civicdesk.printing.printers.port import Form
from civicdesk.printing.printers.raster import bands, page_dots
from civicdesk.printing.receipt import Receipt, ReceiptLine, receipt_pdf
from civicdesk.printing.sheets import preview
from tests.builders import TUESDAY
from tests.desk import postbox
from tests.printing.reading import words


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        yield session


@pytest.fixture
def holder(session: Session) -> Organisation:
    return postbox.let(session, 214, "Barış Vakfı")


@pytest.fixture
def made(session: Session, holder: Organisation) -> HandOver:
    ayse = postbox.person(session, holder)
    item = postbox.item(session, 214)
    taking = postbox.taking(holder, item, by=ayse)
    hand_overs.sign(session, taking, postbox.STROKES, *postbox.PAD, at=TUESDAY, key="k")
    return hand_overs.hand_over(session, "k", at=TUESDAY)


def size_mm(pdf: bytes) -> tuple[float, float]:
    box = PdfReader(BytesIO(pdf)).pages[0].mediabox
    return float(box.width) / 72 * 25.4, float(box.height) / 72 * 25.4


@pytest.mark.parametrize(("form", "wide"), [(Form.PAGE, 148), (Form.ROLL_80, 72), (Form.ROLL_58, 48)])
def test_a_receipt_says_who_took_what_on_every_paper(
    session: Session, made: HandOver, form: Form, wide: float
) -> None:
    sheet = preview(session, PaperKind.RECEIPT, at=TUESDAY, subject_id=made.id, form=form)

    said = " ".join(words(sheet.pdf))
    for part in ("Barış Vakfı", "Ayşe Tan", "2026/14", "Parcel", "2026-00001"):
        assert part in said
    assert size_mm(sheet.pdf)[0] == pytest.approx(wide, abs=0.01)
    assert "Ayşe" not in sheet.title


def test_the_signature_is_drawn_on_the_roll(session: Session, made: HandOver) -> None:
    signed = preview(session, PaperKind.RECEIPT, at=TUESDAY, subject_id=made.id, form=Form.ROLL_80).pdf
    bare = Receipt("C", "on", "Barış Vakfı", "Ayşe Tan", "", "", "", [ReceiptLine("Parcel")])
    drawn = receipt_pdf(
        Receipt(**{**vars(bare), "strokes": postbox.STROKES, "width": 366, "height": 137}), Form.ROLL_80
    )

    def black(pdf: bytes) -> int:
        return page_dots(pdf, 576).histogram()[0]

    assert black(drawn) - black(receipt_pdf(bare, Form.ROLL_80)) > 1_500
    assert bands(signed, 576)


def test_a_pickup_of_fifty_items_goes_on_over_pages() -> None:
    lines = [ReceiptLine(f"Parcel · 2026-{n:05d}", "RR123456785TR") for n in range(50)]
    receipt = Receipt("C", "on", "Barış Vakfı", "Ayşe Tan", "", "", "", lines)
    assert page_count(receipt_pdf(receipt)) > 1
    assert page_count(receipt_pdf(receipt, Form.ROLL_80)) == 1


def test_nothing_is_drawn_of_a_hand_over_that_is_not_there(session: Session) -> None:
    with pytest.raises(Refusal):
        preview(session, PaperKind.RECEIPT, at=TUESDAY, subject_id=new_id())
    with pytest.raises(Refusal) as refused:
        preview(session, PaperKind.RECEIPT, at=TUESDAY)
    assert refused.value.reason == "gone"


def test_the_register_of_a_day_has_a_line_for_each_item(
    session: Session, made: HandOver, holder: Organisation
) -> None:
    postbox.item(session, 214, "ordinary")
    other = postbox.let(session, 9, "Ova Sahne")
    postbox.item(session, 9, "notice")

    whole = " ".join(
        words(preview(session, PaperKind.MAIL_REGISTER, at=TUESDAY, label="2026-11-24:2026-11-24").pdf)
    )
    only = preview(
        session, PaperKind.MAIL_REGISTER, at=TUESDAY, subject_id=other.id, label="2026-11-24:2026-11-24"
    )

    for part in ("2026-00001", "2026-00002", "2026-00003", "Ayşe Tan", "handed over", "not accepted yet"):
        assert part in whole
    said = " ".join(words(only.pdf))
    assert "Ova Sahne" in said
    assert "Barış" not in said


def test_a_day_without_post_says_so(session: Session) -> None:
    pdf = preview(session, PaperKind.MAIL_REGISTER, at=TUESDAY, label="2026-11-02:2026-11-03").pdf
    assert "Nothing came in on these days." in " ".join(words(pdf))
