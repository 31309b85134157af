"""Read schemes: the shipped ones and a home's own by name, an adopter's from a file.

A home's own schemes stand on its record, which lies above this room: it is told of them through a shelf
(`look_also_in`). Without one only the shipped ones are there.
"""

import hashlib
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Protocol

import msgspec

from vigie.errors import NotFound
from vigie.schemes.scheme import (
    SHAPES,
    Colour,
    Level,
    Scheme,
    Scope,
    UnknownLevel,
    UnknownZone,
    Zones,
)
from vigie.schemes.text import BadScheme, decode, parse, read_text

__all__ = [
    "SHAPES",
    "BadScheme",
    "Colour",
    "Level",
    "Scheme",
    "Scope",
    "Shelf",
    "UnknownLevel",
    "UnknownScheme",
    "UnknownZone",
    "Zones",
    "all_ids",
    "build",
    "digest",
    "load",
    "look_also_in",
    "raw",
    "read",
    "read_file",
    "shipped_ids",
]


class UnknownScheme(NotFound):
    """No scheme goes by that name."""


class Shelf(Protocol):
    """Where schemes stand that do not ship. What is found under a name there never changes."""

    def names(self) -> tuple[str, ...]:
        """Give the names of all of them."""

    def find(self, scheme: str) -> bytes | None:
        """Give the file of one; None when there is none by that name."""


_shelves: list[Shelf] = []


def look_also_in(shelf: Shelf) -> None:
    """Let schemes be found on a shelf too, in place of any named before. A shipped scheme's name is never taken from it."""
    _shelves[:] = [shelf]


@cache
def shipped_ids() -> tuple[str, ...]:
    """Give the names of every shipped scheme, in alphabetical order."""
    return tuple(
        sorted(file.name.removesuffix(".yaml") for file in _folder().iterdir() if file.name.endswith(".yaml"))
    )


def all_ids() -> tuple[str, ...]:
    """Give the names of every scheme, shipped or the home's own, in alphabetical order."""
    return tuple(sorted({*shipped_ids(), *(name for shelf in _shelves for name in shelf.names())}))


def load(scheme_id: str) -> Scheme:
    """Give the scheme of that name. Raises UnknownScheme, naming those there are."""
    return _read(raw(scheme_id), scheme_id)


def digest(scheme_id: str) -> str:
    """Give the SHA-256 (hex) of a scheme's file: a decision keeps the edition it was taken under. Raises UnknownScheme."""
    return _digest(raw(scheme_id))


def raw(scheme_id: str) -> bytes:
    """Give a scheme's file. Raises UnknownScheme."""
    if scheme_id in shipped_ids():
        return _shipped(scheme_id)
    for shelf in _shelves:
        found = shelf.find(scheme_id)
        if found is not None:
            return found
    raise UnknownScheme(
        "There is no scheme {given!r}. Schemes: {known}.", given=scheme_id, known=", ".join(all_ids())
    )


def read(data: bytes, scheme_id: str) -> Scheme:
    """Read a scheme from the bytes of a file that was checked before: an edition that was kept. Raises BadScheme."""
    return _read(data, scheme_id)


def read_file(file: Path) -> Scheme:
    """Read a scheme from a file of one's own. Raises BadScheme with the first thing that does not fit.

    `check.check` names every fault with its line.
    """
    return build(parse(read_text(file), str(file)), str(file))


def build(data: object, source: str) -> Scheme:
    """Make a scheme of parsed YAML; levels are put in order and told their place. Raises BadScheme."""
    try:
        scheme = msgspec.convert(data, Scheme, strict=False)
    except msgspec.ValidationError as fault:
        raise BadScheme(
            "{source}: {fault}. See it with its line: vigie schemes check FILE", source=source, fault=fault
        ) from None
    ordered = sorted(scheme.levels, key=lambda level: level.rank)
    top = max((level.rank for level in ordered), default=0)
    placed = tuple(
        msgspec.structs.replace(level, position=place, of=len(ordered), top=top)
        for place, level in enumerate(ordered, start=1)
    )
    return msgspec.structs.replace(scheme, levels=placed)


@lru_cache(maxsize=512)
def _read(data: bytes, scheme_id: str) -> Scheme:
    return build(parse(decode(data, scheme_id), scheme_id), scheme_id)


@lru_cache(maxsize=512)
def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@cache
def _shipped(scheme_id: str) -> bytes:
    return (_folder() / f"{scheme_id}.yaml").read_bytes()


def _folder() -> Traversable:
    return files("vigie.schemes") / "data"
