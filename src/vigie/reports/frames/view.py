"""What a frame sees of a sentence, and the draft of a claim it may give back."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from vigie.reports import gazetteer
from vigie.reports.dating.expressions import Time
from vigie.reports.gazetteer import Mention
from vigie.reports.hits import Hit, Hits, function_words
from vigie.reports.numbers import Number
from vigie.reports.people import office_follows
from vigie.reports.speakers import Speech

PLACES = frozenset({"city", "country", "part", "region"})
_FAR = 10_000


@dataclass
class Draft:
    """A claim in the making; offsets are those of the clean text, `at` the place of its trigger."""

    kind: str
    start: int
    end: int
    at: int
    subject: str | None = None
    place: str | None = None
    place_code: str | None = None
    date: str | None = None
    numbers: list[dict[str, Any]] = field(default_factory=list)
    speaker: str | None = None
    certainty: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


@dataclass
class View:
    """One sentence with everything found in it. `before` is the sentence before it in the same report.

    level: the level change found in it, which the sentence behind may refer to.
    level_told: whether an earlier sentence named the alert level, so that «the level» means it.
    """

    text: str
    folded: str
    start: int
    end: int
    language: str
    published: date | None
    focus: str | None
    hits: Hits
    times: list[Time]
    mentions: list[Mention]
    numbers: list[Number]
    quotes: list[tuple[int, int]]
    speeches: list[Speech]
    before: "View | None" = None
    level_told: bool = False
    level: Draft | None = None
    kinds: set[str] = field(default_factory=set)

    def has(self, *ideas: str) -> bool:
        """Say whether any of `ideas` is said in the sentence."""
        return any(self.hits.get(idea) for idea in ideas)

    def of(self, *ideas: str) -> list[Hit]:
        """Give the hits of `ideas`, in order of place."""
        return sorted((hit for idea in ideas for hit in self.hits.get(idea, [])), key=lambda hit: hit.start)

    def near(self, hit: Hit, idea: str, *, before: int = 60, after: int = 30) -> bool:
        """Say whether `idea` is said within so many characters of `hit`, in the same clause."""
        for other in self.hits.get(idea, []):
            if other.start >= hit.start - before and other.end <= hit.end + after:
                left, right = sorted([other, hit], key=lambda h: h.start)
                if not re.search(
                    r"[;:]|, (?:but|mais|pero|aber|ma|maar)\b", self.folded[left.end : right.start]
                ):
                    return True
        return False

    def words(self, hit: Hit) -> str:
        """The words of a hit as printed, its last word whole."""
        end = hit.end
        while end < self.end and self.text[end].isalpha():
            end += 1
        joined = self.folded[hit.end : end] in function_words(self.language)
        return self.text[hit.start : hit.end if joined else end]

    def groups(self) -> list[Mention]:
        """The armed groups named in the sentence."""
        return [mention for mention in self.mentions if mention.named.kind == "group"]

    def place(self, at: int, *, cities: bool = False, reach: int = _FAR) -> tuple[str | None, str | None]:
        """Give the nearest named place to `at`, within `reach`, and its country's code; falls back on the country.

        cities: prefer a city, or a capital said as such, over a country («the attack in Arras», «the Swedish capital»).
        """
        found = [
            m
            for m in self.mentions
            if m.named.kind in PLACES and not self._of_speaker(m) and abs(m.start - at) <= reach
        ]
        if cities:
            towns = [m for m in found if m.named.kind in {"city", "part"}]
            if not towns and (capital := self._capital()):
                return capital
            found = towns or found
        if found:
            best = min(found, key=lambda m: abs(m.start - at) + (40 if m.start < at - 60 else 0))
            return self.text[best.start : best.end], best.named.code
        return self.country() if reach == _FAR else self.home()

    def home(self) -> tuple[str | None, str | None]:
        """Give the country the report is mostly about."""
        return (gazetteer.country_name(self.focus, self.language), self.focus) if self.focus else (None, None)

    def target(self, at: int) -> tuple[str | None, str | None]:
        """Give the nearest place to `at`, where an adjective counts as its country («on French soil»)."""
        found = [
            m
            for m in self.mentions
            if m.named.kind in PLACES | {"adjective"} and not self._of_speaker(m) and m.named.code != "EU"
        ]
        if not found:
            return self.country()
        best = min(found, key=lambda m: min(abs(m.start - at), abs(m.end - at)))
        if best.named.kind == "adjective":
            return gazetteer.country_name(best.named.code, self.language), best.named.code
        return self.text[best.start : best.end], best.named.code

    def country(self) -> tuple[str | None, str | None]:
        """Give the country the sentence is about: named, by adjective, by scheme or service, else the report's focus."""
        for kind in ("scheme", "country", "part", "adjective", "service"):
            for mention in self.mentions:
                if mention.named.kind == kind and mention.named.code not in {"EU", "UN"}:
                    if kind in {"country", "part"}:
                        return self.text[mention.start : mention.end], mention.named.code
                    return gazetteer.country_name(mention.named.code, self.language), mention.named.code
        return self.home()

    def _capital(self) -> tuple[str | None, str | None] | None:
        found = re.search(
            r"\b(?:capital|capitale|hauptstadt|hoofdstad)\b", self.folded[self.start : self.end]
        )
        if found is None:
            return None
        at = self.start + found.start()
        near = [
            m for m in self.mentions if m.named.kind in {"adjective", "country"} and abs(m.start - at) < 32
        ]
        if not near:
            return None
        code = min(near, key=lambda m: abs(m.start - at)).named.code
        return gazetteer.capital_name(code, self.language), code

    def _of_speaker(self, mention: Mention) -> bool:
        """Whether a country only belongs to a title («the President of France», «U.S. officials»)."""
        if mention.named.kind == "country" and office_follows(self.folded, mention.end, self.language):
            return True
        return mention.named.kind == "country" and bool(
            re.search(
                r"\b(?:president\w*|minister|ministre|ministro|prasident|koning|king|roi|rey) (?:of|de|du|di|von|van|der|della) (?:la |the )?$",
                self.folded[max(self.start, mention.start - 40) : mention.start],
            )
        )

    def places_itself(self) -> bool:
        """Whether the sentence names a place of its own, or a capital."""
        return any(m.named.kind in PLACES and not self._of_speaker(m) for m in self.mentions) or bool(
            self._capital()
        )

    def said_on(self) -> Time | None:
        """Give the time that dates the saying («said on Monday»), not what is said."""
        says = self.hits.get("say", [])
        return next((t for t in self.times if t.value and any(0 <= t.start - h.end <= 3 for h in says)), None)

    def time(self, at: int, *, reach: int = _FAR, rules: frozenset[str] | None = None) -> Time | None:
        """Give the settled time expression nearest to `at`, within `reach` characters; never the day of saying."""
        said = self.said_on()
        found = [
            t
            for t in self.times
            if t.value
            and t is not said
            and (rules is None or t.rule in rules)
            and min(abs(t.start - at), abs(t.end - at)) <= reach
        ]
        return min(found, key=lambda t: min(abs(t.start - at), abs(t.end - at))) if found else None

    def quote(self, at: int, *, longest: int = 120) -> str | None:
        """Give the printed quotation nearest to `at`, marks included."""
        found = [(a, b) for a, b in self.quotes if b - a <= longest]
        if not found:
            return None
        a, b = min(found, key=lambda q: 0 if q[0] <= at < q[1] else min(abs(q[0] - at), abs(q[1] - at)))
        return self.text[a:b]

    def speech(self, at: int) -> Speech | None:
        """Give the speech that `at` falls under: the last before it, else the first after it."""
        told = [s for s in self.speeches if s.speaker]
        before = [s for s in told if s.start <= at]
        return before[-1] if before else told[0] if told else None

    def day(self) -> str | None:
        """The day of publication as a value."""
        return self.published.isoformat() if self.published else None

    def draft(self, kind: str, at: int, **more: Any) -> Draft:
        """Begin a claim of this sentence at its trigger."""
        self.kinds.add(kind)
        speech = self.speech(at)
        more.setdefault("speaker", speech.speaker if speech else None)
        return Draft(kind, self.start, self.end, at, **more)


def figure(what: str, number: Number) -> dict[str, Any]:
    """Write a number as claims carry it; a vague one keeps its word."""
    if number.value is None:
        return {"what": what, "value": number.words, "modifier": "vague"}
    return {"what": what, "value": number.value, "modifier": number.modifier}
