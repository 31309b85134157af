"""Random games for property tests: small, with floors, ceilings, costs, flat sites and ties."""

import numpy as np
from hypothesis import strategies as st

from vigie.patrols.game import StaticGame

# Whole numbers make ties, which is where equilibria go wrong; quarters make unequal slopes.
numbers = st.one_of(st.integers(-8, 8).map(float), st.integers(-32, 32).map(lambda k: k / 4))
shares = st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 1.0])


@st.composite
def static_games(draw, least: int = 1, most: int = 6) -> StaticGame:
    n = draw(st.integers(least, most))

    def ordered() -> tuple[list[float], list[float]]:
        pairs = [sorted((draw(numbers), draw(numbers))) for _ in range(n)]
        return [p[0] for p in pairs], [p[1] for p in pairs]

    att_covered, att_uncovered = ordered()
    def_uncovered, def_covered = ordered()
    cost = draw(st.none() | st.lists(st.sampled_from([0.0, 0.5, 1.0, 3.0]), min_size=n, max_size=n))
    floors = ceilings = None
    if draw(st.booleans()):
        pairs = [sorted((draw(shares), draw(shares))) for _ in range(n)]
        floors, ceilings = [p[0] for p in pairs], [p[1] for p in pairs]
    needed = 0.0 if floors is None else float(np.dot(floors, [1.0] * n if cost is None else cost))
    resources = needed + draw(st.sampled_from([0.0, 0.3, 1.0, 1.5, 2.0, 10.0]))
    return StaticGame(
        resources=resources,
        att_uncovered=att_uncovered,
        att_covered=att_covered,
        def_covered=def_covered,
        def_uncovered=def_uncovered,
        cost=cost,
        cov_min=floors,
        cov_max=ceilings,
    )
