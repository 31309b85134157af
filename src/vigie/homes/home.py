"""Where an instance lives: the folder, its `vigie.toml`, and what stands in it.

vigie.toml       who this home is, which schemes and zones it decides (none by default: then it receives)
record.sqlite3   the record and the rooms' tables
desk.sqlite3     credentials, sessions, drafts: never exported, never rebuilt
                 (both lie on PostgreSQL instead where vigie.toml has a table [database])
keys/            signing and sealing keys, readable by the owner alone
editions/        files of the schemes that levels stand under, by their SHA-256
originals/       sealed bytes of what came in
public/          the static public site
backups/         copies to put back after a loss; say another place in vigie.toml
outbox/          messages that no configured channel could take, as files to send by hand
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec

from vigie import listening, postgresql
from vigie.errors import BadInput
from vigie.waves import Waves

LANGUAGES = ("en", "fr")
"""Languages a home can speak: those its pages are written in."""


class BadHome(BadInput):
    """The folder is not a home, or its vigie.toml says something that cannot be."""


@dataclass(frozen=True)
class Decides:
    """A scheme and the zones of it that this home may decide itself."""

    scheme: str
    zones: tuple[str, ...]


class Witness(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One who countersigns this home's checkpoints: a name of ours, where it answers, its verifier key."""

    name: str
    url: str
    vkey: str


class Witnesses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who countersigns this home's checkpoints.

    need: how many must, and how many are believed on their bare word when they say the record is not what it was;
    stop: writing stops while fewer than that have countersigned the newest checkpoint.
    """

    need: int
    stop: bool = False
    of: tuple[Witness, ...] = ()


NO_WITNESSES = Witnesses(need=0)


class TimeStamps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The authority that dates solemn checkpoints (RFC 3161): where it answers, and the file of certificates it is trusted by.

    certificates: PEM, in the home's folder unless the path is absolute.
    """

    url: str
    certificates: str

    @property
    def authority(self) -> str:
        """The authority's name: the host it answers at."""
        return urlsplit(self.url).hostname or self.url


@dataclass(frozen=True)
class Provider:
    """An OpenID provider whose word this home takes on who signs in; nobody enters without an explicit link.

    id: part of the address it sends people back to; name: words on the button; issuer: address of its configuration;
    client: what it calls this home; secret: file that holds what the two share.
    """

    id: str
    name: str
    issuer: str
    client: str
    secret: Path

    def shared_secret(self) -> str:
        """Read the secret. Raises BadHome when the file is missing, empty, or open to others than its owner."""
        try:
            if self.secret.stat().st_mode & 0o077:
                raise BadHome(
                    "{file} can be read by others than its owner. Close it: chmod 600 {file}",
                    file=self.secret,
                )
            text = self.secret.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as fault:
            raise BadHome(
                "The secret of {name} cannot be read from {file}: {fault}. Put what the provider gave into that file.",
                name=self.name,
                file=self.secret,
                fault=getattr(fault, "strerror", None) or "it is not text",
            ) from None
        if not text:
            raise BadHome(
                "{file} is empty. Put the secret that {name} gave into it.", file=self.secret, name=self.name
            )
        return text


_Term = Annotated[int, msgspec.Meta(ge=0, le=36_500)]


class Retention(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many days what is kept; 0: for good. docs/erasure.md says of each from when it is counted, and why so long."""

    reports: _Term = 365
    contacts: _Term = 90
    answers: _Term = 365
    patrols: _Term = 30
    logs: _Term = 365
    signatures: _Term = 3650


_USUAL = Retention()
_USUAL_WAVES = Waves()


@dataclass(frozen=True)
class Backups:
    """How copies of the home are kept.

    folder: where; every_days: how often `vigie tick` makes one, 0 for never; keep: archives of data kept; keys_days: how
    long archives of keys are kept, and hence how long what was erased could still be read in a copy; rehearse_days: how
    often `vigie tick` puts the newest back beside the home to see that it holds, 0 for never.
    """

    folder: Path
    every_days: int = 0
    keep: int = 30
    keys_days: int = 35
    rehearse_days: int = 30


@dataclass(frozen=True)
class Home:
    """An instance's folder and settings, as read from its vigie.toml."""

    path: Path
    instance: str
    title: str
    exercise: bool = False
    frame: str = ""
    languages: tuple[str, ...] = LANGUAGES
    zone: str = "Europe/Paris"
    address: str = "http://localhost:8000"
    decides: tuple[Decides, ...] = ()
    channels: tuple[str, ...] = ()
    ceilings: tuple[tuple[str, str], ...] = ()
    deputies_after: timedelta = timedelta(minutes=10)
    clock_start: datetime | None = None
    clock_real: datetime | None = None
    database: postgresql.Postgresql | None = None
    witnesses: Witnesses = NO_WITNESSES
    time_stamps: TimeStamps | None = None
    step_up: Literal["any", "passkey"] = "any"
    providers: tuple[Provider, ...] = ()
    session_idle: timedelta = timedelta(minutes=60)
    session_longest: timedelta = timedelta(hours=10)
    retention: Retention = _USUAL
    backup: Backups | None = None
    waves: Waves = _USUAL_WAVES
    texts: tuple[str, ...] = ()
    gateway: str = ""
    feeds: tuple[listening.Feed, ...] = ()

    @property
    def backups(self) -> Backups:
        """How copies of this home are kept: as vigie.toml says, else in its folder `backups`, by hand."""
        return self.backup or Backups(self.path / "backups")

    @property
    def record_db(self) -> Path:
        """The SQLite file of the record and the rooms."""
        return self.path / "record.sqlite3"

    @property
    def desk_db(self) -> Path:
        """The SQLite file of credentials, sessions and drafts."""
        return self.path / "desk.sqlite3"

    @cached_property
    def keys(self) -> Path:
        """The folder of keys."""
        return self.path / "keys"

    @property
    def public(self) -> Path:
        """The folder of the static public site."""
        return self.path / "public"

    @property
    def outbox(self) -> Path:
        """The folder of messages to send by hand."""
        return self.path / "outbox"

    @property
    def editions(self) -> Path:
        """The folder of the files of schemes that levels stand under."""
        return self.path / "editions"

    @property
    def originals(self) -> Path:
        """The folder of sealed originals."""
        return self.path / "originals"

    def may_decide(self, scheme: str, zone: str) -> bool:
        """Say whether this home decides levels of `scheme` in `zone` (a zone covers its parts: FR covers FR-IDF)."""
        return any(
            d.scheme == scheme and any(zone == own or zone.startswith(own + "-") for own in d.zones)
            for d in self.decides
        )
