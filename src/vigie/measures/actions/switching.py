"""Measures go on and off: a level that came into force sets a posture, and each owner's tasks and message follow."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from vigie import times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.accounts.queries import title
from vigie.alert import moves as level_moves, queries as levels
from vigie.alert.models import Decision, Reception
from vigie.errors import Conflict
from vigie.ledger.actions import append, recorded
from vigie.measures import kinds, posture as postures, queries
from vigie.measures.alike import Alike
from vigie.measures.catalogue import Catalogue
from vigie.measures.changes import answer_by
from vigie.measures.models import SiteResponse
from vigie.measures.parts import AN_ENTRY, parts
from vigie.measures.places import heard_together, of_site
from vigie.measures.posture import Posture
from vigie.measures.switched import bodies
from vigie.schemes.reader import load


class NotStanding(Conflict):
    """The level is not in force: nothing follows from it."""


class NoCatalogue(Conflict):
    """No measures are known for the scheme."""


@dataclass(frozen=True)
class Switched:
    """What a switch did. posture: its id; the others count tasks given, tasks asked to stop, messages waiting."""

    posture: str
    tasks: int
    stops: int
    messages: int


@dataclass(frozen=True)
class Ground:
    """What a posture rests on: a level, or a site's own response. cause: its id; zone: as `places` writes it."""

    cause: str
    scheme: str
    zone: str
    authority: str
    received: bool
    effective: datetime

    @classmethod
    def of_level(cls, row: Decision | Reception) -> "Ground":
        """Give the ground that a level is."""
        received = isinstance(row, Reception)
        authority = row.authority if isinstance(row, Reception) else title(row.decided_office)
        return cls(row.id, row.scheme, row.zone, authority, received, row.effective)


@verb("measures.switch")
def switch(
    actor: Actor,
    cause: str,
    *,
    on: Iterable[str] = (),
    off: Iterable[str] = (),
    keep: Iterable[str] = (),
    reason: str = "",
) -> Switched:
    """Set the posture of a level in force, or signed for later: the catalogue's default for it, with measures added, left out or kept.

    cause: id of the decision or reception, whose scheme, level and zone are taken. Each owner gets tasks for what is
    new to them, one message, and is asked to stop what ended; of a level signed for later they learn now, to act from its hour.
    reason: why it differs from the default.
    Raises NotStanding, NoCatalogue, UnknownMeasure, PermanentMeasure, NotActive, OnAndOff.
    """
    return _follow(actor, cause, on=on, off=off, keep=keep, reason=reason)


@recorded
def follow_glass(actor: Actor, cause: str) -> Switched:
    """Set the posture of a level that the actor set alone, by the catalogue's default.

    No further right is asked: breaking the glass is the right to what follows from it. Raises NotStanding unless the
    actor broke it and it stands, NoCatalogue.
    """
    row = levels.decision(cause)
    if row.state != "alone" or row.broken_by != actor.person:
        raise NotStanding(
            "{cause} is {state!r}, or was not set by you alone. Measures are switched by who may switch them.",
            cause=cause,
            state=row.state,
        )
    return _follow(actor, cause)


def _follow(
    actor: Actor,
    cause: str,
    *,
    on: Iterable[str] = (),
    off: Iterable[str] = (),
    keep: Iterable[str] = (),
    reason: str = "",
) -> Switched:
    row = levels.level(cause)
    if row.stage not in {"approved", *level_moves.STANDING}:
        raise NotStanding(
            "{cause} is {state!r}: measures follow a level in force. Have it approved or looked at first.",
            cause=cause,
            state=row.stage,
        )
    if not levels.will_stand(cause):
        raise NotStanding(
            "{cause} does not hold now: its hour is past. Measures follow a level that holds, or is signed for later.",
            cause=cause,
        )
    catalogue = _catalogue(row.scheme)
    before = queries.current(row.scheme, row.zone)
    after = postures.step(catalogue, queries.as_posture(before), row.code, on=on, off=off, keep=keep)
    return _set(actor, Ground.of_level(row), catalogue, before, after, reason)


@recorded
def follow_response(actor: Actor, response: SiteResponse, authority: str) -> Switched | None:
    """Set the measures that hang on a site's own response; where it holds none any more, ask to stop them.

    No further right is asked: who sets a site's response orders what follows from it. None where nothing hangs on it.
    authority: who answers for the site, as owners read it.
    """
    catalogue = queries.catalogue(response.scheme)
    zone = of_site(response.site)
    before = queries.current(response.scheme, zone)
    if catalogue is None:
        return None
    if response.ended_at is None and response.level in catalogue.levels:
        after = postures.default(catalogue, response.level)
    else:
        after = postures.without_level(catalogue, queries.as_posture(before, known=catalogue))
    if before is None and not after.active:
        return None
    ground = Ground(response.id, response.scheme, zone, authority, received=False, effective=times.now())
    return _set(actor, ground, catalogue, before, after, "")


@verb("measures.switch")
def stand_down(actor: Actor, cause: str, *, keep: Iterable[str] = (), reason: str = "") -> Switched:
    """Stand down where a level ended and none took its place: every owner is asked to stop what is not kept.

    From the hour on at which it ends, where that lies ahead. cause: id of the level that ended. When a lower level was set instead, use `switch` with that one.
    Raises NotStanding when the level still stands, NoCatalogue, UnknownMeasure, NotActive.
    """
    row = levels.level(cause)
    hour = max(times.now(), row.ended_at or times.now())
    there = levels.standing(hour)
    if any(standing.scheme == row.scheme and standing.zone == row.zone for standing in there):
        raise NotStanding(
            "A level of {scheme} still stands in {zone}. Lower or end it first; measures follow it.",
            scheme=row.scheme,
            zone=row.zone,
        )
    catalogue = _catalogue(row.scheme)
    before = queries.current(row.scheme, row.zone)
    after = postures.without_level(catalogue, queries.as_posture(before), keep=keep)
    return _set(actor, Ground.of_level(row), catalogue, before, after, reason, hour)


