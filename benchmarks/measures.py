"""Speed of the measures room: from a level in force to every owner's tasks and message, and back.

    python benchmarks/measures.py [OWNERS] [MEASURES]

A synthetic catalogue and synthetic owners, named so, in a throw-away home on this disc. Prints ours, a floor (Django's
bulk_create of the same task rows on the same database), and the ratio; then the lists a duty officer opens.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

OWNERS = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
MEASURES = int(sys.argv[2]) if len(sys.argv) > 2 else 300
DEPARTMENTS = [f"FR-{number:02d}" for number in range(1, 96) if number != 20]
KINDS = ("station", "shopping", "museum", "hall", "stadium", "school")

TOML = """
[[decides]]
scheme = "fr-vigipirate-2016"
zones = ["FR"]
"""


def timed(function: Callable[[], Any]) -> tuple[float, Any]:
    before = time.perf_counter()
    result = function()
    return time.perf_counter() - before, result


def catalogue() -> dict[str, Any]:
    """Make a synthetic catalogue: each measure concerns one kind of place, so an owner gets 1 to 6 tasks or so."""
    return {
        "catalogue": "synthetic",
        "version": "1",
        "scheme": "fr-vigipirate-2016",
        "title": {"en": "Synthetic measures for measuring speed"},
        "languages": ["en"],
        "levels": ["VIG", "SRRA", "UA"],
        "answer_within_hours": {"VIG": 168, "SRRA": 48, "UA": 24},
        "domains": {"synthetic": {"name": {"en": "Synthetic"}}},
        "owners": {
            "manager": {"reach": "sites", "name": {"en": "whoever runs the place"}},
            "prefect": {"reach": "kinds", "kinds": ["prefecture"], "name": {"en": "the prefect"}},
        },
        "measures": [
            {
                "id": f"SYN-{number:03d}",
                "domain": "synthetic",
                "words": {"en": f"Synthetic measure {number}."},
                # Most measures of a real plan concern few owners; eighteen here reach every site of their kind.
                "owners": ["manager"] if number < 18 else ["prefect"],
                "places": [KINDS[number % len(KINDS)]] if number < 18 else [],
                "default_from": "UA",
                "source": "synthetic",
                "confidence": "sourced",
            }
            for number in range(MEASURES)
        ],
    }


def fill(people: Any) -> None:
    """Enter sites and owners through the room's own verbs, in tables of at most 4,000 rows."""
    from vigie.exposure.actions import import_owners, import_sites
    from vigie.exposure.areas import box

    places = {code: box(code) for code in DEPARTMENTS}
    for start in range(0, OWNERS, 4_000):
        sites = ["id,name,kind,lat,lon,area,owner"]
        owners = ["id,name,kind,mail,sites"]
        for number in range(start, min(start + 4_000, OWNERS)):
            area = DEPARTMENTS[number % len(DEPARTMENTS)]
            south, west, north, east = places[area] or (46.0, 2.0, 47.0, 3.0)
            lat, lon = (south + north) / 2, (west + east) / 2
            sites.append(
                f"s{number},Site {number},{KINDS[number % len(KINDS)]},{lat:.4f},{lon:.4f},{area},o{number}"
            )
            owners.append(f"o{number},Office {number},site-manager,office{number}@example.org,s{number}")
        import_sites(people, "\n".join(sites).encode())
        import_owners(people, "\n".join(owners).encode())


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "home"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigie.config.settings")
        from vigie.cli.homes import enrol, found

        home = found(path, title="Benchmark", toml=TOML)
        from vigie import times
        from vigie.accounts.actions import found_office
        from vigie.accounts.actors import Actor
        from vigie.alert import actions as alert, queries as levels
        from vigie.measures import actions, queries

        actors = {}
        for name, roles in {"cabinet": ["proposer"], "approver": ["approver"], "duty": ["duty"]}.items():
            found_office(name, name, roles)
            actors[name] = Actor(enrol(name, name, "correct horse battery"), name, "shell")
        (path / "catalogues").mkdir()
        (path / "catalogues" / "synthetic.yaml").write_text(json.dumps(catalogue()), encoding="utf-8")
        fill(actors["duty"])

        def level(code: str) -> str:
            made = alert.propose(
                actors["cabinet"], scheme="fr-vigipirate-2016", code=code, zone="FR", reasons="A synthetic reason.", effective=times.now()
            )  # fmt: skip
            alert.approve(actors["approver"], made, seen=levels.decision(made).digest)
            return made

        up, raised = timed(lambda: actions.switch(actors["approver"], level("UA")))
        floor = bulk()
        print(
            f"{OWNERS} owners, {MEASURES} measures (synthetic), {raised.tasks} tasks, {raised.messages} messages\n"
        )
        print(f"{'':<44}{'ours':>9}{'floor':>9}{'ratio':>7}")
        row("raise to ready (posture, tasks, messages)", up, floor)
        preview, _ = timed(lambda: queries.what_follows("fr-vigipirate-2016", "VIG", "FR"))
        row("what follows, before anybody signs", preview, None)
        first, _ = timed(queries.matrix)
        row("matrix, first page", first, None)
        counted, _ = timed(queries.totals)
        row("counts under each filter", counted, None)
        sent, _ = timed(lambda: actions.deliver_due(home))
        row(f"{raised.messages} messages to files", sent, None)
        down, _ = timed(lambda: actions.switch(actors["approver"], level("VIG")))
        row("stand-down of the same", down, floor)
        print(f"\nresident at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def row(name: str, ours: float, floor: float | None) -> None:
    end = f"{floor:>8.2f}s{ours / floor:>7.1f}" if floor else ""
    print(f"{name:<44}{ours:>8.2f}s{end}")


def bulk() -> float:
    """Write the same task rows with Django alone: no record, no rules, no message."""
    from django.db import transaction

    from vigie.measures.models import Task

    rows = list(Task.objects.all())
    for number, task in enumerate(rows):
        task.pk, task.owner = f"floor-{number}", f"floor-{number}"

    class Undone(Exception):
        pass

    def write() -> None:
        try:
            with transaction.atomic(using="record"):
                Task.objects.bulk_create(rows, batch_size=500)
                raise Undone
        except Undone:
            return

    return timed(write)[0]


if __name__ == "__main__":
    main()
