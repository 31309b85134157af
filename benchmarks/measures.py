"""Raise to ready: from a signature to every owner's tasks and message on record, and back; then the pages over them.

    python benchmarks/measures.py [--owners 50000] [--measures 300] [--runs 3]

A synthetic catalogue and synthetic owners in all 101 departments, named so; each owner is asked for 1 to 6 measures,
drawn from a fixed seed. Each figure is taken in a process of its own, over a fresh copy of one home on this disc. The
peer is Django's `bulk_create` of the same rows, the floor SQLite's bare `executemany` of them, both with their commit.
Ends with 1 when a promise is missed.
"""

import argparse
import json
import os
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

SEED = 20240324
SCHEME = "fr-vigipirate-2016"
TOML = f"""
[[decides]]
scheme = "{SCHEME}"
zones = ["FR"]
"""
PLACES = (
    "station", "shopping", "museum", "monument", "hall", "arena", "stadium", "exhibition", "racecourse", "leisure",
    "public-space", "town-hall", "school", "university", "health", "market", "other",
)  # fmt: skip
PEOPLE = {"cabinet": ["proposer"], "approver": ["approver"], "duty": ["duty"]}
TABLES = ("measures_posture", "measures_task", "measures_message")


def asked_at(place: int) -> int:
    """Say how many measures concern a kind of place: 1, 2 or 3."""
    return place % 3 + 1


def catalogue(measures: int) -> dict[str, Any]:
    """Make a synthetic catalogue: each kind of place is asked for 1 to 3 measures, the others are for ministries, of which none is entered."""
    places = [kind for place, kind in enumerate(PLACES) for _ in range(asked_at(place))]
    return {
        "catalogue": "synthetic",
        "version": "1",
        "scheme": SCHEME,
        "title": {"en": "Synthetic measures for measuring speed"},
        "languages": ["en"],
        "levels": ["VIG", "SRRA", "UA"],
        "answer_within_hours": {"VIG": 168, "SRRA": 48, "UA": 24},
        "domains": {"synthetic": {"name": {"en": "Synthetic"}}},
        "owners": {
            "manager": {"reach": "sites", "name": {"en": "whoever runs the place"}},
            "ministry": {"reach": "kinds", "kinds": ["ministry"], "name": {"en": "the ministry"}},
        },
        "measures": [
            {
                "id": f"SYN-{number:03d}",
                "domain": "synthetic",
                "words": {"en": f"Synthetic measure {number}."},
                "owners": ["manager"] if number < len(places) else ["ministry"],
                "places": places[number : number + 1],
                "default_from": "UA",
                "source": "synthetic",
                "confidence": "sourced",
            }
            for number in range(measures)
        ],
    }


def drawn(owners: int) -> list[tuple[int, ...]]:
    """Draw each owner's kinds of place: one, or as often two, so that it is asked for 1 to 6 measures, 3 in the middle."""
    chance = random.Random(SEED)
    of_size = {size: [p for p in range(len(PLACES)) if asked_at(p) == size] for size in (1, 2, 3)}
    found = []
    for _ in range(owners):
        one = chance.choice(of_size[chance.choice((1, 2, 3))])
        other = chance.choice(of_size[chance.choice((1, 2, 3))]) if chance.random() < 0.5 else one
        found.append((one,) if one == other else (one, other))
    return found


def fill(duty: Any, owners: int) -> None:
    """Enter sites and owners through the room's own verbs, in tables of at most 4,000 rows."""
    from vigie.exposure.actions import import_owners, import_sites
    from vigie.exposure.areas import parts

    areas = parts("FR", "department")
    if len(areas) != 101:
        raise SystemExit(f"{len(areas)} departments are known, where 101 are expected.")
    kinds = drawn(owners)
    for start in range(0, owners, 2_000):
        sites, rows = ["id,name,kind,lat,lon,area,owner"], ["id,name,kind,mail,sites"]
        for number in range(start, min(start + 2_000, owners)):
            area = areas[number % len(areas)]
            south, west, north, east = area.box or (46.0, 2.0, 47.0, 3.0)
            names = [f"s{number}-{place}" for place in kinds[number]]
            sites += [
                f"{name},Site {name},{PLACES[place]},{(south + north) / 2:.4f},{(west + east) / 2:.4f},{area.code},o{number}"
                for name, place in zip(names, kinds[number], strict=True)
            ]
            rows.append(
                f"o{number},Office {number},site-manager,office{number}@example.org,{';'.join(names)}"
            )
        import_sites(duty, "\n".join(sites).encode())
        import_owners(duty, "\n".join(rows).encode())


