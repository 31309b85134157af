"""Questions of pages, steps and commands: the shipped history and this home's own levels and figures, as one."""

import heapq
from datetime import datetime

from django.db.models import Q

from vigie import times
from vigie.alert.models import Decision, Reception
from vigie.alert.moves import ENDED
from vigie.alert.queries import standing
from vigie.alert.scope import Standing
from vigie.errors import NotFound
from vigie.history.changes import Change, changes as shipped
from vigie.history.counts import Count, chosen, counts
from vigie.history.figures import Figure, figures as shipped_figures
from vigie.history.levels import Answer, level_at
from vigie.history.merging import Own, merge
from vigie.history.models import RecordedFigure
from vigie.history.picture import LEVEL_KINDS, TASK_KINDS, Picture, Told, check_order, picture as compose
from vigie.ledger import queries as ledger
from vigie.schemes import dates


def own_levels(scheme_id: str = "") -> list[Own]:
    """List the levels that this home decided, or received and holds to be so; of one scheme, or of all."""
    which = {"scheme": scheme_id} if scheme_id else {}
    decided = Decision.objects.filter(decided_at__isnull=False, **which)
    # One that still waits for a second person holds nothing yet; one withdrawn never did.
    received = Reception.objects.filter(**which).exclude(Q(state="withdrawn") | Q(state="waits for a second"))
    return [
        *(
            Own(
                d.id, d.scheme, d.code, d.zone, d.effective, _end(d), d.decided_at or d.proposed_at, d.reasons,
                d.decided_office, f"/levels/{d.id}/",
            )
            for d in decided
            if _began(d)
        ),
        *(
            Own(r.id, r.scheme, r.code, r.zone, r.effective, _end(r), r.received_at, r.words, r.authority, r.source)
            for r in received
            if _began(r)
        ),
        *_held_again([d for d in decided if d.broken_by]),
    ]  # fmt: skip


def _began(row: Decision | Reception) -> bool:
    """Say whether it began or still will: one that another took the place of before its hour never stood."""
    return row.state not in ENDED or row.ended_at is None or row.ended_at > row.effective


def _end(row: Decision | Reception) -> datetime | None:
    """Give the end that a level has of its own: what takes its place says by itself when it does."""
    return row.until if row.state == "superseded" else row.ends


def _held_again(alone: list[Decision]) -> list[Own]:
    """List the levels that held again where one set by one person alone had ended: nobody set them anew."""
    return [
        Own(
            f"{again.id}-again", again.scheme, again.code, again.zone, row.ends, again.until, row.ended_at, row.state_reason,
            again.authority, f"/levels/{row.id}/",
        )
        for row in alone
        if row.state in {"lapsed", "rejected"} and row.ends and row.ended_at
        for again in [_under(row, row.ended_at)]
        if again
    ]  # fmt: skip


def _under(row: Decision, at: datetime) -> Standing | None:
    found = [s for s in standing(at) if (s.scheme, s.zone) == (row.scheme, row.zone)]
    return max(found, key=lambda s: (s.since, s.id), default=None)


def changes(scheme_id: str, *, low: bool = False, now: datetime | None = None) -> tuple[Change, ...]:
    """Give the history of a scheme as this home knows it at `now`, the present unless given. Raises UnknownScheme."""
    return merge(scheme_id, shipped(scheme_id, low=low), own_levels(scheme_id), now or times.now())


def level(
    scheme_id: str, at: datetime, *, zone: str | None = None, known_at: datetime | None = None
) -> Answer:
    """Give the level at a place and an instant, as known at `known_at` (now when not given).

    Raises UnknownScheme, UnknownZone, BadWhere.
    """
    return level_at(scheme_id, at, zone=zone, known_at=known_at or times.now(), changes=changes(scheme_id))


def picture(at: datetime, known_at: datetime | None = None) -> Picture:
    """Give what stood at `at` as known at `known_at` (now when not given): levels, measures, tasks, from the record alone.

    Raises KnownBeforeIt.
    """
    known = known_at or times.now()
    check_order(at, known)
    seen, then = ledger.position(known), ledger.position(at)
    entries = (
        Told(seq, when, by.office, body) for seq, when, by, body in ledger.told(LEVEL_KINDS, before=seen)
    )
    tasks = (Told(seq, when, by.office, body) for seq, when, by, body in ledger.told(TASK_KINDS, before=then))
    return compose(heapq.merge(entries, tasks), at, known, seen)


def which_time(
    scheme_id: str,
    code: str,
    *,
    at: datetime | None = None,
    scope: str = "national",
    merge_renewals: bool = True,
) -> Count:
    """Say which time this is by `at` (now when not given): the count under one definition, which it carries.

    Raises UnknownScheme, UnknownLevel, BadScope.
    """
    found = counts(scheme_id, code, at or times.now(), changes=changes(scheme_id))
    return chosen(found, scope, merge_renewals=merge_renewals)


def figures(area: str | None = None, *, low: bool = False) -> tuple[Figure, ...]:
    """Give the shipped figures said by now, and those this home recorded, oldest first."""
    recorded = RecordedFigure.objects.all() if area is None else RecordedFigure.objects.filter(area=area)
    both = [*shipped_figures(area, said_by=times.now().date(), low=low), *map(_figure, recorded)]
    return tuple(sorted(both, key=lambda figure: (figure.as_of, figure.id)))


def figure(id: str) -> Figure:  # noqa: A002 - the record calls it so
    """Give a figure, shipped or recorded here. Raises NotFound."""
    found = next((each for each in figures(low=True) if each.id == id), None)
    if found is None:
        raise NotFound("There is no figure {given}.", given=id)
    return found


def _figure(row: RecordedFigure) -> Figure:
    return Figure(
        id=row.id,
        as_of=dates.read(row.as_of),
        window_from=dates.read(row.window_from),
        window_to=dates.read(row.window_to),
        what=tuple(row.what),
        value=row.value,
        modifier=row.modifier,
        said_by=row.said_by,
        where=row.where,
        area=row.area,
        source=row.source or row.claim,
        confidence="medium",
        note=row.note,
        origin="home",
        corrected_by=row.corrected_by,
    )
