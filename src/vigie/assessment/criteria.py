"""Criteria of a level as data: what a scheme asks before the level may be set, in its own words.

Each criterion is broken into needs, the questions that evidence must answer. Where no criterion is met, a
level may still be proposed on a named ground (an override), with reasons.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct, field

from vigie.errors import BadInput, NotFound
from vigie.schemes import text


class UnknownCriterion(NotFound):
    """No criteria are known for the level, or none goes by that name."""


class BadCriteria(BadInput):
    """A file of criteria that cannot be read."""


class Need(Struct, frozen=True):
    """One question a criterion asks. kinds: kinds of claims that may answer it."""

    id: str
    ask: dict[str, str]
    kinds: tuple[str, ...] = ()


class Criterion(Struct, frozen=True):
    """One criterion, in the scheme's words; met when each of its needs is shown."""

    id: str
    words: dict[str, str]
    needs: tuple[Need, ...]
    edition: dict[str, str] = field(default_factory=dict)


class Override(Struct, frozen=True):
    """A ground on which the level may be proposed though no criterion is met; `ask` is what the reasons must say."""

    id: str
    words: dict[str, str]
    ask: dict[str, str]


class Source(Struct, frozen=True):
    """Where the wording of some criteria was read."""

    url: str
    gives: tuple[str, ...]


class Criteria(Struct, frozen=True):
    """Everything known of when a level of a scheme may be set."""

    scheme: str
    level: str
    confidence: str
    sources: tuple[Source, ...]
    criteria: tuple[Criterion, ...]
    overrides: tuple[Override, ...] = ()

    def criterion(self, given: str) -> Criterion:
        """Give the criterion of that id. Raises UnknownCriterion."""
        return _one(self.criteria, given, f"{self.scheme} {self.level}", "criterion")

    def override(self, given: str) -> Override:
        """Give the override of that id. Raises UnknownCriterion."""
        return _one(self.overrides, given, f"{self.scheme} {self.level}", "override")


_Named = TypeVar("_Named", Criterion, Override)


def _one(among: Iterable[_Named], given: str, of: str, what: str) -> _Named:
    known = {each.id: each for each in among}
    if given not in known:
        raise UnknownCriterion(
            "{of} has no {what} {given!r}. Known: {known}.",
            of=of,
            what=what,
            given=given,
            known=", ".join(known) or "none",
        )
    return known[given]


def all_levels() -> tuple[tuple[str, str], ...]:
    """Give every (scheme, level) whose criteria are shipped, in alphabetical order."""
    names = (file.name.removesuffix(".yaml") for file in _folder().iterdir() if file.name.endswith(".yaml"))
    return tuple(sorted((scheme, level) for scheme, _, level in (name.rpartition("-") for name in names)))


@cache
def load(scheme: str, level: str) -> Criteria:
    """Give the shipped criteria for a level of a scheme. Raises UnknownCriterion, naming those there are."""
    if (scheme, level) not in all_levels():
        raise UnknownCriterion(
            "No criteria are known for {level} of {scheme}. Known: {known}.",
            scheme=scheme,
            level=level,
            known=", ".join(f"{one} {other}" for one, other in all_levels()),
        )
    file = _folder() / f"{scheme}-{level}.yaml"
    return build(text.parse(file.read_text(encoding="utf-8"), file.name), file.name)


def read_file(file: Path) -> Criteria:
    """Read criteria from a file of one's own. Raises BadScheme or BadCriteria with the first thing that does not fit."""
    return build(text.parse(text.read_text(file), str(file)), str(file))


def build(data: object, source: str) -> Criteria:
    """Make criteria of parsed YAML. Raises BadCriteria: a field missing, an id used twice, a criterion that asks nothing."""
    try:
        read = msgspec.convert(data, Criteria, strict=False)
    except msgspec.ValidationError as fault:
        raise BadCriteria("{source}: {fault}. Mend that line.", source=source, fault=fault) from None
    for what, ids in (
        ("criterion", [c.id for c in read.criteria]),
        ("override", [o.id for o in read.overrides]),
        *((f"need of {c.id}", [n.id for n in c.needs]) for c in read.criteria),
    ):
        if len(set(ids)) != len(ids) or (what != "override" and not ids):
            raise BadCriteria(
                "{source}: each {what} needs an id of its own, and there must be one at least.",
                source=source,
                what=what,
            )
    return read


def _folder() -> Traversable:
    return files("vigie.assessment") / "criteria"
