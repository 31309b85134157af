"""`vigie serve`, `vigie tick`: the console of a home, and what falls due."""

import contextlib
import fcntl
import multiprocessing
import os
import resource
import socket
from pathlib import Path
from typing import IO, Annotated
from urllib.parse import urlsplit

import typer

from vigie import homes
from vigie.cli.home import HomeOption, JsonOption, check_tables, open_home, out
from vigie.errors import BadInput, Conflict

_WAIT_OUTSIDE = 4096
"""Connections the system holds before the server takes them. Beyond, it cuts them off: a rush must find room inside."""
_WAIT_INSIDE = 16_384
"""Requests the server takes in and lets wait."""
_OTHER_FILES = 512
"""Open files kept for everything that is not a request."""


class ServedAlready(Conflict):
    """Another server holds this home."""


class PortTaken(Conflict):
    """Something else listens there, or this user may not."""


class BadAddress(BadInput):
    """A host name that leads nowhere."""


def lock(path: Path) -> IO[str]:
    """Hold the home for this server. Raises ServedAlready: two servers on one SQLite home would fight for every write."""
    stream = (path / "serve.lock").open("w")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.close()
        raise ServedAlready(
            "Another server holds the home {path}. Stop it first, or serve another home.", path=path
        ) from None
    return stream


def reserve(host: str, port: int) -> str:
    """Give the IP address to listen on, once it is known that the port is free. Raises PortTaken, BadAddress."""
    try:
        place = socket.gethostbyname(host)
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((place, port))
    except socket.gaierror:
        raise BadAddress(
            "{host!r} is not an address of this machine. Expected one such as 127.0.0.1, or 0.0.0.0 for all.",
            host=host,
        ) from None
    except OSError as fault:
        raise PortTaken(
            "Port {port} of {host} cannot be used: {reason}. Give another with --port.",
            port=port,
            host=host,
            reason=fault.strerror,
        ) from None
    return place


def serve(
    home: HomeOption = None,
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Port to listen on; else the one in vigie.toml's address."),
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Serve the console until interrupted. Open it as http://localhost:PORT: passkeys refuse a bare address."""
    run_server(homes.locate(home), host=host, port=port)


def run_server(path: Path, *, host: str = "127.0.0.1", port: int | None = None) -> None:
    """Serve a home: one process, with a thread that writes and one for what falls due."""
    address = urlsplit(homes.load(path).address)
    port = port or address.port or (443 if address.scheme == "https" else 80)
    if port != address.port:
        os.environ["VIGIE_ADDRESS"] = f"{address.scheme}://{address.hostname}:{port}"
    place = reserve(host, port)
    home = homes.load(path)
    # SQLite takes one writer. PostgreSQL takes several: each batch waits its turn there, on whatever machine.
    held = None if home.database else lock(path)
    open_home(path)
    check_tables()
    _ask_witnesses()
    # The worker starts afresh: forked, it would share this process's open databases.
    multiprocessing.set_start_method("spawn", force=True)
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    typer.echo(f"{home.title}: {os.environ.get('VIGIE_ADDRESS', home.address)} (stop with Ctrl-C)")
    server = Server(
        "vigie.config.rsgi:application",
        address=place,
        port=port,
        interface=Interfaces.RSGI,
        workers=1,
        websockets=False,
        backlog=_WAIT_OUTSIDE,
        backpressure=_most_inside(),
        log_access=False,
        log_level=LogLevels.warning,
    )
    try:
        server.serve()
    finally:
        if held:
            held.close()


def _most_inside() -> int:
    """Give how many requests may wait inside: each holds a file open, of which the system grants so many."""
    least, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WAIT_INSIDE + _OTHER_FILES
    if least != resource.RLIM_INFINITY and least < wanted:
        least = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (least, most))
    granted = wanted if least == resource.RLIM_INFINITY else least
    return max(128, min(_WAIT_INSIDE, granted - _OTHER_FILES))


def _ask_witnesses() -> None:
    """Ask, before anybody can write, whether this is still the record that was countersigned; say so if it is not."""
    from django.db import connections

    from vigie.ledger import holds
    from vigie.ledger.witnesses.actions import exchange
    from vigie.ledger.witnesses.queries import NoCheckpoint

    with contextlib.suppress(NoCheckpoint):  # `record verify` tells what is missing; there is nothing to show
        exchange()
    connections.close_all()
    reason = holds.standing(homes.locate(), "writing")
    if reason:
        typer.echo(f"vigie: nothing is written on this home. {reason}", err=True)


def tick(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Do once what the tables say is due: feeds, levels that reached their hour, messages, witnesses, time stamps."""
    opened = open_home(home)
    from vigie.ledger.queries import head
    from vigie.steps.clock import go_out, tick as due
    from vigie.steps.listening import listen

    go_out()  # first of all: a record that was put back must not be written to
    before = head()
    done = listen(opened) | due()
    if head() != before:
        go_out()
    out(
        done,
        as_json=as_json,
        text=", ".join(f"{name}: {count}" for name, count in done.items() if count) or "Nothing was due.",
    )
