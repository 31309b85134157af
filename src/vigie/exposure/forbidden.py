"""The inputs that are refused: what may never weigh on a place, and the reason said to who brings it."""

from functools import cache

from vigie.exposure import shipped
from vigie.exposure.tables import plain


def reason(heading: str) -> str | None:
    """Say why a column of that heading is refused, or None when it is not among the forbidden ones.

    A heading is refused when one of its words begins with a forbidden word, or holds a forbidden phrase.
    Short words (up to four letters) must be the whole word: «age» is refused, «agency» is not.
    """
    words = f" {plain(heading)} "
    for stems, said in _forbidden():
        if any(stem in words for stem in stems):
            return said
    return None


def topics() -> tuple[str, ...]:
    """Name what is refused, for pages and documents."""
    return tuple(entry["topic"] for entry in shipped.tree("forbidden-columns.yaml"))


@cache
def _forbidden() -> tuple[tuple[tuple[str, ...], str], ...]:
    return tuple(
        (tuple(f" {word} " if len(word) <= 4 else f" {word}" for word in entry["words"]), entry["reason"])
        for entry in shipped.tree("forbidden-columns.yaml")
    )
