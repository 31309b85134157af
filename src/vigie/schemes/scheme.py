"""What a national scheme is: its levels in order, where it may be set, and who decides.

A scheme is never computed with beyond what stands here. Its words are official and kept in the official
languages; meanings are in vigie's own wording.
"""

from datetime import date, datetime
from typing import Literal

import msgspec

from vigie.errors import BadInput
from vigie.schemes import dates

Confidence = Literal["high", "medium"]
Kind = Literal["posture-with-levels", "threat-level", "protective-posture", "advisory", "none"]
Expiry = Literal["none", "soft", "sustainability", "sunset", "stated-hour"]
Rule = Literal["highest-covering", "most-specific", "single"]
Shape = Literal["circle", "square", "diamond", "triangle", "octagon"]

SHAPES: tuple[Shape, ...] = ("circle", "square", "diamond", "triangle", "octagon")

EXPIRIES: dict[Expiry, str] = {
    "none": "no level expires by itself; someone has to lower it",
    "soft": "the gravest level is meant to be short, but no number of days is written",
    "sustainability": "each level is held as long as its measures can be kept up",
    "sunset": "every notice ends on its stated date unless it is extended or issued again",
    "stated-hour": "a level may be set until a stated hour; otherwise it stands until changed",
}

RULES: dict[Rule, str] = {
    "highest-covering": "among the decisions that cover the place, the one with the gravest level holds",
    "most-specific": "among the decisions that cover the place, the one with the narrowest scope holds",
    "single": "the scheme has one level at a time for its whole zone",
}


class UnknownLevel(BadInput):
    """A code that is none of the scheme's levels."""


class UnknownZone(BadInput):
    """A zone that the scheme does not cover."""


