"""What a level would cost: patrol teams asked against those there are, hours, money, and who is inconvenienced.

Nothing is reckoned from what nobody has said: it is said to be unknown, and for how many measures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from vigie import times
from vigie.measures.burdens import Sum, load_of
from vigie.measures.catalogue import Catalogue
from vigie.patrols import queries as patrols


@dataclass(frozen=True)
class Patrols:
    """Teams on duty at once. asked: by the measures, None when none says; available: in the plans of that time, None without one."""

    asked: int | None
    available: int | None
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Burden:
    """hours a week, euros a month that the measures ask where they say it, None where none does; lines: that in words."""

    hours: int | None
    euros: int | None
    lines: tuple[str, ...]


NO_PATROLS = Patrols(None, None, ())
NO_BURDEN = Burden(None, None, ())
"""What is said where nothing follows."""


def patrols_for(catalogue: Catalogue | None, active: Sequence[str], at: datetime) -> Patrols:
    """Set the teams that measures ask against those of the patrol plans drawn for `at`, or for now where that is past."""
    plans = patrols.running(max(at, times.now()))
    available = sum(plan.teams for plan in plans) if plans else None
    asked = load_of(catalogue, active).teams if catalogue else Sum(None, 0, 0)
    if asked.known is None:
        wanted = _("Teams asked: not known, no measure says how many it needs.")
    else:
        wanted = _("Teams asked: {known}").format(known=asked.known) + _unsaid(asked)
    if available is None:
        there = _("Teams available: not known, no patrol plan is drawn for that time.")
    else:
        there = _("Teams available: {count}, in the plans drawn ({plans})").format(
            count=available, plans=", ".join(plan.id for plan in plans)
        )
    short = asked.known is not None and available is not None and asked.known > available
    lines = (wanted, there, *([_("Fewer teams than are asked for.")] if short else ()))
    return Patrols(asked.known, available, lines)


def burden_of(catalogue: Catalogue, active: Sequence[str]) -> Burden:
    """Sum what the measures that would be on ask of those who carry them out and of the public."""
    load = load_of(catalogue, active)
    spoken = translation.get_language() or "en"
    whom = [text.get(spoken) or next(iter(text.values())) for text in load.inconvenienced]
    unsaid = Sum(None, load.unsaid_whom, load.hours.of)
    named = "; ".join(whom) + _unsaid(unsaid) if whom else _not_known(unsaid)
    lines = (
        _("Hours a week: {sum}").format(sum=_said(load.hours)),
        _("Euros a month: {sum}").format(sum=_said(load.euros)),
        _("Who is inconvenienced: {whom}").format(whom=named),
    )
    return Burden(load.hours.known, load.euros.known, lines)


def _said(given: Sum) -> str:
    return _not_known(given) if given.known is None else str(given.known) + _unsaid(given)


def _unsaid(given: Sum) -> str:
    return f" ({_not_known(given)})" if given.unsaid else ""


def _not_known(given: Sum) -> str:
    return _("not known for {unsaid} of {of} measures").format(unsaid=given.unsaid, of=given.of)
