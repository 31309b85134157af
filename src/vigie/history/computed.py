"""A count of ours as something that can be computed again: what was asked, of which data, at which length of the record.

A published number outlives the day it was made. With its question, the digest of the shipped tables and the place in the record it
was read at, whoever holds the record gets the same number, or is told which of the three has changed.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Literal

import msgspec

from vigie import times
from vigie.errors import BadInput
from vigie.history import counts as counting
from vigie.history.changes import Change, changes

TABLES = ("level-history.csv", "gaps.csv")


class NotComputed(BadInput):
    """A file that is no count of ours, or says too little to be computed again."""


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was counted, as `vigie history --count` asks it. at: the instant it was to be known by."""

    scheme: str
    level: str
    scope: Literal["national", "any"]
    renewals_merged: bool
    all_editions: bool
    at: str

    @property
    def known(self) -> datetime:
        """Give the instant it was to be known by."""
        return times.parse(self.at)

    def count(self, rows: tuple[Change, ...], earlier: Callable[[str], Iterable[Change]] = changes) -> int:
        """Answer it from a history; that of editions before is asked of `earlier`. Raises UnknownScheme, UnknownLevel."""
        found = counting.counts(
            self.scheme,
            self.level,
            self.known,
            changes=rows,
            all_editions=self.all_editions,
            earlier=earlier,
        )
        return counting.chosen(found, self.scope, merge_renewals=self.renewals_merged).number


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A length of a record: the number of its entries, and the root of their tree in hex."""

    size: int
    root: str


class Computed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A count with all it hangs on. data: digest of the shipped tables; record: None where no home was asked."""

    question: Question
    data: str
    number: int
    record: Place | None = None

    def as_dict(self) -> dict[str, Any]:
        """Give it as JSON."""
        return dict(msgspec.to_builtins(self))


def read(text: bytes) -> Computed:
    """Read what `vigie history --count --json` printed. Raises NotComputed."""
    try:
        whole = msgspec.json.decode(text)
        told = whole["count"]["computed"] if isinstance(whole, Mapping) else None
        made = msgspec.convert(told, Computed)
        made.question.known  # noqa: B018 - a time that cannot be read is refused here, with the rest
    except (KeyError, TypeError, ValueError, BadInput) as fault:
        raise NotComputed(
            "This is no count that can be computed again ({fault}). Give the file that vigie history --count --json printed.",
            fault=str(fault),
        ) from None
    return made


@cache
def data_digest() -> str:
    """Give the digest of the shipped tables that counts read: SHA-256 in hex."""
    folder = files("vigie.history") / "data"
    return sha256(b"".join((folder / name).read_bytes() for name in TABLES)).hexdigest()
