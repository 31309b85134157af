"""Where a home's databases lie when they lie on PostgreSQL: addresses as vigie.toml writes them, and who may do what there.

Passwords never stand in vigie.toml. libpq reads them itself, from the file that PGPASSFILE names, else from the home's
`keys/pgpass`, else from `~/.pgpass`; over a local socket none is needed (PostgreSQL's `peer`).
"""

import os
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from vigie.errors import BadInput

_SCHEMES = {"postgresql", "postgres"}
_PARAMETERS = frozenset(
    {
        "host",
        "connect_timeout",
        "sslmode",
        "sslrootcert",
        "sslcert",
        "sslkey",
        "sslcrl",
        "target_session_attrs",
    }
)
"""Parameters of libpq that an address may carry after its `?`."""


class BadDatabase(BadInput):
    """An address of a PostgreSQL database that cannot be read, or that carries what it must not."""


@dataclass(frozen=True)
class Address:
    """One database: its name, who signs in there, on which machine.

    host "" is the local socket; port 0 is PostgreSQL's own, 5432; parameters are libpq's (sslmode and the like).
    """

    name: str
    user: str
    host: str = ""
    port: int = 0
    password: str = ""
    parameters: tuple[tuple[str, str], ...] = ()

    def as_(self, user: str) -> "Address":
        """Give the same place for another role."""
        return replace(self, user=user, password="")

    def of(self, name: str) -> "Address":
        """Give another database of the same server."""
        return replace(self, name=name)

    def libpq(self, passfile: Path | None) -> dict[str, Any]:
        """Give the parameters libpq connects by. passfile: what `passfile` gave; libpq's own where there is none."""
        own = {"dbname": self.name, "host": self.host, "user": self.user, "password": self.password}
        given: dict[str, Any] = {"connect_timeout": 10, **dict(self.parameters)}
        given |= {name: value for name, value in own.items() if value}
        if self.port:
            given["port"] = self.port
        if passfile and passfile.exists():
            given["passfile"] = str(passfile)
        return given

    def __str__(self) -> str:
        """Write the address as vigie.toml holds it: never with the password."""
        port = f":{self.port}" if self.port else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        more = f"?{urlencode(self.parameters, safe='/')}" if self.parameters else ""
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        return f"postgresql://{user}{host}{port}/{quote(self.name, safe='')}{more}"


def read(text: str, *, password: bool = False) -> Address:
    """Read `postgresql://role@host:port/database?sslmode=…`. password: whether one may stand in it.

    Raises BadDatabase saying what does not fit.
    """
    try:
        parts = urlsplit(text)
        port = parts.port or 0
        parameters = tuple(parse_qsl(parts.query, strict_parsing=True)) if parts.query else ()
    except ValueError as fault:
        raise BadDatabase(
            "The database {text!r} cannot be read: {fault}. {form}", text=text, fault=fault, form=_FORM
        ) from None
    if parts.scheme not in _SCHEMES or not parts.path.strip("/"):
        raise BadDatabase("The database is {text!r}. {form}", text=text, form=_FORM)
    if parts.password and not password:
        raise BadDatabase(
            "The address of the database {name} holds a password, and vigie.toml is no place for one. "
            "Put it into keys/pgpass, as a line host:port:database:role:password.",
            name=parts.path.strip("/"),
        )
    strange = sorted({name for name, _ in parameters} - _PARAMETERS)
    if strange:
        raise BadDatabase(
            "The database {name} has {strange} after its «?». Possible there: {known}.",
            name=parts.path.strip("/"),
            strange=", ".join(strange),
            known=", ".join(sorted(_PARAMETERS)),
        )
    return Address(
        name=unquote(parts.path.strip("/")),
        user=unquote(parts.username or ""),
        host=unquote(parts.hostname or ""),
        port=port,
        password=unquote(parts.password or ""),
        parameters=parameters,
    )


_FORM = "Expected postgresql://role@host:port/database."


@dataclass(frozen=True)
class Postgresql:
    """A home's two databases as its server signs in to them, and the role that owns their tables.

    The server's role adds to the record and cannot change it; `owner` makes and alters tables, and signs in only
    for that: `vigie database prepare`, `vigie record rebuild`.
    """

    record: Address
    desk: Address
    owner: str


class NoDriver(BadInput):
    """The package that speaks to PostgreSQL is not installed."""


def need_driver() -> None:
    """Raise NoDriver where psycopg is not installed."""
    if find_spec("psycopg") is None:
        raise NoDriver(
            "The package that speaks to PostgreSQL is not installed. Install it with: pip install 'vigie[postgresql]'"
        )


def passfile(keys: Path) -> Path:
    """Give the file of passwords: the one PGPASSFILE names, else `pgpass` in the home's folder of keys."""
    return Path(os.environ.get("PGPASSFILE") or keys / "pgpass")


def found(given: str) -> Postgresql:
    """Name the databases and roles of a new home from one address: `postgresql://host/vigie` gives vigie_record and so on."""
    place = read(given)
    server = place.as_(place.name)
    return Postgresql(
        server.of(f"{place.name}_record"), server.of(f"{place.name}_desk"), f"{place.name}_owner"
    )


def passfile_line(address: Address, password: str) -> str:
    """Write one line of libpq's password file: host:port:database:role:password, for every database of that server."""
    parts = (address.host or "localhost", str(address.port or "*"), "*", address.user, password)
    return ":".join(part.replace("\\", "\\\\").replace(":", "\\:") for part in parts)


def quoted(name: str) -> str:
    """Write a name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'
