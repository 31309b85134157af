"""Where an instance lives: the folder, its `vigie.toml`, and what stands in it.

    vigie.toml       who this home is, which schemes and zones it decides (none by default: then it receives)
    record.sqlite3   the record and the rooms' tables
    desk.sqlite3     credentials, sessions, drafts: never exported, never rebuilt
    keys/            signing and sealing keys, readable by the owner alone
    originals/       sealed bytes of what came in
    public/          the static public site
    outbox/          messages that no configured channel could take, as files to send by hand
"""

import os
import re
import secrets
import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from vigie import times
from vigie.errors import BadInput, Conflict

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,62}")


class BadHome(BadInput):
    """The folder is not a home, or its vigie.toml says something that cannot be."""


class HomeTaken(Conflict):
    """The folder already holds an instance."""


@dataclass(frozen=True)
class Decides:
    """A scheme and the zones of it that this home may decide itself."""

    scheme: str
    zones: tuple[str, ...]


@dataclass(frozen=True)
class Home:
    """An instance's folder and settings, as read from its vigie.toml."""

    path: Path
    instance: str
    title: str
    exercise: bool = False
    frame: str = ""
    languages: tuple[str, ...] = ("en", "fr")
    zone: str = "Europe/Paris"
    address: str = "http://localhost:8000"
    decides: tuple[Decides, ...] = ()
    channels: tuple[str, ...] = ()
    clock_start: datetime | None = None
    clock_real: datetime | None = None
    retention: dict[str, int] = field(default_factory=dict)

    @property
    def record_db(self) -> Path:
        """The SQLite file of the record and the rooms."""
        return self.path / "record.sqlite3"

    @property
    def desk_db(self) -> Path:
        """The SQLite file of credentials, sessions and drafts."""
        return self.path / "desk.sqlite3"

    @property
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
    def originals(self) -> Path:
        """The folder of sealed originals."""
        return self.path / "originals"

    def may_decide(self, scheme: str, zone: str) -> bool:
        """Say whether this home decides levels of `scheme` in `zone` (a zone covers its parts: FR covers FR-IDF)."""
        return any(
            d.scheme == scheme and any(zone == own or zone.startswith(own + "-") for own in d.zones) for d in self.decides
        )


def locate(given: str | Path | None = None) -> Path:
    """Give the home's folder: the one named, else VIGIE_HOME, else ./vigie-home."""
    return Path(given or os.environ.get("VIGIE_HOME") or "vigie-home").expanduser().resolve()


def load(path: Path) -> Home:
    """Read a home's vigie.toml. Raises BadHome when there is none or when it cannot be."""
    file = path / "vigie.toml"
    try:
        with file.open("rb") as stream:
            data = tomllib.load(stream)
    except FileNotFoundError:
        raise BadHome("There is no vigie home at {path}. Make one with: vigie init --home {path}", path=path) from None
    except tomllib.TOMLDecodeError as fault:
        raise BadHome("{file} cannot be read: {fault}. Mend that line.", file=file, fault=fault) from None
    return _home(path, file, data)


def _home(path: Path, file: Path, data: dict[str, Any]) -> Home:
    known = {"instance", "title", "exercise", "frame", "languages", "zone", "address", "decides", "send", "clock", "retention"}
    unknown = sorted(set(data) - known)
    if unknown:
        raise BadHome(
            "{file} has {unknown}, which vigie does not know. Known: {known}.",
            file=file,
            unknown=", ".join(unknown),
            known=", ".join(sorted(known)),
        )
    instance = str(data.get("instance", ""))
    if not _NAME.fullmatch(instance):
        raise BadHome(
            "{file}: instance is {instance!r}. Expected 2 to 63 small letters, digits or hyphens.", file=file, instance=instance
        )
    decides = tuple(Decides(str(d["scheme"]), tuple(map(str, d["zones"]))) for d in _tables(file, data, "decides"))
    clock = data.get("clock", {})
    zone = str(data.get("zone", "Europe/Paris"))
    times.time_zone(zone)
    return Home(
        path=path,
        instance=instance,
        title=str(data.get("title", instance)),
        exercise=bool(data.get("exercise", False)),
        frame=str(data.get("frame", "EXERCISE")) if data.get("exercise") else "",
        languages=tuple(data.get("languages", ("en", "fr"))),
        zone=zone,
        address=str(data.get("address", "http://localhost:8000")),
        decides=decides,
        channels=tuple(map(str, data.get("send", {}).get("channels", ()))),
        clock_start=times.parse(str(clock["start"])) if "start" in clock else None,
        clock_real=times.parse(str(clock["real"])) if "real" in clock else None,
        retention={str(k): int(v) for k, v in data.get("retention", {}).items()},
    )


def _tables(file: Path, data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    tables = data.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(t, dict) and {"scheme", "zones"} <= set(t) for t in tables):
        raise BadHome(
            "{file}: {name} is not a list of tables with scheme and zones. Write [[{name}]] with scheme = … and zones = […].",
            file=file,
            name=name,
        )
    return tables


def create(path: Path, *, title: str, instance: str | None = None, toml: str = "") -> Home:
    """Make a new home's folder and vigie.toml; `toml` holds further settings as they stand in the file.

    Raises HomeTaken when the folder already holds one, or holds anything else.
    """
    if path.exists() and any(path.iterdir()):
        raise HomeTaken("{path} is not empty. Give another folder with --home, or use the home that is there.", path=path)
    instance = instance or f"vigie-{secrets.token_hex(4)}"
    for folder in (path, path / "keys", path / "public", path / "originals", path / "outbox"):
        folder.mkdir(parents=True, exist_ok=True)
    (path / "keys").chmod(0o700)
    (path / "originals").chmod(0o700)
    (path / "vigie.toml").write_text(f'instance = "{instance}"\ntitle = {_quoted(title)}\n{toml}', encoding="utf-8")
    return load(path)


def _quoted(given: str) -> str:
    escaped = given.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c for c in escaped if c.isprintable()) + '"'
