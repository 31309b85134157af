"""Commands, each in a process of its own; that process is a fork of one that has the libraries in memory already.

Most of the second that a command takes goes into reading libraries. What is forked has read those and `vigie.cli`: no
settings, no models, no home, no open database. A test of a start itself, of a server, or of another environment than
this one runs a Python of its own.
"""

import atexit
import gc
import importlib
import json
import os
import runpy
import select
import signal
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

LIBRARIES = (
    "vigie.cli", "vigie.homes", "typer.core", "pydantic", "requests", "jwt", "yaml", "lxml.etree", "cryptography.x509", "numpy", "holidays",
    "babel.dates", "fido2.webauthn", "rfc3161_client", "msgspec.json", "sqlite3", "django.core.management.commands.migrate",
    "django.db.models", "django.db.backends.sqlite3.base", "django.forms", "django.template.defaulttags", "django.urls",
    "django.contrib.auth.hashers", "django.contrib.staticfiles", "django.views.generic", "csp.middleware",
    "vigie.warning.cap_check", "vigie.ledger.witnesses.judging",
)  # fmt: skip
"""What commands read before they do anything, as far as it can be read without settings."""

SOURCE = str(Path(__file__).parents[1] / "src")
OF_A_HOME = ("VIGIE_HOME", "VIGIE_OPEN", "DJANGO_SETTINGS_MODULE")
PATIENCE = 120
"""Seconds within which a command must end."""


def bare(more: dict[str, str]) -> dict[str, str]:
    """Give this environment without what names a home, with `more`; the vigie of this checkout is found in it."""
    kept = {name: value for name, value in os.environ.items() if name not in OF_A_HOME}
    return kept | {"PYTHONPATH": SOURCE} | more


class Ready:
    """A process that waits with the libraries in memory."""

    def __init__(self) -> None:
        # Unbuffered: a line that was read ahead would be waited for in vain.
        self._process = subprocess.Popen(
            [sys.executable, __file__], env=bare({}), stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )

    def run(self, words, cwd=None, more=None, given="") -> subprocess.CompletedProcess:
        """Run a command to its end, with what is given on its standard input."""
        with (
            tempfile.NamedTemporaryFile() as put, tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err,
        ):  # fmt: skip
            put.write(given.encode())
            put.flush()
            order = {
                "words": [*map(str, words)], "cwd": str(cwd or Path.cwd()), "env": bare(more or {}),
                "in": put.name, "out": out.name, "err": err.name,
            }  # fmt: skip
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()
            pid = int(self._process.stdout.readline())
            late = not select.select([self._process.stdout], [], [], PATIENCE)[0]
            if late:
                os.kill(pid, signal.SIGKILL)
            status = int(self._process.stdout.readline())
            if late:
                raise subprocess.TimeoutExpired(words, PATIENCE)
            return subprocess.CompletedProcess(words, status, out.read().decode(), err.read().decode())

    def close(self) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(30)


@cache
def _ready() -> Ready:
    ready = Ready()
    atexit.register(ready.close)
    return ready


def run(*words, cwd=None, given="", **more) -> subprocess.CompletedProcess:
    """Run a vigie command to its end: `run("init", "--home", folder)`.

    Where more than the home is said of its environment, a Python of its own is started in it.
    """
    if more.keys() <= {"VIGIE_HOME"}:
        return _ready().run(words, cwd, more, given)
    return subprocess.run(
        [sys.executable, "-m", "vigie.cli", *map(str, words)],
        input=given, capture_output=True, text=True, cwd=cwd, env=bare(more), timeout=PATIENCE, check=False,
    )  # fmt: skip


def main() -> None:
    del sys.path[0]  # this folder's files bear names of libraries
    for name in LIBRARIES:
        importlib.import_module(name)
    # What every fork shares is neither looked through by it for garbage nor copied for that.
    gc.collect()
    gc.freeze()
    while line := sys.stdin.buffer.readline():
        pid = os.fork()
        if not pid:
            _become(json.loads(line))
            return
        os.write(1, f"{pid}\n".encode())
        os.write(1, f"{os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}\n".encode())


def _become(order) -> None:
    """End as the command would have, had Python been started for it."""
    for name, place in ((order["in"], 0), (order["out"], 1), (order["err"], 2)):
        opened = os.open(name, os.O_RDWR)
        os.dup2(opened, place)
        os.close(opened)
    os.environ.clear()
    os.environ.update(order["env"])
    time.tzset()
    os.chdir(order["cwd"])
    sys.argv = ["vigie", *order["words"]]
    sys.path.insert(0, order["cwd"])
    runpy.run_module("vigie.cli", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
