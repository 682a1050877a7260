from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from civicdesk import app as the_app
from civicdesk import demo, doctor, pictures, rehearsal
from civicdesk.cli import app
from civicdesk.doctor import Finding
from civicdesk.rehearsal import play


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_help_lists_every_command() -> None:
    answer = run("--help")

    assert answer.exit_code == 0
    for command in ("open", "rehearse", "demo", "doctor", "pictures", "report"):
        assert command in answer.output


@pytest.mark.parametrize("command", ["open", "rehearse", "demo", "doctor", "pictures", "report"])
def test_every_command_says_what_it_does(command: str) -> None:
    answer = run(command, "--help")

    assert answer.exit_code == 0
    assert "Usage" in answer.output


def test_an_unknown_command_is_answered_with_what_there_is() -> None:
    answer = run("opne")

    assert answer.exit_code == 2
    assert "No such command" in answer.output


@pytest.mark.parametrize("words", [(), ("open",)])
def test_without_or_with_open_the_desk_opens(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[dict[str, object]] = []
    monkeypatch.setattr(the_app, "open_desk", lambda **how: opened.append(how) or 0)
    answer = run(*words, "--demo", "--database", "ours.db")

    assert answer.exit_code == 0
    assert opened == [{"is_demo": True, "database": Path("ours.db")}]


def test_the_exit_code_is_the_desks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(the_app, "open_desk", lambda **_how: 3)

    assert run("open").exit_code == 3


def test_a_file_that_is_there_is_never_made_into_a_demo(tmp_path: Path) -> None:
    ours = tmp_path / "desk.db"
    ours.write_text("ours", encoding="utf-8")
    answer = run("demo", "--out", str(ours))

    assert answer.exit_code == 1
    assert "choose another name" in answer.output
    assert ours.read_text(encoding="utf-8") == "ours"


def test_the_demo_is_made_where_it_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Path, int, int]] = []

    def make(out: Path, *, years: int, seed: int, progress: object) -> None:
        asked.append((out, years, seed))
        assert callable(progress)
        assert progress(1, 2)
        out.write_bytes(bytes(2_000_000))

    monkeypatch.setattr(demo, "make", make)
    answer = run("demo", "--out", str(tmp_path / "d.db"), "--years", "1", "--seed", "7")

    assert answer.exit_code == 0
    assert asked == [(tmp_path / "d.db", 1, 7)]
    assert "2 MB" in answer.output


def test_a_demo_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    answer = run("demo", "--out", str(tmp_path / "file" / "d.db"), "--years", "1")

    assert answer.exit_code == 1
    assert isinstance(answer.exception, SystemExit), "a traceback is no answer"


@pytest.mark.parametrize("years", ["0", "51", "many"])
def test_years_that_make_no_sense_are_refused(years: str, tmp_path: Path) -> None:
    assert run("demo", "--out", str(tmp_path / "d.db"), "--years", years).exit_code == 2


def test_the_doctor_says_a_line_a_finding_and_fails_if_one_is_not_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    findings = [Finding("Disk", True, "9 GB are free"), Finding("Clock", False, "set it")]
    monkeypatch.setattr(doctor, "look", lambda _database: findings)
    answer = run("doctor")

    assert answer.output.splitlines() == ["ok   Disk: 9 GB are free", "LOOK Clock: set it"]
    assert answer.exit_code == 1


def test_the_doctor_is_content_when_all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "look", lambda _database: [Finding("Disk", True, "9 GB are free")])

    assert run("doctor").exit_code == 0


def test_rehearsal_and_pictures_answer_with_their_own_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsal, "rehearse", lambda _out: 4)
    monkeypatch.setattr(pictures, "take", lambda _out: 5)

    assert run("rehearse", "--out", str(tmp_path)).exit_code == 4
    assert run("pictures", "--out", str(tmp_path)).exit_code == 5


def test_a_rehearsal_never_empties_a_folder_of_somebody_elses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.odt").write_text("three years", encoding="utf-8")

    assert play.play(tmp_path) == 1
    assert (tmp_path / "thesis.odt").read_text(encoding="utf-8") == "three years"
    assert "choose another folder" in capsys.readouterr().out


def test_the_module_runs_as_a_program() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "civicdesk", "--help"], capture_output=True, text=True, check=False
    )

    assert told.returncode == 0
    assert "front desk" in told.stdout
