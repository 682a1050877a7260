from dataclasses import replace

import pytest

from civicdesk.models import JobState, Trouble
from civicdesk.printing.badge import BadgeSize, badge_pdf
from civicdesk.printing.printers.port import Form, Outcome, Sheet, Status
from civicdesk.rehearsal.thermal_printer import ThermalPrinter as LoopbackPrinter
from tests.printing.printers.thermal import (
    CARD,
    CARD_CODE,
    CODE,
    FACE,
    OTHER_CODE,
    ROWS,
    Printing,
    meanwhile,
    scanned,
    thermal,
)

PRINTED = Outcome(JobState.PRINTED)


def test_a_badge_comes_out_cut_and_readable_and_the_printer_said_so(paper: LoopbackPrinter) -> None:
    printing = Printing(thermal(paper.address))
    assert printing() == PRINTED
    [badge] = paper.printed
    assert scanned(badge.image) == [CODE]
    assert printing.told == []
    assert paper.unknown == []


def test_badges_come_out_in_order_and_once_each(paper: LoopbackPrinter) -> None:
    printer = thermal(paper.address)
    for code in (CODE, OTHER_CODE, CODE):
        pdf = badge_pdf(replace(FACE, code=code), BadgeSize.ROLL_80)
        assert Printing(printer, Sheet("badge", pdf))() == PRINTED
    assert [scanned(badge.image) for badge in paper.printed] == [[CODE], [OTHER_CODE], [CODE]]


def test_the_narrow_roll_has_its_own_badge() -> None:
    with LoopbackPrinter(dots=384) as paper:
        printer = thermal(paper.address, width_mm=58)
        assert printer.form is Form.ROLL_58
        sheet = Sheet("badge", badge_pdf(FACE, BadgeSize.ROLL_58))
        assert Printing(printer, sheet)() == PRINTED
        assert scanned(paper.printed[0].image) == [CODE]


def test_a_printer_with_fewer_dots_gets_a_smaller_picture() -> None:
    with LoopbackPrinter(dots=512) as paper:
        assert Printing(thermal(paper.address, profile="TM-T88V"))() == PRINTED
        [badge] = paper.printed
    assert scanned(badge.image) == [CODE]
    left, _top, right, _bottom = badge.image.convert("L").point(lambda level: 255 - level).getbbox() or (
        0,
        0,
        0,
        0,
    )
    assert left > 10
    assert right < 502


def test_a_printer_that_cannot_cut_feeds_its_paper_out(paper: LoopbackPrinter) -> None:
    assert Printing(thermal(paper.address, cuts=False))() == PRINTED
    assert paper.printed == []
    assert paper.log.endswith(b"\x1bd\x05\x1dr\x01")


def test_the_printer_is_let_go_after_each_sheet_for_the_other_desk(paper: LoopbackPrinter) -> None:
    mine, theirs = thermal(paper.address), thermal(paper.address)
    assert mine.status() == theirs.status() == Status()
    assert Printing(mine)() == Printing(theirs)() == PRINTED


def test_paper_that_is_nearly_out_is_said(paper: LoopbackPrinter) -> None:
    paper.set(near_end=True)
    printer = thermal(paper.address)
    assert printer.status() == Status(is_near_end=True)
    assert Printing(printer)() == Outcome(JobState.PRINTED, is_near_end=True)


def test_a_roll_that_is_nearly_out_at_the_end_of_a_badge_is_said(paper: LoopbackPrinter) -> None:
    paper.reload(rows=ROWS + 300)
    assert Printing(thermal(paper.address))() == Outcome(JobState.PRINTED, is_near_end=True)


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        ("paper_out", Trouble.PAPER_OUT),
        ("cover_open", Trouble.COVER_OPEN),
        ("offline", Trouble.OFFLINE),
        ("cutter", Trouble.FAULT),
        ("silent", Trouble.SILENT),
        ("deaf", Trouble.SILENT),
    ],
)
def test_nothing_is_sent_to_a_printer_in_trouble(
    paper: LoopbackPrinter, fault: str, trouble: Trouble
) -> None:
    paper.set(**{fault: True})
    printer = thermal(paper.address, patience_s=0.3 if trouble is Trouble.SILENT else 3)
    assert printer.status().trouble is trouble
    assert Printing(printer)() == Outcome(JobState.WAITING, trouble)
    assert b"\x1dv0" not in paper.log
    paper.set(**{fault: False})
    assert thermal(paper.address).status() == Status()


