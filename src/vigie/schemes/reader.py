"""Read schemes: the shipped ones by name, an adopter's from a file."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

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
from vigie.schemes.text import BadScheme, parse, read_text

__all__ = [
    "SHAPES",
    "BadScheme",
    "Colour",
    "Level",
    "Scheme",
    "Scope",
    "UnknownLevel",
    "UnknownScheme",
    "UnknownZone",
    "Zones",
    "all_ids",
    "build",
    "digest",
    "load",
    "read_file",
]


class UnknownScheme(NotFound):
    """No shipped scheme goes by that name."""


def all_ids() -> tuple[str, ...]:
    """Give the names of every shipped scheme, in alphabetical order."""
    return tuple(
        sorted(file.name.removesuffix(".yaml") for file in _folder().iterdir() if file.name.endswith(".yaml"))
    )


@cache
def load(scheme_id: str) -> Scheme:
    """Give the shipped scheme of that name. Raises UnknownScheme, naming those there are."""
    return build(parse(_shipped(scheme_id).decode("utf-8"), scheme_id), scheme_id)


@cache
def digest(scheme_id: str) -> str:
    """Give the SHA-256 (hex) of a shipped scheme's file: a decision keeps the edition it was taken under."""
    return hashlib.sha256(_shipped(scheme_id)).hexdigest()


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


def _shipped(scheme_id: str) -> bytes:
    known = all_ids()
    if scheme_id not in known:
        raise UnknownScheme(
            "There is no scheme {given!r}. Schemes: {known}.", given=scheme_id, known=", ".join(known)
        )
    return (_folder() / f"{scheme_id}.yaml").read_bytes()


def _folder() -> Traversable:
    return files("vigie.schemes") / "data"
