"""What planners do: draw a plan under a sealed seed, reveal the seed when the plan is over."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings

from vigie import times
from vigie.accounts.actions import verb
from vigie.accounts.actors import Actor
from vigie.errors import BadInput, Conflict
from vigie.exposure import queries as exposure
from vigie.exposure.crowding import Present
from vigie.homes import Home
from vigie.ledger.actions import append, next_seq
from vigie.patrols import drawing, kinds, queries, sealed
from vigie.patrols.hanging import Scenario, hangs
from vigie.patrols.plan import Plan, make
from vigie.patrols.presence import MOST_DAYS, Presence, check_days, gather
from vigie.patrols.rivals import rivals
from vigie.patrols.seal import Seal

MARKING = "TLP:AMBER"


class TooLate(Conflict):
    """The plan would have begun already."""


class NotOver(Conflict):
    """The plan is not over: its seed would tell where the teams will be."""


class RevealedAlready(Conflict):
    """The seed is on the record."""


class NoReason(BadInput):
    """A plan in force is replaced without saying why."""


@verb("patrols.plan.draw")
def draw(
    actor: Actor,
    *,
    teams: int,
    first_day: date,
    days: int = MOST_DAYS,
    area: str = "",
    sites: Sequence[str] = (),
    reason: str = "",
) -> str:
    """Draw a plan for this home's sites, from the people expected there as known today. Gives the plan's id.

    days: 1 to 7 from `first_day`; area: only sites in it; sites: only those, by id.
    Raises UnknownArea, OutOfCalendar, and what `draw_from` raises.
    """
    check_days(days)
    home: Home = settings.VIGIE_HOME
    today = times.now().astimezone(times.time_zone(home.zone)).date()
    present = exposure.present(first_day, days, area=area, as_known=today)
    chosen = [one for one in present if one.site in sites] if sites else present
    names = {site.id: site.name for site in exposure.sites()}
    return draw_from(actor, present=chosen, names=names, teams=teams, reason=reason)


@verb("patrols.plan.draw")
def draw_from(
    actor: Actor,
    *,
    present: Iterable[Present],
    names: Mapping[str, str],
    teams: int,
    reason: str = "",
) -> str:
    """Find the best cover for `teams` teams on duty at once, draw the days, keep the seed sealed. Gives the plan's id.

    present: people expected at each site in each half day, over one to seven days; names: of sites, by id.
    reason: needed when a plan that is not over covers one of the days; it is replaced.
    Raises BadPresence (no sites among others), BadPlan (no team, more teams than sites), TooLate when the first
    half day has begun, NoReason.
    """
    home: Home = settings.VIGIE_HOME
    presence = gather(present, names)
    plan = make(presence, teams)
    starts, ends = _span(presence, home.zone)
    if starts <= times.now():
        raise TooLate(
            "The plan would begin at {starts}, which is past. A draw committed to after its start proves nothing: begin on a later day.",
            starts=times.text(starts),
        )
    replaces = [row.id for row in queries.in_force(starts, ends)]
    if replaces and not reason.strip():
        raise NoReason(
            "{plans} covers some of these days. Say why it is replaced.", plans=", ".join(replaces)
        )
    seal = Seal.fresh()
    body = _body(f"plan-{next_seq()}", presence, plan, seal, starts, ends)
    body.replaces, body.reason = replaces, reason.strip()
    kept = sealed.keep(home.keys, seal)
    try:
        append(actor.by(), kinds.DRAWN, body, subjects=[body.plan, *replaces], marking=MARKING)
    except BaseException:
        kept.unlink()
        raise
    return body.plan


@verb("patrols.seed.reveal")
def reveal(actor: Actor, plan: str) -> None:
    """Put the seed of a plan that is over on the record. Raises NotFound, NotOver, RevealedAlready, SeedLost."""
    home: Home = settings.VIGIE_HOME
    row = queries.plan(plan)
    if row.revealed_at is not None:
        raise RevealedAlready("The seed of {plan} is on the record already.", plan=plan)
    if times.now() < row.ends:
        raise NotOver(
            "{plan} ends at {ends}. Until then its seed would tell where the teams will be.",
            plan=plan,
            ends=times.text(row.ends),
        )
    seal = sealed.take(home.keys, row.commitment)
    body = kinds.Revealed(plan=plan, seed=seal.seed.hex(), salt=seal.salt.hex())
    append(actor.by(), kinds.REVEALED, body, subjects=[plan], marking=MARKING)


def _span(presence: Presence, zone: str) -> tuple[datetime, datetime]:
    first, last = presence.halves[0], presence.halves[-1]
    spans = drawing.turns()
    local = times.time_zone(zone)

    def at(day: datetime, minutes: int) -> datetime:
        # Wall-clock hours: added before the zone is known, so that a change of clocks does not shift them.
        return (day + timedelta(minutes=minutes)).replace(tzinfo=local).astimezone(UTC)

    starts = at(datetime.combine(first.day, time()), spans[first.half][0][0])
    return starts, at(datetime.combine(last.day, time()), spans[last.half][-1][1])


def _body(
    plan_id: str, presence: Presence, plan: Plan, seal: Seal, starts: datetime, ends: datetime
) -> kinds.Drawn:
    covers = [cover.cover for cover in plan.covers]
    hanging = hangs(presence, plan)
    others = rivals(presence, plan.teams)
    return kinds.Drawn(
        plan=plan_id,
        first_day=presence.halves[0].day.isoformat(),
        days=presence.days,
        teams=plan.teams,
        sites=list(presence.sites),
        names=list(presence.names),
        halves=[
            kinds.HalfDay(
                day=half.day.isoformat(),
                half=half.half,
                low=list(half.low),
                high=list(half.high),
                assumed=[i for i, is_so in enumerate(half.assumed) if is_so],
                cover=list(cover.cover),
                exposed=cover.exposed,
                least=cover.least,
            )
            for half, cover in zip(presence.halves, plan.covers, strict=True)
        ],
        exposed=plan.exposed,
        least=plan.least,
        rivals=kinds.Rivals(uniform=others.uniform, proportional=others.proportional, fixed=others.fixed),
        assumed_share=hanging.assumed_share,
        assumed_low=_scenario(hanging.low),
        assumed_high=_scenario(hanging.high),
        commitment=seal.commitment,
        draws=drawing.drawn([(half.day, half.half) for half in presence.halves], covers, plan.teams, seal),
        starts=times.text(starts),
        ends=times.text(ends),
        replaces=[],
        reason="",
    )


def _scenario(scenario: Scenario) -> kinds.Scenario:
    return kinds.Scenario(plan=scenario.plan, best=scenario.best, regret=scenario.regret)
