"""`vigie database`: the roles, databases, tables and rights of a home that lies on PostgreSQL."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vigie import homes, postgresql
from vigie.cli.home import HomeOption, JsonOption, make_tables, open_home, out
from vigie.errors import BadInput

if TYPE_CHECKING:
    from psycopg import Connection

AdminOption = Annotated[
    str,
    typer.Option(
        "--admin",
        metavar="URL",
        help="How one who may make roles and databases signs in; else over the local socket, under your own name.",
    ),
]

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="The databases of a home on PostgreSQL: prepare."
)


class OnFiles(BadInput):
    """The home keeps its databases as files: there is no server to prepare."""


@app.callback()
def group() -> None:
    """Hold the databases of a home on PostgreSQL."""


@app.command()
def prepare(admin: AdminOption = "", home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Make what is missing: roles, databases, tables, and exactly the rights the server needs. Again changes nothing."""
    here = homes.load(homes.locate(home))
    if here.database is None:
        raise OnFiles(
            "The home {path} keeps its databases as files, and they need no preparing. To use PostgreSQL, make a new home with: vigie init --database URL",
            path=here.path,
        )
    done = make_place(here.database, postgresql.passfile(here.keys), admin)
    open_home(here.path)
    make_tables()
    out(
        {"made": done},
        as_json=as_json,
        text="\n".join([*done, "Tables and rights are as this version of vigie needs them."]),
    )


def make_place(place: postgresql.Postgresql, passfile: Path, admin: str = "") -> list[str]:
    """Make the roles and databases that are missing. Gives what was done, a sentence each; nothing where all can sign in.

    passfile: where new passwords are kept; admin: address of one who may make roles, "" for the local socket.
    """
    postgresql.need_driver()
    wanted = [address for own in (place.record, place.desk) for address in (own, own.as_(place.owner))]
    if all(_signs_in(address, passfile) for address in wanted):
        return []
    with _connected(_administrator(place, admin), None) as hand:
        roles = [_role(hand, address.of("postgres"), passfile) for address in wanted]
        databases = [_database(hand, address.name, place.owner) for address in (place.record, place.desk)]
    return [said for said in (*roles, *databases) if said]


def _role(hand: "Connection[Any]", address: postgresql.Address, passfile: Path) -> str:
    there = hand.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [address.user]).fetchone()
    if there and (_signs_in(address, passfile) or _has_line(address, passfile)):
        return ""
    password = secrets.token_urlsafe(24)
    # Hashed here: in plain text it would stand in the server's log.
    hashed = hand.pgconn.encrypt_password(password.encode(), address.user.encode(), b"scram-sha-256").decode()
    role = postgresql.quoted(address.user)
    hand.execute(f"{'ALTER' if there else 'CREATE'} ROLE {role} LOGIN PASSWORD '{hashed}'".encode())
    _keep(passfile, postgresql.passfile_line(address, password))
    return f"{'A new password for the' if there else 'The'} role {address.user}; its password stands in {passfile}."


def _database(hand: "Connection[Any]", name: str, owner: str) -> str:
    if hand.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return ""
    role = postgresql.quoted(owner)
    hand.execute(f"GRANT {role} TO CURRENT_USER".encode())  # only a member may make what a role owns
    # Sorted by bytes, as SQLite does: the same lists in the same order on both.
    hand.execute(
        f"CREATE DATABASE {postgresql.quoted(name)} OWNER {role} TEMPLATE template0 "
        f"ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'".encode()
    )
    hand.execute(f"REVOKE {role} FROM CURRENT_USER".encode())
    return f"The database {name}, owned by {owner}."


def _administrator(place: postgresql.Postgresql, admin: str) -> postgresql.Address:
    if admin:
        return postgresql.read(admin, password=True)
    near = place.record.host in {"", "localhost", "127.0.0.1", "::1"}
    return postgresql.Address(
        "postgres",
        "",
        "" if near else place.record.host,
        place.record.port,
        parameters=() if near else place.record.parameters,
    )


def _connected(address: postgresql.Address, passfile: Path | None) -> "Connection[Any]":
    import psycopg

    return psycopg.connect(**address.libpq(passfile), autocommit=True)


def _signs_in(address: postgresql.Address, passfile: Path) -> bool:
    import psycopg

    with suppress(psycopg.OperationalError), _connected(address, passfile):
        return True
    return False


def _has_line(address: postgresql.Address, passfile: Path) -> bool:
    """Say whether a password for this role is kept: a server that then refuses it needs mending, not another password."""
    start = postgresql.passfile_line(address, "")
    return passfile.exists() and any(line.startswith(start) for line in passfile.read_text().splitlines())


def _keep(passfile: Path, line: str) -> None:
    # libpq passes over a password file that others may read.
    with os.fdopen(os.open(passfile, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as stream:
        stream.write(line + "\n")
