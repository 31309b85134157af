"""From cover to places: draw whole teams whose long-run frequencies are exactly the cover.

Comb sampling: lay the sites' cover end to end, each as long as its chance, and read off the sites under a comb
whose teeth stand one team apart, laid down at a random place. J. Tsai, Z. Yin, J. Kwak, D. Kempe,
C. Kiekintveld, M. Tambe, "Urban security: game-theoretic resource allocation in networked physical domains",
AAAI 2010.

Cover is counted in whole millionths, so that every machine lays the same teeth on the same sites, and a
frequency is not nearly but exactly the cover.
"""

from collections.abc import Sequence

import numpy as np

from vigie.errors import BadInput
from vigie.patrols.game import FloatArray
from vigie.patrols.seal import Stream

WHOLE = 1_000_000


class BadCover(BadInput):
    """Cover that cannot be drawn: below nothing, above one team at a site, or more than there are teams."""


def in_millionths(coverage: FloatArray, teams: int) -> list[int]:
    """Round cover (n,), each in [0, 1], to millionths without adding up to more than `teams`.

    The total is rounded first; what rounding each site down leaves goes to the sites that lost most by it.
    Raises BadCover when the cover is no cover or adds up to more than the teams (beyond 1e-6).
    """
    if not ((coverage >= 0) & (coverage <= 1)).all():
        raise BadCover(
            "The cover of a site lies outside 0 and 1. Draw from the answer of a solver, not from weights."
        )
    total = round(float(coverage.sum()) * WHOLE)
    if total > teams * WHOLE + 1:
        raise BadCover(
            "The cover adds up to {total:g} teams and there are {teams}.", total=total / WHOLE, teams=teams
        )
    exact = coverage * WHOLE
    parts = np.floor(exact).astype(np.int64)
    missing = min(total, teams * WHOLE) - int(parts.sum())
    # The sort is stable, so equal losses are mended in the order of sites, on every machine.
    for i in np.argsort(parts - exact, kind="stable"):
        if missing <= 0:
            break
        if parts[i] < WHOLE:
            parts[i] += 1
            missing -= 1
    return [int(part) for part in parts]


def draw(parts: Sequence[int], teams: int, chance: Stream) -> list[int | None]:
    """Draw where each team goes: a site's index, or None for a team held in reserve.

    parts: cover of each site in millionths, 0 to 1,000,000, adding up to no more than the teams.
    No site is given two teams. Sites are laid out in random order before the comb, so that which places
    go together says as little as possible, and which team goes where is drawn as well.
    Raises BadCover when the cover cannot be drawn with so many teams.
    """
    check(parts, teams)
    order = list(range(len(parts)))
    chance.shuffle(order)
    chosen = under_comb([parts[i] for i in order], chance.below(WHOLE))
    places: list[int | None] = [order[i] for i in chosen]
    places += [None] * (teams - len(places))
    chance.shuffle(places)
    return places


def check(parts: Sequence[int], teams: int) -> None:
    """Refuse cover that cannot be drawn with `teams` whole teams. Raises BadCover."""
    if any(not 0 <= part <= WHOLE for part in parts):
        raise BadCover("The cover of a site lies outside 0 and 1,000,000 millionths.")
    if sum(parts) > teams * WHOLE:
        raise BadCover(
            "The cover adds up to {total:g} teams and there are {teams}.",
            total=sum(parts) / WHOLE,
            teams=teams,
        )


def under_comb(parts: Sequence[int], offset: int) -> list[int]:
    """Give the indices under the teeth `offset`, `offset` + 1 team, `offset` + 2 teams ...; 0 <= offset < WHOLE.

    Over all offsets, index i is given exactly `parts[i]` times out of 1,000,000. No length exceeds the
    distance of two teeth, hence none is given twice at once.
    """
    chosen, end, tooth = [], 0, offset
    for i, part in enumerate(parts):
        end += part
        if tooth < end:
            chosen.append(i)
            tooth += WHOLE
    return chosen
