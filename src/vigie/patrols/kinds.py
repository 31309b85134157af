"""Entries of this room. All numbers are whole: cover in millionths of a team, people in thousandths."""

import msgspec

from vigie.ledger.kinds import Body, Kind


class HalfDay(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One half day, site by site in the order of the plan's sites.

    low, high: people expected; assumed: the places in the order of sites whose figures are assumed; cover:
    millionths of a team; exposed, least: thousandths of people that stay exposed, that no plan can avoid.
    """

    day: str
    half: str
    low: list[int]
    high: list[int]
    assumed: list[int]
    cover: list[int]
    exposed: int
    least: int


class Rivals(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Thousandths of people that the usual plans leave exposed with the same teams."""

    uniform: int
    proportional: int
    fixed: int


class Scenario(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Thousandths of people exposed by the plan, and by a plan made for these figures."""

    plan: int
    best: int
    regret: int


class Drawn(Body):
    """A plan is drawn from a seed of which only the digest is shown.

    draws: for each turn of each half day, in order, the site of each team (its place in `sites`), -1 in reserve.
    starts, ends: the first and the last instant of the plan. reason: why it takes the place of `replaces`.
    """

    plan: str
    first_day: str
    days: int
    teams: int
    sites: list[str]
    names: list[str]
    halves: list[HalfDay]
    exposed: int
    least: int
    rivals: Rivals
    assumed_share: int
    assumed_low: Scenario
    assumed_high: Scenario
    commitment: str
    draws: list[list[int]]
    starts: str
    ends: str
    replaces: list[str]
    reason: str


class Revealed(Body):
    """The plan is over; seed and salt, 64 hexadecimal digits each, let anyone who has the plan draw it again."""

    plan: str
    seed: str
    salt: str


# Where which team was, and the seed that gives it again: a plan that is over can be erased (guarantee 14).
DRAWN = Kind("patrols.plan.drawn", 1, Drawn, solemn=True, erasable=True)
REVEALED = Kind("patrols.seed.revealed", 1, Revealed, solemn=True, erasable=True)
