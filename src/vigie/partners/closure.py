"""Whether a bundle is whole and fit to leave: every reference resolves inside it, nobody is described.

A dangling reference tells the reader that something was withheld, and its id lets him ask elsewhere for it.
Types are listed by what may go, not by what may not: whatever is not listed is refused.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vigie.errors import BadInput, Refused

Object = Mapping[str, Any]

# Organisations, systems and kinds of organisation; `individual` and `unknown` are left out on purpose.
IDENTITY_CLASSES = frozenset({"organization", "system", "class", "group"})
TYPES = frozenset(
    {
        "identity",
        "location",
        "intrusion-set",
        "note",
        "report",
        "grouping",
        "course-of-action",
        "marking-definition",
        "extension-definition",
    }
)
CONTAINERS = frozenset({"report", "grouping"})

# Published by OASIS and known to every reader; the definition itself is never carried in a bundle.
TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"

_ID = re.compile(r"[a-z][a-z0-9-]+--[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class DanglingReference(BadInput):
    """An object refers to one that is not in the bundle."""


class NotWhole(BadInput):
    """The bundle repeats an id, has an id that is not random, or holds no container or more than one."""


class DescribesPerson(Refused):
    """An object that describes an individual, or of a type that could."""


def check(objects: Sequence[Object]) -> None:
    """Refuse a list of STIX objects that is not fit to be frozen.

    Raises DescribesPerson, NotWhole or DanglingReference, each naming the object.
    """
    for each in objects:
        _check_type(each)
        if not _ID.fullmatch(str(each.get("id"))):
            raise NotWhole(
                "The id {id} is not a type and a random UUID (version 4). Any other kind lets a partner confirm a guess.",
                id=each.get("id"),
            )
    present = {each["id"] for each in objects}
    if len(present) != len(objects):
        ids = [each["id"] for each in objects]
        raise NotWhole(
            "The bundle holds {id} twice. Keep one.", id=next(id_ for id_ in ids if ids.count(id_) > 1)
        )
    containers = [each["id"] for each in objects if each["type"] in CONTAINERS]
    if len(containers) != 1:
        raise NotWhole(
            "The bundle has {count} containers (report or grouping) where one was expected: with two, receivers mix them up.",
            count=len(containers),
        )
    for each in objects:
        for place, target in references(each):
            if target not in present:
                raise DanglingReference(
                    "{id} refers by {place} to {target}, which is not in the bundle. Add that object, or take the reference out.",
                    id=each["id"],
                    place=place,
                    target=target,
                )


def references(of: Object) -> Iterator[tuple[str, str]]:
    """Give every (property, id) by which the object points at another, its extensions' definitions included."""
    yield from _references(of, "")


def _references(of: Object, prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in of.items():
        if name == "extensions":
            yield from (
                (f"{prefix}extensions", key)
                for key in value
                if key.startswith("extension-definition--") and key != TLP_EXTENSION
            )
        if name.endswith("_ref"):
            yield prefix + name, value
        elif name.endswith("_refs"):
            yield from ((prefix + name, each) for each in value)
        elif isinstance(value, dict):
            yield from _references(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            for each in value:
                if isinstance(each, dict):
                    yield from _references(each, f"{prefix}{name}.")


def _check_type(each: Object) -> None:
    kind = each.get("type")
    if kind not in TYPES:
        raise DescribesPerson(
            "An object of type {kind} does not leave this home. It passes on organisations, places, levels, judgements and measures only.",
            kind=kind,
        )
    if kind == "identity" and each.get("identity_class") not in IDENTITY_CLASSES:
        raise DescribesPerson(
            "{id} is an identity of class {given}. Only organisations leave this home: {expected}. Name the office, not the person.",
            id=each.get("id"),
            given=each.get("identity_class"),
            expected=", ".join(sorted(IDENTITY_CLASSES)),
        )
    if kind == "intrusion-set" and each.get("resource_level") == "individual":
        raise DescribesPerson(
            "{id} describes one person as a group. Only organisations leave this home.", id=each.get("id")
        )
