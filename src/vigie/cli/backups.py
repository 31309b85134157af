"""`vigie backup`, `vigie restore`, `vigie upgrade`: copies of a home, putting one back, and coming to a new version."""

from pathlib import Path
from typing import Annotated

import typer

from vigie import homes
from vigie.cli.home import HomeOption, JsonOption, make_tables, open_home, out
from vigie.errors import RecordBroken


def backup(
    to: Annotated[
        Path | None, typer.Option("--to", help="Folder for the two archives; else the one in vigie.toml.")
    ] = None,
    rehearse: Annotated[
        bool, typer.Option("--rehearse", help="Put it back in a place of its own and check it, at once.")
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Copy a home into an archive of data and one of keys, while it is being used."""
    open_home(home)
    from vigie.ledger.backups import actions

    made = actions.back_up(to)
    value: dict[str, object] = {
        "data": str(made.data),
        "keys": str(made.keys),
        "entries": made.entries,
        "root": made.root,
    }
    lines = [
        f"{made.data}  what the home holds, up to entry {made.entries - 1}",
        f"{made.keys}  the keys that open it: keep it elsewhere, and not for long",
    ]
    faults: tuple[str, ...] = ()
    if rehearse:
        found = actions.rehearse_now(made.data, made.keys)
        faults = found.faults
        value |= {"rehearsed": {"verified": not faults, "faults": list(faults)}}
        lines += [f"Put back and checked: {found.entries} entries hold."] if not faults else [
            "Put back and checked; it does not hold:", *(f"  {fault}" for fault in faults)
        ]  # fmt: skip
    out(value, as_json=as_json, text="\n".join(lines))
    if faults:
        raise typer.Exit(RecordBroken.exit_code)


def restore(
    data: Annotated[Path, typer.Argument(help="Archive of data, NAME.data.tar.")],
    keys: Annotated[
        Path | None, typer.Option("--keys", help="Archive of keys, as new as there is; else the one beside.")
    ] = None,
    erasures: Annotated[
        Path | None, typer.Option("--erasures", help="Journal of later erasures; else the one beside.")
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a home back from its archives. It writes and sends nothing until a person has spoken."""
    from vigie.ledger.backups.restoring import restore as put_back

    path = homes.locate(home)
    done = put_back(
        data, keys or data.with_name(data.name.replace(".data.", ".keys.")), path, journal=erasures
    )
    open_home(path)
    from vigie.ledger.backups.erasures import JOURNAL, read
    from vigie.ledger.backups.queries import behind
    from vigie.ledger.projections import rebuild
    from vigie.ledger.queries import verify

    if behind():
        make_tables()
    rebuild()
    # What was erased since the backup was left out, and the entry that says so comes once the rollback is declared.
    since = {f"entry {seq}" for erasure in read(path / "backups" / JOURNAL) for seq in erasure.entries}
    verdict = verify()
    faults = [{"where": f.where, "what": f.what} for f in verdict.faults if f.where not in since]
    value = {
        "home": str(path),
        "made": done.made,
        "entries": done.entries,
        "root": verdict.root.hex(),
        "verified": not faults,
        "faults": faults,
    }
    lines = [f"{path} stands as it was at {done.made}, with {done.entries} entries."]
    if faults:
        lines += ["These do not hold:", *(f"  {f['where']}: {f['what']}" for f in faults)]
    else:
        lines.append("Every entry, every checkpoint and every row holds.")
    lines += [
        "",
        "It writes and sends nothing yet:",
        "  vigie record declare-rollback --reason …   say on the record that it was put back; later erasures are done again",
        "  vigie send --release --reason …            let go what waits to be sent, once somebody has looked through it",
    ]
    out(value, as_json=as_json, text="\n".join(lines))
    if faults:
        raise typer.Exit(RecordBroken.exit_code)


def upgrade(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Bring a home made by an earlier vigie up to this one: a backup, the tables, the rows made again, a check."""
    from vigie.cli.server import lock

    opened = open_home(home)
    with lock(opened.path):
        from vigie.ledger.backups import actions
        from vigie.ledger.backups.queries import behind
        from vigie.ledger.projections import rebuild
        from vigie.ledger.queries import verify

        waiting = behind()
        if not waiting:
            out({"changed": []}, as_json=as_json, text="The home is up to date.")
            return
        made = None if opened.database else actions.back_up()
        make_tables()
        count = rebuild()
        verdict = verify()
    value = {
        "changed": waiting,
        "backup": str(made.data) if made else None,
        "entries": count,
        "verified": verdict.verified,
        "faults": [{"where": fault.where, "what": fault.what} for fault in verdict.faults],
    }
    lines = [f"Tables changed: {', '.join(waiting)}."]
    if made:
        lines.append(f"As it was before: {made.data}")
    lines.append(
        f"All rows were made again from {count} entries, and everything holds."
        if verdict.verified
        else "It does not hold; put the backup back and tell the maintainers: "
        + "; ".join(f"{f.where}: {f.what}" for f in verdict.faults[:5])
    )
    out(value, as_json=as_json, text="\n".join(lines))
    if not verdict.verified:
        raise typer.Exit(RecordBroken.exit_code)
