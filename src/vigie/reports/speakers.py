"""Who says it: verb and name, «according to», inversion, office titles, and «he said» chains."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from vigie.reports.gazetteer import Mention
from vigie.reports.hits import Hits
from vigie.reports.people import People, holder_of, role_of

# «ministère des Armées», «prosecutor of Paris»: one noun more belongs to the office.
_OF = re.compile(
    r" (?:de la|de l['’]|des|du|de|of the|of|della|dello|del|dell['’]|des|der|van de|van het|van) ?[A-ZÀ-Ý][\w’'-]+"
)


@dataclass(frozen=True)
class Speech:
    """A verb of saying at [start, end) and its speaker (None when not found)."""

    start: int
    end: int
    words: str
    speaker: str | None
    country: str | None = None


@dataclass(frozen=True)
class _Candidate:
    start: int
    end: int
    label: str
    country: str | None
    group: bool = False


class Speakers:
    """Finds the speakers of one text, sentence by sentence, remembering the last one."""

    def __init__(
        self,
        text: str,
        mentions: list[Mention],
        people: People,
        *,
        private: list[tuple[int, int]],
        published: date | None,
        focus: str | None,
    ) -> None:
        self._text = text
        self._published = published
        self._focus = focus
        self._people = people
        self._last: _Candidate | None = None
        # A private person's words have a speaker too, whom no claim names.
        self._candidates = sorted(
            [*self._all(mentions), *(_Candidate(a, b, "", None) for a, b in private)], key=lambda c: c.start
        )

    def _all(self, mentions: list[Mention]) -> list[_Candidate]:
        people = self._people
        found = [
            _Candidate(self._office_before(s), e, name, people.countries.get(name))
            for s, e, name in people.spans
        ]
        for office in people.offices:
            if any(
                c.start - 40 <= office.start <= c.end + 40 and self._one_phrase(office.end, c) for c in found
            ):
                continue
            country = self._country(mentions, office.start, office.end)
            role = role_of(office.word)
            name = holder_of(role, country or self._focus, self._published, people) if role else None
            start = self._phrase_start(mentions, office.start)
            end = self._phrase_end(mentions, office.end)
            if end == office.end and (more := _OF.match(self._text, end)):
                end = more.end()
            found.append(
                _Candidate(start, end, name or self._text[start:end].strip(), country or self._focus)
            )
        for m in mentions:
            # «Säpo chief X»: the person speaks, not the service.
            led = any(
                0 <= s - m.end <= 14 and not re.search(r"[.;:]", self._text[m.end : s])
                for s, _, _ in people.spans
            )
            if m.named.kind in {"service", "group"} and not led:
                found.append(
                    _Candidate(
                        m.start,
                        m.end,
                        self._text[m.start : m.end],
                        m.named.code or None,
                        m.named.kind == "group",
                    )
                )
        return sorted(found, key=lambda c: c.start)

    def _office_before(self, start: int) -> int:
        """Where the phrase «the interior minister X» begins, for the name X at `start`."""
        led = [
            o.start
            for o in self._people.offices
            if 0 < start - o.end <= 20 and not re.search(r"[.,;:]", self._text[o.end : start])
        ]
        return min(led, default=start)

    def _one_phrase(self, office_end: int, name: _Candidate) -> bool:
        a, b = sorted([(office_end, office_end), (name.start, name.end)])
        return not re.search(r"[.;:!?\"«»“”]", self._text[a[1] : b[0]])

    def _country(self, mentions: list[Mention], start: int, end: int) -> str | None:
        near = [
            m
            for m in mentions
            if m.named.kind in {"adjective", "country"}
            and start - 24 <= m.start
            and m.end <= end + 26
            and not re.search(r"[.;!?]", self._text[min(m.end, end) : max(m.start, start)])
        ]
        return (
            min(near, key=lambda m: min(abs(m.start - end), abs(start - m.end))).named.code if near else None
        )

    def _phrase_start(self, mentions: list[Mention], start: int) -> int:
        return next(
            (
                m.start
                for m in mentions
                if m.named.kind == "adjective" and 0 < start - m.start <= 22 and m.end >= start - 1
            ),
            start,
        )

    def _phrase_end(self, mentions: list[Mention], end: int) -> int:
        return next(
            (
                m.end
                for m in mentions
                if m.named.kind in {"adjective", "country"}
                and 0 <= m.start - end <= 5
                and "." not in self._text[end : m.start]
            ),
            end,
        )

    def speeches(
        self,
        hits: Hits,
        start: int,
        end: int,
        quotes: list[tuple[int, int]],
        *,
        opens_quoted: bool,
        pronouns: frozenset[str],
    ) -> list[Speech]:
        """Give the speeches of the sentence [start, end), the speaker of each, in order of place."""
        first = bisect_left(self._candidates, start, key=lambda c: c.start)
        last = bisect_left(self._candidates, end, key=lambda c: c.start)
        here = [c for c in self._candidates[first:last] if c.end <= end]
        outside = [c for c in here if not any(a <= c.start < b for a, b in quotes)]
        found: list[Speech] = []
        for hit in hits.get("according", []):
            source = next((c for c in outside if 0 <= c.start - hit.end <= 40), None)
            figures = next(
                (h for h in hits.get("official_figures", []) if 0 <= h.start - hit.end <= 12), None
            )
            if source:
                self._last = source
                found.append(
                    Speech(
                        hit.start,
                        source.end,
                        self._text[hit.start : hit.end],
                        source.label or None,
                        source.country,
                    )
                )
            elif figures:
                found.append(
                    Speech(
                        hit.start,
                        figures.end,
                        self._text[hit.start : figures.end],
                        self._text[figures.start : figures.end],
                    )
                )
        verb_end = start
        for hit in hits.get("say", []):
            if any(a < hit.start < b for a, b in quotes) or hit.start < verb_end:
                continue
            speaker = self._subject(hit.start, hit.end, outside, start, end, pronouns)
            if speaker is not None:
                self._last = speaker
            verb_end = hit.end
            found.append(
                Speech(
                    hit.start,
                    hit.end,
                    self._text[hit.start : hit.end],
                    (speaker.label or None) if speaker else None,
                    speaker.country if speaker else None,
                )
            )
        if not found and opens_quoted and self._last is not None:
            found.append(Speech(start, start, "", self._last.label or None, self._last.country))
        return sorted(found, key=lambda s: s.start)

    def _stranger(self, before: list[_Candidate], start: int, verb: int, verb_end: int, end: int) -> bool:
        """Whether a subject nobody knows stands right before a closing verb («…, an expert said.»)."""
        comma = self._text.rfind(",", start, verb) + 1
        closing = self._text[verb_end:end].strip(' ."”»') == ""
        unknown = not any(c.end > comma for c in before) and re.search(r"\w{3,}", self._text[comma:verb])
        return bool(comma and closing and unknown and verb - comma < 45)

    def _subject(  # noqa: PLR0911 - the ways to find a subject, in order
        self, verb: int, verb_end: int, here: list[_Candidate], start: int, end: int, pronouns: frozenset[str]
    ) -> _Candidate | None:
        # A group speaks only where its name stands right at the verb; elsewhere it is what is spoken of.
        before = [c for c in here if c.end <= verb and verb - c.end <= (3 if c.group else 110)]
        after = [
            c
            for c in here
            if verb_end <= c.start <= verb_end + 45
            and not re.search(r"[.;:“«\"]", self._text[verb_end : c.start])
        ]
        near = self._text[max(start, verb - 14) : min(end, verb_end + 10)].lower()
        said_by_pronoun = any(re.search(rf"(?<!\w){re.escape(p)}(?!\w)", near) for p in pronouns)
        if (
            self._last is not None
            and re.search(
                r"(?:,| and| et| y| und| e| en|, who|, qui) $", self._text[max(start, verb - 6) : verb]
            )
            and self._last.start >= start
        ):
            return self._last
        close = [c for c in before if verb - c.end <= 3]
        if close:
            return close[-1]
        if said_by_pronoun and self._last is not None:
            return self._last
        if self._stranger(before, start, verb, verb_end, end):
            return None
        inverted = [
            c
            for c in after
            if c.start - verb_end <= 6 or self._text[verb_end : c.start].strip().count(" ") <= 1
        ]
        if inverted and (not before or verb - before[-1].end > 40):
            return inverted[0]
        if before:
            # The subject stands first in its clause: «X, in a visit to Y, said».
            return before[0] if verb - before[0].end <= 70 else before[-1]
        if after and not before:
            return after[0]
        return None
