"""Periods for the reports, made without a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from civicdesk.desk import period
from civicdesk.desk.booking_words import KIND_WORDS
from civicdesk.desk.day_facts import Place
from civicdesk.desk.day_figures import Figure, Why
from civicdesk.desk.day_others import Incidents, Messages
from civicdesk.desk.kinds import MEMBER_KINDS, OUTSIDE_KINDS
from civicdesk.desk.metrics import Peak
from civicdesk.desk.period import Period
from civicdesk.desk.period_rows import (
    GOALS,
    SHARES,
    TOTALS,
    AreaRow,
    Beside,
    DayRow,
    EventKindRow,
    GoalRow,
    Heat,
    KindRow,
    MemberFigures,
    MonthRow,
    OrganisationRow,
    PeriodReport,
    PostFigures,
    PostRow,
    RoomRow,
    Total,
    YearReport,
)
from civicdesk.models import MailKind
from civicdesk.text import ZONE

NOVEMBER = period.month(date(2026, 11, 1))
AT = datetime(2026, 12, 1, 9, 30, tzinfo=ZONE)
HOURS = range(9, 20)
ROOMS = (
    "Mavi Konferans Salonu",
    "Ihlamur Doğu",
    "Ihlamur Batı",
    "Nar Eğitim Sınıfı",
    "Defne Atölyesi",
    "Çınar Odası",
    "Zeytin Odası",
)
_VALUES: dict[str, tuple[float, float, float]] = {
    "visitors": (3908, 3480, 3950),
    "entries": (1204, 1190, 800),
    "events": (61, 66, 61),
    "guests": (2704, 2990, 2650),
    "mean_guests": (44.3, 45.3, 43.4),
    "open_days": (26, 27, 25),
    "peak": (256, 214, 262),
    "booked": (0.21, 0.24, 0.19),
    "used": (0.14, 0.17, 0.15),
    "fill": (0.71, 0.68, 0.7),
    "utilisation": (0.1, 0.12, 0.1),
    "no_shows": (3, 2, 5),
    "no_show_share": (0.05, 0.03, 0.08),
    "received": (352, 340, 310),
    "handed_over": (331, 298, 300),
}


def place(number: int, name: str = "") -> Place:
    return Place(
        f"r{number}", name or f"Salon {number}", 40, None, is_work_area=False, position=number, gone_at=None
    )


def total(key: str, figure: float, before: float, year_before: float) -> Total:
    return Total(
        key,
        Figure(figure),
        Figure(before),
        Figure(year_before),
        figure - before if key in SHARES else figure / before - 1,
        figure - year_before if key in SHARES else figure / year_before - 1,
        is_a_day=key in ("visitors", "guests"),
    )


def day_row(on: date, **values: object) -> DayRow:
    is_open = on.weekday() != 6
    people = (60 + on.day * 37 % 90) * is_open
    known = {
        "on": on,
        "is_open": is_open,
        "reason": "",
        "visitors": Figure(people),
        "peak": Figure(people // 2),
        "peak_at": None,
        "events": Figure(on.day % 4 * is_open),
        "guests": Figure(people // 2),
        "booked": Figure(0.2 if is_open else None, "" if is_open else Why.CLOSED),
        "used": Figure(0.15 if is_open else None, "" if is_open else Why.CLOSED),
        "no_shows": Figure(on.day % 11 == 0),
        "received": Figure(14 * is_open),
        "handed_over": Figure(12 * is_open),
    }
    return DayRow(**(known | values))  # type: ignore[arg-type]


def room_row(number: int, name: str, **values: object) -> RoomRow:
    booked, used = 0.08 * number % 0.7, 0.06 * number % 0.6
    known = {
        "place": place(number, name),
        "open_minutes": 16380,
        "booked_minutes": 16380 * booked,
        "used_minutes": 16380 * used,
        "booked": Figure(booked),
        "used": Figure(used),
        "fill": Figure(0.7) if used else Figure(None, Why.NO_EVENTS),
        "utilisation": Figure(used * 0.7) if used else Figure(None, Why.NO_EVENTS),
        "events": number * 3,
        "guests": Figure(number * 120),
        "no_shows": number % 3,
        "released": 60,
        "out_of_hours": 30,
        "is_idle": not used,
    }
    return RoomRow(**(known | values))  # type: ignore[arg-type]


def months_of(days: Sequence[DayRow]) -> list[MonthRow]:
    rows = []
    for first in sorted({row.on.replace(day=1) for row in days}):
        own = [row for row in days if row.on.replace(day=1) == first]
        people = sum(row.visitors.value or 0 for row in own)
        opened = sum(row.is_open for row in own)
        rows.append(
            MonthRow(
                first,
                own[-1].on,
                opened,
                Figure(people),
                Figure(opened * 2),
                Figure(people // 2),
                Figure(0.15),
                Figure(2),
                Figure(opened * 12),
            )
        )
    return rows


def heat(rows: Sequence[str], *, closed: str = "", most: float = 40) -> Heat:
    cells = {
        (row, hour): round(most * (1 + number * 7 % 5) * (6 - abs(hour - 14)) / 36, 2)
        if abs(hour - 14) < 6
        else 0.0
        for number, row in enumerate(rows)
        for hour in HOURS
        if row != closed
    }
    return Heat(rows, HOURS, cells)


def a_period(of: Period = NOVEMBER, **values: object) -> PeriodReport:
    days = [day_row(on) for on in of.dates]
    year_before = of.year_before()
    rooms = [room_row(number, name) for number, name in enumerate(ROOMS)]
    known = {
        "centre": "Çınarova Sivil Yaşam Merkezi",
        "period": of,
        "at": AT,
        "why": "",
        "complete_until": of.ends,
        "is_running": False,
        "days_gone": of.days,
        "kept_from": None,
        "before": Beside(of.before(), of.before().days, of.before().ends, is_cut=False),
        "year_before": year_before and Beside(year_before, year_before.days, year_before.ends, is_cut=False),
        "totals": [total(key, *_VALUES[key]) for key in TOTALS],
        "days": days,
        "months": months_of(days),
        "rooms": rooms,
        "organisation_kinds": [
            KindRow(kind, 3 + n, 40 - 3 * n, Figure(900 - n * 70), Figure(80 - n * 6), 5400 - n * 300, n % 3)
            for n, kind in enumerate((*MEMBER_KINDS, ""))
        ],
        "organisations": [
            OrganisationRow(f"o{n}", f"{n}. Mahalle Dayanışma Derneği", "association", 30 - n, Figure(600 - n * 20),
                            Figure(40), 900, 0)
            for n in range(24)
        ],
        "event_kinds": [
            EventKindRow(kind, 24 - 2 * n, Figure(700 - 50 * n), Figure(31.5), n % 2)
            for n, kind in enumerate(KIND_WORDS)
        ],
        "uncounted_events": 4,
        "arrivals": {9: 40, 10: 210, 11: 302, 12: 180, 13: 260, 14: 402, 15: 233, 16: 160, 17: 90, 18: 45, 19: 4},
        "curve": [(9 * 60 + 15 * n, float(n % 9)) for n in range(44)],
        "weekday_heat": heat([str(n) for n in range(7)], closed="6"),
        "room_heat": heat([row.place.id for row in rooms], most=0.9),
        "post": PostFigures(
            [PostRow(kind, 40, 30, 5, 1, 2, 1, 1, 0) for kind in MailKind],
            Figure(352), Figure(331), Figure(124), Figure(2), Figure(85), Figure(4),
        ),
        "work_areas": [AreaRow("w", "Ortak Çalışma Alanı", 24, 310, 22, Figure(184))],
        "messages": Messages(61, 4, 1),
        "incidents": Incidents(0, 1, 12),
        "peak": Peak(256, datetime(2026, 11, 14, 13, 15, tzinfo=ZONE)),
        "wishes_unmet": 2,
        "refused_entries": 1,
        "are_small_hidden": True,
    }  # fmt: skip
    return PeriodReport(**(known | values))  # type: ignore[arg-type]


def nothing_known(of: Period = NOVEMBER, why: str = Why.AHEAD) -> PeriodReport:
    """A period that has not come yet, or of which nothing was kept."""
    missing = Figure(None, why)
    seen = a_period(of)
    dash = dict.fromkeys(
        ("visitors", "peak", "guests", "used", "no_shows", "received", "handed_over"), missing
    )
    return replace(
        seen,
        why=why,
        complete_until=None,
        totals=[replace(each, figure=missing, change=None, change_of_year=None) for each in seen.totals],
        days=[day_row(on, **dash, events=missing, booked=missing) for on in of.dates],
        months=[],
        organisation_kinds=[],
        organisations=[],
        event_kinds=[],
        arrivals={},
        weekday_heat=Heat((), (), {}),
        room_heat=Heat((), (), {}),
        post=PostFigures((), missing, missing, missing, missing, missing, missing),
        work_areas=[],
        messages=None,
        incidents=None,
        peak=None,
    )


def a_year(of: Period | None = None, **values: object) -> YearReport:
    of = of or period.year(2026)
    figures = a_period(
        of,
        at=datetime(2027, 1, 4, 9, 30, tzinfo=ZONE),
        totals=[total(key, *_VALUES[key]) for key in TOTALS if key not in ("events", "guests", "mean_guests")]
        + [
            total("events", 659, 640, 640),
            total("guests", 32612, 30100, 30100),
            total("mean_guests", 49.5, 47, 47),
        ],
    )
    counts = (352, 24, 12, 3, 14, 16, 12, 14, 9, 6, 7)
    known = {
        "figures": figures,
        "members": MemberFigures(
            469, dict(zip(MEMBER_KINDS, counts, strict=True)), dict.fromkeys(OUTSIDE_KINDS, 4), 21, 6
        ),
        "goals": [
            GoalRow(goal, goal * 7 % 40 if goal % 5 else 0, Figure(goal * 300 if goal % 5 else 0))
            for goal in GOALS
        ],
        "without_goal": 120,
    }
    return YearReport(**(known | values))  # type: ignore[arg-type]


def days_later(on: date, count: int) -> date:
    return on + timedelta(days=count)
