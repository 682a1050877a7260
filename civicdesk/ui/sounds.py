"""The three tones of a scan: somebody may come in, look again, may not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from civicdesk.assets import asset

_PLAYERS: tuple[tuple[str, ...], ...] = (("pw-play",), ("paplay",), ("aplay", "-q"))
_PATIENCE = 5
"""Seconds after which a player that hangs is ended."""


class Sounds:
    """Plays a tone beside the desk's work: it never waits, never fails, and can be silent."""

    def __init__(self, is_silent: bool = False) -> None:
        self.is_silent = is_silent
        self._play: Callable[[Path], None] = _play_on_windows if sys.platform == "win32" else _Players().play

    def play(self, name: str) -> None:
        """Play `admitted`, `warning` or `refused`; nothing for any other name."""
        file = asset("sounds", f"{name}.wav")
        if not self.is_silent and file.is_file():
            self._play(file)


class _Players:
    """The first sound player this machine has, and what is sounding: one tone at a time."""

    def __init__(self) -> None:
        found = ((shutil.which(player[0]), player[1:]) for player in _PLAYERS)
        self._command = next(([path, *options] for path, options in found if path), None)
        self._sounding: subprocess.Popen[bytes] | None = None

    def play(self, file: Path) -> None:
        """Start the player; a tone that is still sounding gives way to the new one."""
        if self._command is None:
            return
        if self._sounding is not None and self._sounding.poll() is None:
            self._sounding.kill()
        try:
            self._sounding = subprocess.Popen(
                [*self._command, str(file)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            return
        Thread(target=_see_off, args=(self._sounding,), name="sound", daemon=True).start()


def _see_off(player: subprocess.Popen[bytes]) -> None:
    """Wait for a player beside the desk's work, so that none is left behind dead."""
    try:
        player.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        player.kill()
        player.wait()


def _play_on_windows(file: Path) -> None:
    if sys.platform == "win32":
        import winsound  # noqa: PLC0415

        try:
            winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        except RuntimeError:
            return
