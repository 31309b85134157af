"""What tests of plans may use."""

from datetime import date

import pytest

from tests.patrols.weeks import FOUR, NAMES, present

# The clock of the tests stands before this day.
FIRST = date(2024, 3, 25)
OVER = "2024-04-01T00:00:00Z"
SITES = b"""id,name,kind,lat,lon,area,yearly_visitors
s-st,Gare centrale,station,48.8802,2.3552,FR-75,20000000
s-mu,Grand Mus\xc3\xa9e,museum,48.8606,2.3376,FR-75,
s-pl,Place du March\xc3\xa9,public-space,48.8674,2.3636,FR-75,
"""


def week(days=7, first=FIRST, rows=FOUR):
    return present(rows, days, first)


@pytest.fixture
def sites(people):
    """Three sites of this home: one with its figure, two whose figures are assumed."""
    from vigie.exposure.actions import import_sites

    import_sites(people["watch"], SITES, file="sites.csv")


@pytest.fixture
def drawn(people):
    """A plan of seven days for two teams at four sites."""
    from vigie.patrols import actions

    return actions.draw_from(people["planning"], present=week(), names=NAMES, teams=2)
