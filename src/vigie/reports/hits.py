"""Every lexicon word in a text, found in one pass: which idea it stands for, and where."""

import functools
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass

import ahocorasick

from vigie.reports import lexicon
from vigie.reports.folding import fold

_NOT_IDEAS = frozenset({"function_words", "abbreviations", "level_number", "from_word", "to_word"})


@dataclass(frozen=True, slots=True)
class Hit:
    """An idea said at [start, end); `word` is the lexicon's entry, folded."""

    idea: str
    start: int
    end: int
    word: str


Hits = dict[str, list[Hit]]


@functools.cache
def function_words(language: str) -> frozenset[str]:
    """The most frequent words of `language`, folded."""
    return frozenset(fold(word) for word in lexicon.of("claims", language)["function_words"])


@functools.cache
def _automaton(language: str) -> ahocorasick.Automaton:
    words: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for idea, entries in lexicon.of("claims", language).items():
        if idea in _NOT_IDEAS:
            continue
        for entry in entries:
            words[fold(entry).rstrip("*")].append((idea, entry.endswith("*")))
    automaton = ahocorasick.Automaton()
    for word, ideas in words.items():
        automaton.add_word(word, (word, tuple(ideas)))
    automaton.make_automaton()
    return automaton


def find(folded: str, language: str) -> list[Hit]:
    """Find every idea of the lexicon in the folded text, in order of place.

    A word that was joined by mistake to a function word («massacrewith») still counts.
    """
    glue = function_words(language)
    hits = []
    for last, (word, ideas) in _automaton(language).iter(folded):
        start, end = last - len(word) + 1, last + 1
        if start and folded[start - 1].isalnum() and word[0].isalnum():
            continue
        inside = end < len(folded) and folded[end].isalnum() and word[-1].isalnum()
        for idea, takes_ending in ideas:
            if inside and not takes_ending and not _glued(folded, end, glue):
                continue
            hits.append(Hit(idea, start, end, word))
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    return hits


def _glued(folded: str, end: int, glue: frozenset[str]) -> bool:
    stop = end
    while stop < len(folded) and folded[stop].isalpha():
        stop += 1
    return stop - end >= 3 and folded[end:stop] in glue


def by_idea(hits: list[Hit], start: int, end: int) -> Hits:
    """Group the hits inside [start, end) by idea."""
    grouped: Hits = defaultdict(list)
    for hit in within(hits, start, end):
        grouped[hit.idea].append(hit)
    return grouped


def within(hits: list[Hit], start: int, end: int) -> list[Hit]:
    """Give the hits inside [start, end) of a list in order of place."""
    first = bisect_left(hits, start, key=lambda hit: hit.start)
    last = bisect_left(hits, end, key=lambda hit: hit.start)
    return [hit for hit in hits[first:last] if hit.end <= end]
