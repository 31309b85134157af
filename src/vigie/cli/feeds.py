"""`vigie feeds`: what this home listens to, what was heard, and what a person makes of it."""

from pathlib import Path
from typing import Annotated, Any, cast

import typer

from vigie import homes, importers, listening, times
from vigie.cli.home import AsOption, HomeOption, JsonOption, acting, open_home, out
from vigie.errors import BadInput
from vigie.importers.said import Known, Look

app = typer.Typer(
    help="Levels that others publish: listen, check a file, receive what was heard.", no_args_is_help=False
)


@app.callback(invoke_without_command=True)
def feeds(context: typer.Context, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List the feeds of a home: when each was last heard, what it says, what waits for a person."""
    if context.invoked_subcommand is None:
        _list(home, as_json=as_json)


def _list(home: Path | None, *, as_json: bool) -> None:
    open_home(home)
    from vigie.feeds import queries

    roads, calls = queries.roads(), queries.calls()
    value = {
        "feeds": [
            {
                "name": r.feed.name,
                "kind": r.feed.kind,
                "address": r.feed.address,
                "tried": times.text(r.tried) if r.tried else None,
                "heard": times.text(r.heard) if r.heard else None,
                "silent_since": times.text(r.since) if r.since else None,
                "fault": r.fault,
                "rule": r.rule,
                "aside": list(r.aside),
                "says": [
                    {"zone": w.zone, "code": w.code, "words": w.words, "state": w.state} for w in r.last
                ],
            }
            for r in roads
        ],
        "waiting": [
            {
                "word": c.first.id,
                "scheme": c.scheme,
                "zone": c.zone,
                "code": c.code,
                "roads": [w.feed for w in c.words],
            }
            for c in calls
        ],
    }
    lines = []
    for road in roads:
        heard = f"heard {times.text(road.heard)}" if road.heard else "never heard"
        silent = f", SILENT since {times.text(road.since)}" if road.since else ""
        lines.append(f"{road.feed.name} ({road.feed.kind}, {road.feed.title}): {heard}{silent}")
        lines += [f"    {road.fault}"] if road.fault else []
        lines += [f"    {w.zone}: {w.code or 'no level'} «{w.words}» ({w.state})" for w in road.last]
    lines += [
        f"{c.first.id} waits: {c.code or 'no level'} for {c.zone}, by {', '.join(w.feed for w in c.words)}. Receive it with: vigie feeds take {c.first.id}"
        for c in calls
    ]
    out(
        value,
        as_json=as_json,
        text="\n".join(lines) or "No feed stands in vigie.toml. docs/elsewhere says how to name one.",
    )


@app.command()
def fetch(
    name: Annotated[str, typer.Argument(help="One feed; all of them if left out.")] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look at the feeds now, due or not, and write down what they say."""
    opened = open_home(home)
    from vigie.feeds import queries
    from vigie.steps.listening import look

    chosen = [listening.named(opened.feeds, name)] if name else list(opened.feeds)
    new = {feed.name: look(opened, feed) for feed in chosen}
    faults = {road.feed.name: road.fault for road in queries.roads() if road.feed.name in new and road.fault}
    lines = [
        f"{feed}: {faults[feed]}" if feed in faults else f"{feed}: heard, {count or 0} new"
        for feed, count in new.items()
    ]
    out(
        {"heard": new, "faults": faults},
        as_json=as_json,
        text="\n".join(lines) or "No feed stands in vigie.toml.",
    )
    if faults:
        raise typer.Exit(BadInput.exit_code)


@app.command()
def check(
    file: Annotated[
        Path, typer.Argument(help="A file as a feed would give it: a CAP message, an RSS or Atom feed.")
    ],
    feed: Annotated[str, typer.Option(help="Read it as this feed of the home's vigie.toml.")] = "",
    kind: Annotated[str, typer.Option(help="cap or rss, where no feed is named.")] = "",
    scheme: Annotated[str, typer.Option(help="The scheme it speaks of.")] = "",
    zone: Annotated[str, typer.Option(help="The zone it speaks of.")] = "",
    exercise: Annotated[bool, typer.Option("--exercise", help="Read it as an exercise would.")] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what a file would bring, or why it would not be believed; nothing is kept."""
    given = _as_named(file, feed, home) if feed else _as_told(file, kind, scheme, zone.upper())
    found: Look = importers.look(given, Known(), exercise=exercise, now=times.now())
    value: dict[str, Any] = {
        "said": [
            {
                "zone": s.zone,
                "code": s.code,
                "words": s.words,
                "authority": s.authority,
                "effective": times.text(s.effective),
                "until": times.text(s.until) if s.until else None,
            }
            for s in found.said
        ],
        "aside": list(found.aside),
    }
    lines = [
        f"{s.zone}: {s.code or 'no level'} «{s.words}» ({s.authority}, from {times.text(s.effective)})"
        for s in found.said
    ]
    lines += [f"Not taken: {why}" for why in found.aside]
    out(value, as_json=as_json, text="\n".join(lines) or "It names no level.")


def _as_named(file: Path, name: str, home: Path | None) -> listening.Feed:
    feeds = homes.load(homes.locate(home)).feeds
    return listening.as_file(listening.named(feeds, name), file)


def _as_told(file: Path, kind: str, scheme: str, zone: str) -> listening.Feed:
    if kind not in {"cap", "rss"} or not scheme or not zone:
        raise BadInput(
            "How {file} is to be read is not said. Give --feed NAME, or --kind cap or rss with --scheme and --zone.",
            file=file,
        )
    kept = file.resolve()
    return listening.Feed("file", cast("listening.Kind", kind), kept.name, str(kept), scheme, (zone,))


@app.command()
def take(
    word: Annotated[str, typer.Argument(help="A word that waits, such as word-12 (vigie feeds lists them).")],
    home: HomeOption = None,
    as_name: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Receive what a word says: a raise holds at once; a lowering, or that no level stands any more, waits for a second person."""
    opened = open_home(home)
    from vigie.alert import queries
    from vigie.steps.listening import take as receive

    made = receive(acting(as_name), word)
    if made.startswith("standdown-"):
        out(
            {"stand_down": made, "state": "proposed"},
            as_json=as_json,
            text=f"{made}: recorded. The level goes on until a second person has looked, at {opened.address}/end/{made}/look/",
        )
        return
    row = queries.reception(made)
    then = (
        "It is a lowering: it holds once a second person has looked"
        if row.state == "waits for a second"
        else "It holds. A second person should look"
    )
    out(
        {"reception": made, "state": row.state, "holds": queries.stands(made)},
        as_json=as_json,
        text=f"{made}: {row.code} for {row.zone} is received. {then}, at {opened.address}/look/{made}/",
    )


@app.command("set-aside")
def set_aside(
    word: Annotated[str, typer.Argument(help="A word that waits.")],
    reason: Annotated[str, typer.Option(help="Why nothing is made of it.")],
    home: HomeOption = None,
    as_name: AsOption = "",
) -> None:
    """Make nothing of a word, with a reason."""
    open_home(home)
    from vigie.feeds import actions

    actions.set_aside(acting(as_name), word, reason=reason)
    typer.echo(f"{word} is set aside.")
