"""`vigie record`: check the record or an export of it, hand it out, prove an entry, make the tables again, declare a rollback."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from vigie.cli import erasure
from vigie.cli.home import AsOption, HomeOption, JsonOption, acting, as_owner, open_home, out
from vigie.errors import BadInput, RecordBroken, VigieError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="The record: verify, export, bundle, prove, rebuild, head, erase, erasures, reads, declare-rollback.",
)
app.command()(erasure.erase)
app.command()(erasure.erasures)
app.command()(erasure.reads)

KnownOption = Annotated[
    Path | None,
    typer.Option(
        "--known", help="A checkpoint of this record that was kept elsewhere: by it a rewriting shows."
    ),
]


@app.command()
def verify(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="An exported record; the home's own if not given."),
    ] = None,
    known: KnownOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check every entry, the tree, every checkpoint and (of a home) every row; name each thing that does not hold."""
    kept = _known(known)
    if folder is not None:
        _verify_export(folder, kept, as_json=as_json)
        return
    open_home(home)
    from vigie.ledger.queries import verify as check
    from vigie.ledger.witnesses.queries import countersigned

    verdict = check(known=kept)
    lines = [f"The record holds {verdict.entries} entries under {verdict.checkpoints} signed checkpoints."]
    if verdict.verified and (signed := countersigned()).count:
        lines.append(
            f"The newest is countersigned by {signed.signed} of {signed.count} witnesses ({signed.need} needed)."
        )
    if verdict.waiting:
        lines.append(
            f"{verdict.waiting} of them wait for their checkpoint, as this home's own: the server signs it within a second, or whatever writes next."
        )
    holds = f"Every entry, every checkpoint and all {verdict.rows} rows hold."
    _tell(verdict, {"rows": verdict.rows, "waiting": verdict.waiting}, lines, holds, as_json=as_json)


def _verify_export(folder: Path, known: str | None, *, as_json: bool) -> None:
    from vigie.ledger.exports.reading import verify as check

    verdict = check(folder, known)
    lines = [
        (
            f"The export holds {verdict.entries} entries under {verdict.checkpoints} signed checkpoints; "
            f"what {verdict.erased} of them said was erased, and the record says so."
        )
    ]
    holds = "Every entry and every checkpoint holds."
    _tell(verdict, {"erased": verdict.erased}, lines, holds, as_json=as_json)


def _tell(verdict: Any, more: dict[str, Any], lines: list[str], holds: str, *, as_json: bool) -> None:
    value = {
        "entries": verdict.entries,
        "root": verdict.root.hex(),
        "checkpoints": verdict.checkpoints,
        **more,
        "verified": verdict.verified,
        "faults": [{"where": f.where, "what": f.what} for f in verdict.faults],
        "lost_keys": verdict.lost_keys,
    }
    lines += [
        f"Entry {seq}: the signing key was lost, and replaced on the word of the two persons it names. Ask them."
        for seq in verdict.lost_keys
    ]
    if verdict.verified:
        lines += [holds, f"Root {verdict.root.hex()}"]
    else:
        lines += [
            f"{len(verdict.faults)} thing(s) do not hold:",
            *(f"  {f.where}: {f.what}" for f in verdict.faults),
        ]
    out(value, as_json=as_json, text="\n".join(lines))
    if not verdict.verified:
        raise typer.Exit(RecordBroken.exit_code)


def _known(file: Path | None) -> str | None:
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise BadInput("The checkpoint {file} cannot be read: {fault}.", file=file, fault=fault) from None


@app.command()
def export(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder that is not there yet, or is empty.")
    ],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the whole record as files anyone can check, without vigie; the record says that it was handed out."""
    open_home(home)
    from vigie.ledger.exports.queries import files
    from vigie.ledger.exports.writing import require_free, write_folder

    require_free(folder)
    entries = _noted("folder")
    count = write_folder(files(), folder)
    text = (
        f"{count} files were written to {folder}. Check them with: python {folder}/verify_record.py {folder}"
    )
    out({"entries": entries, "files": count, "folder": str(folder)}, as_json=as_json, text=text)


@app.command()
def bundle(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="An archive that is not there yet.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write an inspector's bundle: the record, the schemes, what its words mean, the checker, a README."""
    open_home(home)
    from vigie.ledger.exports.queries import bundle as files
    from vigie.ledger.exports.writing import require_free, write_archive

    require_free(file)
    entries = _noted("bundle")
    count = write_archive(files(), file)
    text = f"{count} files were written to {file}. Unpack it anywhere and start with README.txt."
    out({"entries": entries, "files": count, "file": str(file)}, as_json=as_json, text=text)


def _noted(form: Any) -> int | None:
    """Put the export on the record. A record that cannot be written to is handed out all the same, and that is told."""
    from vigie.ledger.exports.actions import note_export
    from vigie.ledger.kinds import By

    try:
        return note_export(By(person="", office="", via="shell"), form)
    except VigieError as fault:
        print(f"vigie: this export is not on the record: {fault}", file=sys.stderr)
        return None


@app.command()
def prove(
    seq: Annotated[int, typer.Argument(metavar="SEQ", help="Number of the entry.")],
    file: Annotated[Path | None, typer.Option("--out", help="File to write; else it is printed.")] = None,
    home: HomeOption = None,
) -> None:
    """Prove that an entry stands in the record, as a file other tools read (C2SP tlog-proof)."""
    open_home(home)
    from vigie.ledger.proofs.queries import prove as proven

    text = proven(seq).text()
    if file is None:
        typer.echo(text, nl=False)
        return
    file.write_text(text, encoding="utf-8")
    print(f"The proof of entry {seq} is in {file}.", file=sys.stderr)


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
    from vigie.ledger.backups.actions import erase_again
    from vigie.ledger.witnesses.actions import declare_rollback as declare
    from vigie.ledger.witnesses.queries import shown

    by = acting(as_).by()
    written = declare(by, reason=reason)
    again = erase_again(by)
    vkey = shown().log.vkey()
    lines = [
        f"Entry {written.seq} declares the rollback. Writing goes on, and the log is called {vkey.partition('+')[0]} from here.",
        "Give each witness's operator the new verifier key; what they saw under the old name stays with them:",
        f"  vigie witness watch '{vkey}'",
    ]
    if again:
        lines.append(f"What was erased since was erased again: {len(again)} entries.")
    out({"entry": written.seq, "vkey": vkey, "erased_again": again}, as_json=as_json, text="\n".join(lines))
