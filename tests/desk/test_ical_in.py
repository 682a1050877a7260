"""Calendars as other programs wrote them, and as nobody should have."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from civicdesk.desk import ical_in
from civicdesk.desk.bookings_in import Entry
from civicdesk.errors import Refusal
from civicdesk.text import local
from tests.builders import TUESDAY

GOLDEN = Path(__file__).parent.parent / "golden" / "ical"


def entries(program: str, at: datetime = TUESDAY) -> list[Entry]:
    return ical_in.read((GOLDEN / f"{program}.ics").read_bytes(), at=at)


def calendar(*lines: str) -> bytes:
    inside = ("BEGIN:VEVENT", "UID:1@example.org", "SUMMARY:Panel", *lines, "END:VEVENT")
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *inside, "END:VCALENDAR", "")).encode()


def read(*lines: str, at: datetime = TUESDAY) -> list[Entry]:
    return ical_in.read(calendar(*lines), at=at)


def when(entry: Entry) -> str:
    if entry.starts_at is None or entry.ends_at is None:
        return entry.trouble
    return f"{local(entry.starts_at):%d.%m.%Y %H:%M}–{local(entry.ends_at):%H:%M}"


def test_google_folds_in_the_middle_of_a_letter_and_moves_one_day_of_a_series() -> None:
    found = entries("google")

    assert [when(entry) for entry in found] == [
        "01.12.2026 10:00–12:00",
        "02.12.2026 14:00–15:30",
        "23.12.2026 14:00–15:30",
        "17.12.2026 10:00–11:30",
    ]
    title = "Kadın emeği ağı: görünmeyen emeğin görünür kılınması için ortak çalışma, ikinci buluşma"
    assert found[0].title == title
    assert found[0].room == "Çınar Odası, Zemin kat"
    assert found[3].title == "Seramik atölyesi (sabah)"
    assert len({entry.uid for entry in found}) == 4


def test_a_description_with_its_phone_numbers_stays_outside() -> None:
    assert all("0532" not in str(entry) for entry in entries("google"))


def test_outlook_calls_zones_by_names_of_its_own_and_writes_a_whole_day_from_midnight() -> None:
    meeting, whole_day, athens = entries("outlook")

    assert when(meeting) == "03.12.2026 10:00–12:00"
    assert meeting.title == "Yönetim kurulu toplantısı"
    assert whole_day.whole_day
    assert when(whole_day) == "04.12.2026 00:00–00:00"
    assert when(athens) == "07.12.2026 10:00–11:00"  # two hours east there, three here


def test_apple_writes_an_address_under_the_room_and_days_without_times() -> None:
    training, first, second = entries("apple")

    assert when(training) == "08.12.2026 13:30–16:00"
    assert training.room.startswith("Çınar Odası\n")
    assert [entry.whole_day for entry in (training, first, second)] == [False, True, True]
    assert [when(entry)[:10] for entry in (first, second)] == ["10.12.2026", "11.12.2026"]
    assert first.uid != second.uid


def test_thunderbird_counts_a_day_that_it_leaves_out_and_gives_a_length_instead_of_an_end() -> None:
    found = entries("thunderbird")

    assert [when(entry) for entry in found] == [
        "08.12.2026 18:00–19:00",
        "09.02.2027 18:00–19:00",
        "09.03.2027 18:00–19:00",
        "11.12.2026 16:00–17:30",
    ]
    assert found[-1].is_tentative


def test_nextcloud_puts_its_zones_last_and_what_was_called_off_is_said_to_be() -> None:
    berlin, called_off = entries("nextcloud")

    assert when(berlin) == "29.03.2027 11:00–13:00"  # a day after Berlin's clocks went forward
    assert called_off.trouble == "It was called off in the file."


def test_one_broken_entry_harms_no_other_and_windows_letters_are_read() -> None:
    whole, day, zone, rule, backwards, cut = entries("broken")

    assert (whole.title, when(whole)) == ("Sağlam kayıt", "15.12.2026 10:00–11:00")
    assert day.trouble == "The times of this entry cannot be read."
    assert zone.trouble == "The time zone “Mars/Olympus” is not known."
    assert rule.trouble.startswith("This rule cannot be read.")
    assert when(backwards) == "16.12.2026 13:00–12:00"  # what the rules say of it is theirs
    assert cut.title == "Yarıda kalan"


def test_a_time_without_a_zone_is_the_centres() -> None:
    assert when(read("DTSTART:20261201T100000", "DTEND:20261201T110000")[0]) == "01.12.2026 10:00–11:00"


def test_a_rule_that_never_ends_gives_the_days_from_today_on_and_no_more_than_366() -> None:
    found = read("DTSTART:20190107T100000", "DTEND:20190107T110000", "RRULE:FREQ=DAILY")

    told, *days = found
    assert (
        told.trouble == "This comes again without an end; only those until 24 November 2027 can be taken in."
    )
    assert len(days) == 366
    assert when(days[0]) == "24.11.2026 10:00–11:00"
    assert not any(each.trouble for each in days)


def test_a_rule_that_ends_keeps_its_first_days() -> None:
    found = read("DTSTART:20261102T100000", "DTEND:20261102T110000", "RRULE:FREQ=WEEKLY;COUNT=6")

    assert len(found) == 6
    assert when(found[0])[:10] == "02.11.2026"


@pytest.mark.parametrize(
    "rule",
    ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5", "FREQ=SECONDLY"],
)
def test_a_rule_that_gives_no_day_or_far_too_many_holds_nobody_up(rule: str) -> None:
    before = datetime.now()
    found = read("DTSTART:20261102T100000", "DTEND:20261102T110000", f"RRULE:{rule}")

    assert len(found) == 1
    assert datetime.now() - before < timedelta(seconds=5)


def test_the_wall_time_of_another_zone_stays_over_a_change_of_its_clocks() -> None:
    found = read(
        "DTSTART;TZID=Europe/Berlin:20270322T100000",
        "DTEND;TZID=Europe/Berlin:20270322T110000",
        "RRULE:FREQ=WEEKLY;COUNT=2",
    )

    assert [when(entry) for entry in found] == ["22.03.2027 12:00–13:00", "29.03.2027 11:00–12:00"]


def test_days_added_by_hand_come_too() -> None:
    found = read("DTSTART:20261201T100000", "DTEND:20261201T110000", "RDATE:20261203T100000,20261207T100000")

    assert [when(entry)[:5] for entry in found] == ["01.12", "03.12", "07.12"]


@pytest.mark.parametrize("raw", [b"Tarih;Saat\n1;2\n", b"%PDF-1.7", b"{}"])
def test_what_is_no_calendar_is_refused(raw: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        ical_in.read(raw, at=TUESDAY)
    assert refused.value.reason == "no_calendar"


def test_reading_can_be_stopped_and_too_many_are_refused() -> None:
    event = calendar("DTSTART:20261201T100000", "RRULE:FREQ=DAILY").removeprefix(b"BEGIN:VCALENDAR\r\n")
    many = b"BEGIN:VCALENDAR\r\n" + event * 60
    for stop, reason in ((True, "stopped"), (False, "too_many_events")):
        with pytest.raises(Refusal) as refused:
            ical_in.read(many, at=TUESDAY, is_stopped=lambda stop=stop: stop)
        assert refused.value.reason == reason


def test_an_event_without_times_or_with_hopeless_ones_says_so() -> None:
    assert read()[0].trouble == "The day or the time is missing."
    assert read("DTSTART:99991231T235900", "DURATION:P9999D")[0].trouble
