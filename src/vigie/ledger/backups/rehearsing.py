"""Trying a backup out: it is put back in a place of its own and its record checked, as after a real loss."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import msgspec

from vigie.errors import RecordBroken

_LONGEST = 1800.0
"""Seconds a check may take before it is given up."""


class RehearsalFailed(RecordBroken):
    """The check of a restored home gave no answer that can be read."""


@dataclass(frozen=True)
class Rehearsal:
    """What trying a backup out found. made: when it was made; faults: what does not hold, in words."""

    made: str
    entries: int
    root: str
    faults: tuple[str, ...]


def rehearse(data: Path, keys: Path) -> Rehearsal:
    """Put a backup back in a folder of its own and check it there, as `vigie restore` does; then take the folder away.

    In a process of its own: this one has its own home open, and settings are made once. Raises RehearsalFailed.
    """
    work = Path(mkdtemp(prefix=".rehearsal-", dir=data.parent))
    try:
        said = _restored(data, keys, work / "home")
    finally:
        rmtree(work, ignore_errors=True)
    faults = tuple(f"{fault.where}: {fault.what}" for fault in said.faults)
    return Rehearsal(said.made, said.entries, said.root, faults)


class _Fault(msgspec.Struct):
    where: str
    what: str


class _Restored(msgspec.Struct):
    """What `vigie restore --json` says, as far as it is asked here."""

    made: str
    entries: int
    root: str
    faults: list[_Fault]


def _restored(data: Path, keys: Path, home: Path) -> _Restored:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("VIGIE_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "vigie.cli", "restore", data, "--keys", keys, "--home", home, "--json"],
        capture_output=True,
        timeout=_LONGEST,
        env=bare,
        check=False,
    )
    try:
        return msgspec.json.decode(done.stdout, type=_Restored)
    except msgspec.MsgspecError:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise RehearsalFailed(
            "The restored home could not be checked: {said}.",
            said=said[-1] if said else f"exit code {done.returncode}",
        ) from None
