"""Figures in running text: digits and number words, with the words that qualify them."""

import functools
import re
from dataclasses import dataclass
from typing import Any

from vigie.reports import lexicon
from vigie.reports.folding import fold

_MODIFIERS = ("at_least", "more_than", "nearly", "about", "up_to", "less_than")
# Not after a letter, a hyphenated code or a decimal point; grouped by thousands as 1,300 / 1 300 / 1.300.
_DIGITS = r"(?<![\w.,/-])\d{1,3}(?:[., ]\d{3})+(?!\d)|(?<![\w.,/-])\d{1,7}(?![\d%]|[.,/-]\d)"


@dataclass(frozen=True)
class Number:
    """A figure: [start, end) with its qualifier, its value (None when vague) and how it is qualified."""

    start: int
    end: int
    value: int | None
    modifier: str
    words: str
    ordinal: bool = False


def words_of(language: str) -> dict[str, int]:
    """Give number words and their values, compounds below one hundred included, folded."""
    return _words(language)


@functools.cache
def _words(language: str) -> dict[str, int]:
    data = lexicon.load("numbers.toml")[language]
    words: dict[str, int] = {**data["units"], **data["tens"], **data["hundreds"]}
    units = {word: value for word, value in data["units"].items() if value < 20 and " " not in word}
    for ten, tens in data["tens"].items():
        for unit, value in units.items():
            if value >= 10 and tens not in {60, 80}:
                continue
            for link in data["link"]:
                compound = f"{unit}{link}{ten}" if data["units_first"] else f"{ten}{link}{unit}"
                words.setdefault(compound, tens + value)
                if not link and unit[0] in "uo":  # Italian drops the vowel: ventuno, ventotto
                    words.setdefault(f"{ten[:-1]}{unit}", tens + value)
    return {fold(word): value for word, value in words.items()}


@functools.cache
def _grammar(language: str) -> tuple[re.Pattern[str], dict[str, str], dict[str, int]]:
    data: dict[str, Any] = lexicon.load("numbers.toml")[language]
    modifiers = {fold(word): name for name in _MODIFIERS for word in data[name]}
    ordinals = {fold(word): rank for rank, words in enumerate(data["ordinals"], 1) for word in words}

    def any_of(words: list[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

    pattern = re.compile(
        rf"(?:\b(?P<modifier>{any_of(list(modifiers))})(?:\b | |(?<=')))?"
        rf"(?:(?P<digits>{_DIGITS})|\b(?:(?P<word>{any_of(list(_words(language)))})|(?P<ordinal>{any_of(list(ordinals))})"
        rf"|(?P<vague>{any_of([fold(word) for word in data['vague']])}))\b)"
    )
    return pattern, modifiers, ordinals


def find(folded: str, start: int, end: int, language: str) -> list[Number]:
    """Find the figures of folded[start:end], in order. Articles that look like one (a, un, ein) are included."""
    pattern, modifiers, ordinals = _grammar(language)
    numbers = []
    for found in pattern.finditer(folded, start, end):
        modifier = modifiers.get(found["modifier"] or "", "exact")
        value: int | None
        if found["digits"]:
            value = int(re.sub(r"[., ]", "", found["digits"]))
        elif found["word"]:
            value = _words(language)[found["word"]]
        elif found["ordinal"]:
            value = ordinals[found["ordinal"]]
        else:
            value, modifier = None, "vague"
        words = found["digits"] or found["word"] or found["ordinal"] or found["vague"]
        numbers.append(
            Number(found.start(), found.end(), value, modifier, words, ordinal=bool(found["ordinal"]))
        )
    return numbers
