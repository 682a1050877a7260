"""The secret of this desk at the hub: in the computer's keyring, else in the desk's memory until it closes."""

from __future__ import annotations

import logging
import os

from civicdesk.text import _

VARIABLE = "CIVICDESK_HUB_SECRET"
_SERVICE = "CivicDesk hub"
_log = logging.getLogger(__name__)
_remembered: dict[str, str] = {}


def remember(role: str, secret: str) -> bool:
    """Keep the secret, an empty one takes it away; whether the computer keeps it for the next start.

    May wait for a person who unlocks the keyring: not for the thread of the screen.
    """
    import keyring  # noqa: PLC0415  looks for what this computer has, which takes a while
    from keyring.errors import KeyringError, PasswordDeleteError  # noqa: PLC0415

    _remembered[role] = secret
    try:
        if secret:
            keyring.set_password(_SERVICE, role, secret)
        else:
            keyring.delete_password(_SERVICE, role)
    except PasswordDeleteError:
        return True  # there was none
    except (KeyringError, OSError) as trouble:
        _log.warning("no keyring: %s", trouble)
        return False
    return True


def recall(role: str) -> str:
    """The secret, or nothing; `CIVICDESK_HUB_SECRET` counts where there is no keyring."""
    return _remembered.get(role) or _from_keyring(role) or os.environ.get(VARIABLE, "")


def forget() -> None:
    """Let go of what is only in memory."""
    _remembered.clear()


def without_keyring() -> str:
    """What to say where the computer cannot keep a secret."""
    return _(
        "This computer has no place for secrets. The desk syncs until it is closed; after that, scan the code of "
        "the hub again or set {variable}."
    ).format(variable=VARIABLE)


def _from_keyring(role: str) -> str:
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        return keyring.get_password(_SERVICE, role) or ""
    except (KeyringError, OSError) as trouble:
        _log.warning("no keyring: %s", trouble)
        return ""
