"""`vigie follows`: what a level would set in motion, before anybody signs."""

from dataclasses import asdict
from typing import Annotated

import typer

from vigie import times
from vigie.cli.home import HomeOption, JsonOption, open_home, out


def follows(
    scheme: Annotated[
        str, typer.Argument(help="Scheme, such as fr-vigipirate-2016 (vigie schemes lists them).")
    ],
    level: Annotated[str, typer.Argument(help="Code of the level, such as UA.")],
    zone: Annotated[str, typer.Argument(help="ISO 3166 code of the zone: FR, FR-IDF, FR-75.")],
    since: Annotated[str, typer.Option(help="In effect from (2015-06-26T17:00); now if not given.")] = "",
    until: Annotated[str, typer.Option(help="Until; until further notice if not given.")] = "",
    keep: Annotated[
        list[str] | None,
        typer.Option(help="A measure that would stay on though the level falls; may be given again."),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what a level would set in motion if it were signed: measures, owners, the public page, patrols, burden.

    Nothing is proposed, and nothing is written. A level is signed in the console, by a second person.
    """
    opened = open_home(home)
    from vigie import steps

    found = steps.what_follows(
        scheme,
        level,
        zone.upper(),
        times.parse(since, opened.zone) if since else times.now(),
        until=times.parse(until, opened.zone) if until else None,
        keep=keep or (),
    )
    value = asdict(found) | {
        "due": times.text(found.due) if found.due else None,
        "switch": dict(found.switch),
    }
    lines = [found.none] if found.none else []
    for heading, words in found.named:
        lines += [f"{heading}: {len(words)}", *(f"  {line}" for line in words)]
    if found.due:
        lines += [
            f"{found.owners} owners told, {found.tasks} tasks given, {found.stops} to stop; answer by {value['due']}.",
            *(f"  {one.name}: {one.tasks} to do, {one.stops} to stop" for one in found.asked),
            *([f"  and {found.unnamed} more"] if found.unnamed else []),
        ]
    lines += [*found.patrols.lines, *found.burden.lines, *found.gaps]
    for text in found.texts:
        lines += ["", f"The public page ({text.language}):", "", text.text.rstrip()]
    out(value, as_json=as_json, text="\n".join(lines))
