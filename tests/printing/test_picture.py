from concurrent.futures import ThreadPoolExecutor

from civicdesk.printing.evacuation import EvacuationSheet, evacuation_pdf
from civicdesk.printing.picture import page_count, page_image

SHEET = EvacuationSheet(centre="Merkez", as_of="10:42", by="", total=0, people=[])


def test_a_page_is_as_large_as_its_paper() -> None:
    picture = page_image(evacuation_pdf(SHEET), dpi=100)
    assert (picture.width, picture.height) == (827, 1170)
    assert len(picture.pixels) == picture.width * picture.height * 4


def test_paper_is_white() -> None:
    assert page_image(evacuation_pdf(SHEET), dpi=30).pixels[:3] == b"\xff\xff\xff"


def test_pages_are_counted() -> None:
    assert page_count(evacuation_pdf(SHEET)) == 1


def test_two_threads_can_ask_for_pictures() -> None:
    pdf = evacuation_pdf(SHEET)
    with ThreadPoolExecutor(4) as threads:
        pictures = set(threads.map(lambda dpi: page_image(pdf, dpi), [60] * 20))
    assert len(pictures) == 1
