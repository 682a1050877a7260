"""The loopback printer of the rehearsal: a thermal printer on a real TCP port, with a roll and with faults."""

from __future__ import annotations

import select
import socket
import struct
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from threading import Condition, Thread
from types import TracebackType
from typing import Self

from PIL import Image

from civicdesk.rehearsal.thermal_faults import Faults
from civicdesk.rehearsal.thermal_paper import (
    CODE_PAGES,
    Act,
    Ask,
    Badge,
    Cut,
    Incomplete,
    Interpreter,
    Reports,
    Strip,
)

_NEAR_ROWS = 400
_SYSTEM_BUFFER = 4096
_PATIENCE_S = 20.0


class ThermalPrinter:
    """A printer with state. `printed` are the badges that were cut, `torn` what a reset left uncut.

    One connection at a time, like the real ones. Everything may be called from any thread.
    """

    def __init__(
        self, *, dots: int = 576, code_pages: Mapping[int, str] = CODE_PAGES, rows: int | None = None
    ) -> None:
        self.printed: list[Badge] = []
        self.torn: list[Badge] = []
        self.received = 0
        self.connections = 0
        self.rows_left = rows
        self.faults = Faults()
        self.log = bytearray()
        self._interpreter = Interpreter(dots=dots, code_pages=code_pages)
        self._strips: list[Strip] = []
        self._acts: list[Act] = []
        self._buffer = bytearray()
        self._tail = b""
        self._next: list[tuple[int, Callable[[], None]]] = []
        self._reports = 0
        self._reported = b""
        self._answers: list[tuple[float, bytes]] = []
        self._changed = Condition()
        self._connection: socket.socket | None = None
        self._listener: socket.socket | None = None
        self._wake, self._woken = socket.socketpair()
        self._ends = self._is_off = False
        self.port = 0
        self._thread = Thread(target=self._run, name="thermal printer", daemon=True)

    def __enter__(self) -> Self:
        self._listen()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ends = True
        self._wake_up()
        self._thread.join()
        self.refuse()
        for one in (self._connection, self._wake, self._woken):
            if one:
                one.close()

    @property
    def address(self) -> str:
        """As in the settings of a printer."""
        return f"127.0.0.1:{self.port}"

    @property
    def unknown(self) -> list[bytes]:
        """Commands that this printer did not understand."""
        return self._interpreter.unknown

    # --- What a person does to it ---------------------------------------------

    def set(self, **faults: object) -> None:
        """Something breaks, or is mended."""
        with self._changed:
            self._break(**faults)
        self._wake_up()

    def reload(self, rows: int | None = None) -> None:
        """A new roll, with so many rows of dots on it; it goes on from its buffer."""
        with self._changed:
            self.rows_left = rows
            self.faults = replace(self.faults, paper_out=False, near_end=False)
        self._wake_up()

    def reset_after(self, count: int) -> None:
        """Restart when so many more bytes have come: what it was about to print is lost, and the connection."""
        self._after(count, self._restart)

    def forget_after(self, count: int) -> None:
        """The same behind a print server: the connection stays. It is on again when it is next asked how it is."""
        self._after(count, self._switch_off)

    def break_after(self, count: int, **faults: object) -> None:
        """Something breaks when so many more bytes have come."""
        self._after(count, lambda: self._break(**faults))

    def refuse(self) -> None:
        """Be switched off: nobody can connect, and who is connected is thrown out."""
        with self._changed:
            if self._listener:
                # closed alone it would go on taking calls for as long as it is waited on
                with suppress(OSError):
                    self._listener.shutdown(socket.SHUT_RDWR)
                self._listener.close()
                self._listener = None
            if self._connection and not self._ends:
                self._restart()
        self._wake_up()

    def accept(self) -> None:
        """Be switched on again, at the same port."""
        with self._changed:
            self._listen()
        self._wake_up()

    def wait(self, until: Callable[[], bool], otherwise: str = "the printer did not get there") -> None:
        """Wait until something holds of the printer; it is looked at whenever the printer did something."""
        with self._changed:
            if not self._changed.wait_for(until, _PATIENCE_S):
                raise AssertionError(otherwise)

    # --- What it does by itself ------------------------------------------------

    def _after(self, count: int, act: Callable[[], None]) -> None:
        with self._changed:
            self._next.append((self.received + count, act))

    def _break(self, **faults: object) -> None:
        self.faults = replace(self.faults, **faults)  # type: ignore[arg-type]

    def _listen(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port), backlog=8)
        # the system must not take on what the printer has no room for
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SYSTEM_BUFFER)
        self.port = self._listener.getsockname()[1]

    def _wake_up(self) -> None:
        with suppress(OSError):
            self._wake.send(b"!")

    def _run(self) -> None:
        while not self._ends:
            with self._changed:
                waits_for = self._waits_for()
                pause = max(self._answers[0][0] - time.monotonic(), 0) if self._answers else None
            try:
                ready, _, _ = select.select(waits_for, [], [], pause)
            except (OSError, ValueError):
                continue  # it was switched off in between
            with self._changed:
                self._turn(ready)
                self._changed.notify_all()

    def _waits_for(self) -> list[socket.socket]:
        waits_for = [self._woken]
        if self._connection is None and self._listener:
            waits_for.append(self._listener)
        if self._connection and not self.faults.deaf and len(self._buffer) < self.faults.buffer:
            waits_for.append(self._connection)
        return waits_for

    def _turn(self, ready: list[socket.socket]) -> None:
        if self._woken in ready:
            self._woken.recv(4096)
        if self._connection is None and self._listener in ready:
            assert self._listener
            self._connection, _ = self._listener.accept()
            # its answers are single bytes: held back for company they would cost 40 ms each
            self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections += 1
        elif self._connection in ready:
            self._receive()
        self._work()
        self._report()
        self._send_answers()

    def _receive(self) -> None:
        assert self._connection
        try:
            data = self._connection.recv(max(self.faults.buffer - len(self._buffer), 1))
        except OSError:
            data = b""
        if not data:
            self._hang_up()
            return
        while data and self._next and self.received + len(data) >= self._next[0][0]:
            at, act = self._next.pop(0)
            count = max(at - self.received, 0)
            self._take(data[:count])
            data = data[count:]
            self._work()
            act()
        if self._connection:
            self._take(data)

    def _take(self, data: bytes) -> None:
        self.received += len(data)
        self.log += data
        if self.faults.says and self._connection:
            with suppress(OSError):
                self._connection.send(self.faults.says)
        self._is_off = self._is_off and not data.startswith(b"\x10\x04")
        if self.faults.silent or self._is_off:
            return
        self._answer_at_once(data)
        self._buffer += data

    def _answer_at_once(self, data: bytes) -> None:
        """`DLE EOT n` is answered on arrival, even within the dots of a picture: printers do that."""
        seen = self._tail + data
        self._tail = seen[-2:]
        place = seen.find(b"\x10\x04")
        while place >= 0:
            which = seen[place + 2] if place + 2 < len(seen) else 0
            if 1 <= which <= 4:  # noqa: PLR2004
                self._answer(self.faults.answer(which, is_near_end=self._is_near_end()))
                self._tail = seen[max(place + 3, len(seen) - 2) :]
            place = seen.find(b"\x10\x04", place + 1)

    def _answer(self, said: bytes) -> None:
        self._answers.append((time.monotonic() + self.faults.answers_after, said))

    def _send_answers(self) -> None:
        while self._answers and self._answers[0][0] <= time.monotonic():
            _, said = self._answers.pop(0)
            if self._connection and not self.faults.silent:
                with suppress(OSError):
                    self._connection.send(said)

    def _is_near_end(self) -> bool:
        return self.faults.near_end or (self.rows_left is not None and self.rows_left < _NEAR_ROWS)

    def _report(self) -> None:
        said = self.faults.report(is_near_end=self._is_near_end())
        if self._reports and said != self._reported:
            self._answer(said)
        self._reported = said if self._reports else b""

    def _work(self) -> None:
        """Print what can be printed; what cannot stays in the buffer."""
        while self.faults.can_print:
            if not self._acts:
                try:
                    self._acts = self._interpreter.take(self._buffer)
                except Incomplete:
                    return
            while self._acts and self.faults.can_print:
                self._carry_out(self._acts.pop(0))

    def _carry_out(self, act: Act) -> None:
        if isinstance(act, Strip):
            self._put_on_paper(act)
        elif isinstance(act, Cut):
            self.printed.append(self._cut_off())
        elif isinstance(act, Reports):
            self._reports, self._reported = act.mask, b""
        elif isinstance(act, Ask) and act.what == 1 and self.faults.in_order:
            self._answer(bytes((self._is_near_end() * 0x03,)))

    def _put_on_paper(self, strip: Strip) -> None:
        rows = strip.image.height
        if self.rows_left is not None and rows > self.rows_left:
            width, left = strip.image.width, self.rows_left
            self._acts.insert(
                0, replace(strip, image=strip.image.crop((0, left, width, rows)), text="", code="")
            )
            strip = replace(strip, image=strip.image.crop((0, 0, width, left)))
            self.faults = replace(self.faults, paper_out=True)
        if self.rows_left is not None:
            self.rows_left -= strip.image.height
        self._strips.append(strip)

    def _cut_off(self) -> Badge:
        strips, self._strips = self._strips, []
        paper = Image.new("1", (self._interpreter.dots, sum(strip.image.height for strip in strips)), 1)
        y = 0
        for strip in strips:
            paper.paste(strip.image, (0, y))
            y += strip.image.height
        codes = tuple(strip.code for strip in strips if strip.code)
        return Badge(paper, "".join(strip.text for strip in strips), codes)

    def _restart(self) -> None:
        if self._connection:
            self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._forget()
        self._hang_up()

    def _switch_off(self) -> None:
        self._forget()
        self._is_off = True

    def _forget(self) -> None:
        self._buffer.clear()
        self._acts.clear()
        self._interpreter.reset()
        if self._strips:
            self.torn.append(self._cut_off())

    def _hang_up(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None
        self._answers.clear()
        self._tail, self._reports = b"", 0
