"""A screen, a keyboard, a reader and a pair of eyes of their own for tests that drive a program from outside."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import pytest

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]
SYSTEM_PYTHON = "/usr/bin/python3"
BUS_LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
PACKAGES = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "setxkbmap": "x11-xkb-utils",
    "dbus-daemon": "dbus",
    BUS_LAUNCHER: "at-spi2-core",
    SYSTEM_PYTHON: "python3-pyatspi",
    "soffice": "libreoffice-calc-nogui",
}
PATIENCE = 20.0

BREATH = "0.15"
"""Seconds a person needs before the next key; what comes at once after a scan belongs to the scan."""

SHIFT = "50"
_ROWS = (
    (10, "1234567890-=", "!@#$%^&*()_+"),
    (24, "qwertyuiop[]", "QWERTYUIOP{}"),
    (38, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (51, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (65, " ", ""),
)
KEYS = {
    letter: (str(first + place), row == 2)
    for first, *rows in _ROWS
    for row, letters in enumerate(rows, start=1)
    for place, letter in enumerate(letters)
} | {"\n": ("36", False), "\t": ("23", False)}
"""Key code and Shift of what a US reader sends, whatever layout the computer is set to."""


def needs(*programs: str) -> None:
    """Fail, not skip, in one clear sentence when something a test needs is not installed."""
    missing = [program for program in programs if not shutil.which(program)]
    if missing:
        packages = " ".join(PACKAGES[program] for program in missing)
        pytest.fail(f"{', '.join(missing)} is missing; install it: apt-get install {packages}", pytrace=False)


def until(condition: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Ask again and again until it is so; fail in words if it never is."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.02)
    pytest.fail(f"waited {patience:.0f} s in vain: {what}", pytrace=False)


def _strokes(letters: str, delay_ms: int) -> list[str]:
    """What xdotool is told to press for these letters."""
    strokes: list[str] = []
    for letter in letters:
        key, shift = KEYS[letter]
        strokes += ["keydown", SHIFT] if shift else []
        strokes += ["key", "--delay", str(delay_ms), key]
        strokes += ["keyup", SHIFT] if shift else []
    return strokes


class Program:
    """A program under way, and the lines it says."""

    def __init__(self, command: Sequence[str], env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            command,
            env=env,
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def line(self, patience: float = PATIENCE) -> str:
        """The next line it says."""
        try:
            return self._lines.get(timeout=patience).rstrip("\n")
        except queue.Empty:
            return pytest.fail(f"{self.process.args!r} said nothing for {patience:.0f} s", pytrace=False)

    def said_until(self, last: str) -> list[list[str]]:
        """Everything it said up to and with an event of this kind; each line is a JSON list."""
        said: list[list[str]] = []
        while not said or said[-1][0] != last:
            said.append(json.loads(self.line()))
        return said

    def tell(self, line: str) -> None:
        """Write a line to it."""
        pipe: IO[str] | None = self.process.stdin
        assert pipe is not None
        pipe.write(line + "\n")
        pipe.flush()

    def stop(self) -> None:
        """End it and whatever it started."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self.process.poll() is None:
                os.killpg(self.process.pid, number)
                try:
                    self.process.wait(10)
                except subprocess.TimeoutExpired:
                    continue
        self._listener.join(5)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


