"""`vigie drill`: call a contact drill, see who answered in time."""

from collections import Counter
from typing import Annotated

import typer

from vigie.cli.home import AsOption, HomeOption, JsonOption, acting, open_home, out
from vigie.errors import NotFound

app = typer.Typer(help="Contact drills: who answers in 15 minutes.", no_args_is_help=True)


@app.command("call")
def call_one(
    minutes: Annotated[int, typer.Option("--minutes", help="To answer within, 1 to 1440.")] = 15,
    owner: Annotated[
        list[str] | None, typer.Option("--owner", help="Only this owner; may be repeated.")
    ] = None,
    now: Annotated[bool, typer.Option("--now", help="Also in quiet hours.")] = False,
    by: AsOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Call a contact drill, and send its messages: marked as an exercise, answered by one button. No task is given."""
    opened = open_home(home)
    from vigie.measures import actions

    made = actions.call_drill(acting(by), minutes=minutes, owners=owner or (), in_quiet_hours=now)
    left = actions.leave_drills(opened)
    named = ", ".join(made)
    text = f"{named}: {left} owners written to. See who answered with: vigie drill show {made[0]}"
    out({"drills": made, "left": left}, as_json=as_json, text=text)


@app.command()
def show(
    drill: Annotated[str, typer.Argument(help="Id of the drill; none shows the newest.")] = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say who answered a drill in time, late or not at all, and who could not be reached."""
    open_home(home)
    from vigie import times
    from vigie.measures import queries

    row = queries.drill(drill) if drill else next(iter(queries.drills()), None)
    if row is None:
        raise NotFound("No contact drill was called yet.")
    lines = queries.drill_lines(row)
    rows = [
        {
            "owner": line.owner,
            "name": line.name,
            "standing": line.standing,
            "answered": times.text(line.answered_at) if line.answered_at else None,
        }
        for line in lines
    ]
    counted = Counter(line.standing.replace("_", " ") for line in lines)
    said = [f"{line.standing.replace('_', ' '):<12} {line.name}  {line.why}".rstrip() for line in lines]
    summary = ", ".join(f"{count} {name}" for name, count in counted.items())
    text = "\n".join([*said, f"{row.id}, {row.minutes} minutes: {summary}."])
    out({"drill": row.id, "minutes": row.minutes, "owners": rows}, as_json=as_json, text=text)
