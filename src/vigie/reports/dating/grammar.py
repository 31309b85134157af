"""Each language's time patterns, compiled from its word lists to one pattern."""

import functools
import re
from dataclasses import dataclass
from typing import Any

from vigie.reports import lexicon, numbers
from vigie.reports.folding import fold

_YEAR = r"(?:19|20)\d\d"
_NUMERIC = (
    r"(?P<iso_y>(?:19|20)\d\d)-(?P<iso_m>0[1-9]|1[0-2])-(?P<iso_d>0[1-9]|[12]\d|3[01])(?!\d)",
    r"(?P<num_d>0?[1-9]|[12]\d|3[01])(?P<num_s>[./-])(?P<num_m>0?[1-9]|1[0-2])(?P=num_s)(?P<num_y>(?:19|20)\d\d)(?!\d)",
)


@dataclass(frozen=True)
class Rule:
    """One way of saying a time: its name for `settle`, and the values its words stand for."""

    name: str
    words: dict[str, int]


@dataclass(frozen=True)
class Grammar:
    """A language's time patterns: `points` finds a time, the others the words around it, all on folded text."""

    points: re.Pattern[str]
    rules: dict[str, Rule]
    since: re.Pattern[str]
    until: re.Pattern[str]
    preposition: re.Pattern[str]
    open_range: re.Pattern[str]
    join: re.Pattern[str]
    half_range: re.Pattern[str]
    future: re.Pattern[str]
    past: re.Pattern[str]
    months: dict[str, int]
    weekdays: dict[str, int]
    units: dict[str, str]
    feasts: dict[str, str]
    numbers: dict[str, int]
    seasons: dict[str, int]
    which: dict[str, int]


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _flat(groups: list[list[str]]) -> dict[str, int]:
    return {fold(word): index for index, group in enumerate(groups) for word in group}


def _plain(pattern: str) -> str:
    """Fold a pattern's letters, which are written in lower case, and leave its signs."""
    return "".join(sign if sign.isascii() else fold(sign) for sign in pattern)


@functools.cache
def grammar(language: str) -> Grammar:
    """Compile the time grammar of `language`."""
    data: dict[str, Any] = lexicon.of("time", language)
    months, weekdays = _flat(data["months"]), _flat(data["weekdays"])
    units = {fold(word): unit for unit, words in data["units"].items() for word in words}
    feasts = {fold(word): name for name, words in data["feasts"].items() for word in words}
    words = {word: value for word, value in numbers.words_of(language).items() if value < 100}
    day = _plain(data["day"]).replace("{D}", r"(?P<d>0?[1-9]|[12]\d|3[01])")
    holes = {
        "{day}": day,
        "{d}": r"(?P<d>0?[1-9]|[12]\d|3[01])",
        "{D}": r"(?:0?[1-9]|[12]\d|3[01])",
        "{mon}": f"(?P<mon>{_any(list(months))})",
        "{y}": f"(?P<y>{_YEAR})",
        "{y2}": rf"(?P<y2>{_YEAR}|\d\d(?!\d))",
        "{wd}": f"(?P<wd>{_any(list(weekdays))})",
        "{wd2}": f"(?P<wd2>{_any(list(weekdays))})",
        "{n}": rf"(?P<n>\d{{1,3}}|{_any(list(words))})",
        "{unit}": f"(?P<unit>{_any(list(units))})",
        "{part}": _plain(data["part"]),
        "{feast}": f"(?P<feast>{_any(list(feasts))})",
    }
    rules: dict[str, Rule] = {}
    alternatives = []
    for entry in data["pattern"]:
        for text in entry["text"]:
            name = f"p{len(rules)}"
            filled = _plain(text)
            for hole, value in holes.items():
                filled = filled.replace(hole, value)
            head, unit, tail = filled.partition("(?P<unit>")
            filled = (
                head + unit + tail.replace("(?P<unit>", "(?P<unit2>")
            )  # «derniers mois» or «mois derniers»
            if entry["rule"] == "year":
                filled += r"(?![-/]\d)"
            if entry["rule"] == "month_near":
                filled += r"(?!\.?,? (?:\w{1,4} )?\d)"
            filled = re.sub(r"\(\?P<(\w+)>", rf"(?P<\1_{name}>", filled)
            rules[name] = Rule(
                entry["rule"], {fold(word): value for word, value in entry.get("args", {}).items()}
            )
            alternatives.append(f"(?P<{name}>{filled})")
    for pattern in _NUMERIC:
        name = f"p{len(rules)}"
        rules[name] = Rule("numeric", {})
        named = re.sub(r"\(\?P([<=])(\w+)", rf"(?P\1\2_{name}", pattern)
        alternatives.append(f"(?P<{name}>{named})")
    joins = f" ?(?:{_plain(data['join'])}) ?|,? (?:{_plain(data['join'])}) "
    return Grammar(
        points=re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?!\w)"),
        rules=rules,
        since=re.compile(rf"(?<!\w)(?:{_plain(data['since'])}) ?$"),
        until=re.compile(rf"(?<!\w)(?:{_plain(data['until'])}) ?$"),
        preposition=re.compile(rf"(?<!\w)(?:{_plain(data['prepositions'])}) $"),
        open_range=re.compile(rf"(?<!\w)(?:{_plain(data['open_range'])}) ?$"),
        join=re.compile(f"(?:{joins})$"),
        half_range=re.compile(rf"(?<![\w-]){day}(?:{joins})(?:the )?$"),
        future=re.compile(data["future"]),
        past=re.compile(data["past"]),
        months=months,
        weekdays=weekdays,
        units=units,
        feasts=feasts,
        numbers=words,
        seasons={fold(word): value for word, value in data["seasons"].items()},
        which={fold(word): value for word, value in data["which"].items()},
    )
