"""A home that takes the word of a provider, and that provider, each served by a process of its own."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.served import PATIENCE, Served

PROVIDER = Path(__file__).with_name("oidc_provider.py")
CLIENT, SECRET = "vigie-of-the-town", "a secret between these two"


@dataclass(frozen=True)
class Provider:
    """The provider's address, and how to stop it."""

    address: str
    process: "subprocess.Popen[bytes]"

    def stop(self) -> None:
        self.process.kill()
        self.process.wait(15)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def introduce(home: Path, port: int) -> None:
    """Write the provider into the home's vigie.toml, and the secret into its keys."""
    with (home / "vigie.toml").open("a") as stream:
        stream.write(
            f'\n[[sign_in.provider]]\nid = "ministry"\nname = "The ministry"\nissuer = "http://localhost:{port}/o"\n'
            f'client = "{CLIENT}"\nsecret = "ministry.secret"\n'
        )
    secret = home / "keys" / "ministry.secret"
    secret.write_text(SECRET + "\n")
    secret.chmod(0o600)


@contextmanager
def providing(folder: Path, port: int, served: Served) -> Iterator[Provider]:
    """Run the provider for one served home until the block ends."""
    back = f"{served.address}/accounts/oidc/ministry/login/callback/"
    log = folder.with_suffix(".log")
    kept = {name: value for name, value in os.environ.items() if not re.match(r"VIGIE_|DJANGO_", name)}
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, str(PROVIDER), str(folder), str(port), back, CLIENT, SECRET],
            env=kept, stdout=stream, stderr=stream,
        )  # fmt: skip
    provider = Provider(f"http://localhost:{port}", process)
    try:
        until = time.monotonic() + PATIENCE
        while True:
            assert process.poll() is None, log.read_text()[-3000:]
            try:
                urllib.request.urlopen(f"http://localhost:{port}/login/", timeout=5).close()
                break
            except (urllib.error.URLError, OSError):
                assert time.monotonic() < until, log.read_text()[-3000:]
                time.sleep(0.2)
        yield provider
    finally:
        provider.stop()
