from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from civicdesk import text
from civicdesk.desk import period
from civicdesk.desk.day_figures import Figure, Why
from civicdesk.desk.period_rows import Heat
from civicdesk.printing.charts import nice_steps
from civicdesk.printing.ink import PAPER, on_tint, tint
from civicdesk.printing.period_sheet import period_pdf
from civicdesk.printing.picture import page_count, page_sizes
from tests.printing import periods
from tests.printing.periods import NOVEMBER, a_period, nothing_known, room_row
from tests.printing.reading import ink, pages

LONG = "Çok Amaçlı Uzun Adlı Salon " * 8
ARABIC = "قاعة الاجتماعات الكبرى"
EMOJI = "🎉 Şenlik Salonu 👩‍👩‍👧"


def said(report: object = None, by: str = "Elif Aksoy") -> str:
    return "\n".join(pages(period_pdf(report or a_period(), by)))  # type: ignore[arg-type]


def test_a_month_is_a_few_upright_pages_that_say_who_printed_them_and_which_they_are() -> None:
    pdf = period_pdf(a_period(), "Elif Aksoy")
    found = pages(pdf)

    assert 2 <= len(found) <= 4
    assert {(round(wide), round(high)) for wide, high in page_sizes(pdf)} == {(210, 297)}
    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in page
        assert (
            "Printed Tuesday, 1 December 2026 09:30 · Data complete for the whole period · Elif Aksoy" in page
        )
        assert "Çınarova Sivil Yaşam Merkezi · November 2026" in page


def test_totals_stand_beside_the_period_before_and_the_year_before_with_arrows_and_not_colours() -> None:
    page = said()

    assert "compared with October 2026, November 2025" in page
    assert "3,908\nvisitors\nbefore: 3,480 ↑ 12%\nyear before: 3,950 ↓ 1%" in page
    assert "14%\nrooms in use\nbefore: 17% ↓ 3 points" in page  # of shares the points, not a share of a share
    assert "events\nbefore: 66 ↓ 8%\nyear before: 61 =" in page


def test_every_day_and_every_room_is_there_also_those_without_anybody() -> None:
    page = said()

    for on in NOVEMBER.dates:
        assert f"{on:%d.%m.%Y}" in page
    for room in periods.ROOMS:
        assert room in page
    assert re.search(r"Mavi Konferans Salonu\n0%\n0%\n—\n—\n0\n0", page)


def test_the_hours_are_numbers_as_well_as_grades() -> None:
    page = said()

    assert "\n402\n" in page  # entries at two o'clock
    assert "Entries by weekday and hour, mean" in page
    assert "grey: closed" in page


def test_it_can_be_read_without_colour() -> None:
    """Grades become darker with the number in every printer, and letters on them keep their distance."""
    greys = [_luminance(tint(share / 10)) for share in range(11)]

    assert greys == sorted(greys, reverse=True)
    assert len(set(greys)) == len(greys)
    for share in (0.0, 0.3, 0.5, 0.72, 0.8, 1.0):
        assert _contrast(tint(share), on_tint(share)) >= 3.5


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_nothing_of_something_is_white_and_the_least_of_it_is_seen() -> None:
    assert tint(0) == PAPER
    assert _contrast(tint(0.001), PAPER) > 1.1


def test_the_lines_behind_many_bars_stand_at_round_numbers() -> None:
    assert nice_steps(1830) == [500, 1000, 1500]
    assert nice_steps(7) == [2, 4, 6]
    assert nice_steps(0) == []


def test_a_period_that_has_not_come_shows_dashes_and_the_reason_and_never_a_nought() -> None:
    page = said(nothing_known())

    assert "No data: these days have not come yet" in page
    assert "—\nvisitors" in page
    assert "\n0\nvisitors" not in page
    assert "—: these days have not come yet" in page
    assert "Visitors by day" not in page  # no empty charts
    assert "There is no room to be booked." not in page  # there may be many
    assert "compared with" not in page
    assert page_count(period_pdf(nothing_known())) == 1


def test_a_period_without_a_single_booking_says_so_in_place_of_its_tables() -> None:
    empty = replace(
        a_period(), organisations=[], event_kinds=[], organisation_kinds=[], rooms=[], work_areas=[]
    )

    page = said(replace(empty, room_heat=Heat((), (), {}), weekday_heat=Heat((), (), {})))

    assert "There is no room to be booked." in page
    assert "Nothing of this in these days." in page


def test_figures_of_few_people_are_hidden_and_it_says_why() -> None:
    few = replace(a_period().organisations[0], name="Kırk Ağaç Girişimi", visitors=Figure(None, Why.FEW))

    page = said(a_period(organisations=[few]))

    assert re.search(r"Kırk Ağaç Girişimi\n.*\n30\n600\n<5\n", page)
    assert "<5: hidden; fewer than five people stand behind it" in page
    assert "<5: hidden" not in said(a_period(are_small_hidden=False))


@pytest.mark.parametrize(
    "of",
    [
        period.week(date(2026, 11, 16)),
        period.quarter(date(2026, 11, 16)),
        period.half(date(2026, 11, 16)),
        period.year(2028),
        period.days(date(2026, 1, 5), date(2026, 1, 5)),
        period.days(date(2024, 1, 5), date(2026, 11, 9)),
    ],
    ids=["a week", "a quarter", "half a year", "366 days", "a day", "three years"],
)
def test_any_period_is_drawn(of: period.Period) -> None:
    pdf = period_pdf(a_period(of))

    assert 2 <= page_count(pdf) <= 5
    assert all(min(ink(pdf, page=page)) > 7 for page in range(page_count(pdf)))  # nothing is cut at an edge


@pytest.mark.parametrize(
    "name", [LONG, ARABIC, EMOJI, "A" * 200], ids=["long", "arabic", "emoji", "one word"]
)
def test_names_of_any_kind_stay_within_their_column(name: str) -> None:
    rooms = [room_row(1, name), room_row(2, name)]
    organisation = replace(a_period().organisations[0], name=name)

    pdf = period_pdf(a_period(rooms=rooms, organisations=[organisation] * 3, centre=name))

    assert all(min(ink(pdf, page=page)) > 7 for page in range(page_count(pdf)))


def test_so_many_rooms_go_on_with_their_heads_on_the_next_page() -> None:
    rooms = [room_row(number, f"Salon {number}") for number in range(90)]

    found = pages(period_pdf(a_period(rooms=rooms, room_heat=periods.heat([f"r{n}" for n in range(90)]))))

    with_rooms = [page for page in found if re.search(r"Salon \d+\n\d+%", page)]
    assert len(with_rooms) >= 3
    assert all("booked\nin use\nfull" in page for page in with_rooms[:2])


def test_many_organisations_are_in_the_spreadsheet_and_the_page_says_so() -> None:
    assert "and 12 more, in the spreadsheet" in said()


def test_the_same_period_at_the_same_time_is_the_same_file() -> None:
    assert period_pdf(a_period()) == period_pdf(a_period())


def test_it_is_written_in_turkish_too() -> None:
    text.use_language("tr")

    page = said()

    assert "Aylık rapor" in page
    assert "Kasım 2026" in page
    assert "3.908\nziyaretçi" in page
    assert "↑ %12" in page
