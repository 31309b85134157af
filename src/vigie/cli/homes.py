"""`vigie init`: a new home, and the first people who sign in to it."""

import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from vigie import files, homes, postgresql
from vigie.cli.database import AdminOption, make_place
from vigie.cli.home import HomeOption, JsonOption, make_tables, open_home, out
from vigie.errors import Conflict
from vigie.ledger import keys

OFFICES = {
    "duty": ("Duty officer", ["duty"]),
    "second": ("Second officer", ["duty"]),
}
"""Offices of a home that receives: one to raise, the second to look and to lower."""


LATER = """
# Owners' links begin with this address: set one that their machines can open.
# address = "https://vigie.example.org"

# How messages leave (addresses as apprise writes them). Without any they lie in outbox/ as files to send by hand.
# [send]
# channels = ["mailtos://name:password@mail.example.org?to={mail}"]

# Who may be the second person is paged at once, deputies after so many minutes (vigie officers page NAME ADDRESS).
# [paging]
# deputies_after = 10
"""
"""What most homes set later, as comments of a new vigie.toml."""


class NameTaken(Conflict):
    """The sign-in name is in use."""


def found(
    path: Path, *, title: str, toml: str = "", instance: str | None = None, admin: str = ""
) -> homes.Home:
    """Make a home ready to record: folder, keys, databases, first entry.

    admin: address of one who may make roles and databases, where the home lies on PostgreSQL.
    """
    home = homes.create(path, title=title, instance=instance, toml=toml)
    try:
        # The settings read this key when the home opens: one made later would leave this process to sign owners'
        # links with a key that nobody keeps, and every link of a replay would be dead.
        keys.make_web(path / "keys")
        if home.database:
            make_place(home.database, postgresql.passfile(home.keys), admin)
        open_home(path, new=True)
        make_tables()
        from vigie.ledger.actions import open_record

        open_record()
        # Said to stand only once no power cut can take it: a key that is gone cannot be made again.
        files.sure_below(path)
    except BaseException:
        shutil.rmtree(path)  # `create` found it empty: all that is in it is ours
        raise
    return homes.load(path)


def enrol(name: str, office: str, password: str) -> str:
    """Make a sign-in and give it an office: both, or neither. Gives the opaque person id. Raises NameTaken."""
    from django.contrib.auth import get_user_model
    from django.db import DatabaseError, IntegrityError

    from vigie.accounts.actions import found_mandate

    try:
        user = get_user_model().objects.create_user(username=name, password=password)
    except IntegrityError:
        raise NameTaken("The sign-in name {name} is in use. Choose another.", name=name) from None
    person = f"p-{user.pk}"
    try:
        found_mandate(person, office)
    except Exception:
        with suppress(DatabaseError):  # the disc may be full: what was refused first is told
            user.delete()
        raise
    return person


def init(
    home: HomeOption = None,
    title: Annotated[str, typer.Option(help="What this home is called on every page.")] = "Our home",
    zone: Annotated[str, typer.Option(help="Time zone of its pages (IANA name).")] = "Europe/Paris",
    exercise: Annotated[
        bool, typer.Option("--exercise", help="An exercise home: framed and marked everywhere.")
    ] = False,
    database: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="Keep its databases on PostgreSQL: postgresql://HOST/NAME. Else they are files.",
        ),
    ] = "",
    admin: AdminOption = "",
    as_json: JsonOption = False,
) -> None:
    """Make a new home. It decides nothing: it receives. To let it decide, name scheme and zones in its vigie.toml."""
    path = homes.locate(home)
    toml = f'zone = "{zone}"\n' + ("exercise = true\n" if exercise else "") + LATER
    if database:
        place = postgresql.found(database)
        toml += f'\n[database]\nrecord = "{place.record}"\ndesk = "{place.desk}"\nowner = "{place.owner}"\n'
    found(path, title=title, toml=toml, admin=admin)
    from vigie.accounts.actions import found_office

    signins: list[dict[str, Any]] = []
    for name, (words, roles) in OFFICES.items():
        found_office(name, words, roles)
        password = secrets.token_urlsafe(12)
        enrol(name, name, password)
        signins.append({"name": name, "password": password, "office": words})
    lines = [
        f"A home stands at {path}. It receives levels; it decides none.",
        "",
        "Sign in with (shown once, keep them):",
    ]
    lines += [f"  {s['name']:<8} {s['password']}   {s['office']}" for s in signins]
    lines += [
        "",
        "Next:",
        "  vigie sites import SITES.csv      the places you answer for",
        "  vigie owners import OWNERS.csv    who acts there, and how to reach them",
        "  vigie receive …                   record the level that was decided",
        "  vigie serve                       the console on http://localhost:8000",
    ]
    out({"home": str(path), "sign_ins": signins}, as_json=as_json, text="\n".join(lines))
