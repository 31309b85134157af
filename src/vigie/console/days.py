"""The days ahead without repetition: what goes on for weeks is told on its first day, the blocks tell the rest."""

from collections.abc import Iterable

from vigie.exposure.ahead import Day, Term


def told_once(days: Iterable[Day], most: int = 2) -> list[tuple[Day, tuple[Term, ...]]]:
    """Give each day with at most `most` of its terms that the days before did not tell; the heaviest first."""
    told: set[str] = set()
    strip = []
    for day in days:
        fresh = [term for term in day.terms if term.entry.id not in told][:most]
        told |= {term.entry.id for term in fresh}
        strip.append((day, tuple(fresh)))
    return strip
