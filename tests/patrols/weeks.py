"""People expected over a few days, for tests of plans."""

from datetime import date, timedelta

from vigie.exposure.crowding import HALVES, Present
from vigie.patrols.presence import gather

FIRST = date(2031, 5, 26)
# Site, least, most, basis: figures a reader can check by hand.
FOUR = (
    ("st-nord", 900, 1100, "figure"),
    ("st-sud", 500, 700, "figure"),
    ("mall", 200, 600, "assumed"),
    ("museum", 100, 300, "capacity"),
)
NAMES = {"st-nord": "Gare du Nord", "st-sud": "Gare du Sud", "mall": "Les Halles", "museum": "Musée"}


def present(rows=FOUR, days=7, first=FIRST):
    return [
        Present(site, first + timedelta(days=k), half, low, high, basis)
        for k in range(days)
        for half in HALVES
        for site, low, high, basis in rows
    ]


def presence(rows=FOUR, days=7):
    return gather(present(rows, days), NAMES)
