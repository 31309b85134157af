"""A home served by `vigie serve` in a process of its own, on a port of loopback, until the block ends."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE = 150
"""Seconds within which a server must answer, on a busy machine."""


def bare() -> dict[str, str]:
    """Give the environment without what names a home or its settings."""
    named = {"VIGIE_HOME", "VIGIE_OPEN", "DJANGO_SETTINGS_MODULE"}
    return {name: value for name, value in os.environ.items() if name not in named}


def free_port() -> int:
    """Give a port that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(home: Path, port: int) -> Iterator[None]:
    """Serve a home. Ends the server with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "vigie.cli", "serve", "--home", str(home), "--port", str(port)],
        env=bare(), stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and process.poll() is None:
            # An answer, not an open port: the server takes connections before it has read all it needs.
            with (
                suppress(OSError),
                urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=PATIENCE),
            ):
                break
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)
