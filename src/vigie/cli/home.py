"""Opening a home for a command: its settings, its databases, and who acts at the shell."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vigie import homes
from vigie.errors import BadInput, Conflict

if TYPE_CHECKING:
    from vigie.accounts.actors import Actor

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="The home's folder; else VIGIE_HOME, else ./vigie-home.")
]
AsOption = Annotated[
    str, typer.Option("--as", help="Sign-in name of the person acting; the first of the home if not given.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON only.")]


class NobodyHere(BadInput):
    """The person named does not sign in here, or holds no office."""


def open_home(given: Path | None) -> homes.Home:
    """Set Django up on a home. Raises BadHome when there is none, Conflict when another is open in this process."""
    path = homes.locate(given)
    home = homes.load(path)
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


def make_tables() -> None:
    """Make or bring up to date the tables of both databases."""
    from django.core.management import call_command

    for alias in ("default", "record"):
        call_command("migrate", database=alias, verbosity=0, interactive=False)


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


def out(value: Any, *, as_json: bool, text: str) -> None:
    """Print the answer: JSON only, or words."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str) if as_json else text)
