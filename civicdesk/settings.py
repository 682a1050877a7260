"""The machine's own settings, frozen, from a TOML file and the environment (`CIVICDESK_…`)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

import platformdirs
import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

_DIRS = platformdirs.PlatformDirs("civicdesk", appauthor=False)
FILE = Path(_DIRS.user_config_dir) / "settings.toml"


class PrinterSettings(BaseModel):
    """A printer of this desk. `address` is host:port, vendor:product, a serial port, a file, or a queue's name."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(min_length=1, max_length=60)
    link: Literal["network", "usb", "serial", "file", "system"]
    address: str = Field(min_length=1, max_length=400)
    width_mm: Literal[58, 80] = 80
    way: Literal["raster", "text"] = "raster"
    profile: str = "default"
    code_page: str = "CP857"
    baud: int = Field(default=9600, ge=300, le=1_000_000)
    cuts: bool = True
    answers: bool = True
    patience_s: float = Field(default=3.0, ge=0.2, le=60)

    @property
    def is_thermal(self) -> bool:
        return self.link != "system"


class RouteSettings(BaseModel):
    """Where one kind of document goes: a printer by its name, its tray, and who stands in for it."""

    model_config = ConfigDict(frozen=True)

    printer: str = ""
    tray: str = ""
    fallback: str = ""
    is_seen: bool = False


class SerialReaderSettings(BaseModel):
    """A reader on a serial port."""

    model_config = ConfigDict(frozen=True)

    port: str = Field(min_length=1, max_length=400)
    baud: int = Field(default=9600, ge=300, le=1_000_000)


class MailSettings(BaseModel):
    """The mail server of this desk. The password stands in the computer's keyring, never here."""

    model_config = ConfigDict(frozen=True)

    server: str = Field(min_length=1, max_length=253)
    port: int = Field(default=587, ge=1, le=65_535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = Field(default="", max_length=254)
    sender: str = Field(min_length=3, max_length=254)
    digest_at: str = Field(default="16:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    patience_s: float = Field(default=20.0, ge=0.2, le=120)
    give_up_days: int = Field(default=10, ge=1, le=60)


class BounceSettings(BaseModel):
    """The mailbox e-mails come back to. The password stands in the computer's keyring, never here."""

    model_config = ConfigDict(frozen=True)

    server: str = Field(min_length=1, max_length=253)
    port: int = Field(default=993, ge=1, le=65_535)
    security: Literal["tls", "starttls", "none"] = "tls"
    user: str = Field(min_length=1, max_length=254)
    folder: str = Field(default="INBOX", min_length=1, max_length=200)
    minutes: int = Field(default=10, ge=1, le=240)
    patience_s: float = Field(default=20.0, ge=0.2, le=120)


class BackupSettings(BaseModel):
    """Where this desk's backups go, and for whose key they are sealed. The key itself stands on paper."""

    model_config = ConfigDict(frozen=True)

    places: tuple[str, ...] = Field(min_length=1, max_length=3)
    recipient: str = Field(pattern=r"^age1[0-9a-z]{58}$")
    tag: str = Field(pattern=r"^[0-9a-f]{6}$")
    """Tells the backups of this computer from those of another desk of the same name in the same place."""


class HubSettings(BaseModel):
    """The hub of this desk: a server, or a file for trials and single buildings. The secret stands in the keyring.

    `ca` is the file of the certificate authority that the server is held to. The nightly sync has a moment of its own
    within four hours of `night_from`; with `every_minutes` the desk also syncs during the day.
    """

    model_config = ConfigDict(frozen=True)

    kind: Literal["server", "file"]
    host: str = Field(default="", max_length=253)
    port: int = Field(default=5432, ge=1, le=65_535)
    database: str = Field(default="", max_length=63)
    role: str = Field(min_length=1, max_length=63)
    ca: str = Field(default="", max_length=400)
    path: str = Field(default="", max_length=400)
    night_from: str = Field(default="20:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    every_minutes: int = Field(default=0, ge=0, le=240)


class Settings(BaseSettings):
    """What differs from desk to desk: file, name, language, looks."""

    model_config = SettingsConfigDict(frozen=True, env_prefix="CIVICDESK_", extra="ignore")

    database: Path = Path(_DIRS.user_data_dir) / "desk.db"
    desk: str = "desk-1"
    language: str = "tr"
    theme: str = "light"
    scale: float = Field(default=1.0, ge=1.0, le=2.0)
    lock_after_minutes: int = Field(default=5, ge=1, le=120)
    keyboard: str = "tr-q"
    shows_keyboard: str = "touch"
    is_silent: bool = False
    reader_gap_ms: int = Field(default=35, ge=5, le=200)
    reader_prefix: str = Field(default="", max_length=20)
    reader_suffix: Literal["key", "none"] = "key"
    reader_least: int = Field(default=8, ge=4, le=40)
    serial_readers: tuple[SerialReaderSettings, ...] = ()
    camera: str = ""
    printers: tuple[PrinterSettings, ...] = ()
    routes: dict[str, RouteSettings] = Field(default_factory=dict)
    mail: MailSettings | None = None
    bounces: BounceSettings | None = None
    backup: BackupSettings | None = None
    hub: HubSettings | None = None
    sheet_is_printed: bool = False
    sheet_folder: str = Field(default="", max_length=400)
    sheet_emails: tuple[str, ...] = Field(default=(), max_length=20)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, FILE)

    @classmethod
    def load(cls) -> tuple[Settings, Path | None]:
        """The settings; and, where the file holds what no desk can work by, where that file was put aside.

        What is sound in it still counts, above all which database is this desk's. Raises ValueError or OSError
        when the trouble is not in the file.
        """
        try:
            return cls(), None
        except (ValueError, OSError) as trouble:
            if not FILE.exists():
                raise
            aside = FILE.with_name(f"{FILE.name}.bad")
            sound = _sound_values(trouble)
            FILE.replace(aside)
            try:
                _write(FILE, sound)
                return cls(), aside
            except (ValueError, OSError):
                aside.replace(FILE)
                raise

    def printer(self, name: str) -> PrinterSettings | None:
        """The printer of this name, if this desk still has it."""
        return next((printer for printer in self.printers if printer.name == name), None)

    def route(self, kind: str) -> RouteSettings:
        """Where a kind of document goes; an empty route where nobody has said."""
        return self.routes.get(kind, RouteSettings())

    def with_(self, **values: object) -> Settings:
        """A copy with other values; `save` makes it last."""
        return self.model_copy(update=values)

    def save(self, file: Path | None = None) -> None:
        """Write what differs from the defaults."""
        _write(file or FILE, self.model_dump(mode="json", exclude_defaults=True))


def _sound_values(trouble: Exception) -> dict[str, object]:
    """What the file says, without what was complained of; nothing when it is no TOML at all."""
    try:
        said = tomllib.loads(FILE.read_text(encoding="utf-8"))
    except (ValueError, OSError):
        return {}
    complained = trouble.errors() if isinstance(trouble, ValidationError) else []
    return {name: value for name, value in said.items() if not any(name in one["loc"] for one in complained)}


def _write(file: Path, values: dict[str, object]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text(tomli_w.dumps(values), encoding="utf-8")
    part.replace(file)
