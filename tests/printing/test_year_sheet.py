from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from civicdesk import text
from civicdesk.desk import period
from civicdesk.desk.day_figures import Figure
from civicdesk.printing.picture import page_count
from civicdesk.printing.year_sheet import year_pdf
from tests.printing.periods import a_year, nothing_known
from tests.printing.reading import ink, pages

TITLES = (
    "Members",
    "Events and guests",
    "Goals of sustainable development",
    "The months",
    "Days and hours",
    "Rooms",
    "Who had the rooms",
    "Post",
    "Work areas, messages, incidents",
    "What it means",
)


def test_the_title_page_says_whose_year_it_is_and_its_four_largest_figures() -> None:
    first = pages(year_pdf(a_year(), "Elif Aksoy"))[0]

    assert "Yearly activity report\n2026\nÇınarova Sivil Yaşam Merkezi" in first
    assert "469\nmember organisations" in first
    assert "659\nevents" in first
    assert "32,612\nguests" in first
    assert "49.5\nguests per event, mean" in first
    assert "Elif Aksoy" in first


def test_the_contents_name_the_page_on_which_each_part_really_begins() -> None:
    found = pages(year_pdf(a_year()))

    for title in TITLES:
        named = re.search(rf"{re.escape(title)}\n(\d+)\n", found[1])
        assert named, title
        assert f"\n{title}\n" in f"\n{found[int(named[1]) - 1]}", title


def test_the_outline_of_the_file_leads_to_the_same_pages() -> None:
    pdf = year_pdf(a_year())
    read = PdfReader(BytesIO(pdf))
    contents = pages(pdf)[1]

    outline = {entry.title: read.get_destination_page_number(entry) for entry in read.outline}  # type: ignore[union-attr]

    assert list(outline) == ["Contents", *TITLES]
    for title in TITLES:
        assert f"{title}\n{(outline[title] or 0) + 1}\n" in contents
    assert read.pages[1]["/Annots"]  # the contents can be tapped


def test_the_events_of_the_year_are_said_in_one_line_and_add_up_in_their_table() -> None:
    [page] = [page for page in pages(year_pdf(a_year())) if "Kind of event" in page]

    assert "659 events · 32,612 guests · 49.5 guests per event on average" in page
    assert "All\n156\n32,612\n49.5\n6" in page


def test_all_seventeen_goals_have_a_row_also_those_no_event_served() -> None:
    [page] = [page for page in pages(year_pdf(a_year())) if "1 No poverty" in page]

    assert len(re.findall(r"^\d+ [A-Z].*\n\d+\n[\d,]+ guests?$", page, re.MULTILINE)) == 17
    assert "5 Gender equality\n0\n0 guests" in page
    assert "120 events without a goal" in page


def test_all_eleven_kinds_of_members_are_there_and_outside_bodies_apart() -> None:
    [page] = [page for page in pages(year_pdf(a_year())) if "Members by kind" in page]

    assert "469 member organisations · 21 joined · 6 left" in page
    assert "Association\n352\n75%" in page
    assert "Confederation\n3" in page
    assert "Outside bodies, not counted as members" in page


def test_rooms_nobody_used_are_named() -> None:
    assert "Never used: Mavi Konferans Salonu" in "\n".join(pages(year_pdf(a_year())))


def test_every_page_after_the_title_has_its_number() -> None:
    found = pages(year_pdf(a_year()))

    assert len(found) >= 6
    for number, page in enumerate(found[1:], start=2):
        assert f"Page {number} of {len(found)}" in page


@pytest.mark.parametrize(
    "of", [period.year(2028), period.twelve_months(date(2026, 11, 21))], ids=["366 days", "twelve months"]
)
def test_any_twelve_months_are_drawn_within_their_margins(of: period.Period) -> None:
    pdf = year_pdf(a_year(of))

    assert all(min(ink(pdf, page=page)) > 7 for page in range(page_count(pdf)))


def test_a_year_without_anything_is_drawn_with_dashes() -> None:
    empty = nothing_known(period.year(2029))
    missing = Figure(None, empty.why)
    goals = [replace(goal, events=0, guests=missing) for goal in a_year().goals]

    found = pages(year_pdf(a_year(figures=empty, goals=goals)))

    assert "—\nevents" in found[0]
    assert "by month" not in found[0]
    assert "No data: these days have not come yet" in found[1]
    assert not any("0 guests" in page for page in found)
    assert "Members" in found[2]  # they are known


def test_it_is_written_in_turkish_too() -> None:
    text.use_language("tr")

    found = pages(year_pdf(a_year()))

    assert "Yıllık faaliyet raporu" in found[0]
    assert "32.612\nmisafir" in found[0]
    assert "İçindekiler" in found[1]
