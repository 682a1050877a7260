"""The recovery key: what opens the backups. It stands on paper, and in this computer's keyring where there is one."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from civicdesk.errors import Refusal
from civicdesk.text import _

if TYPE_CHECKING:
    from pyrage.x25519 import Identity, Recipient

PREFIX = "AGE-SECRET-KEY-1"
_SERVICE = "CivicDesk backup"
_KEY = re.compile(rf"{PREFIX}[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{{58}}")
_log = logging.getLogger(__name__)


def make() -> str:
    """A new recovery key."""
    from pyrage.x25519 import Identity  # noqa: PLC0415

    return str(Identity.generate())


def read(typed: str) -> Identity:
    """The key as it was typed or scanned: of either case, with spaces or lines in between.

    Refuses `no_key`, `bad_key`.
    """
    from pyrage import IdentityError  # noqa: PLC0415
    from pyrage.x25519 import Identity  # noqa: PLC0415

    # a reader on a Turkish keyboard sends another sign for the dash
    tidy = re.sub(r"[\s·]+", "", typed).upper().replace("İ", "I").replace("*", "-")
    if not tidy:
        raise Refusal("no_key", _("Scan or type the recovery key. It stands on the recovery sheet."))
    found = _KEY.search(tidy)
    try:
        return Identity.from_str(found.group() if found else "")
    except IdentityError as error:
        raise Refusal("bad_key", _bad_key()) from error


def recipient_of(key: str) -> str:
    """For whom backups are sealed; nothing can be opened with it. Refuses as `read` does."""
    return str(read(key).to_public())


def recipient(public: str) -> Recipient:
    """The same, to seal with. Refuses `bad_recipient` where the settings were written by hand."""
    from pyrage import RecipientError  # noqa: PLC0415
    from pyrage.x25519 import Recipient  # noqa: PLC0415

    try:
        return Recipient.from_str(public)
    except RecipientError as error:
        raise Refusal("bad_recipient", _("The backup is not set up rightly. Set it up again.")) from error


def grouped(key: str) -> str:
    """The key in groups of four, to be read and typed by a person."""
    rest = key.removeprefix(PREFIX)
    return " ".join([PREFIX, *(rest[at : at + 4] for at in range(0, len(rest), 4))])


def keep(key: str) -> bool:
    """Keep the key in this computer's keyring, so that the sheet can be printed again; whether it is kept.

    May wait for a person who unlocks the keyring: not for the thread of the screen.
    """
    import keyring  # noqa: PLC0415  looks for what this computer has, which takes a while
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        keyring.set_password(_SERVICE, recipient_of(key), key)
    except (KeyringError, OSError) as trouble:
        _log.warning("no keyring: %s", trouble)
        return False
    return True


def find(public: str) -> str:
    """The key that belongs to a recipient, or nothing where this computer does not keep it."""
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        return keyring.get_password(_SERVICE, public) or ""
    except (KeyringError, OSError) as trouble:
        _log.warning("no keyring: %s", trouble)
        return ""


def _bad_key() -> str:
    return _(
        "This is not a recovery key, or a letter of it is wrong. Scan the sheet, or compare letter by letter."
    )
