"""A fresh machine: what the set-up says and does before it installs anything."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ON_DEBIAN = "/usr/bin:/bin"


class Machine:
    """A copy of the set-up on a machine whose own commands can be replaced."""

    def __init__(self, home: Path) -> None:
        self.tree = home / "civicdesk"
        self.commands = home / "commands"
        self.commands.mkdir()
        shutil.copytree(ROOT / "installer", self.tree / "installer")
        for name in ("Makefile", "requirements.lock", "requirements-camera.lock", "pyproject.toml"):
            shutil.copy(ROOT / name, self.tree)
        self.command("python3", f'exec {sys.executable} "$@"')
        self.command("sudo", "exit 1")
        self.command("id", "echo 1000")
        self.install(*self.packages("run"), *self.packages("test"), *self.packages("camera"))

    def command(self, name: str, script: str) -> None:
        path = self.commands / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def packages(self, purpose: str) -> list[str]:
        lines = (self.tree / f"installer/packages-{purpose}.txt").read_text(encoding="utf-8").splitlines()
        return [line for line in lines if not line.startswith("#")]

    def install(self, *packages: str) -> None:
        rows = "\n".join(name if " " in name else f"installed {name}, " for name in packages)
        self.command("dpkg-query", f"cat <<'.'\n{rows}\n.")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        surroundings = {"PATH": f"{self.commands}:{ON_DEBIAN}", "HOME": str(self.tree)}
        return subprocess.run(
            command,
            cwd=self.tree,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def set_up(self, purpose: str = "run", camera: str = "") -> subprocess.CompletedProcess[str]:
        return self.run("env", f"CAMERA={camera}", "bash", "installer/setup.sh", purpose)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def line_to_paste(said: str) -> list[str]:
    return [line.strip() for line in said.splitlines() if "apt-get install" in line]


def test_without_root_the_missing_packages_are_one_line_to_paste(machine: Machine) -> None:
    machine.install(*(set(machine.packages("run")) - {"libegl1", "libxcb-cursor0"}))

    result = machine.set_up("run")

    assert result.returncode == 1
    assert line_to_paste(result.stderr) == [
        "sudo apt-get update && sudo apt-get install --no-install-recommends -y libegl1 libxcb-cursor0"
    ]
    assert not (machine.tree / ".venv").exists()


def test_the_packages_of_the_tests_are_asked_for_only_by_the_tests(machine: Machine) -> None:
    machine.install(*(set(machine.packages("run")) - {"libegl1"}))

    (to_run,) = line_to_paste(machine.set_up("run").stderr)
    (to_test,) = line_to_paste(machine.set_up("test").stderr)

    assert to_run.split("-y ")[1].split() == ["libegl1"]
    for_tests = {*machine.packages("test"), *machine.packages("camera")}
    assert set(to_test.split("-y ")[1].split()) == {"libegl1", *for_tests}


def test_what_a_camera_needs_is_installed_only_when_asked_for(machine: Machine) -> None:
    machine.install(*(set(machine.packages("run")) - {"libegl1"}))

    (without,) = line_to_paste(machine.set_up().stderr)
    (with_it,) = line_to_paste(machine.set_up(camera="1").stderr)

    assert "libpulse0" not in without
    assert set(with_it.split("-y ")[1].split()) == {"libegl1", *machine.packages("camera")}


def test_a_desk_that_runs_is_made_ready_once_more_when_a_camera_is_wanted(machine: Machine) -> None:
    (machine.tree / ".venv").mkdir()
    (machine.tree / ".venv/ready-to-run").touch()

    assert machine.run("make", "--question", "ready-to-run").returncode == 0
    assert machine.run("make", "--question", "ready-to-run", "CAMERA=1").returncode == 1


def test_a_package_that_is_half_removed_is_missing(machine: Machine) -> None:
    machine.install(*(set(machine.packages("run")) - {"libgl1"}), "config-files libgl1, ")

    (line,) = line_to_paste(machine.set_up("run").stderr)

    assert line.endswith("-y libgl1")


def test_a_package_under_its_new_name_is_not_missing(machine: Machine) -> None:
    others = set(machine.packages("run")) - {"libglib2.0-0", "libgl1"}
    machine.install(*others, "installed libglib2.0-0t64, libglib2.0-0 (= 2.84.4-3)")

    (line,) = line_to_paste(machine.set_up("run").stderr)

    assert line.endswith("-y libgl1")


def test_a_python_that_is_too_old_is_named_in_a_sentence(machine: Machine) -> None:
    too_old = 'case "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac'
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        machine.command(name, too_old)

    result = machine.set_up("run")

    assert result.returncode == 1
    assert "needs Python 3.11, 3.12 or 3.13; this machine has Python 3.9.2" in result.stderr


def test_a_newer_python_beside_the_old_one_is_found(machine: Machine) -> None:
    machine.command("python3", "exit 1")
    machine.command("python3.12", f'exec {sys.executable} "$@"')
    machine.install("nothing")

    result = machine.set_up("run")

    assert "needs Python" not in result.stderr
    assert line_to_paste(result.stderr)


def test_what_is_ready_is_not_made_again_until_its_recipe_changes(machine: Machine) -> None:
    (machine.tree / ".venv").mkdir()
    ready = machine.tree / ".venv/ready-to-run"
    ready.touch()
    assert machine.run("make", "--question", "ready-to-run").returncode == 0

    later = ready.stat().st_mtime + 10
    os.utime(machine.tree / "requirements.lock", (later, later))
    assert machine.run("make", "--question", "ready-to-run").returncode == 1


@pytest.mark.parametrize("was_there", [False, True], ids=["none before", "one before"])
def test_the_server_of_the_tests_leaves_no_server_for_everybody(machine: Machine, was_there: bool) -> None:
    machine.command(
        "sudo", f'echo "$@" >>{machine.tree}/done; if [ "$1" = tee ]; then cat >>{machine.tree}/done; fi'
    )
    machine.command("python3", f'case "$*" in *venv*) exit 3;; *) exec {sys.executable} "$@";; esac')
    others = {*machine.packages("run"), *machine.packages("test"), *machine.packages("camera")} - {
        "postgresql"
    }
    machine.install(*others, *(["postgresql-common"] if was_there else []))

    machine.set_up("test")

    done = (machine.tree / "done").read_text(encoding="utf-8").splitlines()
    installed = next(
        n for n, line in enumerate(done) if "install --no-install-recommends -y postgresql" in line
    )
    told = [n for n, line in enumerate(done) if line == "create_main_cluster = false"]
    taken_back = [n for n, line in enumerate(done) if line.startswith("rm -f /etc/postgresql-common")]
    assert [n < installed for n in told] == ([] if was_there else [True])
    assert [n > installed for n in taken_back] == ([] if was_there else [True])
