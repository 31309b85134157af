"""The moves of a decision and of a reception, as tables: what is not listed here cannot happen."""

from collections.abc import Mapping

from vigie.errors import Conflict

DECISION: Mapping[str, frozenset[str]] = {
    "proposed": frozenset({"returned", "rejected", "in force"}),
    "returned": frozenset({"proposed", "rejected"}),
    "in force": frozenset({"superseded", "expired"}),
    "alone": frozenset({"superseded", "expired"}),
    "rejected": frozenset(),
    "superseded": frozenset(),
    "expired": frozenset(),
    "lapsed": frozenset(),
}

# What one person may do alone, and what others then do about it. No ordinary approval or refusal is made by this table.
GLASS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(DECISION, frozenset()),
    "proposed": frozenset({"alone"}),
    "alone": frozenset({"in force", "rejected", "lapsed"}),
}

# A raise received by one person holds at once; a lowering waits for a second person's look.
RECEPTION: Mapping[str, frozenset[str]] = {
    "one person": frozenset({"in force", "withdrawn", "superseded", "expired"}),
    "waits for a second": frozenset({"in force", "withdrawn"}),
    "in force": frozenset({"superseded", "expired"}),
    "withdrawn": frozenset(),
    "superseded": frozenset(),
    "expired": frozenset(),
}

STANDING = ("in force", "one person", "alone")
"""States in which a level holds."""


class WrongMove(Conflict):
    """The thing is not in a state that allows this move."""


def check(moves: Mapping[str, frozenset[str]], now: str, then: str, what: str) -> None:
    """Raise WrongMove unless `what` may move from `now` to `then`."""
    if then not in moves[now]:
        possible = ", ".join(sorted(moves[now])) or "nothing more"
        raise WrongMove(
            "{what} is {now!r} and cannot become {then!r}. From here it can become: {possible}.",
            what=what,
            now=now,
            then=then,
            possible=possible,
        )
