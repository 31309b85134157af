"""`vigie record`: check the record, make the tables again from it, show its head."""

from typing import Annotated

import typer

from vigie.cli.home import HomeOption, JsonOption, as_owner, open_home, out
from vigie.errors import RecordBroken

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The record: verify, rebuild, head.")


@app.command()
def verify(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Check every entry, the tree, every checkpoint and every row; name each thing that does not hold."""
    open_home(home)
    from vigie.ledger.queries import verify as check

    verdict = check()
    value = {
        "entries": verdict.entries,
        "root": verdict.root.hex(),
        "checkpoints": verdict.checkpoints,
        "rows": verdict.rows,
        "verified": verdict.verified,
        "faults": [{"where": f.where, "what": f.what} for f in verdict.faults],
    }
    lines = [f"The record holds {verdict.entries} entries under {verdict.checkpoints} signed checkpoints."]
    if verdict.verified:
        lines += [
            f"Every entry, every checkpoint and all {verdict.rows} rows hold.",
            f"Root {verdict.root.hex()}",
        ]
    else:
        lines += [
            f"{len(verdict.faults)} thing(s) do not hold:",
            *(f"  {f.where}: {f.what}" for f in verdict.faults),
        ]
    out(value, as_json=as_json, text="\n".join(lines))
    if not verdict.verified:
        raise typer.Exit(RecordBroken.exit_code)


@app.command()
def rebuild(
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing: say whether a rebuild would give the same rows.")
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Drop every table of the rooms and make it again from the record; say what differed."""
    open_home(home)
    from django.db import DatabaseError

    from vigie.ledger.projections import rebuild as again, rows
    from vigie.ledger.queries import verify as checked

    if check:
        verdict = checked()
        out(
            {"same": verdict.verified},
            as_json=as_json,
            text="The rows are the record's."
            if verdict.verified
            else "A rebuild would change rows: vigie record verify names them.",
        )
        raise typer.Exit(0 if verdict.verified else RecordBroken.exit_code)
    try:
        before = rows()
    except DatabaseError:  # a table is gone or lacks a column: that is what this command mends
        before = {}
    with as_owner():
        count = again()
    after = rows()
    changed = sorted(t for t in after if before.get(t) != after[t])
    made = sum(map(len, after.values()))
    text = f"{made} rows in {len(after)} tables were made again from {count} entries" + (
        "; all are as they were." if not changed else f"; these differed before: {', '.join(changed)}."
    )
    out(
        {"entries": count, "rows": made, "tables": len(after), "changed": changed}, as_json=as_json, text=text
    )


@app.command()
def head(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Show the size of the record and the root of its tree."""
    open_home(home)
    from vigie.ledger.queries import head as newest

    size, root = newest()
    out({"entries": size, "root": root.hex()}, as_json=as_json, text=f"{size} entries, root {root.hex()}")
