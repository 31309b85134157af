"""What a set of measures costs in all, and how much of that nobody has said.

A sum counts only what a catalogue gives. For how many measures it gives nothing stands beside it, so that a small
sum is never taken for a small burden.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from vigie.measures.catalogue import Catalogue, Text


@dataclass(frozen=True)
class Sum:
    """known: what the measures that say it ask together, None when none does. unsaid: measures that do not say, of `of`."""

    known: int | None
    unsaid: int
    of: int


@dataclass(frozen=True)
class Load:
    """hours: a week; euros: a month; teams: patrol teams on duty at once. inconvenienced: who, in words, each once."""

    hours: Sum
    euros: Sum
    teams: Sum
    inconvenienced: tuple[Text, ...]
    unsaid_whom: int


def load_of(catalogue: Catalogue, names: Iterable[str]) -> Load:
    """Sum the burden of the named measures. Raises UnknownMeasure."""
    burdens = [catalogue.measure(name).burden for name in names]
    whom = [burden.inconvenienced for burden in burdens if burden.inconvenienced]
    return Load(
        hours=_sum([burden.hours_per_week for burden in burdens]),
        euros=_sum([burden.euros_per_month for burden in burdens]),
        teams=_sum([burden.teams for burden in burdens]),
        inconvenienced=tuple(text for place, text in enumerate(whom) if text not in whom[:place]),
        unsaid_whom=len(burdens) - len(whom),
    )


def _sum(given: list[int | None]) -> Sum:
    said = [number for number in given if number is not None]
    return Sum(sum(said) if said else None, len(given) - len(said), len(given))
