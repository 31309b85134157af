"""Speed of the exposure room: crowding of many sites over a year, the calendar, tables read.

    python benchmarks/exposure.py [SITES]

Prints ours, a floor (numpy writing the same numbers, or Python's own reader), and the ratio.
"""

import csv
import io
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from vigie.exposure import ahead, calendar, crowding, events, site_kinds, sites_csv
from vigie.exposure.dated import Dated

SITES = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
DAYS = 365
START = date(2025, 1, 1)


def timed(function: Callable[[], Any]) -> tuple[float, Any]:
    before = time.perf_counter()
    result = function()
    return time.perf_counter() - before, result


def places() -> Iterator[sites_csv.SiteRow]:
    kinds = sorted(site_kinds.kinds())
    base = sites_csv.SiteRow("s", "Site", "station", 48_880_000, 2_350_000, "FR-75C")
    for i in range(SITES):
        yield replace(
            base, id=f"s{i}", kind=kinds[i % len(kinds)], yearly_visitors=None if i % 3 else 1000 + i
        )


def crowd(entries: tuple[Dated, ...]) -> float:
    total = 0.0
    for _, low, high in crowding.stream(places(), START, DAYS, entries):
        total += float(low[0, 20]) + float(high[0, 20])
    return total


def floor() -> None:
    week, factor = np.ones((7, 48), dtype=np.float32), np.ones(DAYS, dtype=np.float32)
    weekday = np.arange(DAYS) % 7
    for _ in range(2 * SITES):
        week[weekday] * factor[:, None]


def table(rows: int = 5_000) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "name", "kind", "lat", "lon", "area", "yearly_visitors"])
    writer.writerows(
        [f"s{i}", f"Site {i}", "station", "48.88", "2.35", "FR-75", 1000 + i] for i in range(rows)
    )
    return out.getvalue()


def main() -> None:
    entries = calendar.entries(START, date(2025, 12, 31), ("FR-75",))
    text = table()
    lines = [
        (f"crowding, {SITES:,} sites x {DAYS} days x 48", timed(lambda: crowd(entries))[0], timed(floor)[0]),
        (
            "calendar of France, 10 years",
            timed(lambda: calendar.entries(date(2025, 1, 1), date(2034, 12, 31), ("FR",)))[0],
            None,
        ),
        (
            "what lies ahead, 365 days",
            timed(lambda: ahead.ahead(START, 365, "FR", events=events.shipped_register()))[0],
            None,
        ),
        (
            "table of 5,000 sites",
            timed(lambda: sites_csv.read(text.encode()))[0],
            timed(lambda: list(csv.reader(io.StringIO(text))))[0],
        ),
    ]
    print(f"{'what':45} {'ours':>9} {'floor':>9} {'ratio':>7}")
    for what, ours, least in lines:
        print(
            f"{what:45} {ours:8.3f}s "
            + (f"{least:8.3f}s {ours / least:6.1f}x" if least else f"{'-':>9} {'-':>7}")
        )
    print(f"most memory held: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
