"""Paper: the evacuation list of a full house, and a badge, as PDF and as what a thermal printer is sent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from civicdesk.database import Database
from civicdesk.desk import centre, evacuation, logos, visits
from civicdesk.models import Logo, Visit
from civicdesk.printing import faces, rolls
from civicdesk.printing.badge import BadgeFace, BadgeSize, badge_pdf
from civicdesk.printing.evacuation import evacuation_pdf
from civicdesk.printing.printers.raster import bands, page_dots
from civicdesk.printing.printers.text_badge import text_badge
from civicdesk.settings import PrinterSettings
from tests.bench import centres
from tests.bench.rows import Row, Times, timed, within

FULL = 500
_RUNS, _QUICK_RUNS = 100, 20
_ROLL = 576
_IN_LETTERS = PrinterSettings(name="roll", link="file", address="roll.bin", way="text")


def rows(*, quick: bool) -> Iterator[Row]:
    runs = _QUICK_RUNS if quick else _RUNS
    with centres.copy() as file:
        clock = centres.OpenHours()
        fill(file, clock)
        database = Database(file)

        def list_pdf() -> None:
            with database.read() as session:
                roll = evacuation.roll(session, at=clock().astimezone(UTC))
                assert len(roll.people) >= FULL
                evacuation_pdf(rolls.evacuation_sheet(centre.the_centre(session), roll, "Elif Aksoy"))

        def badge(size: BadgeSize) -> None:
            with database.read() as session:
                visit, paper = visits.one(session, somebody.id), visits.badge_of(session, somebody.id)
                assert paper
                here, logo = centre.the_centre(session), logos.current(session)
                badge_pdf(faces.badge_face(here, visit, paper, logo), size)

        def face() -> BadgeFace:
            with database.read() as session:
                visit, paper = visits.one(session, somebody.id), visits.badge_of(session, somebody.id)
                assert paper
                return faces.badge_face(centre.the_centre(session), visit, paper)

        def dots() -> list[bytes]:
            return bands(badge_pdf(face(), BadgeSize.ROLL_80), _ROLL)

        def letters() -> None:
            assert text_badge(face(), _IN_LETTERS, _ROLL)

        with database.read() as session:
            somebody: Visit = visits.inside(session)[0]
        yield within(
            f"evacuation list, {FULL} people: query and PDF",
            [timed(list_pdf) for _n in range(runs // 10 + 1)][1:],
            p99=300,
        )
        put_logo(database)
        for words, size in (("label", BadgeSize.LABEL), ("card", BadgeSize.A6), ("roll", BadgeSize.ROLL_80)):
            times = [timed(partial(badge, size)) for _n in range(runs + 1)][1:]
            yield within(f"badge with logo as PDF, with its queries: {words}", times, p99=15)
        yield within(
            "badge for a thermal printer, with its queries",
            [timed(dots) for _n in range(runs + 1)][1:],
            p99=15,
            limit=_escpos_picture(badge_pdf(face(), BadgeSize.ROLL_80), runs),
            limit_is="python-escpos, the same picture drawn already",
            note=f"{sum(map(len, dots())) / 1000:.0f} kB",
        )
        yield within(
            "badge for a thermal printer as text, with its queries",
            [timed(letters) for _n in range(runs + 1)][1:],
            p99=15,
            limit=_escpos_text(runs),
            limit_is="python-escpos, six lines and a code",
        )
        database.close()


def put_logo(database: Database) -> None:
    """The hardest logo there is: as much in it as may be stored, and no two pixels alike."""
    noise = Image.frombytes("RGB", (800, 200), Random(7).randbytes(800 * 200 * 3))
    out = BytesIO()
    noise.save(out, "PNG")
    with database.begin() as session:
        session.add(Logo(png=logos.ready(out.getvalue()).png))


def _escpos_picture(pdf: bytes, runs: int) -> Times:
    """What it takes python-escpos to make commands of a picture that is there."""
    picture, printer = page_dots(pdf, _ROLL), _escpos()

    def convert() -> None:
        printer.clear()
        printer.image(picture, impl="bitImageRaster")

    return [timed(convert) for _n in range(runs + 1)][1:]


def _escpos_text(runs: int) -> Times:
    printer = _escpos()

    def write() -> None:
        printer.clear()
        printer.charcode("CP857")
        for _n in range(6):
            printer.textln("Çınarova Sivil Yaşam Merkezi")
        printer.qr("1" * 24, size=12, native=True)

    return [timed(write) for _n in range(runs + 1)][1:]


def _escpos() -> Any:  # noqa: ANN401  it has no types
    os.environ.setdefault("ESCPOS_CAPABILITIES_PICKLE_DIR", str(centres.FOLDER))
    from escpos.printer import Dummy  # noqa: PLC0415

    return Dummy(profile="TM-T20II")


def fill(file: Path, clock: centres.OpenHours, full: int = FULL) -> None:
    """Let people in until the house is full."""
    database = Database(file)
    with database.begin() as session:
        hosts = [visit.host_id for visit in visits.inside(session)]
        places = [room.id for room in centre.rooms(session)]
        for n in range(full):
            arrival = visits.Arrival(
                name=f"Konuk {_letters(n)} Deneme",
                room_id=places[n % len(places)],
                host_id=hosts[n % len(hosts)],
                needs=("wheelchair",) if n % 50 == 0 else (),
            )
            visits.check_in(session, arrival, at=clock.forward().astimezone(UTC), override="a full house")
    database.close()


def _letters(n: int) -> str:
    return "".join(chr(97 + n // 26**place % 26) for place in range(3)).capitalize()
