"""Commands are run as people run them: in a process of their own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


class Done:
    """What a command left: exit code, stdout, stderr."""

    def __init__(self, process):
        self.code, self.out, self.err = process.returncode, process.stdout, process.stderr

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture(scope="session")
def vigie():
    """Run a command: `vigie("init", "--home", folder)`."""

    def run(*words, cwd=None, **more):
        env = {
            k: v
            for k, v in os.environ.items()
            if k not in {"VIGIE_HOME", "VIGIE_OPEN", "DJANGO_SETTINGS_MODULE"}
        } | more
        process = subprocess.run(
            [sys.executable, "-m", "vigie.cli", *map(str, words)],
            capture_output=True, text=True, cwd=cwd, env=env, timeout=120, check=False,
        )  # fmt: skip
        return Done(process)

    return run


@pytest.fixture(scope="session")
def first_home(vigie, tmp_path_factory):
    """A fresh receiving home, made by the command."""
    folder = tmp_path_factory.mktemp("first") / "home"
    done = vigie("init", "--home", folder, "--json")
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def made(first_home, tmp_path):
    """A copy of a fresh receiving home, for this test alone."""
    return Path(shutil.copytree(first_home, tmp_path / "home"))
