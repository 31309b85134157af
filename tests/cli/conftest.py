"""Commands are run as people run them: in a process of their own."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import PATIENCE, Ready, bare


class Done:
    """What a command left: exit code, stdout, stderr."""

    def __init__(self, process):
        self.code, self.out, self.err = process.returncode, process.stdout, process.stderr

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture(scope="session")
def vigie():
    """Run a command: `vigie("init", "--home", folder)`.

    Where more than the home is said of its environment, a Python of its own is started in it.
    """
    ready = Ready()

    def run(*words, cwd=None, **more):
        if more.keys() <= {"VIGIE_HOME"}:
            return Done(ready.run(words, cwd, more))
        process = subprocess.run(
            [sys.executable, "-m", "vigie.cli", *map(str, words)],
            capture_output=True, text=True, cwd=cwd, env=bare(more), timeout=PATIENCE, check=False,
        )  # fmt: skip
        return Done(process)

    yield run
    ready.close()


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
