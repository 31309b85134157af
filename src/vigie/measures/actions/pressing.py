"""An answer that a phone kept until it had network: once on the record, and never over what was said meanwhile."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from vigie import times
from vigie.errors import BadInput, Conflict
from vigie.measures import queries
from vigie.measures.moves import CLOSED
from vigie.measures.queries.tasks import Asked

LONGEST = timedelta(days=30)
"""How long a phone keeps an answer at most."""
AT_ONCE = timedelta(minutes=1)
"""What arrives so soon after the press did not wait: nobody's word came between."""
_KEY = re.compile(r"[0-9a-f-]{32,36}")


class BadPress(BadInput):
    """What a phone says of an answer it kept cannot be."""


class Overtaken(Conflict):
    """What the answer was about was closed or answered after it was pressed."""


@dataclass(frozen=True)
class Press:
    """key: the phone's own for this answer, "" = none; at: when it was pressed, reckoned back from its arrival."""

    key: str
    at: datetime

    @property
    def text(self) -> str:
        """The time of the press as the record keeps it; empty where no phone said it."""
        return times.text(self.at) if self.key else ""

    @property
    def waited(self) -> bool:
        """Whether it lay on the phone for a while."""
        return bool(self.key) and times.now() - self.at > AT_ONCE


def read(key: str, waited: int) -> Press:
    """Read what a phone says of an answer. waited: seconds from the press to the sending, by its clock.

    A span and no time of day: that a phone's clock goes wrong by hours does not matter, only that somebody set it meanwhile.
    Raises BadPress.
    """
    if not key:
        return Press("", times.now())
    if not _KEY.fullmatch(key):
        raise BadPress(
            "{given!r} is no key of an answer. Expected a UUID, made at the press.", given=key[:60]
        )
    if not 0 <= waited <= LONGEST.total_seconds():
        raise BadPress(
            "This answer was kept on the phone for too long, or its clock was set back: at most {days} days are taken. Press again.",
            days=LONGEST.days,
        )
    return Press(key, times.now() - timedelta(seconds=waited))


def still_meant(owner: str, tasks: Sequence[Asked], press: Press) -> list[Asked]:
    """Leave out the tasks that were closed, or answered by another road, since the press. Raises Overtaken when none is left."""
    since = queries.said_since(owner, [task.id for task in tasks], press.at)
    left = [task for task in tasks if task.state not in CLOSED and task.id not in since]
    if left:
        return left
    if since:
        last = max(since.values(), key=lambda answer: answer.at)
        raise Overtaken(
            "A later word of yours was taken at {at}, before this one arrived. That one stands. Press again if it is wrong.",
            at=f"{last.at.astimezone(times.time_zone(settings.VIGIE_HOME.zone)):%Y-%m-%d %H:%M}",
        )
    raise Overtaken("What this answers was closed before it arrived: nothing is asked of you there any more.")
