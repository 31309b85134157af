"""«Which time is this?»: how often a level was set, under each definition side by side.

A count without its definition is an opinion. Three things make the difference: whether a level set for a part
of the country counts, whether confirming a level that stands counts as another time, and since which edition
of the plan one counts. Across editions only the gravest level of each is compared, and only on request.
Rows of low confidence are never counted; the answer says how many were left out.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from vigie.errors import BadInput
from vigie.history.changes import (
    RENEWING,
    SETTING,
    Change,
    changes as shipped,
    gaps,
    known_from,
    takes_effect,
)
from vigie.history.lengths import Length
from vigie.history.timeline import Span, timeline
from vigie.history.where import Where
from vigie.schemes.reader import Scheme, load

Scope = Literal["national", "any"]


class BadScope(BadInput):
    """A scope of counting that is none."""


@dataclass(frozen=True)
class Definition:
    """What counts as a time.

    scope: `national` counts levels of the whole zone of the scheme, `any` those of a part or a sector too.
    merge_renewals: a confirmation of a level that stands is part of the same time. editions: schemes counted.
    """

    scope: Scope
    merge_renewals: bool
    editions: tuple[str, ...]

    def words(self) -> str:
        """Say the definition in words."""
        where = (
            "set for the whole country"
            if self.scope == "national"
            else "set for the country or any part of it"
        )
        renewals = (
            "confirmations of a standing level not counted"
            if self.merge_renewals
            else "each confirmation counted too"
        )
        first = load(self.editions[-1])
        since = f"since {first.in_force_from or 'the start on record'} ({first.name})"
        across = "; gravest level of each edition" if len(self.editions) > 1 else ""
        return f"{where}, {renewals}, {since}{across}"


@dataclass(frozen=True)
class Time:
    """One time the level was set: its row, its place in the count (from 1), how long it then stood."""

    number: int
    change: Change
    renewal: bool
    until: str | None
    length: Length


@dataclass(frozen=True)
class Count:
    """How often a level was set, under one definition, and each time it was."""

    definition: Definition
    times: tuple[Time, ...]

    @property
    def number(self) -> int:
        """Give the count."""
        return len(self.times)


def counts(
    scheme_id: str,
    code: str,
    at: datetime,
    *,
    changes: Iterable[Change] | None = None,
    all_editions: bool = False,
    earlier: Callable[[str], Iterable[Change]] = shipped,
) -> tuple[Count, ...]:
    """Count how often `code` had been set by `at`, under each definition.

    changes: the scheme's history to ask; the shipped one unless given. earlier: where that of an edition before is asked, when
    all editions are counted. The order: national before any, renewals
    merged before not, this edition before all. Raises UnknownScheme, UnknownLevel.
    """
    scheme = load(scheme_id)
    gravest = scheme.level(code) == scheme.levels[-1]
    rows = tuple(shipped(scheme_id) if changes is None else changes)
    chains: list[tuple[str, ...]] = [(scheme_id,)]
    if all_editions and gravest and scheme.predecessor:
        chains.append(_editions(scheme))
    found = []
    for chain in chains:
        listed = [
            one
            for edition in reversed(chain)
            for one in _times(
                load(edition),
                code if edition == scheme_id else None,
                rows if edition == scheme_id else tuple(earlier(edition)),
                at,
            )
        ]
        for scope in ("national", "any"):
            for merged in (True, False):
                definition = Definition(scope, merged, chain)
                kept = [
                    one
                    for one in listed
                    if (scope == "any" or _national(one.change)) and not (merged and one.renewal)
                ]
                found.append(Count(definition, tuple(_numbered(kept))))
    return tuple(found)


def chosen(all_counts: Sequence[Count], scope: str, *, merge_renewals: bool) -> Count:
    """Pick the count of a definition among those of this edition. Raises BadScope."""
    for count in all_counts:
        if (count.definition.scope, count.definition.merge_renewals) == (scope, merge_renewals):
            return count
    raise BadScope("{scope!r} is no scope of counting. Choose national or any.", scope=scope)


def left_out(scheme_id: str, code: str, at: datetime) -> tuple[Change, ...]:
    """Give the rows of low confidence that no count takes in, so that the answer can say so."""
    rows = shipped(scheme_id, low=True)
    return tuple(
        row for row in rows if row.confidence == "low" and row.code == code and known_from(row) <= at
    )


def _editions(scheme: Scheme) -> tuple[str, ...]:
    chain = [scheme.id]
    while previous := load(chain[-1]).predecessor:
        chain.append(previous)
    return tuple(chain)


def _national(change: Change) -> bool:
    within = load(change.scheme).zones.within
    return set(change.zones) >= set(within[:1]) and not (change.sector or change.subject or change.area)


def _times(scheme: Scheme, code: str | None, rows: Iterable[Change], at: datetime) -> list[Time]:
    code = code or scheme.levels[-1].code
    known = [
        row for row in rows if row.confidence != "low" and known_from(row) <= at and takes_effect(row) <= at
    ]
    lines: dict[Where, dict[str, Span]] = {}
    found = []
    for row in known:
        if row.code != code or row.move not in SETTING | RENEWING:
            continue
        where = Where(row.zones[0], row.sector, row.subject, row.area)
        if where not in lines:
            told = timeline(scheme, known, gaps(scheme.id), where, at)
            lines[where] = {each.id: span for span in reversed(told) if span.known for each in span.rows}
        span = lines[where].get(row.id)
        if row.move == "lowered" and span is None:
            continue  # a part that returns to what stands around it is not a level set anew
        until = span.until if span else None
        length = Length.between(row.date, until, span.confirmed if span else row.date)
        found.append(Time(0, row, row.move in RENEWING, str(until) if until else None, length))
    return found


def _numbered(times: Iterable[Time]) -> Iterable[Time]:
    for number, one in enumerate(times, start=1):
        yield Time(number, one.change, one.renewal, one.until, one.length)


def as_dict(count: Count) -> dict[str, Any]:
    """Give a count as JSON: definition, number, each time with its page."""
    return {
        "scope": count.definition.scope,
        "renewals_merged": count.definition.merge_renewals,
        "editions": list(count.definition.editions),
        "definition": count.definition.words(),
        "count": count.number,
        "times": [
            {
                "number": one.number,
                "date": str(one.change.date),
                "until": one.until,
                "length": str(one.length),
                **one.length.as_dict(),
                "zones": list(one.change.zones),
                "move": one.change.move,
                "reason": one.change.reason,
                "announced_by": one.change.announced_by,
                "source": one.change.source,
                "confidence": one.change.confidence,
                "origin": one.change.origin,
            }
            for one in count.times
        ],
    }
