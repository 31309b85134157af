"""Names of places, groups, services and offices in one automaton, and what each name stands for."""

import functools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources

import ahocorasick
from babel import Locale
from babel.core import get_global

from vigie.reports import lexicon
from vigie.reports.folding import fold
from vigie.reports.hits import function_words

# Case matters for these: folded they are everyday words.
_SHOUTED = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A name's meaning. kind: country, region (of the world), part, city, adjective, capital, group, service, scheme, agency, holder.

    code: ISO country (or part) code for places, services and holders; label: the canonical name where there is one.
    """

    kind: str
    code: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of the gazetteer standing at [start, end) of a text."""

    start: int
    end: int
    named: Named


@dataclass(frozen=True)
class Holder:
    """Who held a public office, from and to (open when still held as far as known)."""

    name: str
    role: str
    country: str
    since: date
    until: date | None


@functools.cache
def holders() -> tuple[Holder, ...]:
    """Every office-holder the data knows."""
    return tuple(
        Holder(h["name"], h["role"], h["country"], h["from"], h.get("to"))
        for h in lexicon.load("actors.toml")["holder"]
    )


def capital_name(country: str, language: str) -> str | None:
    """Give the name of a country's capital in `language`, from CLDR; None where the data lacks it."""
    wanted = lexicon.load("places.toml")["capital"]["zones"].get(country)
    if wanted is None:
        return None
    zones = get_global("zone_territories")
    zone = next(
        (z for z in zones if z == wanted or (wanted.endswith("*") and z.startswith(wanted[:-1]))), None
    )
    if zone is None:
        return None
    return _example_city(zone, language)


def country_name(code: str, language: str) -> str | None:
    """Give a territory's name in `language`, from CLDR; None for a part of a country."""
    name = Locale(language).territories.get(code)
    return None if name is None else str(name)


Names = dict[str, list[tuple[str, bool, bool, Named]]]


@functools.cache
def _names(language: str) -> Names:
    """Folded name -> (as written, takes any ending, needs its capital, meaning), the first meaning ruling."""
    names: Names = defaultdict(list)
    stop = frozenset(fold(word) for word in lexicon.load("places.toml")["stop"]["words"]) | function_words(
        language
    )
    for tongue in lexicon.LANGUAGES:  # March, Mai and Abril are cities too
        stop |= {
            fold(word)
            for key in ("months", "weekdays")
            for words in lexicon.of("time", tongue)[key]
            for word in words
        }
    for written, named in (*_actors(), *_countries(language)):
        ending = named.kind == "adjective" and written.endswith("*")
        names[fold(written.rstrip("*"))].append((written, ending, named.kind != "adjective", named))
    for written, named in _cities(language):
        if fold(written) not in stop and len(written) > 3:
            names[fold(written)].append((written, False, True, named))
    return names


def _actors() -> Iterator[tuple[str, Named]]:
    actors = lexicon.load("actors.toml")
    for holder in actors["holder"]:
        named = Named("holder", holder["country"], holder["name"])
        for alias in (holder["name"], _surname(holder["name"]), *holder.get("aliases", [])):
            yield alias, named
    for kind in ("services", "schemes"):
        for code, written in actors[kind].items():
            for name in written:
                yield name, Named(kind[:-1], code, name)
    for label, written in actors["groups"].items():
        for name in written:
            yield name, Named("group", "", label)


def _countries(language: str) -> Iterator[tuple[str, Named]]:
    places = lexicon.load("places.toml")
    for code, name in Locale(language).territories.items():
        if len(str(name)) > 3 and code not in {"EU", "EZ", "UN", "ZZ", "XA", "XB"}:
            yield str(name), Named("region" if str(code).isdigit() else "country", str(code))
    for code, written in places["names"].items():
        for name in written:
            yield name, Named("region" if code.isdigit() else "country" if len(code) == 2 else "part", code)
    for code, written in places["adjectives"].items():
        for name in written:
            yield name, Named("adjective", code)


def _cities(language: str) -> Iterator[tuple[str, Named]]:
    for code, written in lexicon.load("places.toml")["exonyms"].items():
        for name in written:
            yield name, Named("city", code)
    for zone, code in get_global("zone_territories").items():
        if "/" in zone and not zone.startswith(("Etc/", "Antarctica/")):
            yield _example_city(zone, language), Named("city", str(code))
    file = resources.files("vigie.reports") / "data" / "cities.txt"
    for line in file.read_text(encoding="utf-8").splitlines()[1:]:
        city, _, code = line.partition("\t")
        yield city, Named("city", code)


def _example_city(zone: str, language: str) -> str:
    """CLDR's name of a time zone's city; where it gives none, the zone's own last part is the name."""
    details = Locale(language).time_zones.get(zone, {})
    return str(details["city"]) if "city" in details else zone.rsplit("/", 1)[-1].replace("_", " ")


def _surname(name: str) -> str:
    parts = name.split()
    for at, part in enumerate(parts[1:], 1):
        if part.islower() or part in {"De", "Van", "Von"}:
            return " ".join(parts[at:])
    return parts[-1]


@functools.cache
def _automaton(language: str) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for folded, meanings in _names(language).items():
        automaton.add_word(folded, (len(folded), tuple(meanings)))
    automaton.make_automaton()
    return automaton


def find(text: str, folded: str, language: str) -> list[Mention]:
    """Find the gazetteer's names in `text`, the longest at each place, in order.

    A proper name counts only where it is written with its capital (a short one only letter for letter), so that
    «nice», «buy» or «is» are not places and groups.
    """
    glue = function_words(language)
    found = []
    for last, (length, meanings) in _automaton(language).iter(folded):
        start, end = last - length + 1, last + 1
        if start and (
            folded[start - 1].isalnum()
            or (
                folded[start - 1] == "-"
                and start > 1
                and folded[start - 2].isalnum()
                and text[start].islower()
            )
        ):
            continue
        inside = end < len(folded) and folded[end].isalnum() and folded[end - 1].isalnum()
        for written, ending, capital, named in meanings:
            if (
                inside
                and not ending
                and not (
                    language == "de" and named.kind == "city" and folded[end : _word_end(folded, end)] == "er"
                )
                and not (named.kind == "group" and folded[end : end + 1] == "-")
                and not _glued(folded, end, glue)
            ):
                continue
            if capital and not _capital(text, start, end, written):
                continue
            found.append(Mention(start, end if not ending else _word_end(folded, end), named))
            break
    found.sort(key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _capital(text: str, start: int, end: int, written: str) -> bool:
    if len(written) <= _SHOUTED and written.isupper():
        return text[start:end] == written
    return text[start].isupper() or not written[0].isupper() or not written[0].isalpha()


def _glued(folded: str, end: int, glue: frozenset[str]) -> bool:
    stop = _word_end(folded, end)
    return stop - end >= 3 and folded[end:stop] in glue


def _word_end(folded: str, end: int) -> int:
    while end < len(folded) and folded[end].isalpha():
        end += 1
    return end
