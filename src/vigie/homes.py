"""Where an instance lives: the folder, its `vigie.toml`, and what stands in it.

vigie.toml       who this home is, which schemes and zones it decides (none by default: then it receives)
record.sqlite3   the record and the rooms' tables
desk.sqlite3     credentials, sessions, drafts: never exported, never rebuilt
                 (both lie on PostgreSQL instead where vigie.toml has a table [database])
keys/            signing and sealing keys, readable by the owner alone
originals/       sealed bytes of what came in
public/          the static public site
backups/         copies to put back after a loss; say another place in vigie.toml
outbox/          messages that no configured channel could take, as files to send by hand
"""

import os
import re
import secrets
import shutil
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from shlex import quote
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec

from vigie import listening, postgresql, times
from vigie.errors import BadInput, Conflict
from vigie.waves import Waves

LANGUAGES = ("en", "fr")
"""Languages a home can speak: those its pages are written in."""

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
    def originals(self) -> Path:
        """The folder of sealed originals."""
        return self.path / "originals"

    def may_decide(self, scheme: str, zone: str) -> bool:
        """Say whether this home decides levels of `scheme` in `zone` (a zone covers its parts: FR covers FR-IDF)."""
        return any(
            d.scheme == scheme and any(zone == own or zone.startswith(own + "-") for own in d.zones)
            for d in self.decides
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
        raise BadHome(
            "There is no vigie home at {path}. Make one with: vigie init --home {path}", path=quote(str(path))
        ) from None
    except OSError as fault:
        raise BadHome(
            "{file} cannot be read: {fault}. A home is a folder whose vigie.toml this user may read.",
            file=file,
            fault=fault.strerror,
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadHome("{file} cannot be read: {fault}. Mend that line.", file=file, fault=fault) from None
    return _home(path, file, data)


class _Decides(msgspec.Struct, forbid_unknown_fields=True):
    scheme: str
    zones: list[str]


_Label = Literal["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]


class _Send(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    channels: list[str] = []
    ceilings: dict[str, _Label] = {}


class _Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kinds: tuple[str, ...] = ()
    gateway: Annotated[str, msgspec.Meta(pattern=r"^([a-z0-9][a-z0-9-]{0,31})?$")] = ""


class _Clock(msgspec.Struct, forbid_unknown_fields=True):
    start: Any  # text, or a date as TOML writes it
    real: Any


class _Paging(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    deputies_after: Annotated[int, msgspec.Meta(ge=1, le=1440)] = 10


_Days = Annotated[int, msgspec.Meta(ge=0, le=36500)]


class _Backup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    folder: str = "backups"
    every_days: _Days = 0
    keep: Annotated[int, msgspec.Meta(ge=1, le=36500)] = 30
    keys_days: Annotated[int, msgspec.Meta(ge=1, le=36500)] = 35
    rehearse_days: _Days = 30


class _Database(msgspec.Struct, forbid_unknown_fields=True):
    record: str
    desk: str
    owner: str


_Words = Annotated[str, msgspec.Meta(min_length=1)]


class _Provider(msgspec.Struct, forbid_unknown_fields=True):
    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")]
    name: _Words
    issuer: _Words
    client: _Words
    secret: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]  # a file's name, no path


class _SignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    step_up: Literal["any", "passkey"] = "any"
    provider: tuple[_Provider, ...] = ()


class _Sessions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    idle_minutes: Annotated[int, msgspec.Meta(ge=1, le=1440)] = 60
    longest_minutes: Annotated[int, msgspec.Meta(ge=1, le=1440)] = 600


class _Settings(msgspec.Struct, forbid_unknown_fields=True):
    """What a vigie.toml may hold, and of which type: `exercise = "no"` must not read as yes."""

    instance: str = ""
    title: str = ""
    exercise: bool = False
    frame: str = "EXERCISE"
    languages: tuple[str, ...] = LANGUAGES
    zone: str = "Europe/Paris"
    address: str = "http://localhost:8000"
    decides: list[_Decides] = []
    send: _Send = _Send()
    paging: _Paging = _Paging()
    clock: _Clock | None = None
    database: _Database | None = None
    witnesses: Witnesses | None = None
    time_stamps: TimeStamps | None = None
    sign_in: _SignIn = _SignIn()
    sessions: _Sessions = _Sessions()
    retention: Retention = _USUAL
    backup: _Backup = _Backup()
    waves: Waves = _USUAL_WAVES
    texts: _Texts = _Texts()
    feeds: Any = ()  # read by `listening`, which says what of them cannot be


def _home(path: Path, file: Path, data: dict[str, Any]) -> Home:
    known = _Settings.__struct_fields__
    unknown = sorted(set(data) - set(known))
    if unknown:
        raise BadHome(
            "{file} has {unknown}, which vigie does not know. Known: {known}.",
            file=file,
            unknown=", ".join(unknown),
            known=", ".join(sorted(known)),
        )
    try:
        given = msgspec.convert(data, _Settings)
    except msgspec.ValidationError as fault:
        if "$.decides" in str(fault):
            raise BadHome(
                "{file}: {fault}. Write [[decides]] with scheme = … and zones = […].", file=file, fault=fault
            ) from None
        if "$.witnesses" in str(fault):
            raise BadHome(
                "{file}: {fault}. Write [witnesses] with need = …, and [[witnesses.of]] with name, url and vkey for each.",
                file=file,
                fault=fault,
            ) from None
        raise BadHome("{file}: {fault}. Mend that line.", file=file, fault=fault) from None
    if not _NAME.fullmatch(given.instance):
        raise BadHome(
            "{file}: instance is {instance!r}. Expected 2 to 63 small letters, digits or hyphens.",
            file=file,
            instance=given.instance,
        )
    strange = [language for language in given.languages if language not in LANGUAGES]
    if strange or not given.languages:
        raise BadHome(
            "{file}: languages is {given}. Expected one or more of: {known}.",
            file=file,
            given=list(given.languages),
            known=", ".join(LANGUAGES),
        )
    times.time_zone(given.zone)
    clock = given.clock
    return Home(
        path=path,
        instance=given.instance,
        title=given.title or given.instance,
        exercise=given.exercise,
        frame=given.frame if given.exercise else "",
        languages=given.languages,
        zone=given.zone,
        address=_checked_address(file, given.address),
        decides=tuple(Decides(d.scheme, tuple(d.zones)) for d in given.decides),
        channels=tuple(given.send.channels),
        ceilings=_checked_ceilings(file, given.send),
        deputies_after=timedelta(minutes=given.paging.deputies_after),
        clock_start=times.parse(str(clock.start)) if clock else None,
        clock_real=times.parse(str(clock.real)) if clock else None,
        retention=given.retention,
        database=_checked_database(file, given.database) if given.database else None,
        witnesses=_checked_witnesses(file, given.witnesses),
        time_stamps=_checked_time_stamps(file, given.time_stamps),
        step_up=given.sign_in.step_up,
        providers=_providers(path, file, given.sign_in.provider),
        texts=given.texts.kinds,
        gateway=given.texts.gateway,
        waves=_checked_waves(file, given.waves),
        session_idle=timedelta(minutes=given.sessions.idle_minutes),
        session_longest=timedelta(minutes=given.sessions.longest_minutes),
        backup=Backups(
            (path / given.backup.folder).resolve(),
            given.backup.every_days,
            given.backup.keep,
            given.backup.keys_days,
            given.backup.rehearse_days,
        ),
        feeds=_feeds(path, file, given.feeds),
    )


def _feeds(path: Path, file: Path, given: Any) -> tuple[listening.Feed, ...]:
    try:
        return listening.read(given, path)
    except listening.BadFeed as fault:
        raise BadHome("{file}: {fault}", file=file, fault=fault) from None


def _checked_database(file: Path, given: _Database) -> postgresql.Postgresql:
    record, desk = postgresql.read(given.record), postgresql.read(given.desk)
    if record.of("") == desk.of("") and record.name == desk.name:
        raise BadHome(
            "{file}: record and desk name the same database, {name}. Give each its own: the record is exported and the desk never is.",
            file=file,
            name=record.name,
        )
    if not record.user or given.owner in {"", record.user, desk.user}:
        raise BadHome(
            "{file}: the databases are used as {user!r} and owned by {owner!r}. Expected two roles: the server's may add to the record and the owner's may alter its tables.",
            file=file,
            user=record.user,
            owner=given.owner,
        )
    return postgresql.Postgresql(record, desk, given.owner)


def _checked_witnesses(file: Path, given: Witnesses | None) -> Witnesses:
    if given is None:
        return NO_WITNESSES
    if not 1 <= given.need <= len(given.of):
        raise BadHome(
            "{file}: [witnesses] needs {need} of {count} witnesses. Expected 1 or more, and as many [[witnesses.of]] or fewer.",
            file=file,
            need=given.need,
            count=len(given.of),
        )
    for place, witness in enumerate(given.of):
        if not (0 < len(witness.name) <= 60 and witness.name.isprintable() and _is_site(witness.url)):
            raise BadHome(
                "{file}: the witness {name!r} at {url!r}. Expected a name of at most 60 letters, and an address such as https://witness.example.org.",
                file=file,
                name=witness.name,
                url=witness.url,
            )
        if any(witness.name == other.name or witness.vkey == other.vkey for other in given.of[:place]):
            raise BadHome(
                "{file}: the witness {name} is listed twice, by its name or by its key. One witness counts once.",
                file=file,
                name=witness.name,
            )
    return given


def _checked_ceilings(file: Path, given: _Send) -> tuple[tuple[str, str], ...]:
    kinds = sorted({channel.partition("://")[0] for channel in given.channels})
    for kind in given.ceilings:
        if kind not in kinds:
            raise BadHome(
                "{file}: [send.ceilings] names {kind}, and no channel begins with {kind}://. The channels are of the kinds: {kinds}.",
                file=file,
                kind=kind,
                kinds=", ".join(kinds) or "none",
            )
    return tuple(given.ceilings.items())


def _checked_waves(file: Path, given: Waves) -> Waves:
    for name, pace in (("urgent", given.urgent), ("other", given.other)):
        if pace.superiors_after and pace.superiors_after < pace.deputies_after:
            raise BadHome(
                "{file}: [waves.{name}] writes to superiors after {superiors} minutes and to deputies after {deputies}. Expected "
                "superiors after deputies, or 0 for never.",
                file=file,
                name=name,
                superiors=pace.superiors_after,
                deputies=pace.deputies_after,
            )
        if pace.reminders and not pace.remind_every >= 15:
            raise BadHome(
                "{file}: [waves.{name}] reminds every {minutes} minutes. Expected 15 to 10080, or reminders = 0 for none.",
                file=file,
                name=name,
                minutes=pace.remind_every,
            )
    return given


def _checked_time_stamps(file: Path, given: TimeStamps | None) -> TimeStamps | None:
    if given is not None and not (_is_site(given.url) and given.certificates):
        raise BadHome(
            "{file}: [time_stamps] has the address {url!r} and the certificates {certificates!r}. Expected an address such as "
            "https://tsa.example.org and a file of PEM certificates.",
            file=file,
            url=given.url,
            certificates=given.certificates,
        )
    return given


def _providers(path: Path, file: Path, given: tuple[_Provider, ...]) -> tuple[Provider, ...]:
    ids = [one.id for one in given]
    if len(set(ids)) != len(ids):
        raise BadHome("{file}: two providers of sign_in have one id. Give each its own.", file=file)
    for one in given:
        site = urlsplit(one.issuer)
        # Without TLS anybody on the way could say who signs in; a provider on this machine is the exception.
        if not site.hostname or (site.scheme != "https" and site.hostname not in {"localhost", "127.0.0.1"}):
            raise BadHome(
                "{file}: issuer is {issuer!r}. Expected an address that begins with https://.",
                file=file,
                issuer=one.issuer,
            )
    return tuple(Provider(o.id, o.name, o.issuer, o.client, path / "keys" / o.secret) for o in given)


def _is_site(address: str) -> bool:
    try:
        site = urlsplit(address)
        return site.scheme in {"http", "https"} and bool(site.hostname) and site.port != 0
    except ValueError:  # a port beyond 65535, a bracket left open
        return False


def _checked_address(file: Path, address: str) -> str:
    if not _is_site(address):
        raise BadHome(
            "{file}: address is {address!r}. Expected where people open the console, such as https://vigie.example.org.",
            file=file,
            address=address,
        )
    return address


def create(path: Path, *, title: str, instance: str | None = None, toml: str = "") -> Home:
    """Make a new home's folder and vigie.toml; `toml` holds further settings as they stand in the file.

    Raises HomeTaken when the folder already holds one, or holds anything else.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise HomeTaken(
            "{path} is not empty. Give another folder with --home, or use the home that is there.", path=path
        )
    instance = instance or f"vigie-{secrets.token_hex(4)}"
    made = not path.exists()
    try:
        for folder in (path, path / "keys", path / "public", path / "originals", path / "outbox"):
            folder.mkdir(parents=True, exist_ok=True)
        for name in ("keys", "originals", "outbox"):
            (path / name).chmod(0o700)
        (path / "vigie.toml").write_text(
            f'instance = "{instance}"\ntitle = {_quoted(title)}\n{toml}', encoding="utf-8"
        )
        home = load(path)
        if home.database is None:
            for file in (home.record_db, home.desk_db):
                file.touch(0o600)  # SQLite gives its journals the rights of the file beside them
    except BaseException:
        _emptied(path, gone=made)
        raise
    return home


def _emptied(path: Path, *, gone: bool) -> None:
    """Take away what a failed `create` left: the folder was empty or absent, so all in it is ours."""
    if gone:
        shutil.rmtree(path, ignore_errors=True)
        return
    for inner in path.iterdir():
        shutil.rmtree(inner) if inner.is_dir() else inner.unlink()


def _quoted(given: str) -> str:
    escaped = given.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c for c in escaped if c.isprintable()) + '"'