# --- parts, each in a process of its own; each gives what it found as JSON --------------------------------------------


def prepare(path: Path, owners: int, measures: int) -> dict[str, Any]:
    """Make the home that each part gets a copy of, with a raise that waits for its second person."""
    from vigie.cli.homes import enrol, found

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigie.config.settings")
    found(path, title="Benchmark", toml=TOML)
    from vigie.accounts.actions import found_office
    from vigie.accounts.actors import Actor

    for name, roles in PEOPLE.items():
        found_office(name, name, roles)
    duty = [Actor(enrol(name, name, "correct horse battery"), name, "shell") for name in PEOPLE][-1]
    (path / "catalogues").mkdir()
    (path / "catalogues" / "synthetic.yaml").write_text(json.dumps(catalogue(measures)), encoding="utf-8")
    fill(duty, owners)
    proposed("UA")
    return {}


def raised(path: Path) -> dict[str, Any]:
    """Sign the raise."""
    opened(path)
    return {**signed("UA"), **rows()}


def stood_down(path: Path) -> dict[str, Any]:
    """Sign a level at which nothing of the raise is asked: every owner is asked to stop."""
    opened(path)
    return {**signed("VIG"), **rows()}


def sent(path: Path) -> dict[str, Any]:
    """Let every message leave, as a file: from then on owners know of their tasks."""
    opened(path)
    from django.conf import settings

    from vigie.measures.actions import deliver_due

    seconds, done = timed(lambda: deliver_due(settings.VIGIE_HOME))
    return {"seconds": seconds, "left": done.delivered}


def peer(path: Path, rows_of: Path) -> dict[str, Any]:
    """Write the same rows with Django alone: no record, no rules."""
    opened(path)
    from django.db import connections, transaction

    from vigie.measures.models import Message, Posture, Task

    record = connections["record"]
    with record.cursor() as cursor:
        cursor.execute("ATTACH DATABASE %s AS raised", [str(rows_of / "record.sqlite3")])
    made = []
    for model in (Posture, Task, Message):
        query = f"SELECT * FROM raised.{model._meta.db_table}"  # noqa: S608, SLF001 - its own table
        made.append((model, [model(**field_values(row)) for row in model.objects.raw(query)]))
    before = time.perf_counter()
    with transaction.atomic(using="record"):
        for model, found in made:
            model.objects.bulk_create(found)
    return {"seconds": time.perf_counter() - before}


def field_values(row: Any) -> dict[str, Any]:
    return {of.attname: getattr(row, of.attname) for of in row._meta.concrete_fields}  # noqa: SLF001


def floor(path: Path, rows_of: Path) -> dict[str, Any]:
    """Write the same rows with SQLite alone, as a home opens it."""
    from vigie.config.databases import _SQLITE

    with closing(sqlite3.connect(rows_of / "record.sqlite3")) as raised:
        tables = {table: raised.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}  # noqa: S608
    with closing(sqlite3.connect(path / "record.sqlite3")) as bare:
        bare.executescript(_SQLITE["OPTIONS"]["init_command"])
        before = time.perf_counter()
        with bare:
            for table, found in tables.items():
                marks = ", ".join("?" * len(found[0]))
                bare.executemany(f"INSERT INTO {table} VALUES ({marks})", found)  # noqa: S608
        return {"seconds": time.perf_counter() - before}


