"""Persons in a text: who speaks in office (kept) and how offices, surnames and full names belong together."""

import functools
import re
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date

from vigie.reports import gazetteer, lexicon
from vigie.reports.folding import fold
from vigie.reports.gazetteer import Mention
from vigie.reports.spans import Spans

_LINK = r"(?:de|del|della|di|van|von|der|den|ten|ter|la|le|el|al|bin|y|De|Van|Von|Der|La|Le|Di)"
NAME = re.compile(
    r"(?<![\w'’-])(?:[A-ZÀ-ÖØ-ÞŠŽĆČĐŁ][\w’'-]+|[A-Z]\.)(?:[ \u00a0](?:"
    + _LINK
    + r"[ \u00a0]){0,2}(?:[A-ZÀ-ÖØ-ÞŠŽĆČĐŁ][\w’'-]+|[A-Z]\.)){1,3}"
)
_GAP = re.compile(r"[^.;:!?\"()«»“”\n]{0,34}")


# Names of these are not persons'; a known office-holder is one, but named already.
_NOT_PERSONS = frozenset(["service", "scheme", "group", "country", "region", "part", "agency", "holder"])


@dataclass(frozen=True)
class Office:
    """An office said at [start, end), as the text words it."""

    start: int
    end: int
    word: str


@dataclass
class People:
    """The officials of one text.

    offices: offices said; officials: folded surname or full name -> full name as printed; spans: where each is named.
    roles: role -> full name, as the text itself or the list of office-holders tells.
    """

    offices: list[Office]
    officials: dict[str, str] = field(default_factory=dict)
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)


@functools.cache
def _offices(language: str) -> re.Pattern[str]:
    words = sorted(
        (fold(word) for word in lexicon.load("actors.toml")["offices"][language]), key=len, reverse=True
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?:s|'s|es|en|n)?(?![\w-])")


def office_follows(folded: str, at: int, language: str) -> bool:
    """Say whether an office is named right behind `at` («U.S. officials»)."""
    return folded[at : at + 1] == " " and _offices(language).match(folded, at + 1) is not None


@functools.cache
def _role_words() -> dict[str, str]:
    return {
        fold(word): role for role, words in lexicon.load("actors.toml")["roles"].items() for word in words
    }


def role_of(word: str) -> str | None:
    """Give the role an office word names (president, interior minister…); None for others."""
    return _role_words().get(word)


def find(text: str, folded: str, mentions: list[Mention], *, language: str) -> People:
    """Find the officials of a text by apposition («President X», «X, prefect of police») and by the gazetteer."""
    offices = [Office(m.start(), m.end(), m.group()) for m in _offices(language).finditer(folded)]
    people = People(offices)
    for mention in mentions:
        if mention.named.kind == "holder":
            people.officials[fold(mention.named.label)] = mention.named.label
            people.officials[fold(text[mention.start : mention.end])] = mention.named.label
            people.countries[mention.named.label] = mention.named.code
    taken = Spans((m.start, m.end) for m in mentions if m.named.kind in _NOT_PERSONS)
    for found in NAME.finditer(text):
        start, end = trimmed(found.start(), found.end(), text, offices)
        if end - start < 4 or " " not in text[start:end].strip() or taken.meet(start, end):
            continue
        office = _beside(text, offices, start, end)
        if office is None:
            continue
        full = text[start:end].replace("\u00a0", " ")
        known = people.officials.get(fold(full), full)
        people.officials[fold(full)] = known
        people.officials.setdefault(fold(full.split()[-1]), known)
        if (role := role_of(office.word)) is not None:
            people.roles.setdefault(role, known)
    people.spans = _spans(text, folded, people.officials)
    return people


def _spans(text: str, folded: str, officials: dict[str, str]) -> list[tuple[int, int, str]]:
    """Every mention of an official, by full name or surname, the longest name first."""
    if not officials:
        return []
    words = "|".join(re.escape(word) for word in sorted(officials, key=len, reverse=True))
    return [
        (found.start(), found.end(), officials[found.group()])
        for found in re.finditer(rf"(?<!\w)(?:{words})(?=\W|$|s\b|from\b|with\b)", folded)
        if text[found.start()].isupper()
    ]


def trimmed(start: int, end: int, text: str, offices: list[Office]) -> tuple[int, int]:
    """Cut office words and one leading sentence word off a name («President X Y», «Minister X Y»)."""
    for office in _near(offices, start, end):
        if office.start <= start < office.end < end:
            start = office.end
            while start < end and not text[start].isalpha():
                start += 1
    return start, end


def _near(offices: list[Office], start: int, end: int) -> list[Office]:
    """The offices said around [start, end); they are in order of place."""
    first = bisect_left(offices, start - 90, key=lambda office: office.start)
    last = bisect_left(offices, end + 31, key=lambda office: office.start)
    return offices[first:last]


def _beside(text: str, offices: list[Office], start: int, end: int) -> Office | None:
    for office in _near(offices, start, end):
        if office.end <= start and start - office.end <= 34:
            gap = text[office.end : start]
            if _GAP.fullmatch(gap) and len(gap.split()) <= 4 and not re.search(r",[^,]*\w", gap):
                return office
        elif end <= office.start <= end + 30:
            gap = text[end : office.start]
            if gap.startswith((",", " (")) and _GAP.fullmatch(gap.lstrip(" (,")) and len(gap.split()) <= 4:
                return office
    return None


def holder_of(role: str, country: str | None, day: date | None, people: People) -> str | None:
    """Give who held `role`: as this text names them, else from the list, in `country` on `day`."""
    if country and day:
        known = [
            h.name
            for h in gazetteer.holders()
            if h.role == role
            and h.country == country
            and h.since <= day
            and (h.until is None or day < h.until)
        ]
        if len(known) == 1:
            return known[0]
    named = people.roles.get(role)
    return named if named and (country is None or people.countries.get(named, country) == country) else None
