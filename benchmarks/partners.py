"""How long it takes to freeze a release of 500 objects, beside stix2 creating the same objects.

Run: python benchmarks/partners.py. The floor is orjson writing the finished dictionaries.
"""

import statistics
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import orjson
import stix2

from vigie.partners import stix
from vigie.partners.elements import Draft, Group, Judgement, Level, Measure, Place

AT = datetime(2030, 5, 3, 10, 0, tzinfo=UTC)
SIZE = 500
ROUNDS = 9


def a_draft() -> Draft:
    level = Level(
        "level", "xx-blank-2030", "XX", "3", "Level three", AT, "Office", "decided", ("decision-1",)
    )
    places = [Place(f"place-{n}", f"Place {n}", "BE") for n in range(50)]
    groups = [Group(f"group-{n}", f"Group {n}", "What is known of it. " * 10) for n in range(20)]
    measures = [
        Measure(f"measure-{n}", f"Measure {n}", "What to do. " * 10, (f"claim-1-{n}",)) for n in range(30)
    ]
    notes = [
        Judgement(
            f"note-{n}",
            f"Judgement {n}",
            "We hold it to be likely. " * 20,
            (f"group-{n % 20}", f"place-{n % 50}"),
            (f"claim-2-{n}",),
            "B2",
            70,
        )
        for n in range(SIZE - 1 - 100)
    ]
    return Draft(
        "Title",
        "Summary",
        "en",
        "Office",
        "partner-x",
        "TLP:AMBER",
        (level, *places, *groups, *measures, *notes),
    )


def median_ms(act: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def main() -> None:
    draft = a_draft()
    ids = {name: str(uuid.uuid4()) for name in stix.needed_ids(draft)}
    made = stix.objects(draft, ids, AT)

    def peer() -> str:
        return str(stix2.Bundle([stix2.parse(each, allow_custom=False) for each in made]).serialize())

    ours = median_ms(lambda: stix.freeze(stix.objects(draft, ids, AT), ids["bundle"]))
    theirs = median_ms(peer)
    floor = median_ms(lambda: orjson.dumps(made))
    print(f"{len(made)} objects, median of {ROUNDS} rounds, milliseconds")
    print(f"{'vigie: build, check closure, freeze, SHA-256':<48}{ours:>10.1f}")
    print(f"{'stix2: create the same objects, serialise':<48}{theirs:>10.1f}")
    print(f"{'floor: orjson writes finished dictionaries':<48}{floor:>10.1f}")
    print(f"{'stix2 / vigie':<48}{theirs / ours:>10.1f}")


if __name__ == "__main__":
    main()