def pages(path: Path) -> dict[str, Any]:
    """Open the matrix as a duty officer does: seconds (median of seven) and questions asked of both databases."""
    opened(path)
    from django.contrib.auth import get_user_model
    from django.db import connections
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.get(username="duty"))
    found = {}
    for name, address in {
        "matrix page": "/measures/",
        "matrix, page 600": "/measures/?page=600",
        "light page": "/accounts/",
    }.items():
        timed = []
        for _ in range(7):
            before = time.perf_counter()
            client.get(address)
            timed.append(time.perf_counter() - before)
        with (
            CaptureQueriesContext(connections["record"]) as asked,
            CaptureQueriesContext(connections["default"]) as also,
        ):
            client.get(address)
        found[name] = (statistics.median(timed), len(asked) + len(also))
    return found


def holds(path: Path) -> dict[str, Any]:
    """Verify the record whole, and make every row again from it."""
    opened(path)
    from vigie.ledger.projections import rebuild
    from vigie.ledger.queries import verify

    verdict, _ = timed(verify)
    rebuilt, _ = timed(rebuild)
    again, last = timed(verify)
    return {
        "verify": verdict,
        "rebuild": rebuilt,
        "again": again,
        "whole": last.verified,
        "faults": [f.what for f in last.faults[:3]],
    }


PARTS: dict[str, Callable[..., dict[str, Any]]] = {
    "prepare": prepare, "raised": raised, "sent": sent, "stood_down": stood_down, "peer": peer, "floor": floor, "pages": pages, "holds": holds,
}  # fmt: skip


def opened(path: Path) -> None:
    from vigie.cli.home import open_home

    open_home(path)
    # A server has read all its rooms before anybody signs.
    import vigie.config.urls  # noqa: F401


def proposed(code: str) -> str:
    from vigie import times
    from vigie.alert import actions as alert

    return alert.propose(
        actor("cabinet"), scheme=SCHEME, code=code, zone="FR", reasons="A synthetic reason.", effective=times.now()
    )  # fmt: skip


def actor(name: str) -> Any:
    from vigie.accounts.actors import Actor
    from vigie.accounts.models import Mandate

    return Actor(Mandate.objects.get(office=name).person, name, "shell")


