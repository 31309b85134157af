"""`vigie witness`: run a witness of others' records. Needs no home."""

import logging
import signal
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from vigie import times
from vigie.cli.home import JsonOption, out
from vigie.cli.server import reserve
from vigie.ledger.witnesses.witness import Server, Witness, init as make

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Witness others' records: init, watch, serve, logs, evidence.",
)
DirOption = Annotated[Path, typer.Option("--dir", help="The witness's folder.")]
HERE = Path("vigie-witness")


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="An empty folder, or one to make.")],
    name: Annotated[
        str,
        typer.Option(
            help="What the witness is called, such as witness.example.org/press: no spaces, no plus."
        ),
    ],
    as_json: JsonOption = False,
) -> None:
    """Make a witness: its key, and the empty list of the logs it watches."""
    vkey = make(folder, name).vkey()
    lines = [
        f"A witness stands in {folder}. Back this folder up, and keep witness.key to yourself.",
        "Whoever is to be witnessed puts this into their vigie.toml:",
        "",
        "  [[witnesses.of]]",
        f'  name = "{name.rsplit("/", 1)[-1]}"',
        '  url = "https://…"',
        f'  vkey = "{vkey}"',
        "",
        "and gives you their verifier key (vigie record head prints it), which you add with:",
        f"  vigie witness watch VKEY --dir {folder}",
    ]
    out({"folder": str(folder), "vkey": vkey}, as_json=as_json, text="\n".join(lines))


@app.command()
def watch(
    vkey: Annotated[str, typer.Argument(help="The log's verifier key, as its operator gives it.")],
    folder: DirOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Watch a log: countersign what its key signs, as long as it only grows."""
    origin = Witness(folder).watch(vkey)
    out({"origin": origin}, as_json=as_json, text=f"This witness watches {origin}.")


@app.command()
def unwatch(
    vkey: Annotated[str, typer.Argument(help="The key to trust no more.")],
    folder: DirOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Trust a log's key no more: it was lost or stolen. What was seen of the log stays."""
    origin = Witness(folder).unwatch(vkey)
    out({"origin": origin}, as_json=as_json, text=f"That key of {origin} is trusted no more.")


@app.command()
def logs(folder: DirOption = HERE, as_json: JsonOption = False) -> None:
    """List the logs watched: how far each was countersigned, when, and whether anything contradicts it."""
    rows: list[dict[str, Any]] = [
        {
            "origin": log.origin,
            "entries": log.size,
            "root": log.root.hex(),
            "at": _when(log.at) if log.note else None,
            "evidence": log.evidence,
            "vkeys": list(log.vkeys),
        }
        for log in Witness(folder).logs()
    ]
    lines = [
        f"{r['origin']}: "
        + (f"countersigned {r['entries']} entries, {r['at']}" if r["at"] else "nothing countersigned yet")
        + ("" if r["vkeys"] else "; no key of it is trusted any more")
        + (
            f"; {r['evidence']} contradiction(s): vigie witness evidence {r['origin']}"
            if r["evidence"]
            else ""
        )
        for r in rows
    ]
    out(rows, as_json=as_json, text="\n".join(lines) or "This witness watches no log.")


@app.command()
def evidence(
    origin: Annotated[str, typer.Argument(help="The log's origin.")],
    folder: DirOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Print each checkpoint a log signed that does not continue what was countersigned, beside the one it contradicts."""
    found = Witness(folder).evidence(origin)
    rows = [
        {
            "at": _when(e.at),
            "what": e.what,
            "entries": e.size,
            "checkpoint": e.note,
            "countersigned": e.beside,
        }
        for e in found
    ]
    blocks = [
        f"{r['at']}: {r['what']}\n\nThe log signed:\n\n{r['checkpoint']}\nand before, countersigned here:\n\n{r['countersigned']}"
        for r in rows
    ]
    out(rows, as_json=as_json, text="\n".join(blocks) or f"Nothing contradicts {origin}.")


@app.command()
def serve(
    folder: DirOption = HERE,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8010,
    host: Annotated[str, typer.Option(help="Address to listen on; put a TLS proxy before it.")] = "127.0.0.1",
) -> None:
    """Answer at /add-checkpoint until interrupted."""
    logging.basicConfig(format="%(asctime)s %(message)s")
    witness = Witness(folder)
    server = Server((reserve(host, port), port), witness)
    for name in (signal.SIGTERM, signal.SIGINT):
        # shutdown waits for the loop that this very thread runs: another must ask for it
        signal.signal(name, lambda *_: threading.Thread(target=server.shutdown).start())
    typer.echo(f"{witness.verifier.name}: http://{host}:{port} (stop with Ctrl-C)")
    with server:
        server.serve_forever(poll_interval=0.2)
    witness.close()


def _when(seconds: int) -> str:
    return times.text(datetime.fromtimestamp(seconds, UTC))
