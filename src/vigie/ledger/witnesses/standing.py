"""What the witnesses said last, kept beside the record: every process of the home, and every page, sees it.

It is no part of the record: a witness that is out of reach is no act of anybody's. Lost, it comes back with the next exchange.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import msgspec

from vigie.ledger.witnesses.judging import COUNTERSIGNED, Said

_FILE = "witnesses.json"


@dataclass(frozen=True)
class Standing:
    """The last exchange. at: its time; size: the checkpoint sent; held: why writing was stopped by it, empty if not."""

    at: str = ""
    size: int = 0
    said: tuple[Said, ...] = ()
    held: str = ""
    against: Said | None = None

    @property
    def signed(self) -> int:
        """Number of witnesses that countersigned what was sent."""
        return sum(s.standing == COUNTERSIGNED for s in self.said)


def read(home: Path) -> Standing:
    """Give what was said last; nothing where no exchange was, or where its file cannot be read."""
    try:
        return msgspec.json.decode((home / _FILE).read_bytes(), type=Standing)
    except (OSError, msgspec.DecodeError):
        return Standing()


def write(home: Path, standing: Standing) -> None:
    """Keep what was said. Raises OSError."""
    target = home / _FILE
    draft = target.with_suffix(f".{os.getpid()}.new")
    draft.write_bytes(msgspec.json.encode(standing))
    draft.replace(target)
