"""Homes that are killed, starved and cut off, and what is counted about them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from tests.commands import run

HERE = Path(__file__).resolve().parent
TALLY: dict[str, Counter] = {}
"""What was tried and what came of it, by kind of trial; printed when all is done."""


def pytest_terminal_summary(terminalreporter):
    """Say how many homes were tried, and what was lost or corrupt."""
    if TALLY:
        terminalreporter.section("crashes")
    for trial, counts in TALLY.items():
        terminalreporter.write_line(f"{trial}: " + ", ".join(f"{n} {what}" for what, n in counts.items()))


@pytest.fixture
def tally():
    """Count under a heading: `tally("power cuts", images=150, lost=0)`."""

    def count(trial: str, **counts: int) -> None:
        TALLY.setdefault(trial, Counter()).update({name.replace("_", " "): n for name, n in counts.items()})

    return count


@pytest.fixture(scope="session")
def recorder(tmp_path_factory) -> Path:
    """The library that stands between a program and the disc."""
    cc = shutil.which("cc")
    if cc is None or not sys.platform.startswith("linux"):
        pytest.skip("no C compiler, or not Linux: the recorder of writes and syncs cannot be built here")
    built = tmp_path_factory.mktemp("recorder") / "recorder.so"
    subprocess.run(
        [cc, "-O2", "-Wall", "-shared", "-fPIC", "-o", built, HERE / "recorder.c", "-lpthread"], check=True
    )
    return built


@pytest.fixture
def disc():
    """A folder in memory where there is one: what is written there is looked at, never relied on."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder).resolve()


class Recorded(dict):
    """The environment of a program whose writes below `root` are written down in `log`."""

    def __init__(self, library: Path, root: Path, log: Path | None) -> None:
        super().__init__(LD_PRELOAD=str(library), CRASH_ROOT=str(root))
        if log:
            self["CRASH_LOG"] = str(log)


def environment(more) -> dict[str, str]:
    bare = {"VIGIE_HOME", "VIGIE_OPEN", "DJANGO_SETTINGS_MODULE"}
    return {k: v for k, v in os.environ.items() if k not in bare} | dict(more)


def new_home(path: Path, more=()) -> Path:
    """Make a home as people do."""
    made = run("init", "--home", path, "--json", **dict(more))
    assert made.returncode == 0, made.stderr
    return path


@pytest.fixture(scope="session")
def first(tmp_path_factory) -> Path:
    """A home as people make it; trials work on copies."""
    return new_home(tmp_path_factory.mktemp("first") / "home")


@pytest.fixture(scope="session")
def checker(first):
    """The driver that looks at what is left."""
    driver = Driver(first)
    yield driver
    driver.close()


class Driver:
    """driver.py in a process of its own."""

    def __init__(self, home: Path, more=()) -> None:
        self._process = subprocess.Popen(
            [sys.executable, HERE / "driver.py", home],
            env=environment(more), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.answer()

    def answer(self):
        line = self._process.stdout.readline()
        assert line, "the driver ended: what it said stands above"
        return json.loads(line)

    def order(self, do: str, **more):
        self._process.stdin.write(json.dumps({"do": do} | more, default=str) + "\n")
        self._process.stdin.flush()
        return self.answer()

    def write(self, home: Path, told: Path, **more) -> "Run":
        return Run(self, self.order("write", home=home, told=told, **more)["pid"], told)

    def check(self, home: Path, again: str = "") -> dict:
        found = self.order("check", home=home, again=again)
        found["checkpoints"] = {int(size): root for size, root in found["checkpoints"].items()}
        return found

    def close(self) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(30)


class Run:
    """A child that writes, and what it told of its acts."""

    def __init__(self, driver: Driver, pid: int, told: Path) -> None:
        self._driver, self._pid, self._told = driver, pid, told

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)

    def begun(self) -> bool:
        return self._told.exists() and self._told.stat().st_size > 0

    def ended(self) -> tuple[int, list[dict]]:
        """Wait for its end; give its status and its lines."""
        status = self._driver.answer()["ended"]
        lines = self._told.read_text().splitlines() if self._told.exists() else []
        return status, [json.loads(line) for line in lines]


@pytest.fixture
def drive():
    """Start drivers: `drive(home)`; they end with the test."""
    started = []

    def start(home: Path, more=()) -> Driver:
        started.append(Driver(home, more))
        return started[-1]

    yield start
    for each in started:
        each.close()
