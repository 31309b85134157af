"""What an entry changes of what stood before: two bodies, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

BEFORE: Mapping[str, tuple[str, ...]] = {
    "alert.level.revised": ("alert.level.revised", "alert.level.proposed"),
    "exposure.contact.set": ("exposure.contact.set",),
    "exposure.event.added": ("exposure.event.added",),
    "accounts.office.opened": ("accounts.office.opened",),
    "accounts.office.deputies": ("accounts.office.deputies",),
    "measures.response.set": ("measures.response.set",),
    "partners.audience.agreed": ("partners.audience.agreed",),
}
"""Kinds of entries that say anew what stood before, with the kinds that said it: the newest about the same thing counts."""

_OF_THE_ENTRY = frozenset({"digest"})
"""Fields that differ whenever anything does."""


@dataclass(frozen=True)
class Change:
    """One field that differs, as words; empty where there was, or is, nothing."""

    field: str
    was: str
    now: str


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """List the fields both bodies have that differ, in the order of the later one."""
    return [
        Change(name, said(before[name]), said(value))
        for name, value in after.items()
        if name in before and name not in _OF_THE_ENTRY and before[name] != value
    ]


def said(value: Any) -> str:
    """Write a value in words: lists with commas, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(said(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {said(inner)}" for name, inner in value.items())
    return str(value)
