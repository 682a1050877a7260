"""The passwords of mail server and mailbox: in this computer's keyring, else in memory until the desk closes."""

from __future__ import annotations

import logging
import os

from civicdesk.settings import BounceSettings, MailSettings

VARIABLE = "CIVICDESK_MAIL_PASSWORD"
MAILBOX_VARIABLE = "CIVICDESK_BOUNCES_PASSWORD"
Account = MailSettings | BounceSettings
_SERVICE = "CivicDesk mail"
_log = logging.getLogger(__name__)
_remembered: dict[str, str] = {}


def keep(mail: Account, password: str) -> bool:
    """Keep a password, an empty one takes it away; whether the computer keeps it for the next start.

    May wait for a person who unlocks the keyring: not for the thread of the screen.
    """
    import keyring  # noqa: PLC0415  looks for what this computer has, which takes a while
    from keyring.errors import KeyringError, PasswordDeleteError  # noqa: PLC0415

    _remembered[_name(mail)] = password
    try:
        if password:
            keyring.set_password(_SERVICE, _name(mail), password)
        else:
            keyring.delete_password(_SERVICE, _name(mail))
    except PasswordDeleteError:
        return True  # there was none
    except (KeyringError, OSError) as trouble:
        _log.warning("no keyring: %s", trouble)
        return False
    return True


def find(mail: Account) -> str:
    """The password, or nothing; a variable of the environment counts where there is no keyring."""
    if not mail.user:
        return ""
    if kept := _remembered.get(_name(mail)):
        return kept
    if kept := _from_keyring(mail):
        return kept
    return os.environ.get(VARIABLE if isinstance(mail, MailSettings) else MAILBOX_VARIABLE, "")


def forget() -> None:
    """Let go of what is only in memory."""
    _remembered.clear()


def _from_keyring(mail: Account) -> str:
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        return keyring.get_password(_SERVICE, _name(mail)) or ""
    except (KeyringError, OSError) as trouble:
        _log.warning("no keyring: %s", trouble)
        return ""


def _name(mail: Account) -> str:
    name = f"{mail.user}@{mail.server}"
    return name if isinstance(mail, MailSettings) else f"mailbox {name}"
