"""How well the teams' places in a turn can be guessed by someone who knows the plan, and hence by any observer.

Whoever names a set of places is right, on average, for the sum of their covers (linearity of expectation),
whatever draws them together; so the best set to name is the most covered places. Turns are drawn apart from
one another, so logs of earlier turns tell nothing beyond the cover: an observer who has watched for weeks
can at best come to know it, and does no better than this.
"""

from collections.abc import Sequence

from vigie.patrols.sampling import WHOLE


def best_guess(cover: Sequence[int], teams: int) -> int:
    """Give the thousandths of named places where a team is, when as many places as teams are named at best.

    cover: millionths of a team at each site; teams: whole, at least 1. Only places with cover are named.
    Rounded up: what can be guessed is never understated.
    """
    named = [part for part in sorted(cover, reverse=True)[:teams] if part > 0]
    return -(-sum(named) * 1000 // (len(named) * WHOLE)) if named else 0
