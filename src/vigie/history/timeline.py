"""The level at one place through time, told from the changes known at a given instant.

Each place where a level is set has a line of its own; at any instant the scheme's rule picks among the lines
that cover the place asked for. A part that is lowered to what its surroundings have no longer stands apart. A
stated end ends a notice; where a level returns is what stands around it, or the state the scheme began with.

Between two sourced changes a level is taken to have stood. After the last confirmation, in the gaps that are
listed, and before a rise to a level that already stood (so that some fall in between went unrecorded), nothing
is known, and the span says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from vigie import times
from vigie.history.changes import RENEWING, Change, Gap, day_end, day_start
from vigie.history.standing import Board, Line, lines_of, stated_end
from vigie.history.where import Where
from vigie.schemes import dates
from vigie.schemes.dates import SourcedDate
from vigie.schemes.reader import Scheme
from vigie.translatable import gettext_noop


@dataclass(frozen=True)
class Span:
    """A stretch of time at one place with one level, or with none known.

    start, end: instants, end excluded; None when open. since, until: the dates as sourced.
    code: the level; in a span not known, the last one confirmed; None when the scheme set none.
    known: False when nothing says what held. confirmed: the last date the level is confirmed for.
    change: the row that brought it about. holder: the row whose level holds, which may be older (a part returns to
    what stands around it), and zone the one it stands for. rows: that row and its confirmations. losing: rows that stood too and lost to it.
    """

    start: datetime
    end: datetime | None
    since: SourcedDate
    until: SourcedDate | None
    code: str | None
    known: bool
    confirmed: SourcedDate
    change: Change
    holder: Change
    zone: str
    rows: tuple[Change, ...]
    losing: tuple[Change, ...] = ()
    note: str = ""

    def holds(self, at: datetime) -> bool:
        """Say whether `at` lies in the span."""
        return self.start <= at and (self.end is None or at < self.end)


@dataclass(frozen=True)
class _Moment:
    """An instant at which something changes: what begins, and whose stated end it is."""

    at: datetime
    begun: Sequence[Line]
    ended: Sequence[Line]

    @property
    def date(self) -> SourcedDate:
        """The date, as sourced, of the change or of the stated end."""
        return self.begun[0].change.date if self.begun else dates.read(self.ended[0].change.until[:10])


def timeline(
    scheme: Scheme, changes: Iterable[Change], gaps: Iterable[Gap], where: Where, known_at: datetime
) -> list[Span]:
    """Give the spans at `where`, in order of time, as known at `known_at`. Empty before anything was known.

    The spans never overlap; between the first and the last there is no hole.
    """
    lines = lines_of(scheme, changes, where, known_at)
    if not lines:
        return []
    closed = _close(scheme, lines, known_at)
    begun, ended = _moments(lines)
    board, spans = Board(scheme), list[Span]()
    for edge in sorted({*begun, *ended}):
        if closed and edge >= closed[0]:
            break
        board.play(begun[edge], ended[edge], edge)
        _extend(scheme, spans, board.over(where), _Moment(edge, begun[edge], ended[edge]))
    if spans and closed:
        spans[-1] = replace(spans[-1], end=closed[0], until=closed[1])
    elif spans:
        spans = _open_end(scheme, spans, known_at)
    _confirm(spans)
    for gap in gaps:
        if scheme.zones.covers(gap.zone, where.zone):
            spans = _cut(scheme, spans, gap, known_at)
    # A level confirmed for the very day it began, or set twice at one instant, leaves stretches without length.
    return [span for span in spans if span.end is None or span.start < span.end]


def _close(scheme: Scheme, lines: Sequence[Line], known_at: datetime) -> tuple[datetime, SourcedDate] | None:
    """Give when the scheme ended and the date that says so, if it had ended by `known_at`."""
    for line in lines:
        if line.change.move == "retired":
            return line.start, line.change.date
    if scheme.in_force_to:
        last = dates.read(scheme.in_force_to)
        end = day_end(scheme.id, last)
        if end <= known_at:
            return end, dates.read((last.last + timedelta(days=1)).isoformat()) if last.exact else last
    return None


def _moments(
    lines: Iterable[Line],
) -> tuple[defaultdict[datetime, list[Line]], defaultdict[datetime, list[Line]]]:
    """Give, by instant, the changes that begin and those whose stated end it is."""
    begun: defaultdict[datetime, list[Line]] = defaultdict(list)
    ended: defaultdict[datetime, list[Line]] = defaultdict(list)
    for line in lines:
        begun[line.start].append(line)
        if line.end:
            ended[line.end].append(line)
    return begun, ended


def _extend(scheme: Scheme, spans: list[Span], ordered: Sequence[Line], moment: _Moment) -> None:
    edge, date = moment.at, moment.date
    last = spans[-1] if spans else None
    if not ordered:
        if last:
            spans[-1] = replace(last, end=edge, until=date)
            spans.append(
                replace(
                    last,
                    start=edge,
                    end=None,
                    since=date,
                    until=None,
                    code=None,
                    confirmed=date,
                    rows=(),
                    losing=(),
                )
            )
        return
    holder, zone, losing = (
        ordered[0].change,
        ordered[0].where.zone,
        tuple(line.change for line in ordered[1:]),
    )
    if last and last.code == holder.code:
        if holder is last.holder:
            spans[-1] = replace(last, losing=losing)
            return
        if holder.move in RENEWING or zone != last.zone:
            confirmed = max(last.confirmed, holder.date)
            spans[-1] = replace(
                last, holder=holder, zone=zone, rows=(*last.rows, holder), confirmed=confirmed, losing=losing
            )
            return
    change = next((line.change for line in moment.begun if line.change.code == holder.code), holder)
    fresh = Span(
        edge,
        None,
        date,
        None,
        holder.code,
        known=True,
        confirmed=date,
        change=change,
        holder=holder,
        zone=zone,
        rows=(holder,),
        losing=losing,
    )
    if last and last.code == holder.code and last.confirmed.last < holder.date.first:
        # A rise to the level that stood: it had fallen in between, and no page dates the fall.
        lost_from = day_end(scheme.id, last.confirmed)
        spans[-1] = replace(last, end=lost_from)
        note = "it had fallen before it was raised again, on a day that no page gives"
        spans.append(replace(last, start=lost_from, end=edge, until=date, known=False, note=note))
    elif last:
        spans[-1] = replace(last, end=edge, until=date)
    spans.append(fresh)


def _confirm(spans: list[Span]) -> None:
    """A level that ended by a sourced change is confirmed up to that change."""
    for place, span in enumerate(spans):
        if span.known and span.until:
            spans[place] = replace(span, confirmed=max(span.confirmed, span.until))


def _open_end(scheme: Scheme, spans: list[Span], known_at: datetime) -> list[Span]:
    last = spans[-1]
    if last.holder.origin == "home":
        # A page confirms a level on its day; a home's record says until when its level stands: until it is changed.
        today = known_at.astimezone(times.time_zone(scheme.clock)).date()
        last = replace(last, confirmed=max(last.confirmed, dates.read(today.isoformat())))
    ends = day_end(scheme.id, last.confirmed)
    stated = stated_end(scheme, last.rows[-1].until) if last.rows else None
    if stated and stated >= ends:
        return spans
    lost = replace(last, start=ends, end=None, known=False, note=gettext_noop("no page after it was found"))
    return [*spans[:-1], replace(last, end=ends), lost]


def _cut(scheme: Scheme, spans: list[Span], gap: Gap, known_at: datetime) -> list[Span]:
    """Replace what lies in a gap by one span that is not known, carrying the last level confirmed before it."""
    start = day_end(scheme.id, gap.start)
    end = day_start(scheme.id, gap.end) if gap.end else None
    if end and end > known_at:
        end = None
    before = [
        replace(span, end=start, until=None, confirmed=gap.start)
        if span.end is None or span.end > start
        else span
        for span in spans
        if span.start < start
    ]
    if not before or start > known_at:
        return spans
    after = [
        replace(span, start=end, since=gap.end) if gap.end and span.start < end else span
        for span in spans
        if end and (span.end is None or span.end > end)
    ]
    lost = replace(
        before[-1], start=start, end=end, until=gap.end if end else None, known=False, note=gap.note
    )
    return [*before, lost, *after]
