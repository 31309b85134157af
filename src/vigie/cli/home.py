"""Opening a home for a command: its settings, its databases, and who acts at the shell."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vigie import homes
from vigie.errors import BadInput, Conflict, RecordBroken

if TYPE_CHECKING:
    from vigie.accounts.actors import Actor

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="The home's folder; else VIGIE_HOME, else ./vigie-home.")
]
AsOption = Annotated[
    str, typer.Option("--as", help="Sign-in name of the person acting; the first of the home if not given.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON only.")]


_BOTH = ("default", "record")


class TablesBehind(Conflict):
    """The tables were made by another version of vigie."""


class DatabaseGone(RecordBroken):
    """A database file of the home is not there, or holds nothing."""


class NobodyHere(BadInput):
    """The person named does not sign in here, or holds no office."""


def open_home(given: Path | None, *, new: bool = False) -> homes.Home:
    """Set Django up on a home. new: its databases are still to be made.

    Raises BadHome when there is none, DatabaseGone, Conflict when another is open in this process.
    """
    path = homes.locate(given)
    home = homes.load(path)
    if not new and home.database is None:
        _check_files(home)
    already = os.environ.get("VIGIE_OPEN")
    if already and already != str(path):
        raise Conflict(
            "This process already has the home {open} open. Open {path} in another.", open=already, path=path
        )
    os.environ["VIGIE_HOME"] = str(path)
    os.environ["VIGIE_OPEN"] = str(path)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigie.config.settings")
    import django

    django.setup()
    return home


def _check_files(home: homes.Home) -> None:
    """Refuse to go on where SQLite would make an empty database: at an empty desk the next to be enrolled would be p-1 again."""
    for file in (home.record_db, home.desk_db):
        log = file.with_name(f"{file.name}-wal")
        if not any(path.exists() and path.stat().st_size for path in (file, log)):
            raise DatabaseGone(
                "The database {file} is missing or empty, and none was made in its place. Put it back from a backup.",
                file=file,
            )


def make_tables() -> None:
    """Make or bring up to date the tables of both databases, and on PostgreSQL the server's rights on them."""
    from django.core.management import call_command
    from django.db import connections, transaction

    from vigie.ledger.append_only import guards
    from vigie.ledger.grants import grants

    with as_owner() as server:
        for alias in _BOTH:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        for alias, role in server.items():
            connection = connections[alias]
            with transaction.atomic(using=alias), connection.cursor() as cursor:
                tables = connection.introspection.table_names(cursor)
                refusals = guards(connection.vendor) if alias == "record" else []
                for statement in (*refusals, *grants(role, connection.settings_dict["NAME"], tables)):
                    cursor.execute(statement)


def check_tables() -> None:
    """See that the tables are those of this version. Raises TablesBehind: they are altered after a backup, never in passing."""
    from vigie.ledger.backups.queries import behind

    waiting = behind()
    if waiting:
        raise TablesBehind(
            "The tables of this home are not those of this version of vigie: {count} changes wait. Bring them up to date with: vigie upgrade",
            count=len(waiting),
        )


@contextmanager
def as_owner() -> Iterator[dict[str, str]]:
    """Sign in to both databases as the role that owns their tables, to make or alter them.

    Gives the server's role of each database; nothing on SQLite, where the file's owner is the one who may.
    """
    from django.conf import settings
    from django.db import connections

    home: homes.Home = settings.VIGIE_HOME
    if home.database is None:
        yield {}
        return
    own = {alias: connections[alias].settings_dict for alias in _BOTH}
    for alias in _BOTH:
        connections[alias].close()
        connections[alias].settings_dict = {**own[alias], "USER": home.database.owner}
    try:
        yield {alias: own[alias]["USER"] for alias in _BOTH}
    finally:
        for alias in _BOTH:
            connections[alias].close()
            connections[alias].settings_dict = own[alias]


def acting(name: str = "") -> "Actor":
    """Give who acts at the shell: the person of that sign-in name, else the home's first.

    Who can run commands on the server has its files in hand; the record says `via: shell`.
    """
    from django.contrib.auth import get_user_model

    from vigie.accounts.queries import acting as acting_in

    people = get_user_model().objects.order_by("pk")
    person = people.filter(username=name).first() if name else people.first()
    if person is None:
        raise NobodyHere(
            "Nobody signs in here as {name!r}. List the people with: vigie officers list", name=name
        )
    actor = acting_in(f"p-{person.pk}", via="shell")
    if actor is None:
        raise NobodyHere(
            "{name} holds no office now. Give one with: vigie officers add", name=person.username
        )
    return actor


def person_named(name: str) -> str:
    """Give the opaque id of the person of that sign-in name. Raises NobodyHere."""
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.filter(username=name).first()
    if user is None:
        raise NobodyHere(
            "Nobody signs in here as {name!r}. List the people with: vigie officers list", name=name
        )
    return f"p-{user.pk}"


def out(value: Any, *, as_json: bool, text: str) -> None:
    """Print the answer: JSON only, or words."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str) if as_json else text)
