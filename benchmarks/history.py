"""Speed of the history room: one level asked, a whole history told and drawn, a count under every definition.

    python benchmarks/history.py

Prints ours, a floor (reading the same CSV with Python's own reader), the ratio and the promise where there is one.
The long history is synthetic and named so: 20 years of 1,000 decisions in 101 zones.
"""

import csv
import time
from collections.abc import Callable
from datetime import timedelta
from importlib.resources import files
from typing import Any

from vigie import times
from vigie.history.changes import changes
from vigie.history.chronicle import chronicle
from vigie.history.counts import counts
from vigie.history.drawing import draw
from vigie.history.levels import LATEST, level_at
from vigie.history.merging import Own, merge
from vigie.schemes.reader import load

FRANCE = "fr-vigipirate-2016"
AT = times.parse("2022-06-01")


def best(function: Callable[[], Any], repeat: int = 5) -> float:
    spent = []
    for _ in range(repeat):
        before = time.perf_counter()
        function()
        spent.append(time.perf_counter() - before)
    return min(spent)


def read() -> None:
    text = (files("vigie.history") / "data" / "level-history.csv").read_text(encoding="utf-8")
    list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def synthetic() -> list[Own]:
    plan = load(FRANCE)
    zones = ["FR", *(part for inside in plan.zones.tree.values() for part in inside)][:101]
    start = times.parse("2004-01-01")
    step = timedelta(days=20 * 365) / 1000
    return [
        Own(
            f"decision-{n}",
            FRANCE,
            plan.codes[n * 7 % 3],
            zones[n % len(zones)],
            start + n * step,
            None,
            start + n * step,
            "Synthetic.",
            "Office",
            "",
        )
        for n in range(1000)
    ]


def main() -> None:
    floor, own = best(read), synthetic()
    long = merge(FRANCE, [], own, LATEST)
    rows: list[tuple[str, float, float | None]] = [
        ("level at a place and time, shipped history", best(lambda: level_at(FRANCE, AT)), 0.2),
        (
            "level in a department, 1,000 synthetic decisions",
            best(lambda: level_at(FRANCE, AT, zone="FR-75", changes=long)),
            0.2,
        ),
        (
            "1,000 synthetic decisions told with the shipped rows",
            best(lambda: merge(FRANCE, changes(FRANCE), own, LATEST)),
            None,
        ),
        (
            "their counts under each definition",
            best(lambda: counts(FRANCE, "UA", LATEST, changes=long)),
            None,
        ),
        (
            "counts under all 8 definitions, shipped history",
            best(lambda: counts(FRANCE, "UA", LATEST, all_editions=True)),
            None,
        ),
        ("a whole history told", best(lambda: chronicle("us-hsas")), None),
        ("… and drawn", best(lambda: draw(chronicle("us-hsas"), title="t")), None),
    ]
    print(f"{'':<56}{'ours':>10}{'floor':>10}{'ratio':>8}{'promise':>10}")
    for name, spent, promise in rows:
        said = f"{promise * 1000:.0f} ms" if promise else "-"
        print(f"{name:<56}{spent * 1000:>7.2f} ms{floor * 1000:>7.2f} ms{spent / floor:>8.1f}{said:>10}")


if __name__ == "__main__":
    main()
