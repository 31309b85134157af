"""Questions pages and steps ask: what stands, what holds here, what waits."""

from datetime import datetime

from django.db.models import F, Q

from vigie import times
from vigie.alert import moves, signing
from vigie.alert.models import Announcement, Decision, Keeping, Meeting, Outcome, Reception, StandDown
from vigie.alert.scope import Holding, Standing, holding
from vigie.errors import NotFound
from vigie.schemes.reader import load


def decision(id: str) -> Decision:  # noqa: A002 - the record calls it so
    """Give a decision. Raises NotFound."""
    found = Decision.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no decision {given}.", given=id)
    return found


def reception(id: str) -> Reception:  # noqa: A002
    """Give a reception. Raises NotFound."""
    found = Reception.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no level received under {given}.", given=id)
    return found


def seen_in(id: str) -> str:  # noqa: A002
    """Give the digest over what stands in a reception: its second person stands for that. Raises NotFound."""
    row = reception(id)
    return signing.digest_received(
        scheme=row.scheme, edition=row.edition, code=row.code, zone=row.zone, authority=row.authority, words=row.words,
        source_sha256=row.source_sha256, effective=row.effective, until=row.until,
    )  # fmt: skip


def received_already(
    scheme: str, code: str, zone: str, effective: datetime, until: datetime | None
) -> Reception | None:
    """Give what was received already: the level that holds or waits, or for a period that is over that period."""
    rows = Reception.objects.filter(scheme=scheme, code=code, zone=zone).exclude(state="withdrawn")
    if until is not None and until <= times.now():
        return rows.filter(effective=effective, until=until).first()
    now = times.now()
    still = Q(until__isnull=True) | Q(until__gt=now), Q(ended_at__isnull=True) | Q(ended_at__gt=now)
    # One that was received for a later hour is not the same as one that holds already.
    return rows.filter(*still, effective__lte=max(effective, now)).first()


def level(id: str) -> Decision | Reception:  # noqa: A002
    """Give the decision or reception of that id. Raises NotFound."""
    return decision(id) if id.startswith("decision-") else reception(id)


def standing(at: datetime | None = None) -> list[Standing]:
    """List every level that stands at `at` (now when not given), decided here or received.

    Past its stated hour a level no longer stands, even before the record has noted its expiry.
    """
    at = at or times.now()
    still = Q(until__isnull=True) | Q(until__gt=at)
    stood = Q(ended_at__isnull=True) | Q(ended_at__gt=at)
    decided = Decision.objects.filter(still, stood, decided_at__lte=at, effective__lte=at).exclude(
        state__in=["alone", "lapsed"], broken_until__lte=at
    )
    # One that waited for a second person stands from that look on, not from its arrival.
    got = Reception.objects.filter(
        still,
        stood,
        Q(state="one person") | Q(looked_at__lte=at) | Q(state__in=[*moves.ENDED, "expired"]),
        received_at__lte=at,
        effective__lte=at,
    ).exclude(state="withdrawn")
    return [*map(_decided, decided), *map(_received, got)]


def _decided(d: Decision) -> Standing:
    return Standing(
        d.id, d.scheme, d.code, d.zone, d.effective, d.ends, received=False, authority=d.decided_office
    )


def _received(r: Reception) -> Standing:
    return Standing(r.id, r.scheme, r.code, r.zone, r.effective, r.ends, received=True, authority=r.authority)


def coming() -> list[Standing]:
    """List every level signed or received for an hour that has not come, in the order of these hours."""
    now = times.now()
    kept = Q(ended_at__isnull=True) | Q(ended_at__gt=F("effective"))
    decided = Decision.objects.filter(kept, decided_at__lte=now, effective__gt=now, broken_by="")
    got = Reception.objects.filter(
        kept, Q(state="one person") | Q(looked_at__isnull=False), effective__gt=now
    ).exclude(state="withdrawn")
    found = [*map(_decided, decided), *map(_received, got)]
    return sorted(found, key=lambda s: (s.since, s.id))


def stands(id: str) -> bool:  # noqa: A002
    """Say whether this decision or reception stands now: in force, begun, and not past its hour."""
    return any(s.id == id for s in standing())


def will_stand(id: str) -> bool:  # noqa: A002
    """Say whether it stands now, or is signed or received to stand from an hour that has not come."""
    return any(s.id == id for s in (*standing(), *coming()))


