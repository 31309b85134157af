"""What one question of the selfcheck found."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

State = Literal["holds", "warns", "fails"]


@dataclass(frozen=True)
class Finding:
    """One answer. name: `room.question`, for machines; said: what was found; way: the way out, empty when it holds.

    Both sentences are in the language of whoever asked.
    """

    name: str
    state: State
    said: str
    way: str = ""


def holds(name: str, said: str) -> Finding:
    """It holds."""
    return Finding(name, "holds", said)


def warns(name: str, said: str, way: str) -> Finding:
    """It holds still, or matters to some homes only; a person should look."""
    return Finding(name, "warns", said, way)


def fails(name: str, said: str, way: str) -> Finding:
    """What must hold does not."""
    return Finding(name, "fails", said, way)


def worst(findings: Iterable[Finding]) -> State:
    """Give the worst state of all; `holds` when there is none."""
    states = {finding.state for finding in findings}
    order: tuple[State, ...] = ("fails", "warns")
    return next((state for state in order if state in states), "holds")
