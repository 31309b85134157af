"""Which level stood at a place at a time, as known at another time."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from vigie import times
from vigie.history.changes import Change, changes as shipped, day_end, gaps
from vigie.history.timeline import Span, timeline
from vigie.history.where import Where, ask
from vigie.schemes import dates
from vigie.schemes.reader import Level, Scheme, load
from vigie.schemes.scheme import RULES

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Absence = Literal["no levels", "nothing on record", "before", "ended"]
_ABSENT: dict[Absence, str] = {
    "no levels": "{authority}: no level, by policy.",
    "nothing on record": "No change of this scheme is on record for this place by then.",
    "before": "Nothing is known before {bound}.",
    "ended": "The scheme ended on {bound}.",
}
LATEST = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Answer:
    """The level at a place and a time, or why there is none to give.

    code: None when the scheme had set none, or nothing is known of that time. since, until: dates as sourced.
    known_until: the last date the level is confirmed for. held: False past that date: then the code is the last
    one confirmed and must never be read as in force. why: in words, with the page. confidence: of the row.
    span: the stretch of the timeline it was read from; without one, absence says why, and bound the date it hangs on.
    """

    scheme: Scheme
    where: Where
    at: datetime
    code: str | None
    since: str | None
    until: str | None
    known_until: str | None
    held: bool
    why: str
    confidence: str | None
    source: str | None
    decided_for: tuple[str, ...] = ()
    span: Span | None = None
    absence: Absence | None = None
    bound: str = ""

    @property
    def level(self) -> Level | None:
        """Give the level in the words it had at the time asked for."""
        if self.code is None:
            return None
        return self.scheme.at(self.day).level(self.code)

    @property
    def day(self) -> date:
        """Give the day asked for, in the scheme's clock."""
        return self.at.astimezone(times.time_zone(self.scheme.clock)).date()

    @property
    def standing(self) -> str:
        """Say how the answer may be used: held, last confirmed, or no level."""
        if self.code is None:
            return "no level known"
        return "held" if self.held else f"last confirmed {self.known_until}, not known since"

    def as_dict(self) -> dict[str, Any]:
        """Give the answer as printed by `vigie level --json`."""
        level = self.level
        return {
            "scheme": self.scheme.id,
            "zone": str(self.where),
            "code": self.code,
            "rank": level.rank if level else None,
            "name": level.word("") if level else None,
            "meaning": level.meaning if level else None,
            "since": self.since,
            "until": self.until,
            "known_until": self.known_until,
            "standing": self.standing,
            "why": self.why,
            "confidence": self.confidence,
            "source": self.source,
            "decided_for": list(self.decided_for),
        }


def instant(scheme: Scheme, given: str) -> datetime:
    """Read a time asked for, in the scheme's clock; a day alone means its last second. Raises BadTime."""
    read = times.parse(given, scheme.clock)
    if _DAY.fullmatch(given.strip()):
        return day_end(scheme.id, dates.read(given)) - timedelta(seconds=1)
    return read


def level_at(
    scheme_id: str,
    at: datetime,
    *,
    zone: str | None = None,
    known_at: datetime = LATEST,
    changes: Iterable[Change] | None = None,
) -> Answer:
    """Give the level of a scheme at a place and an instant, as known at `known_at`.

    changes: the history to ask; the shipped one unless given. Rows of low confidence are never asked.
    Raises UnknownScheme, UnknownZone, BadWhere.
    """
    scheme = load(scheme_id)
    where = ask(scheme, zone)
    rows = shipped(scheme_id) if changes is None else [row for row in changes if row.confidence != "low"]
    spans = timeline(scheme, rows, gaps(scheme_id), where, known_at)
    found = next((span for span in spans if span.holds(at)), None)
    if found is None:
        return _none(scheme, where, at, spans)
    return Answer(
        scheme=scheme,
        where=where,
        at=at,
        code=found.code,
        since=str(found.since) if found.code else None,
        until=str(found.until) if found.known and found.until else None,
        known_until=str(found.confirmed),
        held=found.known and found.code is not None,
        why=_why(scheme, found),
        confidence=found.change.confidence,
        source=found.change.source,
        decided_for=found.holder.zones if found.code else (),
        span=found,
    )


def _none(scheme: Scheme, where: Where, at: datetime, spans: list[Span]) -> Answer:
    absence: Absence
    bound = ""
    if not scheme.levels:
        absence = "no levels"
    elif not spans:
        absence = "nothing on record"
    elif at < spans[0].start:
        absence, bound = "before", str(spans[0].since)
    else:
        absence, bound = "ended", str(spans[-1].until)
    return Answer(
        scheme=scheme,
        where=where,
        at=at,
        code=None,
        since=None,
        until=None,
        known_until=None,
        held=False,
        why=_ABSENT[absence].format(authority=scheme.authority, bound=bound),
        confidence=None,
        source=None,
        absence=absence,
        bound=bound,
    )


def returned_to(span: Span) -> Change | None:
    """Give the row a part's level returned to, when it was not set anew by the row that brought it about."""
    around = span.rows[0] if span.rows else span.change
    return None if around is span.change else around


def _why(scheme: Scheme, span: Span) -> str:
    change = span.change
    said = f"{change.move} {change.date}: {change.reason}" + (
        f" ({change.announced_by})" if change.announced_by else ""
    )
    parts = [said]
    around = returned_to(span)
    if around:
        parts.append(
            f"it returned to what stands around it: {around.move} {around.date} for {', '.join(around.zones)}"
        )
    if span.known and not span.since.exact:
        parts.append(f"the day in {span.since} is not sourced")
    if span.losing:
        others = ", ".join(f"{row.code} for {', '.join(row.zones)}" for row in span.losing)
        parts.append(f"{scheme.rule}: {RULES[scheme.rule or 'single']}; so not {others}")
    if not span.known:
        parts.append(
            f"last confirmed {span.confirmed}, not known since" + (f": {span.note}" if span.note else "")
        )
    return "; ".join(parts)