def holds(scheme: str, zone: str, at: datetime | None = None) -> Holding | None:
    """Give the level of `scheme` that holds in `zone`, the rule that says so and those it won over; None when none."""
    at = at or times.now()
    return holding(load(scheme), standing(at), zone, at)


def holding_of(scheme: str, standing: list[Standing], zone: str, at: datetime) -> Holding | None:
    """Give the level that would hold in `zone` at `at` if only these stood; None when none would."""
    return holding(load(scheme), standing, zone, at)


def standing_in(scheme: str, zone: str, at: datetime | None = None) -> Standing | None:
    """Give the level of `scheme` set for exactly `zone` that stands at `at` (now when not given); the latest if there are several."""
    found = [s for s in standing(at) if s.scheme == scheme and s.zone == zone]
    return max(found, key=lambda s: (s.since, s.id), default=None)


def stand_down(id: str) -> StandDown:  # noqa: A002
    """Give a stand-down. Raises NotFound."""
    found = StandDown.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no stand-down {given}.", given=id)
    return found


def stand_downs(level_id: str = "") -> list[StandDown]:
    """List the stand-downs that wait for their second person; of a level, every one."""
    found = StandDown.objects.all()
    return list(found.filter(level=level_id) if level_id else found.filter(state="proposed"))


def to_give_way(level_id: str) -> list[str]:
    """List the levels of which this one takes the place at an hour that has not come."""
    ahead = {"ended_by": level_id, "state": "superseded", "ended_at__gt": times.now()}
    return [
        *Decision.objects.filter(**ahead).values_list("id", flat=True),
        *Reception.objects.filter(**ahead).values_list("id", flat=True),
    ]


def proposals() -> list[Decision]:
    """List decisions that wait: proposed for a second person, or returned to their author."""
    return list(Decision.objects.filter(state__in=["proposed", "returned"]))


def live_decisions() -> list[Decision]:
    """List the decisions that hold, wait or may come back: what they rest on must stay readable."""
    live = Q(state__in=["proposed", "returned", *moves.STANDING], ended_at=None)
    return list(Decision.objects.filter(live | Q(state__in=moves.ENDED, ended_at__gt=times.now())))


def unlooked() -> list[Reception]:
    """List receptions that a second person has not looked at yet."""
    return list(Reception.objects.filter(state__in=["one person", "waits for a second"]))


def announcements(level_id: str) -> list[Announcement]:
    """List when and by whom a level was told to the public."""
    return list(Announcement.objects.filter(level=level_id))


def kept(level_id: str) -> Keeping | None:
    """Give what was kept on with a level when it was signed, None when nothing was."""
    return Keeping.objects.filter(id=level_id).first()


def meetings() -> list[Meeting]:
    """List meetings, by the time they are held."""
    return list(Meeting.objects.all())


def meeting(id: str) -> Meeting:  # noqa: A002
    """Give a meeting. Raises NotFound."""
    found = Meeting.objects.filter(id=id).first()
    if found is None:
        raise NotFound("There is no meeting {given}.", given=id)
    return found


def outcome(id: str) -> Outcome:  # noqa: A002
    """Give something a meeting decided. Raises NotFound."""
    found = Outcome.objects.filter(id=id).select_related("meeting").first()
    if found is None:
        raise NotFound("No meeting decided anything under {given}.", given=id)
    return found


def owed(office: str = "") -> list[Outcome]:
    """List what meetings decided and is not closed, by the day it is due; office: only what that one owes."""
    rows = Outcome.objects.filter(closed_at__isnull=True).select_related("meeting")
    return list(rows.filter(office=office) if office else rows)


def overdue() -> list[Decision]:
    """List decisions in force whose review date is past."""
    return list(Decision.objects.filter(state="in force", review__lt=times.now()))


def ended_by_the_clock() -> list[Decision | Reception]:
    """List levels whose stated hour is past and whose end is not on the record yet."""
    past = Q(until__lte=times.now(), ended_at__isnull=True, state__in=moves.STANDING)
    return [*Decision.objects.filter(past), *Reception.objects.filter(past)]


def lapsing() -> list[Decision]:
    """List levels one person set whose hour is past, and whose end is not on the record yet."""
    return list(Decision.objects.filter(state="alone", broken_until__lte=times.now()))


def broken() -> list[Decision]:
    """List what one person set alone and two others have not settled yet, whether it still stands or not."""
    return list(Decision.objects.filter(glass="owed"))
