"""`vigie replay`, `vigie demo`: a past public event, played through the verbs everyone uses, in an exercise home."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vigie import homes, times
from vigie.cli.home import HomeOption, JsonOption
from vigie.cli.homes import found
from vigie.errors import BadInput, Conflict
from vigie.replays import story as stories

if TYPE_CHECKING:
    from vigie.replays.actions import Told

STORY = "moscow-2024"


class RecordThere(Conflict):
    """The home already holds a record: a replay starts on an empty one."""


def replay(
    name: Annotated[str, typer.Argument(help="Name of the story, such as moscow-2024.")],
    home: HomeOption = None,
    report: Annotated[
        Path | None, typer.Option(help="Read this report in place of the story's own.", exists=False)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Play a past public event step by step in a fresh exercise home; progress goes to stderr with --json."""
    result = _play(name, homes.locate(home), report, quiet_stdout=as_json)
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False, indent=2, default=str))


def demo(
    home: Annotated[Path, typer.Option("--home", help="The demo's home; played once, then reused.")] = Path(
        "demo-home"
    ),
    port: Annotated[int, typer.Option(help="Port of the console.")] = 8000,
    serve: Annotated[bool, typer.Option(help="Serve the console afterwards.")] = True,
) -> None:
    """Play the story if the home is empty, print the sign-ins of its officers, and serve the console."""
    from vigie.cli.server import run_server

    path = homes.locate(home)
    if (path / "sign-ins.txt").exists():
        typer.echo(f"The story was played already; its home is {path}.")
    else:
        _play(STORY, path, None, quiet_stdout=False)
    typer.echo("\nSign in to the REPLAY as (they open nothing real):\n")
    typer.echo((path / "sign-ins.txt").read_text(encoding="utf-8"))
    if serve:
        run_server(path, port=port)


def _play(name: str, path: Path, report: Path | None, *, quiet_stdout: bool) -> dict[str, Any]:
    story = stories.load(name)
    if report is not None and not report.is_file():
        raise BadInput("{report} is not a file. Give the report to read.", report=report)
    if path.exists() and any(path.iterdir()):
        raise RecordThere(
            "{path} already holds a record or other files. A replay starts on an empty home: give another with --home.",
            path=path,
        )
    typer.echo(f"{story.title}. An exercise: nothing of this is a real alert.\n", err=quiet_stdout)
    with times.held(times.parse(story.starts, story.zone)):
        home = found(path, title=story.title, instance=f"replay-{name}", toml=story.toml)
    from vigie.replays.actions import play

    zone = times.time_zone(story.zone)

    def tell(told: "Told") -> None:
        local = told.at.astimezone(zone)
        typer.echo(f"  {local:%a} {local.day:>2} {local:%b %H:%M}  {told.line}", err=quiet_stdout)

    result = play(story, home, report=report, tell=tell)
    # Real time of the end, and the story's: from here on the home's clock runs at that distance.
    with (home.path / "vigie.toml").open("a", encoding="utf-8") as stream:
        ends = times.parse(story.ends, story.zone)
        stream.write(f'\n[clock]\nstart = "{times.text(ends)}"\nreal = "{times.text(times.now())}"\n')
    return result
