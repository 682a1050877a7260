"""A PostgreSQL server of our own on this computer, from the system's packages: for rehearsals and tests.

It listens on a socket in its own folder and, with TLS, on a loopback port. No server of the machine is touched.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

_SUPERUSER = "keeper"
_QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


def binaries() -> Path:
    """Where the newest server of this machine lies. Raises FileNotFoundError where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]))
    if not found:
        raise FileNotFoundError("no PostgreSQL server: installer/setup.sh test installs one")
    return found[-1].parent


class PrivateServer:
    """A server in a folder of its own. A durable one can be killed and loses nothing.

    Raises FileNotFoundError where there is no server on this machine, or nothing to make certificates with.
    """

    def __init__(self, *, is_durable: bool = False, settings: Sequence[str] = ()) -> None:
        self.is_durable, self.settings = is_durable, settings
        binaries()  # nothing is made where there is no server
        self.home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        self.port = _free_port()
        self.password = secrets.token_hex(8)
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._make()
        except BaseException:
            self.remove()
            raise

    @property
    def ca_file(self) -> Path:
        return self.home / "ca.pem"

    @property
    def pid(self) -> int:
        """The number of the postmaster."""
        return int((self.home / "data/postmaster.pid").read_text(encoding="utf-8").splitlines()[0])

    def start(self) -> None:
        options = [*self.settings, *(() if self.is_durable else _QUICK)]
        given = [part for option in options for part in ("-c", option)]
        with (self.home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*_as_owner(), str(binaries() / "postgres"), "-D", str(self.home / "data"), *given],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def kill(self) -> None:
        """As a power cut would: nothing is written any more. Then wait until nobody of it is left."""
        os.kill(self.pid, signal.SIGKILL)
        self._gone()
        for _ in range(1000):
            if not _is_used(self.home / "data"):
                return
            time.sleep(0.01)

    def stop(self) -> None:
        if self._process is None:
            return
        with contextlib.suppress(OSError, ValueError):
            os.kill(self.pid, signal.SIGINT)
        self._gone()

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def admin(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """A superuser's connection, by the socket."""
        return psycopg.connect(
            host=str(self.home),
            port=self.port,
            dbname=database,
            user=_SUPERUSER,
            password=self.password,
            autocommit=True,
        )

    def certify(self) -> None:
        """Put ca.pem, cert.pem and key.pem of `localhost` into the folder."""
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
                *(
                    "-nodes",
                    "-days",
                    "30",
                    "-subj",
                    "/CN=localhost",
                    "-addext",
                    "subjectAltName=DNS:localhost",
                ),
                *("-keyout", str(self.home / "key.pem"), "-out", str(self.home / "cert.pem")),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        shutil.copy(self.home / "cert.pem", self.ca_file)

    def _gone(self) -> None:
        if self._process is not None:
            self._process.wait(timeout=60)
            self._process = None

    def _make(self) -> None:
        self.certify()
        (self.home / "password").write_text(self.password, encoding="utf-8")
        if os.geteuid() == 0:
            for path in (self.home, *self.home.iterdir()):
                shutil.chown(path, "postgres")
        (self.home / "key.pem").chmod(0o600)
        self.home.chmod(0o755)
        subprocess.run(
            [
                *(*_as_owner(), str(binaries() / "initdb"), "-D", str(self.home / "data"), "-U", _SUPERUSER),
                *("-A", "scram-sha-256", "--pwfile", str(self.home / "password"), "-E", "UTF8"),
                *("--locale=C.UTF-8", "--no-sync"),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )
        with (self.home / "data/postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.write(
                f"port={self.port}\nunix_socket_directories='{self.home}'\nlisten_addresses='127.0.0.1,127.0.0.2'\n"
                f"ssl=on\nssl_cert_file='{self.home}/cert.pem'\nssl_key_file='{self.home}/key.pem'\n"
                f"ssl_ca_file='{self.ca_file}'\n"
                "shared_buffers=64MB\nmax_connections=60\nautovacuum_naptime=10\n"
                "max_locks_per_transaction=256\n"
            )
        doors = (
            "local all all scram-sha-256",
            "hostssl all +by_certificate 127.0.0.0/8 cert",
            "hostssl all all 127.0.0.0/8 scram-sha-256",
        )
        (self.home / "data/pg_hba.conf").write_text("\n".join(doors) + "\n", encoding="utf-8")

    def _wait(self) -> None:
        for _ in range(600):
            try:
                self.admin().close()
            except psycopg.OperationalError:
                if self._process is None or self._process.poll() is not None:
                    raise RuntimeError((self.home / "log").read_text(encoding="utf-8")) from None
                time.sleep(0.05)
            else:
                return
        raise TimeoutError((self.home / "log").read_text(encoding="utf-8"))


def _as_owner() -> list[str]:
    """PostgreSQL will not run as root; and it ends with whoever began it, however that ends."""
    if sys.platform != "linux":
        return []
    other = ["--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
    return ["setpriv", "--pdeathsig=INT", *other]


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _is_used(data: Path) -> bool:
    """Whether a process still stands in this folder."""
    if sys.platform != "linux":
        return False
    for process in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if process.name.isdecimal() and (process / "cwd").resolve() == data:
                return True
    return False
