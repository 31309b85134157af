"""When an office will be empty: the first instant that none of its mandates covers."""

from collections.abc import Iterable
from datetime import datetime, timedelta

WITHIN = timedelta(days=30)
"""How far ahead an office that will be empty is told of."""


def empty_from(
    spans: Iterable[tuple[datetime, datetime | None]], now: datetime, within: timedelta = WITHIN
) -> datetime | None:
    """Give the first instant from `now` on, less than `within` ahead, that no span covers; None when all is covered.

    spans: (since, until) of the mandates, until None for further notice; a span does not cover its own end.
    """
    reached = now
    for since, until in sorted(spans, key=lambda span: span[0]):
        if since > reached:
            break
        if until is None:
            return None
        reached = max(reached, until)
    return reached if reached < now + within else None
