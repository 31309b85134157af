"""`vigie receive`: record a level decided elsewhere."""

from pathlib import Path
from typing import Annotated, Any

import typer

from vigie import times
from vigie.cli.home import AsOption, HomeOption, JsonOption, acting, open_home, out
from vigie.errors import BadInput


def receive(
    scheme: Annotated[
        str, typer.Argument(help="Scheme, such as fr-vigipirate-2016 (vigie schemes lists them).")
    ],
    level: Annotated[str, typer.Argument(help="Code of the level, such as UA.")],
    zone: Annotated[str, typer.Option(help="ISO 3166 code of the zone: FR, FR-IDF, FR-75.")],
    authority: Annotated[str, typer.Option(help="Who decided.")],
    words: Annotated[str, typer.Option(help="Its exact words.")],
    source: Annotated[str, typer.Option(help="Where you read it: an address, a letter, a call, or a file.")],
    since: Annotated[str, typer.Option(help="In effect from (2015-06-26T17:00); now if not given.")] = "",
    until: Annotated[str, typer.Option(help="Until; until further notice if not given.")] = "",
    home: HomeOption = None,
    as_name: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Record a level decided elsewhere, in its authority's words; the acts at every place follow.

    A raise holds at once and its owners are told; a lowering waits for a second person in the console. One whose end
    is past is kept as history; of one that takes effect later owners learn now, to act from its hour on.
    """
    opened = open_home(home)
    from vigie import steps
    from vigie.alert import queries
    from vigie.alert.models import Reception
    from vigie.measures.models import Task

    already = set(Reception.objects.values_list("id", flat=True))
    made = steps.receive(
        acting(as_name),
        scheme=scheme,
        code=level,
        zone=zone.upper(),
        authority=authority,
        words=words,
        source=source,
        source_bytes=_bytes(source),
        effective=times.parse(since, opened.zone) if since else times.now(),
        until=times.parse(until, opened.zone) if until else None,
    )
    row = queries.reception(made)
    tasks = Task.objects.filter(posture__cause=made).count()
    value: dict[str, Any] = {
        "reception": made,
        "state": row.state,
        "holds": queries.stands(made),
        "tasks": tasks,
    }
    if made in already:
        text = f"{made}: {level} for {row.zone} was received already. This is kept as a second road to it, and counts once."
    elif row.state == "waits for a second":
        text = (
            f"{made}: {level} for {row.zone} is recorded. It is a lowering: it holds once a second person has looked, at "
            f"{opened.address}/look/{made}/"
        )
    elif row.later:
        text = (
            f"{made}: {level} for {row.zone} is recorded; it holds from {row.effective.astimezone(times.time_zone(opened.zone)):%Y-%m-%d %H:%M} on. "
            f"{tasks} tasks given, to be done from then on.\n"
            f"A second person should look at {opened.address}/look/{made}/"
        )
    elif not queries.stands(made):
        text = (
            f"{made}: {level} for {row.zone} is recorded as history: it ended {until}. Nothing else changes.\n"
            f"A second person should look at {opened.address}/look/{made}/"
        )
    else:
        text = (
            f"{made}: {level} holds for {row.zone} on one person's word. {tasks} tasks given.\n"
            f"Send the messages with: vigie send   (vigie serve sends them by itself)\n"
            f"A second person should look at {opened.address}/look/{made}/"
        )
    out(value, as_json=as_json, text=text)


def end(
    level: Annotated[
        str, typer.Argument(help="The level received, such as reception-12 (its page names it).")
    ],
    authority: Annotated[str, typer.Option(help="Who decided.")],
    words: Annotated[str, typer.Option(help="Its exact words.")],
    source: Annotated[str, typer.Option(help="Where you read it: an address, a letter, a call, or a file.")],
    since: Annotated[str, typer.Option(help="From when it stands no longer; now if not given.")] = "",
    home: HomeOption = None,
    as_name: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Record that a level received stands no longer, in its authority's words. It goes on until a second person has looked."""
    opened = open_home(home)
    from vigie import steps

    made = steps.receive_stand_down(
        acting(as_name),
        level,
        authority=authority,
        words=words,
        source=source,
        source_bytes=_bytes(source),
        effective=times.parse(since, opened.zone) if since else times.now(),
    )
    text = (
        f"{made}: that {level} stands no longer is recorded. It goes on until a second person has looked, at "
        f"{opened.address}/end/{made}/look/"
    )
    out({"stand_down": made, "level": level, "state": "proposed"}, as_json=as_json, text=text)


def _bytes(source: str) -> bytes | None:
    path = Path(source)
    if "://" in source or not path.is_file():
        return None
    if path.stat().st_size > 10 * 1024 * 1024:
        raise BadInput("{source} is larger than 10 MB. Give the part that says it.", source=source)
    return path.read_bytes()