def test_a_printer_that_is_switched_off_is_away_and_comes_back(paper: LoopbackPrinter) -> None:
    printer = thermal(paper.address)
    paper.refuse()
    assert printer.status() == Status(Trouble.AWAY)
    assert Printing(printer)() == Outcome(JobState.WAITING, Trouble.AWAY)
    paper.accept()
    assert Printing(printer)() == PRINTED
    assert len(paper.printed) == 1


@pytest.mark.parametrize(
    "address", ["not an address", "10.0.0.1:99999", "[::1", "there is no such host.invalid"]
)
def test_an_address_that_is_none_is_a_printer_that_is_away(address: str) -> None:
    assert thermal(address).status() == Status(Trouble.AWAY)


@pytest.mark.parametrize(
    ("fault", "trouble"), [("paper_out", Trouble.PAPER_OUT), ("cover_open", Trouble.COVER_OPEN)]
)
def test_trouble_in_the_middle_is_told_and_waited_for_and_nothing_is_lost_or_doubled(
    paper: LoopbackPrinter, fault: str, trouble: Trouble
) -> None:
    def mend(status: Status) -> None:
        if status.trouble is not None:
            paper.set(**{fault: False})

    printing = Printing(thermal(paper.address), hand=mend)
    paper.break_after(20_000, **{fault: True})
    assert printing() == PRINTED
    assert [status.trouble for status in printing.told] == [trouble, None]
    assert [scanned(badge.image) for badge in paper.printed] == [[CODE]]
    assert paper.printed[0].image.height == ROWS


def test_a_roll_that_ends_in_the_code_goes_on_where_it_stopped(paper: LoopbackPrinter) -> None:
    def new_roll(status: Status) -> None:
        if status.trouble is Trouble.PAPER_OUT:
            paper.reload()

    paper.reload(rows=350)
    printing = Printing(thermal(paper.address), hand=new_roll)
    assert printing() == PRINTED
    assert [scanned(badge.image) for badge in paper.printed] == [[CODE]]


def test_a_large_memory_full_of_a_badge_changes_nothing(paper: LoopbackPrinter) -> None:
    paper.set(buffer=1_000_000)
    paper.reload(rows=10)
    printing = Printing(
        thermal(paper.address), hand=lambda status: paper.reload() if status.trouble else None
    )
    assert printing() == PRINTED
    assert [scanned(badge.image) for badge in paper.printed] == [[CODE]]


def test_who_gives_up_on_an_empty_roll_has_a_badge_nobody_is_sure_of(paper: LoopbackPrinter) -> None:
    paper.reload(rows=100)
    printing = Printing(thermal(paper.address), is_given_up=True)
    assert printing() == Outcome(JobState.UNSURE, Trouble.PAPER_OUT, is_near_end=True)


def test_the_rest_of_a_badge_given_up_is_cut_off_before_the_next_one(paper: LoopbackPrinter) -> None:
    paper.reload(rows=100)
    printer = thermal(paper.address)
    Printing(printer, is_given_up=True)()
    paper.reload()
    sheet = Sheet("badge", badge_pdf(replace(FACE, code=OTHER_CODE), BadgeSize.ROLL_80))
    assert Printing(printer, sheet)() == PRINTED
    rest, badge = paper.printed
    assert rest.image.height < ROWS
    assert scanned(rest.image) == []
    assert badge.image.height == ROWS
    assert scanned(badge.image) == [OTHER_CODE]


def test_a_printer_that_starts_anew_in_the_middle_leaves_it_unsure(paper: LoopbackPrinter) -> None:
    printer = thermal(paper.address)
    paper.reset_after(20_000)
    assert Printing(printer)() == Outcome(JobState.UNSURE, Trouble.CUT_OFF)
    assert len(paper.torn) == 1
    assert Printing(printer)() == PRINTED
    assert scanned(paper.printed[-1].image) == [CODE]
    assert paper.printed[-1].image.height == ROWS


