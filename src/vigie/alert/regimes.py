"""May a level be set until an hour? What the scheme itself says of how its levels end decides.

Where a scheme lets nothing end by itself, an end that was announced is a date to look again, never an hour at which a
level falls: somebody has to lower it.
"""

from datetime import datetime, timedelta

from vigie import times
from vigie.errors import BadInput
from vigie.schemes import dates
from vigie.schemes.reader import Scheme


class EndsByItself(BadInput):
    """The level was given an end, and its scheme lets none end by itself."""


class NeedsAnEnd(BadInput):
    """The scheme lets no notice stand without the date on which it ends."""


class NotInEdition(BadInput):
    """The edition of the scheme was not in force at that time."""


def may_end(plan: Scheme, code: str) -> bool:
    """Say whether a level of that code may be set until a stated hour, after which it no longer stands."""
    if plan.expiry in ("soft", "stated-hour"):
        return not plan.may_end or code in plan.may_end
    return plan.expiry == "sunset"


def must_end(plan: Scheme, code: str) -> bool:
    """Say whether a level of that code must be set until a stated hour; «no advisory» is no notice."""
    return plan.expiry == "sunset" and plan.level(code).rank > 0


def check_end(plan: Scheme, code: str, until: datetime | None) -> None:
    """Raise EndsByItself or NeedsAnEnd unless the scheme lets this level be set so."""
    if until is None and must_end(plan, code):
        raise NeedsAnEnd(
            "{code} of {scheme} needs the time it ends: by its scheme every notice ends on a stated date. Give it.",
            code=code,
            scheme=plan.id,
        )
    if until is None or may_end(plan, code):
        return
    way = {"code": code, "scheme": plan.id, "until": times.text(until)}
    if plan.may_end:
        raise EndsByItself(
            "{code} of {scheme} cannot be set until {until} and then end by itself: by its scheme only {those} may. Leave the end open "
            "and give {until} as the review date; two persons then stand it down, or set another level for that hour.",
            those=", ".join(plan.may_end),
            **way,
        )
    raise EndsByItself(
        "{code} of {scheme} cannot be set until {until} and then end by itself: its scheme does not say that levels do. Leave the end "
        "open and give {until} as the review date; two persons then stand it down, or set another level for that hour.",
        **way,
    )


def check_edition(plan: Scheme, code: str, effective: datetime) -> None:
    """Raise NotInEdition when the level would take effect before this edition, or that level in it, existed, or after it was given up.

    A month or a year as sourced counts from its first day to its last, in the scheme's own clock.
    """
    on = effective.astimezone(times.time_zone(plan.clock)).date()
    since = plan.in_force_from
    if since and on < dates.read(since).first:
        told = {"scheme": plan.id, "since": since, "day": on.isoformat()}
        if plan.predecessor:
            raise NotInEdition(
                "{scheme} is in force since {since}: no level of it can take effect on {day}. Use {before}.",
                before=plan.predecessor,
                **told,
            )
        raise NotInEdition(
            "{scheme} is in force since {since}: no level of it can take effect on {day}. Correct the date.",
            **told,
        )
    added = plan.level(code).added
    if added and on < dates.read(added).first:
        raise NotInEdition(
            "{code} is a level of {scheme} since {since}: it cannot take effect on {day}. Correct the date, or the level.",
            code=code,
            scheme=plan.id,
            since=added,
            day=on.isoformat(),
        )
    # A page may date the change by its last day or its first: the day after is given to it.
    if plan.in_force_to and on > dates.read(plan.in_force_to).last + timedelta(days=1):
        raise NotInEdition(
            "{scheme} ended on {ended}: no level of it can take effect on {day}. Use the edition in force then.",
            scheme=plan.id,
            ended=plan.in_force_to,
            day=on.isoformat(),
        )
