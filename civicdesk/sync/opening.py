"""The way to the hub of this desk, by its settings or by the code it was asked with."""

from __future__ import annotations

from pathlib import Path

from civicdesk import settings
from civicdesk.errors import Refusal, Unavailable
from civicdesk.settings import HubSettings
from civicdesk.sync import secrets
from civicdesk.sync.invitation import Damaged, Invitation, decode
from civicdesk.sync.port import Away, HubPort, Refused
from civicdesk.text import _


def open_hub(hub: HubSettings) -> HubPort:
    """The hub these settings name; nothing is asked of it yet.

    Refuses `no_secret` where this computer does not know the desk's secret any more. May wait for the keyring.
    """
    if hub.kind == "file":
        from civicdesk.sync.file_hub import SqliteFileHub  # noqa: PLC0415

        return SqliteFileHub(Path(hub.path), hub.role)
    from civicdesk.sync.pg_hub import Address, PgHub  # noqa: PLC0415  psycopg is slow to import

    secret = secrets.recall(hub.role)
    if not secret:
        raise Refusal("no_secret", secrets.without_keyring())
    ca = Path(hub.ca) if hub.ca else None
    return PgHub(Address(hub.host, hub.port, hub.database, hub.role, ca), secret)


def read_code(code: str) -> Invitation:
    """What the code of a hub says. Refuses `no_code`, `bad_code`."""
    if not code.strip():
        raise Refusal("no_code", _("Scan or paste the code of the hub. Whoever looks after the hub has it."))
    try:
        return decode(code)
    except Damaged as trouble:
        raise Refusal(
            "bad_code", _("This is not the code of a hub, or a part of it is missing. Scan it once more.")
        ) from trouble


def accept(one: Invitation, authority: Path | None = None) -> tuple[HubSettings, bool]:
    """Keep the secret and the authority of an invitation; the settings, and whether the secret outlives a restart.

    Refuses `no_authority` and `other_authority` where the code names an authority too long for it and the file given
    is not the one. Raises Unavailable where nothing can be written.
    """
    pem = one.authority_pem() or _read(authority)
    if not one.trusts(pem):
        raise Refusal(
            "other_authority",
            _("This certificate is not the one the code means. Ask whoever looks after the hub."),
        )
    ca = settings.FILE.with_name("hub-ca.pem")
    try:
        ca.parent.mkdir(parents=True, exist_ok=True)
        ca.write_text(pem, encoding="ascii")
    except OSError as error:
        raise Unavailable(_("The file could not be written: {}").format(error.strerror)) from error
    is_kept = secrets.remember(one.role, one.secret)
    hub = HubSettings(
        kind="server", host=one.host, port=one.port, database=one.database, role=one.role, ca=str(ca)
    )
    return hub, is_kept


def at_file(path: Path, desk: str) -> HubSettings:
    """The settings for a hub in a file, which is made if it is not there; the desk is made known in it.

    Raises Unavailable for a file that is no hub, and where nothing can be written.
    """
    from civicdesk.sync import file_hub  # noqa: PLC0415

    try:
        if not path.exists():
            file_hub.create(path, 1, 1)
        file_hub.enrol(path, desk)
    except (OSError, Away, Refused) as error:
        raise Unavailable(
            _("“{}” is no hub, or cannot be written to. Choose another file.").format(path)
        ) from error
    return HubSettings(kind="file", path=str(path), role=desk)


def _read(authority: Path | None) -> str:
    if authority is None:
        raise Refusal(
            "no_authority",
            _("The certificate of the hub is too long for its code. Choose its file (.pem or .crt)."),
        )
    try:
        return authority.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise Unavailable(_("{} cannot be read.").format(authority)) from error
