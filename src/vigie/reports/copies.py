"""Which reports are one another's copies, and how many newsrooms and origins there really are.

Two signs, both measured on one wire story's descendants: reprints share three-word shingles (containment at least
.5 of the shorter report, where unrelated pairs stay below .18; Jaccard misses them all); rewrites and translations
share what needs no language, figures and settled dates (containment at least .85 over at least 5 shared elements).
Links are proposals with their reason: a person confirms.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from zlib import crc32

import msgspec

from vigie.reports.folding import fold
from vigie.reports.origins import origin_of
from vigie.reports.reading import Reading

LEAST_CONTAINMENT = 0.5
LEAST_SIGNATURE = 0.85
LEAST_SHARED = 5
# One shingle in so many is looked up to find candidates; a reprint shares dozens, so it cannot slip through.
_SAMPLED = 4
_EVENTS = frozenset({"attack", "claim_of_responsibility", "level_change", "foiled_plot"})


class Link(msgspec.Struct, frozen=True):
    """`first` and `second` (places in what was given) seem copies; sign: "words" or "facts"; share in percent."""

    first: int
    second: int
    sign: str
    share: int
    shared: int

    @property
    def why(self) -> str:
        """The reason in words."""
        if self.sign == "words":
            return f"{self.share} % of the shorter report's three-word runs stand in the other"
        return f"{self.shared} figures and dates agree, {self.share} % of the shorter report's"


class Groups(msgspec.Struct, frozen=True):
    """What copies.groups finds: names grouped, the reason of each link, and the three numbers that matter."""

    copies: tuple[tuple[str, ...], ...]
    same_event: tuple[tuple[str, ...], ...]
    why: tuple[str, ...]
    documents: int
    newsrooms: int
    origins: tuple[str, ...]


def shingles(words: str) -> frozenset[int]:
    """Give the hashed three-word runs of a text."""
    tokens = "".join(sign if sign.isalnum() else " " for sign in fold(words)).split()
    return frozenset(crc32(" ".join(tokens[at : at + 3]).encode()) for at in range(max(0, len(tokens) - 2)))


def signature(reading: Reading) -> frozenset[str]:
    """Give a report's language-free facts: its figures and settled dates."""
    dates = {f"d{time.value}" for time in reading.times if time.value and ".." not in time.value}
    # Open and counted-to-today spans end on the day of publication, which a reprint changes: their start is kept.
    ends = {
        f"d{value[1:].split('/')[0]}"
        for value in dates
        if "/" in value and reading.published and value.endswith(reading.published)
    }
    kept = {
        value
        for value in dates
        if not (reading.published and "/" in value and value.endswith(reading.published))
    }
    return frozenset(kept | ends | {f"n{figure}" for figure in reading.figures})


def links(readings: Sequence[Reading]) -> list[Link]:
    """Find the pairs that seem copies of one another, in order of place."""
    words = [shingles(reading.body) for reading in readings]
    facts = [signature(reading) for reading in readings]
    found: dict[tuple[int, int], Link] = {}
    for pair in _candidates(words, _SAMPLED, 1):
        first, second = pair
        shared = len(words[first] & words[second])
        shorter = min(len(words[first]), len(words[second]))
        if shorter >= 8 and shared >= LEAST_CONTAINMENT * shorter:
            found[pair] = Link(first, second, "words", round(100 * shared / shorter), shared)
    for pair in _candidates(facts, 1, LEAST_SHARED):
        first, second = pair
        shared = len(facts[first] & facts[second])
        shorter = min(len(facts[first]), len(facts[second]))
        if pair not in found and shared >= LEAST_SHARED and shared >= LEAST_SIGNATURE * shorter:
            found[pair] = Link(first, second, "facts", round(100 * shared / shorter), shared)
    return [found[pair] for pair in sorted(found)]


def _candidates(sets: Sequence[Iterable[int | str]], every: int, least: int) -> list[tuple[int, int]]:
    """Pairs that share at least `least` of the sampled elements; what stands in very many reports tells nothing."""
    holders: dict[int | str, list[int]] = defaultdict(list)
    for at, elements in enumerate(sets):
        for element in elements:
            if every == 1 or (isinstance(element, int) and element % every == 0):
                holders[element].append(at)
    counts: Counter[tuple[int, int]] = Counter()
    for places in holders.values():
        if 1 < len(places) <= 60:
            counts.update(combinations(places, 2))
    return [pair for pair, count in counts.items() if count >= least]


def groups(readings: Sequence[Reading]) -> Groups:
    """Group reports into copies and into reports of the same event, with reasons and the three numbers.

    A group of copies is one source, however many print it. `newsrooms` counts what is left after collapsing copies;
    `origins` names who the claims come from in the end (an announcement, a group's claim, an official count).
    """
    pairs = links(readings)
    copied = _joined(len(readings), [(link.first, link.second) for link in pairs])
    events = _joined(len(readings), _same_event(readings))
    names = [reading.name for reading in readings]
    why = [f"{names[link.first]} and {names[link.second]}: {link.why}" for link in pairs]
    origins = sorted(
        {origin for reading in readings for claim in reading.claims if (origin := origin_of(claim))}
    )
    return Groups(
        copies=tuple(tuple(names[at] for at in group) for group in copied if len(group) > 1),
        same_event=tuple(tuple(names[at] for at in group) for group in events if len(group) > 1),
        why=tuple(why),
        documents=len(readings),
        newsrooms=len(copied),
        origins=tuple(origins),
    )


def _same_event(readings: Sequence[Reading]) -> list[tuple[int, int]]:
    keys: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for at, reading in enumerate(readings):
        for key in {
            (c.kind, c.place_code, c.date)
            for c in reading.claims
            if c.kind in _EVENTS and c.place_code and c.date and len(c.date) == 10
        }:
            keys[key].append(at)
    return [(places[0], other) for places in keys.values() for other in places[1:]]


def _joined(size: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Join pairs into groups; every place stands in exactly one."""
    parent = list(range(size))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for first, second in pairs:
        parent[root(second)] = root(first)
    grouped: dict[int, list[int]] = defaultdict(list)
    for at in range(size):
        grouped[root(at)].append(at)
    return list(grouped.values())