def signed(code: str) -> dict[str, Any]:
    """Have a proposal signed by its second person: the level is in force, its measures follow."""
    from vigie import steps
    from vigie.alert import queries as levels
    from vigie.alert.models import Decision

    waiting = Decision.objects.filter(state="proposed", code=code).first()
    made = waiting.id if waiting else proposed(code)
    approver, seen = actor("approver"), levels.decision(made).digest
    seconds, _ = timed(lambda: steps.sign(approver, made, seen=seen))
    return {"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}


def rows() -> dict[str, Any]:
    from vigie.ledger.models import Entry
    from vigie.measures.models import Message, Task

    return {
        "tasks": Task.objects.count(),
        "messages": Message.objects.count(),
        "entries": Entry.objects.filter(kind__startswith="measures.").count(),
    }


def timed(function: Callable[[], Any]) -> tuple[float, Any]:
    before = time.perf_counter()
    result = function()
    return time.perf_counter() - before, result


# --- the whole, and what was promised ---------------------------------------------------------------------------------


class Table:
    """What was measured, line by line, and whether each promise held."""

    def __init__(self) -> None:
        self.missed = 0
        print(f"{'':<46}{'ours':>10}{'promise':>10}{'peer':>10}{'ratio':>7}{'floor':>10}{'ratio':>7}")

    def row(
        self, name: str, ours: float, most: float = 0, *, peer: float = 0, floor: float = 0, unit: str = "s"
    ) -> None:
        """Print a line; most: the promise, 0 where there is none."""
        broken = 0 < most < ours
        self.missed += broken
        beside = "".join(f"{x:>9.2f}s{ours / x:>7.2f}" if x else " " * 17 for x in (peer, floor))
        promise = f"{most:>8.2f}{unit:<2}" if most else " " * 10
        shown = f"{ours:>8.2f}{unit:<2}" if unit in {"s", "×"} else f"{ours:>8.0f}{unit:<2}"
        print(f"{name:<46}{shown}{promise}{beside}{'  MISSED' if broken else ''}")


def in_a_process(part: str, *words: Any) -> dict[str, Any]:
    """Run a part in a process of its own; gives what it found."""
    command = [sys.executable, __file__, "--part", part, *map(str, words)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def whole(owners: int, measures: int, runs: int) -> int:
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as name:
        folder = Path(name)
        ready = folder / "ready"
        in_a_process("prepare", ready, owners, measures)
        table, ups, peers, floors, downs = Table(), [], [], [], []
        standing, told = folder / "raised", folder / "told"
        for run in range(runs):
            with copy(ready, folder / f"up{run}") as home:
                ups.append(in_a_process("raised", home))
                if not run:
                    shutil.copytree(home, standing)
            with copy(ready, folder / f"peer{run}") as home:
                peers.append(in_a_process("peer", home, standing)["seconds"])
            with copy(ready, folder / f"floor{run}") as home:
                floors.append(in_a_process("floor", home, standing)["seconds"])
        shutil.copytree(standing, told)
        left = in_a_process("sent", told)
        for run in range(runs):
            with copy(told, folder / f"down{run}") as home:
                downs.append(in_a_process("stood_down", home))
                if run == runs - 1:
                    last = in_a_process("holds", home)
        seen = in_a_process("pages", standing)
    first = ups[0]
    middle = {
        n: statistics.median(one["seconds"] for one in part) for n, part in (("up", ups), ("down", downs))
    }
    peer_, floor_ = statistics.median(peers), statistics.median(floors)
    table.row("raise to ready: signed, tasks, messages", middle["up"], 5, peer=peer_, floor=floor_)
    table.row("  as a multiple of Django's bulk_create", middle["up"] / peer_, 2, unit="×")
    table.row("  resident at most", max(one["peak"] for one in ups), 400, unit="MB")
    table.row("stand-down of the same, all told", middle["down"], 5, peer=peer_, floor=floor_)
    table.row("  resident at most", max(one["peak"] for one in downs), 400, unit="MB")
    for page in ("matrix page", "matrix, page 600"):
        seconds, questions = seen[page]
        table.row(page, seconds, 0.3, floor=seen["light page"][0])
        table.row("  questions to the databases", questions, 12, unit="")
    table.row(f"{left['left']} letters written as files", left["seconds"])
    table.row("verify the record, rows compared", last["again"])
    table.row("rebuild every row", last["rebuild"])
    print(
        f"\n{owners} owners, {measures} measures (synthetic): {first['tasks']} tasks and {first['messages']} messages "
        f"in {first['entries']} entries; record and rows {'agree' if last['whole'] else 'DISAGREE'}; {runs} runs"
        f"\nraise {spread(ups)}, stand-down {spread(downs)}, bulk_create {min(peers):.2f} – {max(peers):.2f} s, executemany {min(floors):.2f} – {max(floors):.2f} s"
    )
    return int(bool(table.missed) or not last["whole"])


def spread(runs: list[dict[str, Any]]) -> str:
    return f"{min(one['seconds'] for one in runs):.2f} – {max(one['seconds'] for one in runs):.2f} s"


@contextmanager
def copy(home: Path, to: Path) -> Iterator[Path]:
    """Lend a copy of a home, written out to the disc before anything is measured."""
    shutil.copytree(home, to)
    os.sync()
    try:
        yield to
    finally:
        shutil.rmtree(to)


def main() -> int:
    read = argparse.ArgumentParser(description="Raise to ready, and back.")
    read.add_argument("--owners", type=int, default=50_000)
    read.add_argument("--measures", type=int, default=300)
    read.add_argument("--runs", type=int, default=3)
    read.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    read.add_argument("words", nargs="*", help=argparse.SUPPRESS)
    given = read.parse_args()
    if not given.part:
        return whole(given.owners, given.measures, given.runs)
    first, *rest = given.words
    words = [int(word) if word.isdigit() else Path(word) for word in rest]
    print(json.dumps(PARTS[given.part](Path(first), *words)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
