"""The language that CUPS and network printers speak (IPP, RFC 8010): one question, one answer, with a time limit.

CUPS is asked in its own language and not through Qt or libcups, which wait without a limit, and keep the whole desk
waiting with them, when CUPS hangs; nor through `lpstat`, which may not be there and speaks in sentences.
"""

from __future__ import annotations

import http.client
import itertools
import os
import socket
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

_SOCKETS = (Path("/run/cups/cups.sock"), Path("/var/run/cups/cups.sock"))
_CLIENT_FILES = (Path("~/.cups/client.conf"), Path("/etc/cups/client.conf"))
_PORT = 631
_REFUSED = 0x0400
"""Statuses from here on say that the question was not carried out."""

_OPERATION, _JOB, _END, _UNSUPPORTED = 1, 2, 3, 5
_BEGIN_COLLECTION, _END_COLLECTION, _MEMBER = 0x34, 0x37, 0x4A
_numbers = itertools.count(1)


class Tag(IntEnum):
    """What kind of value an attribute has."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    COLLECTION = 0x34
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49


class Operation(IntEnum):
    """What can be asked."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB = 0x0009
    GET_PRINTER = 0x000B
    GET_DEFAULT = 0x4001
    GET_PRINTERS = 0x4002


class Away(Exception):
    """Nobody answered, in time or in this language. `was_sent` when the question may have been carried out."""

    def __init__(self, *, was_sent: bool) -> None:
        super().__init__("sent, no answer" if was_sent else "not there")
        self.was_sent = was_sent


class Refused(Exception):
    """The question was understood and not carried out."""

    def __init__(self, status: int) -> None:
        super().__init__(f"IPP status {status:#06x}")
        self.status = status


@dataclass(frozen=True)
class Value:
    """A value to send, or several of one kind; a collection holds values by name."""

    tag: Tag
    values: Sequence[str | int | bool | Mapping[str, Value]]


Group = dict[str, list[object]]


@dataclass
class Answer:
    """What came back: the attributes, one group for each printer or job."""

    status: int
    groups: list[Group] = field(default_factory=list)

    def one(self) -> Group:
        """The first group that tells about something."""
        return self.groups[0] if self.groups else {}


def ask(
    operation: Operation,
    uri: str = "",
    values: Mapping[str, Value] | None = None,
    job: Mapping[str, Value] | None = None,
    *,
    document: bytes = b"",
    path: str = "/",
    patience_s: float,
) -> Answer:
    """Ask CUPS. Raises `Away` when nobody answers, `Refused` when the answer is no."""
    asked = _question(operation, uri, values or {}, job or {}) + document
    connection = _connection(patience_s)
    was_sent = False
    try:
        connection.connect()
        was_sent = True
        connection.request("POST", path, asked, {"Content-Type": "application/ipp"})
        said = connection.getresponse()
        body = said.read()
        if said.status != http.HTTPStatus.OK:
            raise Refused(said.status)
        answer = _answer(body)
    except (OSError, http.client.HTTPException, struct.error, IndexError, UnicodeDecodeError) as trouble:
        raise Away(was_sent=was_sent) from trouble
    finally:
        connection.close()
    if answer.status >= _REFUSED:
        raise Refused(answer.status)
    return answer


def keyword(*words: str) -> Value:
    """Words of the language itself."""
    return Value(Tag.KEYWORD, words)


class _LocalConnection(http.client.HTTPConnection):
    """To a CUPS on this computer, through its socket in the file system."""

    def __init__(self, path: str, patience_s: float) -> None:
        super().__init__("localhost", timeout=patience_s)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def _connection(patience_s: float) -> http.client.HTTPConnection:
    server = os.environ.get("CUPS_SERVER") or _named_server()
    if not server:
        server = next((str(path) for path in _SOCKETS if path.exists()), "localhost")
    if server.startswith("/"):
        return _LocalConnection(server, patience_s)
    host, _colon, port = server.split("/")[0].partition(":")
    return http.client.HTTPConnection(host, int(port) if port.isdigit() else _PORT, timeout=patience_s)


def _named_server() -> str:
    """The print server that the computer's own settings name, as for every other program."""
    for file in _CLIENT_FILES:
        try:
            lines = file.expanduser().read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError, RuntimeError):
            continue
        for line in lines:
            word, _space, server = line.strip().partition(" ")
            if word.lower() == "servername" and server.strip():
                return server.strip()
    return ""


def _question(operation: Operation, uri: str, values: Mapping[str, Value], job: Mapping[str, Value]) -> bytes:
    first = {
        "attributes-charset": Value(Tag.CHARSET, ["utf-8"]),
        "attributes-natural-language": Value(Tag.LANGUAGE, ["en"]),
    }
    if uri:
        first["printer-uri"] = Value(Tag.URI, [uri])
    said = struct.pack(">BBHI", 2, 0, operation, next(_numbers) & 0x7FFFFFFF)
    said += bytes([_OPERATION]) + b"".join(_named(*one) for one in (first | dict(values)).items())
    if job:
        said += bytes([_JOB]) + b"".join(_named(*one) for one in job.items())
    return said + bytes([_END])


def _named(name: str, value: Value) -> bytes:
    """An attribute; only the first of several values bears the name."""
    names = [name] + [""] * (len(value.values) - 1)
    return b"".join(_piece(value.tag, name, one) for name, one in zip(names, value.values, strict=True))


def _piece(tag: int, name: str, value: object) -> bytes:
    if isinstance(value, Mapping):
        inner = b"".join(_member(*one) for one in value.items())
        return _raw(_BEGIN_COLLECTION, name, b"") + inner + _raw(_END_COLLECTION, "", b"")
    if isinstance(value, bool):
        return _raw(tag, name, bytes([value]))
    if isinstance(value, int):
        return _raw(tag, name, struct.pack(">i", value))
    return _raw(tag, name, str(value).encode())


def _member(name: str, value: Value) -> bytes:
    return _raw(_MEMBER, "", name.encode()) + _named("", value)


def _raw(tag: int, name: str, value: bytes) -> bytes:
    written = name.encode()
    return struct.pack(f">BH{len(written)}sH", tag, len(written), written, len(value)) + value


def _answer(body: bytes) -> Answer:
    answer = Answer(struct.unpack_from(">H", body, 2)[0])
    at, name, depth = 8, "", 0
    group: Group = {}
    while body[at] != _END:
        tag = body[at]
        if tag < 0x10:  # noqa: PLR2004  a new group begins
            group, at = {}, at + 1
            if tag not in (_OPERATION, _UNSUPPORTED):
                answer.groups.append(group)
            continue
        written, value, at = _next_piece(body, at)
        name = written or name
        depth += (tag == _BEGIN_COLLECTION) - (tag == _END_COLLECTION)
        if depth == 0 and tag != _END_COLLECTION:  # what is inside of collections tells the desk nothing
            group.setdefault(name, []).append(_value(tag, value))
    return answer


def _next_piece(body: bytes, at: int) -> tuple[str, bytes, int]:
    """The name, the value, and where the next piece begins."""
    (length,) = struct.unpack_from(">H", body, at + 1)
    name = body[at + 3 : at + 3 + length].decode()
    at += 3 + length
    (length,) = struct.unpack_from(">H", body, at)
    return name, body[at + 2 : at + 2 + length], at + 2 + length


def _value(tag: int, value: bytes) -> object:
    if tag in (Tag.INTEGER, Tag.ENUM):
        return struct.unpack(">i", value)[0]
    if tag == Tag.BOOLEAN:
        return value != b"\0"
    return value.decode(errors="replace")
