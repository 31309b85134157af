"""`vigie record`: check the record, make the tables again from it, show its head, declare a rollback."""

from typing import Annotated

import typer

from vigie.cli.home import AsOption, HomeOption, JsonOption, acting, open_home, out
from vigie.errors import RecordBroken

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="The record: verify, rebuild, head, declare-rollback."
)


@app.command()
def verify(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Check every entry, the tree, every checkpoint and every row; name each thing that does not hold."""
    open_home(home)
    from vigie.ledger.queries import verify as check
    from vigie.ledger.witnesses.queries import countersigned

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
    if verdict.verified and (signed := countersigned()).count:
        lines.append(
            f"The newest is countersigned by {signed.signed} of {signed.count} witnesses ({signed.need} needed)."
        )
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
    """Show the size of the record, the root of its tree, its verifier key, and who countersigned."""
    open_home(home)
    from vigie.ledger.queries import head as newest
    from vigie.ledger.witnesses.queries import countersigned, shown

    size, root = newest()
    signed = countersigned()
    vkey = shown().log.vkey()
    value = {
        "entries": size,
        "root": root.hex(),
        "vkey": vkey,
        "countersigned": {
            "entries": signed.size,
            "by": signed.signed,
            "need": signed.need,
            "of": signed.count,
            "at": signed.last.at,
            "said": [{"name": s.name, "standing": s.standing, "said": str(s)} for s in signed.last.said],
        },
    }
    lines = [f"{size} entries, root {root.hex()}", f"verifier key {vkey}"]
    if signed.count:
        lines.append(
            f"countersigned by {signed.signed} of {signed.count} witnesses ({signed.need} needed, {signed.size} entries so far)"
        )
    lines += [f"  {said}" for said in signed.last.said]
    out(value, as_json=as_json, text="\n".join(lines))


@app.command("declare-rollback")
def declare_rollback(
    reason: Annotated[
        str, typer.Option(help="Why the record stands at an older state: it stays on the record.")
    ],
    as_: AsOption = "",
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say on the record that it was put back to an older state; then writing goes on, under a new name of the log."""
    open_home(home)
    from vigie.ledger.witnesses.actions import declare_rollback as declare
    from vigie.ledger.witnesses.queries import shown

    written = declare(acting(as_).by(), reason=reason)
    vkey = shown().log.vkey()
    lines = [
        f"Entry {written.seq} declares the rollback. Writing goes on, and the log is called {vkey.partition('+')[0]} from here.",
        "Give each witness's operator the new verifier key; what they saw under the old name stays with them:",
        f"  vigie witness watch '{vkey}'",
    ]
    out({"entry": written.seq, "vkey": vkey}, as_json=as_json, text="\n".join(lines))
