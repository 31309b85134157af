"""Commands are run as people run them: in a process of their own."""

import json
import shutil
from pathlib import Path

import pytest

from tests.commands import run


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
    return lambda *words, **more: Done(run(*words, **more))


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
