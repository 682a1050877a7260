"""Days for the occupancy sheet, made without a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from civicdesk.desk import day_figures
from civicdesk.desk.day_facts import DayFacts, Facts, Place
from civicdesk.desk.day_figures import Figure
from civicdesk.desk.day_others import Incidents, Messages, Others, Post, Seats
from civicdesk.desk.hours import Day
from civicdesk.desk.metrics import Event, Stay
from civicdesk.desk.occupancy_day import Compared, OccupancyDay
from civicdesk.desk.setup_list import SetupDay
from civicdesk.text import ZONE

ON = date(2026, 11, 24)
MIDNIGHT = datetime(2026, 11, 24, tzinfo=ZONE)
NEXT_DAY = MIDNIGHT + timedelta(days=1, hours=9)


def at(hour: float) -> datetime:
    return MIDNIGHT + timedelta(hours=hour)


def room(number: int, name: str = "") -> Place:
    return Place(
        f"r{number}", name or f"Salon {number}", 40, None, is_work_area=False, position=number, gone_at=None
    )


def event(number: int, where: int = 1, begins: float = 10, lasts: float = 2, **values: object) -> Event:
    known = {"title": f"Etkinlik {number}", "organisation": "Doğa Gönüllüleri Derneği", "kind": "meeting"}
    known |= {
        "people": 20,
        "guests": 10,
        "started_at": at(begins),
        "ended_at": at(begins + lasts),
        "seats": 40,
    }
    return Event(f"e{number}", f"r{where}", at(begins), at(begins + lasts), **(known | values))  # type: ignore[arg-type]


def a_day(
    events: Sequence[Event] = (),
    stays: Sequence[Stay] = (),
    places: Sequence[Place] | None = None,
    *,
    centre: str = "Çınarova Sivil Yaşam Merkezi",
    now: datetime = NEXT_DAY,
    first_on: date | None = date(2026, 1, 1),
    day: Day | None = None,
) -> OccupancyDay:
    day = day or Day(ON, ((at(9), at(19.5)),))
    facts = DayFacts(day, MIDNIGHT, MIDNIGHT + timedelta(days=1), stays, (), events, 7)
    places = [room(1), room(2)] if places is None else places
    figures = day_figures.day_figures(facts, Facts({ON: facts}, places, first_on), at=now)
    others = Others(Post(5, 7, 31, 2, 80), Messages(3, 2, 1), Seats(9, 6, 24), Incidents(0, 1, 2), 1, 0)
    six = ("visitors", "peak", "used", "events", "no_shows", "handed_over")
    return OccupancyDay(
        centre=centre,
        on=ON,
        at=now.astimezone(UTC),
        figures=figures,
        places=places,
        totals=[
            Compared(key, getattr(figures, key), Figure(0.5), Figure(0.25), Figure(None, "closed"))
            for key in six
        ],
        arrivals={10: 3, 11: 12},
        inside=Figure(0),
        presumed=2,
        others=others,
        tomorrow=SetupDay(now, MIDNIGHT, MIDNIGHT, Day(ON + timedelta(days=1), ()), []),
        complete_until=figures.until if figures.is_known else None,
    )