class Screen:
    """A screen nobody sees, with a window manager and a keyboard."""

    def __init__(self, home: Path) -> None:
        needs("Xvfb", "openbox", "xdotool", "setxkbmap")
        self._running: list[Program] = []
        runtime = home / "run"
        runtime.mkdir(mode=0o700)
        kept = {name: os.environ[name] for name in ("PATH", "VIRTUAL_ENV") if name in os.environ}
        self.env = kept | {
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CACHE_HOME": str(home / "cache"),
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(CHECKOUT),
            "PYTHONUNBUFFERED": "1",
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        out, into = os.pipe()
        xvfb = ["Xvfb", "-displayfd", str(into), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
        self._server = subprocess.Popen(
            xvfb, pass_fds=[into], stderr=subprocess.DEVNULL, start_new_session=True
        )
        os.close(into)
        with os.fdopen(out) as pipe:
            self.env["DISPLAY"] = f":{pipe.readline().strip()}"
        ready = home / "window-manager-is-there"
        self.start(["openbox", "--sm-disable", "--startup", f"touch {ready}"])
        until(ready.exists, "the window manager")

    def start(self, command: Sequence[str], **env: str) -> Program:
        """Start a program on this screen; it ends with the screen."""
        program = Program(command, self.env | env)
        self._running.append(program)
        return program

    def start_python(self, *arguments: str | Path, **env: str) -> Program:
        """Start our own Python on this screen: `start_python("-m", "civicdesk")`."""
        return self.start([sys.executable, *map(str, arguments)], **env)

    def run(self, *command: str) -> str:
        """A command that ends by itself."""
        done = subprocess.run(
            command, env=self.env, check=True, capture_output=True, text=True, timeout=PATIENCE
        )
        return done.stdout

    def wait_for_window(self, title: str) -> str:
        """Wait until a window with this title is there, bring it to the front; its number."""
        found = self.run("xdotool", "search", "--sync", "--onlyvisible", "--name", title).split()[0]
        self.run("xdotool", "windowactivate", "--sync", found)
        return found

    def layout(self, *layout: str) -> None:
        """Set the keyboard: `layout("tr", "-variant", "f")`."""
        self.run("setxkbmap", *layout)

    def caps_lock(self) -> None:
        """Press Caps Lock once."""
        self.run("xdotool", "key", "Caps_Lock")

    def scan(self, code: str, end: str = "\n", delay_ms: int = 5) -> None:
        """Send a code as a reader with a US layout does: key by key, fast, with Enter after it."""
        self.run("xdotool", *_strokes(code + end, delay_ms))

    def start_scans(self, codes: Sequence[str]) -> Program:
        """Send codes one after the other while the test goes on; the program ends with the last."""
        pause = ("sleep", BREATH)
        return self.start(
            ["xdotool", *(part for code in codes for part in (*_strokes(code + "\n", 5), *pause))]
        )

    def type_keys(self, keys: str, delay_ms: int = 120) -> None:
        """Press the keys that carry these letters on a US keyboard, as a person does."""
        self.run("xdotool", "sleep", BREATH)
        self.scan(keys, end="", delay_ms=delay_ms)

    def press(self, *keys: str) -> None:
        """Press keys by name: `press("ctrl+f", "Return")`."""
        self.run("xdotool", "sleep", BREATH, "key", "--delay", "60", *keys)

    def start_buses(self) -> None:
        """What assistive technology talks over; start it before the program that is looked at."""
        needs("dbus-daemon", BUS_LAUNCHER, SYSTEM_PYTHON)
        bus = self.start(["dbus-daemon", "--session", "--nofork", "--print-address"])
        self.env["DBUS_SESSION_BUS_ADDRESS"] = bus.line()
        self.start([BUS_LAUNCHER, "--launch-immediately"])

    def close(self) -> None:
        """End everything that runs on this screen, then the screen."""
        for program in reversed(self._running):
            program.stop()
        self._server.terminate()
        self._server.wait(10)


class Assistive:
    """A screen reader's view of one program; a control is named by `name`, `role` and `handle` (object name)."""

    def __init__(self, screen: Screen, program: str, patience: float = PATIENCE) -> None:
        self._reader = screen.start([SYSTEM_PYTHON, str(HERE / "assistive.py"), program, str(patience)])

    def _ask(self, order: str, **what: Any) -> Any:  # noqa: ANN401  whatever the JSON holds
        self._reader.tell(json.dumps({"order": order} | what))
        answer = json.loads(self._reader.line(2 * PATIENCE))
        if "wrong" in answer:
            pytest.fail(answer["wrong"], pytrace=False)
        return answer["ok"]

    def wait(self, **what: str) -> dict[str, Any]:
        """Wait for a control and describe it."""
        found: dict[str, Any] = self._ask("wait", **what)
        return found

    def watch(self, names: Sequence[str], handle: str) -> str:
        """Look at one control without a break until its name is one of these; that name."""
        return str(self._ask("watch", names=list(names), handle=handle))

    def read(self, **what: str) -> str:
        """The text of a field, or the name of anything else."""
        return str(self._ask("read", **what))

    def write(self, text: str, **what: str) -> None:
        """Set the text of a field."""
        assert self._ask("write", text=text, **what), f"{what} takes no text"

    def press(self, **what: str) -> None:
        """Press a button or whatever can be pressed."""
        assert self._ask("press", **what), f"{what} cannot be pressed"

    def items(self, **what: str) -> list[str]:
        """The names of what stands in a list."""
        return list(self._ask("items", **what))

    def tree(self, **what: str) -> list[dict[str, Any]]:
        """Every control, described."""
        return list(self._ask("tree", **what))


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    screen = Screen(tmp_path)
    yield screen
    screen.close()


@pytest.fixture
def reader_for(screen: Screen) -> Callable[[str], Assistive]:
    """Ask for it before the program starts: `reader_for("civicdesk")` looks at the program of that name."""
    screen.start_buses()
    return lambda program: Assistive(screen, program)
