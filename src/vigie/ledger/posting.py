"""Asking somebody who may be slow, broken or hostile: bounded in time and size, no redirect followed."""

import contextlib
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

PATIENCE = 10.0
"""Seconds an answer may take, from the first word to the last."""

WIDEST = 64 * 1024
"""Bytes an answer may have."""

_STEP = 5.0


@dataclass(frozen=True)
class Posted:
    """What came back. status: 0 when nothing did; why stands in `reason`."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


def post(address: str, body: bytes, media_type: str, *, patience: float = PATIENCE) -> Posted:
    """Post to an http or https address. Never raises for what the other side does."""
    return ask("POST", address, body, {"Content-Type": media_type}, patience=patience)


def ask(
    method: str,
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    patience: float = PATIENCE,
    widest: int = WIDEST,
) -> Posted:
    """Ask an http or https address. widest: bytes the answer may have. Never raises for what the other side does."""
    site = urlsplit(address)
    kind = HTTPSConnection if site.scheme == "https" else HTTPConnection
    connection = kind(site.hostname or "", site.port, timeout=min(_STEP, patience))
    guard: threading.Timer | None = None
    late = threading.Event()
    try:
        connection.connect()
        # The time-out of a connection counts each piece alone: an answer that drips would never end.
        guard = threading.Timer(patience, _cut, [connection.sock, late])
        guard.daemon = True
        guard.start()
        path = (site.path or "/") + (f"?{site.query}" if site.query else "")
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        came = answer.read(widest + 1)
        if late.is_set():  # an answer without a length ends where it was cut, and looks whole
            return Posted(0, reason=f"its answer took longer than {patience:g} seconds")
        if len(came) > widest:
            return Posted(0, reason=f"its answer has no end within {widest} bytes")
        return Posted(answer.status, came, {k.lower(): v for k, v in answer.headers.items()})
    except (OSError, HTTPException, ValueError) as fault:
        return Posted(0, reason=str(fault) or type(fault).__name__)
    finally:
        if guard is not None:
            guard.cancel()
        connection.close()


def _cut(held: socket.socket, late: threading.Event) -> None:
    late.set()
    with contextlib.suppress(OSError):  # it is gone already
        held.shutdown(socket.SHUT_RDWR)
