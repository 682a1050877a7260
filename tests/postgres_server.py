"""A PostgreSQL server of the tests' own, from Debian's packages: made when first asked for, stopped by its number."""

from __future__ import annotations

import atexit
import contextlib
from collections.abc import Iterator
from functools import cache

import trustme

from civicdesk.hub.private_server import PrivateServer, binaries

__all__ = ["Server", "binaries", "running", "shared_server"]


class Server(PrivateServer):
    """A private server with a certificate authority of the tests' own. `is_durable` is for tests that kill it."""

    ca: trustme.CA

    def certify(self) -> None:
        self.ca = trustme.CA()
        certificate = self.ca.issue_cert("localhost", "127.0.0.1")
        self.ca.cert_pem.write_to_path(str(self.ca_file))
        certificate.private_key_pem.write_to_path(str(self.home / "key.pem"))
        certificate.cert_chain_pems[0].write_to_path(str(self.home / "cert.pem"))


@cache
def shared_server() -> Server:
    """The server of this process, stopped when it ends."""
    server = Server()
    atexit.register(server.remove)
    server.start()
    return server


@contextlib.contextmanager
def running(server: Server) -> Iterator[Server]:
    """The server while it is needed."""
    try:
        server.start()
        yield server
    finally:
        server.remove()