def test_a_printer_that_loses_everything_but_its_connection_leaves_it_unsure(paper: LoopbackPrinter) -> None:
    """As behind a print server, or on a serial port: nothing tells that it was switched off and on."""
    printing = Printing(thermal(paper.address, patience_s=0.8))
    paper.forget_after(20_000)
    assert printing() == Outcome(JobState.UNSURE, Trouble.CUT_OFF)


@pytest.mark.parametrize("fault", ["silent", "deaf"])
def test_a_printer_that_falls_silent_in_the_middle_leaves_it_unsure(
    paper: LoopbackPrinter, fault: str
) -> None:
    paper.break_after(20_000, **{fault: True})
    assert Printing(thermal(paper.address, patience_s=0.4))() == Outcome(JobState.UNSURE, Trouble.SILENT)


def test_a_printer_that_is_switched_off_in_the_middle_leaves_it_unsure(paper: LoopbackPrinter) -> None:
    printing = Printing(thermal(paper.address))
    paper.break_after(20_000, cover_open=True)
    outcome = meanwhile(printing, paper, lambda: paper.faults.cover_open, paper.refuse)
    assert outcome == Outcome(JobState.UNSURE, Trouble.CUT_OFF)


def test_a_printer_that_answers_late_is_waited_for(paper: LoopbackPrinter) -> None:
    paper.set(answers_after=0.05)
    assert Printing(thermal(paper.address))() == PRINTED


def test_a_printer_that_answers_later_than_its_patience_is_silent(paper: LoopbackPrinter) -> None:
    paper.set(answers_after=5.0)
    assert thermal(paper.address, patience_s=0.2).status() == Status(Trouble.SILENT)


def test_a_printer_that_cannot_answer_in_order_is_asked_until_its_paper_is_out(
    paper: LoopbackPrinter,
) -> None:
    paper.set(in_order=False)
    printer = thermal(paper.address)
    assert Printing(printer, CARD)() == PRINTED
    assert Printing(printer, CARD)() == PRINTED
    assert len(paper.printed) == 2
    assert paper.log.count(b"\x1dr\x01") == 1


def test_a_printer_that_cannot_answer_in_order_is_waited_for_too(paper: LoopbackPrinter) -> None:
    paper.set(in_order=False)
    paper.reload(rows=200)
    printing = Printing(
        thermal(paper.address), CARD, hand=lambda status: paper.reload() if status.trouble else None
    )
    assert printing().state is JobState.PRINTED
    assert Trouble.PAPER_OUT in [status.trouble for status in printing.told]
    assert [scanned(badge.image) for badge in paper.printed] == [[CARD_CODE]]


def test_a_printer_said_never_to_answer_is_not_asked_and_is_sent_to(paper: LoopbackPrinter) -> None:
    paper.set(silent=True)
    printer = thermal(paper.address, answers=False)
    assert printer.status() == Status()
    assert Printing(printer)() == Outcome(JobState.SENT)
    paper.wait(lambda: paper.log.endswith(b"\x1dVB\x00"))
    assert b"\x10\x04" not in paper.log
    assert b"\x1dr" not in paper.log


def test_a_printer_that_takes_no_more_says_so_until_it_is_given_up(paper: LoopbackPrinter) -> None:
    paper.set(deaf=True)
    printing = Printing(thermal(paper.address, answers=False, patience_s=0.2))
    printing.hand = lambda status: setattr(printing, "is_given_up", True)
    assert printing() == Outcome(JobState.UNSURE, Trouble.OFFLINE)


def test_a_wrong_device_that_talks_of_something_else_is_silent(paper: LoopbackPrinter) -> None:
    paper.set(says=b"HTTP/1.1 400 Bad Request\r\n\r\n", silent=True)
    assert thermal(paper.address, patience_s=0.3).status() == Status(Trouble.SILENT)


def test_reports_that_nobody_asked_for_are_no_answers(paper: LoopbackPrinter) -> None:
    paper.set(says=b"\x11\x13\x10\x00\x00\x00", paper_out=True)
    printer = thermal(paper.address)
    assert printer.status() == Status(Trouble.PAPER_OUT)
    paper.reload(rows=300)
    assert Printing(printer, is_given_up=True)().trouble is Trouble.PAPER_OUT
