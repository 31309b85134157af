"""`vigie officers`: people who sign in, the offices they hold, who stands in, how they are paged, and the way back.

At the server's shell nobody is asked for a right: whoever runs it has the home's files in hand. Each act is an entry, and
what would take two administrators elsewhere is said on every page for a day.
"""

import secrets
from datetime import datetime
from typing import Annotated

import typer

from vigie import times
from vigie.cli import sign_ins
from vigie.cli.home import HomeOption, JsonOption, NobodyHere, open_home, out, person_named
from vigie.cli.homes import enrol

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="People who sign in, and the offices they hold."
)

NameArgument = Annotated[str, typer.Argument(help="Sign-in name.")]
OfficeOption = Annotated[str, typer.Option(help="Id of the office, such as duty.")]
ReasonOption = Annotated[str, typer.Option(help="Why, in words that will be understood in ten years.")]


@app.command("list")
def list_officers(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List sign-in names and the offices held now, and the offices that are or will soon be empty."""
    given = open_home(home)
    from vigie.accounts.queries import emptying, offices_of, sign_ins

    people = [
        {"name": name, "person": person, "offices": [o.title for o in offices_of(person)]}
        for person, name in sign_ins().items()
    ]
    found = emptying()
    lines = [f"{p['name']:<16} {p['person']:<6} {', '.join(p['offices']) or '-'}" for p in people]
    if found:
        lines += ["", "Empty, or empty within thirty days:"]
        lines += [
            f"  {e.office.id:<16} {_when(given.zone, e.at)}{'   others wait for it' if e.deciding else ''}"
            for e in found
        ]
    empty = [
        {"office": e.office.id, "title": e.office.title, "from": times.text(e.at), "decides": e.deciding}
        for e in found
    ]
    out({"people": people, "emptying": empty}, as_json=as_json, text="\n".join(lines))


@app.command("export")
def export_officer(name: NameArgument, home: HomeOption = None) -> None:
    """Print all that is held about an account, as JSON: sign-in, sessions, mandates, acts, entries about it."""
    open_home(home)
    from vigie.accounts.signing_in.queries import own_data, sign_in_of

    out(own_data(sign_in_of(person_named(name))), as_json=True, text="")


@app.command("add")
def add_officer(
    name: NameArgument,
    office: Annotated[str, typer.Option(help="Id of the office, such as duty; made if it does not stand.")],
    roles: Annotated[list[str] | None, typer.Option("--role", help="Roles of a new office.")] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Enrol a person and give them an office; prints a password once."""
    open_home(home)
    from vigie.accounts.actions import found_office
    from vigie.accounts.models import Office

    if not Office.objects.filter(id=office).exists():
        found_office(office, office.replace("-", " ").capitalize(), roles or ["reader"])
    password = secrets.token_urlsafe(12)
    person = enrol(name, office, password)
    out(
        {"name": name, "person": person, "password": password},
        as_json=as_json,
        text=f"{name} signs in with {password} (shown once) and holds {office}.",
    )


@app.command("give")
def give(
    name: NameArgument,
    office: OfficeOption,
    since: Annotated[str, typer.Option("--from", help="From when (ISO 8601); now if not given.")] = "",
    until: Annotated[str, typer.Option("--until", help="Until when; further notice if not given.")] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give an office to a person who signs in already."""
    given = open_home(home)
    from vigie.accounts.actions import found_mandate

    begins, ends = _instant(since, given.zone), _instant(until, given.zone)
    made = found_mandate(person_named(name), office, since=begins, until=ends)
    out({"mandate": made}, as_json=as_json, text=f"{name} holds {office} ({made}).")


@app.command("end")
def end(
    name: NameArgument,
    office: OfficeOption,
    reason: ReasonOption,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """End a person's mandate to an office now."""
    open_home(home)
    from vigie.accounts.actions import end_here
    from vigie.accounts.models import Mandate
    from vigie.accounts.queries import goes_on

    rows = [m for m in Mandate.objects.filter(person=person_named(name), office=office) if goes_on(m)]
    if not rows:
        raise NobodyHere(
            "{name} does not hold {office}. See who holds what: vigie officers list", name=name, office=office
        )
    for row in rows:
        end_here(row.id, reason)
    out({"ended": [m.id for m in rows]}, as_json=as_json, text=f"{name} no longer holds {office}.")


@app.command("close")
def close(
    office: Annotated[str, typer.Argument(help="Id of the office.")],
    reason: ReasonOption,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Close an office: it gives no right any more."""
    open_home(home)
    from vigie.accounts.actions import close_here

    close_here(office, reason)
    out({"closed": office}, as_json=as_json, text=f"{office} is closed.")


@app.command("deputies")
def deputies(
    office: Annotated[str, typer.Argument(help="Id of the office.")],
    names: Annotated[
        list[str] | None, typer.Argument(help="Ids of the offices that stand in for it.")
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Name the offices that stand in for an office; none when no name is given."""
    open_home(home)
    from vigie.accounts.actions import found_deputies

    found_deputies(office, names or [])
    said = ", ".join(names or []) or "nobody"
    out({"office": office, "deputies": names or []}, as_json=as_json, text=f"For {office} stand in: {said}.")


@app.command("page")
def page(
    name: NameArgument,
    address: Annotated[
        str,
        typer.Argument(
            help="Mail address, number such as +33612345678, or an address of apprise; '' for none."
        ),
    ],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say where a person is paged when something waits for them. The address stays at the desk."""
    open_home(home)
    from vigie.desk.actions import set_pager

    set_pager(person_named(name), address)
    words = f"{name} is paged there from now on." if address else f"{name} is not paged any more."
    out({"name": name, "paged": bool(address)}, as_json=as_json, text=words)


@app.command("recover")
def recover(name: NameArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Make a code with which a person sets new credentials. Every page says so for a day."""
    given = open_home(home)
    from vigie.accounts.actions import found_recovery
    from vigie.accounts.actions.arriving import code_for

    code = code_for(found_recovery(person_named(name)))
    address = f"{given.address.rstrip('/')}/people/back/"
    text = (
        f"{name} sets new credentials at {address} with the code\n\n    {code}\n\n"
        "It works once, for 24 hours. The record says it was made here, and every page says so until another acknowledges it."
    )
    out({"name": name, "code": code, "address": address}, as_json=as_json, text=text)


for _word, _command in (
    ("link", sign_ins.link),
    ("unlink", sign_ins.unlink),
    ("bar", sign_ins.bar),
    ("readmit", sign_ins.readmit),
):
    app.command(_word)(_command)


def _instant(given: str, zone: str) -> datetime | None:
    return times.parse(given, zone) if given else None


def _when(zone: str, at: datetime) -> str:
    if at <= times.now():
        return "now"
    return "from " + at.astimezone(times.time_zone(zone)).strftime("%Y-%m-%d %H:%M")
