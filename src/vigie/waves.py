"""When an office that gave no word is written to again, and who above it: a pure rule, at minutes that vigie.toml sets.

    wave 1  the office's own contact, then reminded
    wave 2  its deputy
    wave 3  its superior

A person ordered the task; the clock only repeats it. It stops at the first word, and never begins anew: what should
have left more than a day ago leaves no more, so that a home that slept wakes nobody for what is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec

STALE = timedelta(days=1)
"""After this, what should have been sent is left to people with telephones."""
DEPUTIES, SUPERIORS = 2, 3

_Minutes = Annotated[int, msgspec.Meta(ge=0, le=10_080)]
_Times = Annotated[int, msgspec.Meta(ge=0, le=20)]


class Pace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How soon who is written to, in minutes from the first message; 0: never.

    remind_every: minutes between two messages to the same address about the same tasks; reminders: how many of them at most.
    """

    deputies_after: _Minutes = 1_440
    superiors_after: _Minutes = 2_880
    remind_every: _Minutes = 1_440
    reminders: _Times = 2


class UrgentPace(Pace, frozen=True, forbid_unknown_fields=True):
    """The same for what is urgent."""

    deputies_after: _Minutes = 15
    superiors_after: _Minutes = 45
    remind_every: _Minutes = 15
    reminders: _Times = 3


class Waves(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a home insists.

    urgent_hours: what is to be answered within so many hours of being asked is urgent. quiet: hours of the home's own day in
    which only what is urgent leaves, such as `21:00-07:00`; empty for none.
    """

    urgent_hours: Annotated[int, msgspec.Meta(ge=0, le=168)] = 6
    quiet: Annotated[str, msgspec.Meta(pattern=r"^(([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)?$")] = ""
    urgent: UrgentPace = UrgentPace()
    other: Pace = Pace()

    def is_urgent(self, asked: datetime, due: datetime) -> bool:
        """Say whether what was asked at `asked` and is to be answered by `due` is urgent."""
        return due - asked <= timedelta(hours=self.urgent_hours)

    def pace(self, *, urgent: bool) -> Pace:
        """Give the pace of what is urgent, or of the rest."""
        return self.urgent if urgent else self.other

    def quiet_until(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """Give when the quiet hours that `now` lies in end; None outside of them."""
        if not self.quiet:
            return None
        start, end = (time.fromisoformat(part) for part in self.quiet.split("-"))
        here = now.astimezone(zone)
        at = here.time()
        inside = start <= at < end if start <= end else at >= start or at < end
        if not inside:
            return None
        tomorrow = start > end and at >= start
        return datetime.combine(here.date() + timedelta(days=tomorrow), end, zone).astimezone(now.tzinfo)


@dataclass(frozen=True)
class Left:
    """A message that left, or could not. reachable: there was an address to send it to."""

    wave: int
    at: datetime
    delivered: bool
    reachable: bool = True


def longest(pace: Pace) -> timedelta:
    """Give the time after a message's last leaving when nothing more can be due."""
    waits = (pace.deputies_after, pace.superiors_after, pace.remind_every)
    return timedelta(minutes=max(waits)) + STALE


def soonest(pace: Pace) -> timedelta | None:
    """Give the shortest time from one leaving to the next where the first got through; None where there never is one."""
    waits = [pace.deputies_after, pace.superiors_after, pace.remind_every if pace.reminders else 0]
    minutes = [wait for wait in waits if wait]
    later = (pace.superiors_after - pace.deputies_after) if pace.deputies_after else 0
    return timedelta(minutes=min([*minutes, later] if later > 0 else minutes)) if minutes else None


def due(pace: Pace, left: Sequence[Left], now: datetime) -> tuple[int, ...]:
    """List the waves that are due now, for tasks nobody gave word of. left: what left so far, wave 1 among it, in order of time.

    A wave comes at its minutes after the first message, or at once where all before it were tried and none got through.
    """
    found = []
    for wave, after in ((DEPUTIES, pace.deputies_after), (SUPERIORS, pace.superiors_after)):
        before = [each for each in left if each.wave < wave]
        if not after or not before or any(each.wave == wave for each in left):
            continue
        at = left[0].at + timedelta(minutes=after)
        tried = {each.wave for each in before}
        lower = {1} | ({DEPUTIES} if wave == SUPERIORS and pace.deputies_after else set())
        if tried >= lower and not any(each.delivered for each in before):
            at = min(at, before[-1].at)
        if at <= now < at + STALE:
            found.append(wave)
    for wave in sorted({each.wave for each in left}):
        own = [each for each in left if each.wave == wave]
        at = own[-1].at + timedelta(minutes=pace.remind_every)
        again = pace.remind_every and len(own) <= pace.reminders and own[-1].reachable
        if again and at <= now < at + STALE:
            found.append(wave)
    return tuple(sorted(found))
