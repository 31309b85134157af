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
from vigie.ledger.backups.restoring import restore

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
    """Put a backup back in a folder of its own, check its record in a process of its own, and take the folder away.

    Raises BadArchive, NotFound, RehearsalFailed.
    """
    work = Path(mkdtemp(prefix=".rehearsal-", dir=data.parent))
    try:
        done = restore(data, keys, work / "home")
        said = _checked(work / "home")
    finally:
        rmtree(work, ignore_errors=True)
    faults = tuple(f"{fault.where}: {fault.what}" for fault in said.faults)
    return Rehearsal(done.made, said.entries, said.root, faults)


class _Fault(msgspec.Struct):
    where: str
    what: str


class _Verdict(msgspec.Struct):
    """What `vigie record verify --json` says, as far as it is asked here."""

    entries: int
    root: str
    faults: list[_Fault]


def _checked(home: Path) -> _Verdict:
    """Check a home in another process: this one has its own home open, and settings are made once."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("VIGIE_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "vigie.cli", "record", "verify", "--home", str(home), "--json"],
        capture_output=True,
        timeout=_LONGEST,
        env=bare,
        check=False,
    )
    try:
        return msgspec.json.decode(done.stdout, type=_Verdict)
    except msgspec.MsgspecError:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise RehearsalFailed(
            "The restored home could not be checked: {said}.",
            said=said[-1] if said else f"exit code {done.returncode}",
        ) from None