@verb("measures.switch")
def catch_up(actor: Actor, posture: str) -> Switched | None:
    """Give the tasks of a posture that stands to owners and places that came since; None when nobody is missing.

    The measures stay as they are, those added, left out or kept by hand included. Raises NotFound, NotStanding when
    the posture has ended, NoCatalogue.
    """
    before = queries.posture(posture)
    if before.ended_at is not None:
        raise NotStanding("{posture} has ended: a newer one took its place. Use that one.", posture=posture)
    catalogue = _catalogue(before.scheme)
    after = queries.as_posture(before, known=catalogue)
    if not after.level or not queries.someone_is_missing(catalogue, after, before.zone):
        return None
    ground = Ground(
        before.cause, before.scheme, before.zone, before.authority, before.received, before.effective
    )
    return _set(actor, ground, catalogue, before, after, before.reason)


def _catalogue(scheme: str) -> Catalogue:
    found = queries.catalogue(scheme)
    if found is None:
        raise NoCatalogue(
            "There is no catalogue of measures for {scheme}. Put one into the home's folder catalogues, or act by hand.",
            scheme=scheme,
        )
    return found


def _set(
    actor: Actor,
    row: Ground,
    catalogue: Catalogue,
    before: "queries.PostureRow | None",
    after: Posture,
    reason: str,
    hour: datetime | None = None,
) -> Switched:
    """Set a posture and all that follows. hour: from which on, where no level gives it."""
    with _uncollected():
        return _written(actor, row, catalogue, before, after, reason, hour or row.effective)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for cycles meanwhile: among as many objects as owners have tasks it takes a third of the time, and finds none."""
    ran = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if ran:
            gc.enable()


def _written(
    actor: Actor,
    row: Ground,
    catalogue: Catalogue,
    before: "queries.PostureRow | None",
    after: Posture,
    reason: str,
    hour: datetime,
) -> Switched:
    due = answer_by(catalogue, after.level, max(hour, times.now()))
    posture = _append_posture(actor, row, catalogue, before, after, due, reason, hour)
    plans = queries.plans(catalogue, after, row.zone, due)
    messages = _drop_unsent(actor, posture, plans, row)
    for body in bodies(posture, times.text(due), plans, catalogue):
        append(actor.by(), kinds.SWITCHED, body, subjects=[posture])
    return Switched(
        posture=posture,
        tasks=sum(len(alike.rows) * len(alike.part.given) for alike in plans),
        stops=sum(len(alike.rows) * len(alike.part.stop) for alike in plans),
        messages=messages,
    )


def _drop_unsent(actor: Actor, posture: str, plans: Sequence[Alike], row: Ground) -> int:
    """Drop what is said again now: nobody gets two messages at once. Gives how many owners are written to."""
    owners = {one.owner for alike in plans if alike.part.says_something for one in alike.rows}
    earlier = [
        message for message, owner in queries.unsent(row.scheme, heard_together(row.zone)) if owner in owners
    ]
    for gone in parts(earlier, AN_ENTRY):
        append(actor.by(), kinds.DROPPED, kinds.Dropped(messages=list(gone)), subjects=[posture])
    return len(owners)


def _append_posture(
    actor: Actor,
    row: Ground,
    catalogue: Catalogue,
    before: "queries.PostureRow | None",
    after: Posture,
    due: datetime,
    reason: str,
    hour: datetime,
) -> str:
    change = postures.differ(catalogue, queries.as_posture(before, known=catalogue), after)
    spoken = {*after.active, *change.lifted, *(old for old, _ in change.replaced)}
    body = kinds.PostureSet(
        cause=row.cause,
        scheme=row.scheme,
        level=after.level,
        level_words=load(row.scheme).level(after.level).word("") if after.level else "",
        zone=row.zone,
        authority=row.authority,
        received=row.received,
        effective=times.text(hour),
        due=times.text(due),
        catalogue=catalogue.catalogue,
        catalogue_version=catalogue.version,
        catalogue_digest=catalogue.digest,
        active=list(after.active),
        on=list(change.on),
        kept=list(change.kept),
        replaced=[kinds.Replaced(old=old, new=new) for old, new in change.replaced],
        lifted=list(change.lifted),
        words={
            name: dict(catalogue.measure(name).words)
            for name in sorted(spoken, key=catalogue.order.__getitem__)
        },
        markings={name: catalogue.marking_of(name).label for name in sorted(spoken)},
        executions=_executions(catalogue, spoken),
        reason=reason.strip(),
        supersedes=before.id if before else None,
    )
    return f"posture-{append(actor.by(), kinds.POSTURE_SET, body, subjects=[row.cause, row.zone]).seq}"


def _executions(catalogue: Catalogue, spoken: Iterable[str]) -> dict[str, kinds.Execution]:
    measures = (catalogue.measure(name) for name in sorted(spoken))
    return {
        measure.id: kinds.Execution(
            words=dict(measure.execution), marking=catalogue.execution_marking_of(measure).label
        )
        for measure in measures
        if measure.execution
    }
