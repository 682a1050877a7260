from __future__ import annotations

import os
import struct
import sys
import time
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from civicdesk.assets import asset
from civicdesk.ui.sounds import Sounds

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="players are programs of Linux")

NAMES = ("admitted", "warning", "refused")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which no sound player is installed."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def install(machine: Path, name: str, does: str = "") -> Path:
    """A player that notes what it was told to play, and its own process."""
    noted = machine / f"{name}.noted"
    player = machine / name
    player.write_text(f'#!/bin/sh\necho "$$ $@" >> "{noted}"\n{does}\n')
    player.chmod(0o755)
    return noted


def waited_for(so: Callable[[], bool]) -> bool:
    end = time.monotonic() + 10
    while not so() and time.monotonic() < end:
        os.sched_yield()
    return so()


def played(noted: Path) -> list[str]:
    return noted.read_text().split("\n")[:-1] if noted.exists() else []


@pytest.mark.parametrize("name", NAMES)
def test_a_tone_is_short_soft_at_its_beginning_and_not_too_loud(name: str) -> None:
    with wave.open(str(asset("sounds", f"{name}.wav"))) as sound:
        frames, rate = sound.getnframes(), sound.getframerate()
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        samples = struct.unpack(f"<{frames}h", sound.readframes(frames))
    assert 0.05 < frames / rate <= 0.25
    assert max(map(abs, samples[: rate // 1000])) < 1_000
    assert 5_000 < max(map(abs, samples)) < 16_000
    assert abs(samples[-1]) < 100


@pytest.mark.parametrize("name", NAMES)
def test_each_answer_has_a_tone_of_its_own(name: str) -> None:
    others = [asset("sounds", f"{other}.wav").read_bytes() for other in NAMES if other != name]
    assert asset("sounds", f"{name}.wav").read_bytes() not in others


def test_the_first_player_found_plays_the_file(machine: Path) -> None:
    later, first = install(machine, "aplay"), install(machine, "paplay")
    Sounds().play("admitted")
    assert waited_for(lambda: len(played(first)) == 1)
    assert played(first)[0].endswith(str(asset("sounds", "admitted.wav")))
    assert played(later) == []


def test_a_silent_desk_plays_nothing_until_it_is_allowed_to(machine: Path) -> None:
    noted = install(machine, "pw-play")
    sounds = Sounds(is_silent=True)
    sounds.play("refused")
    sounds.is_silent = False
    sounds.play("admitted")
    assert waited_for(lambda: bool(played(noted)))
    assert [line.split("/")[-1] for line in played(noted)] == ["admitted.wav"]


def test_a_machine_without_a_player_stays_silent(machine: Path) -> None:
    Sounds().play("admitted")


def test_a_player_that_cannot_start_troubles_nobody(machine: Path) -> None:
    (machine / "pw-play").write_text("no program at all")
    (machine / "pw-play").chmod(0o755)
    Sounds().play("warning")


def test_an_unknown_tone_is_no_tone(machine: Path) -> None:
    noted = install(machine, "pw-play")
    sounds = Sounds()
    sounds.play("fanfare")
    sounds.play("warning")
    assert waited_for(lambda: bool(played(noted)))
    assert len(played(noted)) == 1


def test_a_slow_player_does_not_hold_up_the_desk_and_gives_way_to_the_next_tone(machine: Path) -> None:
    noted = install(machine, "pw-play", "exec /bin/sleep 60")
    sounds = Sounds()
    began = time.monotonic()
    sounds.play("admitted")
    assert time.monotonic() - began < 2
    assert waited_for(lambda: len(played(noted)) == 1)
    first = int(played(noted)[0].split()[0])
    sounds.play("refused")
    assert waited_for(lambda: not Path(f"/proc/{first}").exists())  # ended, and no zombie
    assert waited_for(lambda: len(played(noted)) == 2)
    os.kill(int(played(noted)[1].split()[0]), 9)


def test_a_player_that_is_done_leaves_no_dead_process_behind(machine: Path) -> None:
    noted = install(machine, "pw-play")
    Sounds().play("admitted")
    assert waited_for(lambda: bool(played(noted)))
    player = int(played(noted)[0].split()[0])
    assert waited_for(lambda: not Path(f"/proc/{player}").exists())
