"""How far a piece of information may travel: TLP 2.0, caveats, originators, audiences, and their lattice.

A marking answers four questions: how widely (TLP), under which caveats, whose consent is needed to pass it
on, and to which audiences it is confined. Joining two markings gives the least marking that honours both:
the higher TLP, all caveats, all originators, the audiences common to both. What is made out of several
sources carries at least their join.

    TLP:AMBER//CAVEAT no-press//ORIGIN service-a, service-b//FOR partner-x

TLP 2.0: FIRST, «Traffic Light Protocol», version 2.0, August 2022.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from typing import Literal

from vigie.errors import BadInput

Label = Literal["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]
"""A label of TLP 2.0 as FIRST writes it, in files that people write."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9.-]{0,62}")
_NOBODY = "nobody"
_PARTS = ("CAVEAT", "ORIGIN", "FOR")


class BadMarking(BadInput):
    """A text or a part that is not a marking."""


class Tlp(IntEnum):
    """The five labels of TLP 2.0, from the freest to the most confined."""

    CLEAR = 0
    GREEN = 1
    AMBER = 2
    AMBER_STRICT = 3
    RED = 4

    @property
    def label(self) -> str:
        """The label as FIRST writes it, such as TLP:AMBER+STRICT."""
        return "TLP:" + self.name.replace("_", "+")


_BY_LABEL = {tlp.label: tlp for tlp in Tlp}


def parse_tlp(given: str) -> Tlp:
    """Read a TLP label, with or without `TLP:`, in any case. Raises BadMarking on anything else."""
    wanted = given.strip().upper()
    label = wanted if wanted.startswith("TLP:") else f"TLP:{wanted}"
    if label not in _BY_LABEL:
        raise BadMarking(
            "{given!r} is not a TLP 2.0 label. The labels are: {labels}.",
            given=given,
            labels=", ".join(_BY_LABEL),
        )
    return _BY_LABEL[label]


@dataclass(frozen=True, slots=True)
class Marking:
    """One marking. Names are slugs: small letters, digits, hyphens and dots, 1 to 63 characters.

    audiences: None means any audience the TLP label allows; an empty set means none at all.
    Raises BadMarking when a name is not a slug.
    """

    tlp: Tlp = Tlp.CLEAR
    caveats: frozenset[str] = frozenset()
    originators: frozenset[str] = frozenset()
    audiences: frozenset[str] | None = None

    def __post_init__(self) -> None:
        for name in self.caveats | self.originators | (self.audiences or frozenset()):
            if not _SLUG.fullmatch(name) or name == _NOBODY:
                raise BadMarking(
                    "{name!r} cannot stand in a marking. Expected small letters, digits, hyphens or dots, 1 to 63 of them, "
                    "and not «nobody», which means an empty list of audiences.",
                    name=name,
                )

    def join(self, other: "Marking") -> "Marking":
        """Give the least marking that honours both."""
        return Marking(
            tlp=max(self.tlp, other.tlp),
            caveats=self.caveats | other.caveats,
            originators=self.originators | other.originators,
            audiences=_common(self.audiences, other.audiences),
        )

    def covers(self, other: "Marking") -> bool:
        """Say whether this marking is at least as strict as `other` in every part."""
        return self.join(other) == self

    def text(self) -> str:
        """Write the marking in its one canonical form, names sorted; `parse` reads it back."""
        named = {
            "CAVEAT": self.caveats,
            "ORIGIN": self.originators,
            "FOR": None if self.audiences is None else (self.audiences or {_NOBODY}),
        }
        return "//".join(
            [
                self.tlp.label,
                *(f"{part} {', '.join(sorted(names))}" for part, names in named.items() if names),
            ]
        )

    def __str__(self) -> str:
        return self.text()


def _common(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def parse(given: str) -> Marking:
    """Read a marking such as `TLP:AMBER//ORIGIN service-a//FOR partner-x`. Raises BadMarking when it is none."""
    label, *parts = (part.strip() for part in given.split("//"))
    named: dict[str, frozenset[str]] = {}
    for part in parts:
        name, _, names = part.partition(" ")
        if name not in _PARTS or name in named or not names.strip():
            raise BadMarking(
                "{given!r} is not a marking: {part!r} was read where one of {parts} and its names were expected, each once. "
                "Write for instance TLP:AMBER//ORIGIN service-a//FOR partner-x.",
                given=given,
                part=part,
                parts=", ".join(_PARTS),
            )
        named[name] = frozenset(each.strip() for each in names.split(","))
    audiences = named.get("FOR")
    return Marking(
        tlp=parse_tlp(label),
        caveats=named.get("CAVEAT", frozenset()),
        originators=named.get("ORIGIN", frozenset()),
        audiences=frozenset() if audiences == frozenset({_NOBODY}) else audiences,
    )


def join_all(markings: Iterable[Marking]) -> Marking:
    """Give the join of all: what is made out of these carries at least this. TLP:CLEAR when there are none."""
    return reduce(Marking.join, markings, Marking())
