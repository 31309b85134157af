"""A vigie home served by a real process, and people who sign in to it with a browser."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from playwright.sync_api import Page

from tests import commands

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
"""Seconds within which a server must answer, or a command end, on a busy machine."""


@dataclass(frozen=True)
class Served:
    """A home that answers at `address`; passwords by sign-in name."""

    home: Path
    address: str
    passwords: dict[str, str]

    def enter(self, page: Page, name: str) -> None:
        """Sign in by the form, as a person does."""
        page.goto(f"{self.address}/accounts/login/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(self.passwords[name])
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"{self.address}/")


def run(*arguments: str) -> str:
    """Run a vigie command to its end in a process of its own; gives what it printed."""
    done = commands.run(*arguments)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def sign_ins(home: Path) -> dict[str, str]:
    """Read the passwords of an exercise home: each line holds name, password, office."""
    lines = (home / "sign-ins.txt").read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: line.split()[1] for line in lines if line.strip()}


def owner_link(home: Path) -> str:
    """Give the address, without its host, that a message in the outbox gave an owner."""
    for letter in sorted(path for path in (home / "outbox").rglob("*") if path.is_file()):
        message = message_from_bytes(letter.read_bytes(), policy=default)
        body = message.get_body(("plain",))
        found = re.search(r"/measures/yours/[^\s\"<>]+", body.get_content() if body else "")
        if found:
            return found[0]
    raise AssertionError(f"no message in {home / 'outbox'} holds a link")


@contextmanager
def serving(home: Path, passwords: dict[str, str]) -> Iterator[Served]:
    """Serve a home on a free port of this machine until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = home.parent / f"{home.name}.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "vigie.cli", "serve", "--home", str(home), "--port", str(port)],
            env=environment(),
            stdout=stream,
            stderr=stream,
        )
    try:
        _wait_for(port, process, log)
        # By its name, not its number: passkeys refuse a bare address.
        yield Served(home, f"http://localhost:{port}", passwords)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(15)


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")[-3000:]
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError(
        f"no answer within {PATIENCE} s: {log.read_text(encoding='utf-8', errors='replace')[-3000:]}"
    )


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not re.match(r"VIGIE_|DJANGO_", name)}
    return kept | {"PYTHONPATH": str(ROOT / "src")}


def copied(home: Path, to: Path) -> Path:
    """Copy a home, so that a test may act in it and leave the first as it was."""
    shutil.copytree(home, to)
    return to
