"""Readers on serial ports, played by pseudo-terminals."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, QTimer
from pytestqt.qtbot import QtBot

from civicdesk.ui.pace import MOST
from civicdesk.ui.reading import LONGEST, Reading, State
from civicdesk.ui.serial_reader import LATEST, SerialReader
from tests.ui.plugs import Plug

CODE = "112026112200014257000042"
OTHER = "112026112200014257000139"


class Heard:
    """What a reader said."""

    def __init__(self, reader: SerialReader, qtbot: QtBot) -> None:
        self.reader, self._qtbot = reader, qtbot
        self.readings: list[Reading] = []
        self.states: list[State] = []
        reader.read.connect(self.readings.append)
        reader.state_changed.connect(self.states.append)

    @property
    def texts(self) -> list[str]:
        return [reading.text for reading in self.readings]

    def wait_for(self, state: State, seconds: float = 10) -> None:
        self._qtbot.waitUntil(lambda: self.states[-1:] == [state], timeout=round(1000 * seconds))

    def wait_for_texts(self, *texts: str) -> None:
        self._qtbot.waitUntil(lambda: len(self.texts) >= len(texts))
        assert self.texts == list(texts)


@pytest.fixture
def plug(tmp_path: Path) -> Iterator[Plug]:
    plug = Plug(tmp_path / "reader")
    yield plug
    plug.pull_out()


@contextlib.contextmanager
def listening(port: Path, qtbot: QtBot, prefix: str = "") -> Iterator[Heard]:
    reader = SerialReader(str(port), prefix=prefix)
    heard = Heard(reader, qtbot)
    reader.start()
    yield heard
    reader.stop()
    assert reader.wait()


@pytest.fixture
def heard(plug: Plug, qtbot: QtBot) -> Iterator[Heard]:
    with listening(plug.port, qtbot) as heard:
        heard.wait_for(State.WORKING)
        yield heard


@pytest.mark.parametrize(
    ("end", "name"), [(b"\r", "enter"), (b"\n", "enter"), (b"\r\n", "enter"), (b"\t", "tab"), (b"", "")]
)
def test_a_code_comes_with_any_end_or_after_a_pause(plug: Plug, heard: Heard, end: bytes, name: str) -> None:
    plug.send(CODE.encode() + end)
    heard.wait_for_texts(CODE)

    (reading,) = heard.readings
    assert (reading.raw, reading.end, reading.device) == (CODE, name, f"serial {plug.port}")


def test_a_code_in_pieces_is_one_code(plug: Plug, heard: Heard) -> None:
    plug.send(CODE[:10].encode())
    plug.send(CODE[10:].encode() + b"\r")

    heard.wait_for_texts(CODE)


def test_what_the_reader_is_set_to_put_before_a_code_is_taken_off(plug: Plug, qtbot: QtBot) -> None:
    with listening(plug.port, qtbot, prefix="%%") as heard:
        heard.wait_for(State.WORKING)
        plug.send(f"%%{CODE}\r]Q3{OTHER}\r".encode())
        heard.wait_for_texts(CODE, OTHER)

        assert [reading.has_prefix for reading in heard.readings] == [True, False]


def test_noise_on_the_line_is_told_as_it_came(plug: Plug, heard: Heard) -> None:
    plug.send(b"\xff\x00\x0012\xf0\r")

    heard.wait_for_texts("�\x00\x0012�")


def test_a_reader_that_was_pulled_out_comes_back_by_itself(plug: Plug, heard: Heard) -> None:
    plug.send(CODE[:12].encode())
    plug.pull_out()
    heard.wait_for(State.AWAY)
    plug.plug_in()
    heard.wait_for(State.WORKING, seconds=2 * LATEST)
    plug.send(OTHER.encode() + b"\r")

    heard.wait_for_texts(OTHER)


def test_a_reader_that_is_not_there_at_the_start_is_waited_for(tmp_path: Path, qtbot: QtBot) -> None:
    with listening(tmp_path / "reader", qtbot) as heard:
        heard.wait_for(State.AWAY)
        plug = Plug(tmp_path / "reader")
        heard.wait_for(State.WORKING, seconds=2 * LATEST)
        plug.pull_out()


def test_a_port_that_another_program_holds_is_told_and_taken_once_it_is_free(
    plug: Plug, qtbot: QtBot
) -> None:
    with listening(plug.port, qtbot) as first, listening(plug.port, qtbot) as second:
        qtbot.waitUntil(lambda: {*first.states[-1:], *second.states[-1:]} == {State.WORKING, State.TAKEN})
        holder, waiter = (first, second) if first.states == [State.WORKING] else (second, first)
        assert waiter.states == [State.TAKEN]
        holder.reader.stop()

        waiter.wait_for(State.WORKING)


def test_what_is_no_port_at_all_is_only_away(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "notes.txt").write_text("no port", encoding="utf-8")
    with listening(tmp_path / "notes.txt", qtbot) as heard:
        heard.wait_for(State.AWAY)


def test_two_readers_at_once_mix_nothing_up(tmp_path: Path, qtbot: QtBot) -> None:
    plugs = [Plug(tmp_path / name) for name in ("left", "right")]
    with listening(plugs[0].port, qtbot) as left, listening(plugs[1].port, qtbot) as right:
        for heard in (left, right):
            heard.wait_for(State.WORKING)
        for a, b in zip(CODE, OTHER, strict=True):
            plugs[0].send(a.encode())
            plugs[1].send(b.encode())
        for plug in plugs:
            plug.send(b"\r")

        left.wait_for_texts(CODE)
        right.wait_for_texts(OTHER)
    for plug in plugs:
        plug.pull_out()


@pytest.mark.parametrize(
    ("bytes_", "first"),
    [(CODE.encode() + b"\r", CODE), (b"7" * 512, "7" * LONGEST)],
    ids=["the same code", "no end"],
)
def test_a_reader_that_is_stuck_is_told_so_and_the_desk_stays_quick(
    plug: Plug, heard: Heard, qtbot: QtBot, bytes_: bytes, first: str
) -> None:
    gaps: list[int] = []
    since = QElapsedTimer()
    since.start()
    beat = QTimer()
    beat.setInterval(10)
    beat.timeout.connect(lambda: gaps.append(since.restart()))
    beat.start()
    sender = plug.send_on_and_on(bytes_, 1.5)
    heard.wait_for(State.STUCK)
    qtbot.waitUntil(lambda: not sender.is_alive(), timeout=10_000)
    heard.wait_for(State.WORKING)

    assert heard.texts[0] == first
    # of thousands; a machine that stalls makes pauses, and after each the reader is heard anew
    assert len(heard.texts) <= 3 * MOST
    assert sorted(gaps)[len(gaps) // 2] < 50, "the desk was held up"
    plug.send(OTHER.encode() + b"\r")
    qtbot.waitUntil(lambda: heard.texts[-1] == OTHER)


def test_the_desk_neither_waits_for_a_port_nor_for_its_thread(tmp_path: Path, qtbot: QtBot) -> None:
    took = QElapsedTimer()
    took.start()
    readers = [SerialReader(str(tmp_path / f"reader {n}")) for n in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.stop()
    held_up = took.elapsed()

    assert all(reader.wait() for reader in readers)
    assert held_up < 500


def test_a_reader_on_the_same_port_waits_until_the_one_before_has_let_go(plug: Plug, qtbot: QtBot) -> None:
    with listening(plug.port, qtbot) as before:
        before.wait_for(State.WORKING)
        after = SerialReader(str(plug.port), baud=115_200)
        heard = Heard(after, qtbot)
        before.reader.stop()
        after.start(before=before.reader)
        heard.wait_for(State.WORKING)
        assert heard.states == [State.WORKING]
        after.stop()
        assert after.wait()
