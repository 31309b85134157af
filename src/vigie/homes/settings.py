"""What vigie.toml may hold, and of which type: `exercise = "no"` must not read as yes."""

from typing import Annotated, Any, Literal

import msgspec

from vigie.homes.home import LANGUAGES, Retention, TimeStamps, Witnesses
from vigie.markings import Label
from vigie.waves import Waves


class _Decides(msgspec.Struct, forbid_unknown_fields=True):
    scheme: str
    zones: list[str]


class Send(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How messages leave, and the gravest marking each kind of channel carries."""

    channels: list[str] = []
    ceilings: dict[str, Label] = {}


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


class Database(msgspec.Struct, forbid_unknown_fields=True):
    """Where record and desk lie on PostgreSQL, and the role that owns them."""

    record: str
    desk: str
    owner: str


_Words = Annotated[str, msgspec.Meta(min_length=1)]


class ProviderGiven(msgspec.Struct, forbid_unknown_fields=True):
    """A provider as it is written down: its secret is the name of a file."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")]
    name: _Words
    issuer: _Words
    client: _Words
    secret: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]  # a file's name, no path


class _SignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    step_up: Literal["any", "passkey"] = "any"
    provider: tuple[ProviderGiven, ...] = ()


class _Sessions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    idle_minutes: Annotated[int, msgspec.Meta(ge=1, le=1440)] = 60
    longest_minutes: Annotated[int, msgspec.Meta(ge=1, le=1440)] = 600


class Settings(msgspec.Struct, forbid_unknown_fields=True):
    """All that a vigie.toml may hold."""

    instance: str = ""
    title: str = ""
    exercise: bool = False
    frame: str = "EXERCISE"
    languages: tuple[str, ...] = LANGUAGES
    zone: str = "Europe/Paris"
    address: str = "http://localhost:8000"
    decides: list[_Decides] = []
    send: Send = Send()
    paging: _Paging = _Paging()
    clock: _Clock | None = None
    database: Database | None = None
    witnesses: Witnesses | None = None
    time_stamps: TimeStamps | None = None
    sign_in: _SignIn = _SignIn()
    sessions: _Sessions = _Sessions()
    retention: Retention = Retention()
    backup: _Backup = _Backup()
    waves: Waves = Waves()
    texts: _Texts = _Texts()
    feeds: Any = ()  # read by `listening`, which says what of them cannot be
