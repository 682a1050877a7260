"""The demo centre says of a year what its model said: 469 members, 659 events, 32,612 guests."""

from __future__ import annotations

from datetime import timedelta

from civicdesk import demo
from civicdesk.database import Database
from civicdesk.desk import occupancy_day, period, period_report, year_report
from civicdesk.text import local

TODAY = local(demo.NOW).date()


def test_the_twelve_months_to_the_demo_day_are_the_models_year(database: Database) -> None:
    with database.read() as session:
        seen = year_report.look(session, period.twelve_months(TODAY), at=demo.NOW, hide_small=True)

    figures = seen.figures
    assert seen.members.count == 469
    assert len(seen.members.by_kind) == 11
    assert figures.total("events").figure.value == 659
    assert figures.total("guests").figure.value == 32_612
    assert round(figures.total("mean_guests").figure.value or 0, 1) == 49.5
    assert sum(row.events for row in figures.event_kinds) == 659
    assert sum(month.guests.value or 0 for month in figures.months) == 32_612
    assert [row.goal for row in seen.goals] == list(range(1, 18))
    assert figures.uncounted_events == 0
    assert sum(row.received for row in figures.post.rows) == figures.total("received").figure.value


def test_a_day_alone_is_the_same_as_on_its_sheet(database: Database) -> None:
    yesterday = TODAY - timedelta(days=1)
    with database.read() as session:
        sheet = occupancy_day.look(session, yesterday, at=demo.NOW)
        alone = period_report.look(session, period.days(yesterday, yesterday), at=demo.NOW)

    for total in sheet.totals:
        assert alone.total(total.key).figure == total.figure
    assert alone.arrivals == dict(sorted(sheet.arrivals.items()))
    assert alone.total("received").figure.value == sheet.others.post.received