class Colour(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An official colour of a level.

    name: the colour as the scheme names it, in English. source: where the scheme says so.
    """

    name: str
    source: str


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that a level had before today's. seen: date for which a page bears them. Empty name or meaning: as today's."""

    seen: str
    sources: tuple[str, ...]
    name: dict[str, str] = {}
    meaning: dict[str, str] = {}


class Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One level of a scheme.

    code: stands in the record; never changes once shipped.
    rank: gravity, 1 = least severe; 0 only for a state outside the levels («not activated», «no advisory»).
    position, of: place among all states of the scheme, counted from the least severe, and their number.
    name: official word by language; empty where no official word could be sourced.
    number: the number or figure the scheme itself prints, which may run the other way; None if it prints words.
    meaning: what the level says, by language, in our wording; empty where not sourced.
    since: when name and meaning began to read so; earlier: how they read before. added: when the level came into the scheme, or
    was first named by a page; None for those of its first day.
    """

    code: str
    rank: int
    gloss_en: str
    name: dict[str, str] = {}
    meaning: dict[str, str] = {}
    number: str | None = None
    since: str | None = None
    added: str | None = None
    earlier: tuple[Wording, ...] = ()
    colour: Colour | None = None
    position: int = 0
    of: int = 0
    top: int = 0

    @property
    def printed(self) -> str:
        """Give rank and number of levels as badges print them: `3/3`."""
        return f"{self.rank}/{self.top}"

    @property
    def shape(self) -> Shape:
        """Give the badge's shape: from circle (least severe) to octagon (gravest), spread over the scheme's states."""
        if self.of < 2:
            return SHAPES[0]
        return SHAPES[round((self.position - 1) * (len(SHAPES) - 1) / (self.of - 1))]

    def word(self, lang: str) -> str:
        """Give the official word, in `lang` if it is official in it, else in every official language, else the English gloss."""
        return self.name.get(lang) or " / ".join(dict.fromkeys(self.name.values())) or self.gloss_en


def _worded(level: Level, day: date) -> Level:
    """Give a level in the words it had at a day: the last ones that a page bears for then or before.

    A date no finer than a year counts from its first day. Without a date for today's words, earlier ones hold as long as a
    page bears them and no longer.
    """
    if not level.earlier or (level.since and dates.read(level.since).first <= day):
        return level
    known = sorted(level.earlier, key=lambda each: dates.read(each.seen))
    if not level.since and dates.read(known[-1].seen).last < day:
        return level
    before = [each for each in known if dates.read(each.seen).first <= day]
    then = before[-1] if before else known[0]
    return msgspec.structs.replace(level, name=then.name or level.name, meaning=then.meaning or level.meaning)


class Scope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a decision of the scheme may be limited to."""

    national: bool
    regional: bool
    sector: bool
    site: bool
    note: str = ""


class Zones(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The zones a scheme may be set for.

    within: ISO 3166 codes it is made for; empty means any country.
    parts: whether parts of them may have their own level.
    tree: where parts are listed, each region with the parts inside it; empty means any code of the ISO 3166-2 form.
    """

    within: tuple[str, ...] = ()
    parts: bool = False
    tree: dict[str, tuple[str, ...]] = {}

    def covers(self, outer: str, inner: str) -> bool:
        """Say whether a decision for `outer` holds in `inner`: itself, its country, or the region it lies in."""
        if outer == inner or inner.startswith(outer + "-"):
            return True
        return inner in self.tree.get(outer, ())

    def narrowness(self, zone: str) -> int:
        """Give 0 for a country, 1 for a region or an unlisted part, 2 for a part of a listed region."""
        if "-" not in zone:
            return 0
        return 2 if any(zone in parts for parts in self.tree.values()) and zone not in self.tree else 1


class Scheme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A national (or international) scheme of terror-alert levels, in one edition.

    names: official name by language. authority: who is responsible. kind: `none` is a policy of having no level.
    in_force_from, in_force_to: day, month or year as sourced (`dates.read`); None where not sourced or still in force.
    expiry: None where it could not be sourced. may_end: codes of the levels that may be set until a stated hour, where expiry is
    soft or stated-hour; empty means all of them. rule: how one level is picked at a place; None without levels.
    clock: IANA time zone in which the scheme's dates begin and end.
    suggests: for a response scheme, which of its levels each level of a threat scheme suggests; suggests_source: the page that
    says so, None for an adopter's own choice.
    review_every: the longest time between two reviews (ISO 8601: P6M), where the scheme states one.
    marks: official words for more or less intensity inside a level («reforzado»).
    """

    id: str
    country: str | None
    kind: Kind
    authority: str
    names: dict[str, str]
    name_en: str
    confidence: Confidence
    sources: tuple[str, ...]
    levels: tuple[Level, ...] = ()
    zones: Zones = Zones()
    scope: Scope | None = None
    decided_by: str = ""
    announced_by: str = ""
    criteria: tuple[str, ...] = ()
    expiry: Expiry | None = None
    expiry_note: str = ""
    may_end: tuple[str, ...] = ()
    review: str = ""
    review_every: str | None = None
    rule: Rule | None = None
    clock: str = "UTC"
    marks: tuple[str, ...] = ()
    suggests: dict[str, dict[str, str]] = {}
    suggests_source: str | None = None
    in_force_from: str | None = None
    in_force_to: str | None = None
    predecessor: str | None = None
    official_page: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Give the official name, in every official language."""
        return " / ".join(dict.fromkeys(self.names.values()))

    @property
    def codes(self) -> tuple[str, ...]:
        """Give the codes of the levels, least severe first."""
        return tuple(level.code for level in self.levels)

    def level(self, code: str) -> Level:
        """Give the level of that code. Raises UnknownLevel, naming those there are."""
        for level in self.levels:
            if level.code == code:
                return level
        if not self.levels:
            raise UnknownLevel(
                "{scheme} has no level {given!r}: by policy, it has no levels.", scheme=self.id, given=code
            )
        raise UnknownLevel(
            "{scheme} has no level {given!r}. Its levels are: {levels}.",
            scheme=self.id,
            given=code,
            levels=", ".join(f"{level.code} ({level.word('')})" for level in self.levels),
        )

    def at(self, day: date) -> "Scheme":
        """Give the scheme with its levels in the words they had at a day; ranks and codes never differ."""
        if not any(level.earlier for level in self.levels):
            return self
        return msgspec.structs.replace(self, levels=tuple(_worded(level, day) for level in self.levels))

    def review_due(self, since: datetime) -> datetime | None:
        """Give when a level set at `since` must have been looked at again; None where the scheme states no interval."""
        return dates.after(since, self.review_every) if self.review_every else None

    def check_zone(self, zone: str) -> str:
        """Give `zone` back if the scheme may be set for it. Raises UnknownZone («zone not in the scheme») otherwise."""
        if _fits(self.zones, zone):
            return zone
        raise UnknownZone(
            "{zone!r}: zone not in the scheme {scheme}. Expected {expected}.",
            zone=zone,
            scheme=self.id,
            expected=_expected(self.zones),
        )


def _fits(zones: Zones, zone: str) -> bool:
    if not zones.within:
        return _country_form(zone.partition("-")[0]) and (
            ("-" not in zone) or _part_form(zone.partition("-")[2])
        )
    if zone in zones.within:
        return True
    if not zones.parts or not any(zone.startswith(country + "-") for country in zones.within):
        return False
    if zones.tree:
        return zone in zones.tree or any(zone in parts for parts in zones.tree.values())
    return _part_form(zone.partition("-")[2])


def _country_form(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isalpha() and text.isupper()


def _part_form(text: str) -> bool:
    return 1 <= len(text) <= 3 and text.isascii() and text.isalnum() and text == text.upper()


def _expected(zones: Zones) -> str:
    if not zones.within:
        return "a country (ISO 3166-1, such as FR) or a part of one (ISO 3166-2, such as FR-IDF)"
    countries = " or ".join(zones.within)
    if not zones.parts:
        return f"{countries}; the scheme has no level for parts"
    example = next(iter(zones.tree), f"{zones.within[0]}-X")
    return f"{countries}, or a part of it by its ISO 3166-2 code (such as {example})"
