"""`civicdesk report`: every report, any days, answers for other programs."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from civicdesk import reports, settings
from civicdesk.cli import app
from civicdesk.database import Database
from civicdesk.desk import report_kinds
from civicdesk.desk.report_kinds import Asked
from civicdesk.errors import Refusal
from civicdesk.models import AuditEntry, Booking, Room
from civicdesk.printing import report_files
from civicdesk.printing.picture import page_count
from tests import builders
from tests.printing.reading import words

IN_MAY = datetime(2025, 5, 20, 7, 0, tzinfo=UTC)
NAMES = [kind.name for kind in report_kinds.KINDS]


@pytest.fixture(autouse=True)
def speaks_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "FILE", tmp_path / "settings.toml")
    monkeypatch.setenv("CIVICDESK_LANGUAGE", "en")


@pytest.fixture
def busy(file: Path) -> Path:
    """A centre where somebody came in May, to an event of three guests."""
    database = Database(file)
    with database.begin() as session:
        ege = builders.organisation(session, "Ege Derneği")
        room = session.scalars(select(Room)).first()
        assert room is not None
        builders.visit(session, at=IN_MAY)
        session.add(
            Booking(
                room_id=room.id,
                organisation_id=ege.id,
                title="Toplantı",
                kind="meeting",
                starts_at=IN_MAY,
                ends_at=IN_MAY.replace(hour=8),
                wall_start="2025-05-20T10:00",
                guests=3,
            )
        )
    database.close()
    return file


def run(name: str, file: Path, *said: str) -> Result:
    return CliRunner().invoke(app, ["report", name, "--database", str(file), *said])


def table(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))


def test_the_list_names_every_report() -> None:
    answer = CliRunner().invoke(app, ["report", "list"])

    assert answer.exit_code == 0
    assert [line.split()[0] for line in answer.output.splitlines()] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_report_is_written_as_paper_as_a_workbook_and_as_a_plain_table(
    name: str, busy: Path, tmp_path: Path
) -> None:
    pdf, xlsx, plain = (tmp_path / f"a.{ending}" for ending in ("pdf", "xlsx", "csv"))

    answer = run(
        name, busy, "--reason", "Question", "--pdf", str(pdf), "--xlsx", str(xlsx), "--csv", str(plain)
    )

    assert answer.exit_code == 0, answer.output
    assert page_count(pdf.read_bytes()) >= 1
    assert xlsx.read_bytes().startswith(b"PK")
    assert len(table(plain)[0]) > 3


def test_a_month_is_written_with_its_days(busy: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"

    assert run("period", busy, "--month", "2025-05", "--csv", str(out)).exit_code == 0

    assert {line[0] for line in table(out)[1:]} == {"2025-05"}


@pytest.mark.parametrize(
    ("said", "days"),
    [
        (("--on", "2025-05-20"), "2025-05-01..2025-05-31"),
        (("--month", "5.2025"), "2025-05-01..2025-05-31"),
        (("--year", "2025"), "2025-01-01..2025-12-31"),
        (("--period", "2025-W21"), "2025-05-19..2025-05-25"),
        (("--from", "19.05.2025", "--to", "2025-05-20"), "2025-05-19..2025-05-20"),
        (("--to", "2025-05-20"), "2024-05-21..2025-05-20"),
    ],
)
def test_the_days_are_said_in_many_ways(
    said: tuple[str, ...], days: str, busy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def all_of(_session: object, _name: str, wanted: Asked, _endings: object) -> dict[str, bytes]:
        asked.append(f"{wanted.period.first}..{wanted.period.last}")
        return {"csv": b""}

    monkeypatch.setattr(report_files, "all_of", all_of)

    assert run("period", busy, *said, "--csv", str(tmp_path / "a.csv")).exit_code == 0
    assert asked == [days]


@pytest.mark.parametrize(
    ("name", "said", "answer"),
    [
        ("nothing", (), "There is no report of that name"),
        ("period", ("--month", "soon"), "This is no period"),
        ("period", ("--month", "2025-05", "--year", "2025"), "in one way only"),
        ("period", ("--month", "2025-05", "--on", "2025-05-20"), "in one way only"),
        ("period", ("--from", "2025-05-20", "--to", "2025-05-19"), "before the first one"),
        ("occupancy", ("--month", "2025-05"), "about one day"),
        ("year", ("--month", "2025-05"), "about a whole year"),
        ("visitor_log", (), "Write why the visitor log is opened"),
        ("fair_use", ("--organisation", "Nobody"), "There is no organisation of this name"),
        ("occupancy", ("--organisation", "Ege Derneği"), "not about one organisation"),
    ],
)
def test_what_is_asked_for_in_a_wrong_way_is_told_with_an_exit_code_of_its_own(
    name: str, said: tuple[str, ...], answer: str, busy: Path, tmp_path: Path
) -> None:
    out = tmp_path / "a.csv"

    found = run(name, busy, *said, "--csv", str(out))

    assert found.exit_code == 2
    assert answer in found.output
    assert not out.exists()


@pytest.mark.parametrize("days", ["1950", "2150", "2024", "2026-H1", "2025-04-23"])
@pytest.mark.parametrize("name", ["period", "no_shows", "fair_use", "post_register", "privacy"])
def test_odd_days_are_answered(name: str, days: str, busy: Path, tmp_path: Path) -> None:
    assert run(name, busy, "--period", days, "--csv", str(tmp_path / "a.csv")).exit_code == 0


def test_a_few_guests_of_an_organisation_leave_the_centre_only_if_that_is_said(
    busy: Path, tmp_path: Path
) -> None:
    out = tmp_path / "a.csv"

    def guests(*said: str) -> list[str]:
        assert run("period", busy, "--month", "2025-05", "--csv", str(out), *said).exit_code == 0
        return [line[4] for line in table(out) if line[2] == "Ege Derneği" and line[3] == "Guests"]

    assert guests("--inside") == ["3"]
    assert "3" not in guests()


def test_another_program_reads_it_from_the_output(busy: Path) -> None:
    answer = run("inside", busy, "--csv", "-")

    assert answer.exit_code == 0
    assert "Name;People;Card" in answer.stdout_bytes.decode("utf-8-sig")


def test_whoever_opens_the_visitor_log_is_written_down(busy: Path, tmp_path: Path) -> None:
    answer = run(
        "visitor_log", busy, "--on", "2025-05-20", "--reason", "A question", "--csv", str(tmp_path / "a.csv")
    )

    assert answer.exit_code == 0, answer.output
    database = Database(busy)
    with database.read() as session:
        [entry] = session.scalars(select(AuditEntry).where(AuditEntry.action == "open_visitor_log"))
    database.close()
    assert json.loads(entry.details)["reason"] == "A question"
    assert "civicdesk report" in entry.desk


def test_the_others_change_nothing(busy: Path, tmp_path: Path) -> None:
    before = busy.read_bytes()

    for kind in report_kinds.KINDS:
        if not kind.needs_reason:
            run(kind.name, busy, "--csv", str(tmp_path / "a.csv"))

    assert busy.read_bytes() == before


def test_a_folder_that_takes_no_file_is_told(busy: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")

    answer = run("period", busy, "--csv", str(tmp_path / "taken" / "a.csv"))

    assert answer.exit_code == 1
    assert "could not be written" in answer.output


def test_paper_says_the_same_as_the_plain_table(busy: Path, tmp_path: Path) -> None:
    pdf, plain = tmp_path / "a.pdf", tmp_path / "a.csv"

    run("no_shows", busy, "--month", "2025-05", "--pdf", str(pdf), "--csv", str(plain))

    assert "There is no booking that nobody came to." in "\n".join(words(pdf.read_bytes()))
    assert len(table(plain)) == 1


def test_days_and_kinds_are_only_chosen_in_one_way() -> None:
    wanted = reports.Wanted(name="period", files={}, on=date(2026, 1, 1), period="2026")

    with pytest.raises(Refusal, match="one way only"):
        reports.period_of(report_kinds.kind_of("period"), wanted, date(2026, 1, 1))
