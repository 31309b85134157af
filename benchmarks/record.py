"""The record's promises: durable appends, whole verbs, a rush of answers, audits, proofs, rebuild, pictures.

    python benchmarks/record.py [PART...]      parts: appends answers audit picture; all without any

Each part runs in a process of its own, in a throw-away home on this disc, and prints ours, the promise, the peer and the
floor of the same minute, and the ratio of ours to the floor. The floor of every append is a raw `fdatasync` of one more
kilobyte of a file, measured in turns with all the others: the same disc gives 300 a second in one minute and 10,000 in the next.
Peers on PostgreSQL run where tools/postgresql.sh finds one; its cluster then lies on this disc too.
"""

import asyncio
import hashlib
import json
import os
import random
import resource
import secrets
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from serving import free_port, serving

ROOT = Path(__file__).resolve().parent.parent
PAYLOAD = 700
"""Characters of a body: with envelope, salt and hashes an entry is a kilobyte or so."""
ROUNDS, TURN = 5, 1.0
"""Rounds in which all that is compared takes its turn, and seconds of each turn."""


def row(what: str, ours: str, promise: str, peer: str = "", floor: str = "", ratio: str = "") -> None:
    print(f"| {what} | {ours} | {promise} | {peer} | {floor} | {ratio} |", flush=True)


# --- appends --------------------------------------------------------------------------------------------------------


def raw_flush(folder: Path) -> Callable[[], int]:
    """Make a turn of raw flushes: one kilobyte appended, one fdatasync."""
    descriptor = os.open(folder / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    kilobyte = secrets.token_bytes(1024)

    def flush() -> None:
        os.write(descriptor, kilobyte)
        os.fdatasync(descriptor)

    return lambda: during(flush)


def during(act: Callable[[], Any]) -> int:
    """Do `act` again and again for one turn; give how often."""
    count, until = 0, time.perf_counter() + TURN
    while time.perf_counter() < until:
        act()
        count += 1
    return count


def with_clients(number: int, act: Callable[[], Any]) -> tuple[int, float]:
    """Let `number` clients do `act` for one turn, each waiting for its answer. Gives how often, and the worst wait."""
    counts, waits = [0] * number, [0.0] * number
    go = threading.Event()

    def client(own: int) -> None:
        go.wait()
        until = time.perf_counter() + TURN
        while (start := time.perf_counter()) < until:
            act()
            counts[own] += 1
            waits[own] = max(waits[own], time.perf_counter() - start)

    threads = [threading.Thread(target=client, args=(own,)) for own in range(number)]
    for thread in threads:
        thread.start()
    go.set()
    for thread in threads:
        thread.join()
    return sum(counts), max(waits)


def bare_sqlite(folder: Path) -> Callable[[], int]:
    """Make a turn of SQLite's own: one row of a kilobyte a transaction, WAL, synchronous=FULL."""
    database = sqlite3.connect(folder / "peer.sqlite3", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, body BLOB)")
    kilobyte = secrets.token_bytes(1024)
    return lambda: during(lambda: database.execute("INSERT INTO entry (body) VALUES (?)", [kilobyte]))


CHAINED = """
WITH head AS (SELECT hash FROM head FOR UPDATE), made AS (
  INSERT INTO entry (body, hash) SELECT %(body)s, sha256(head.hash || %(body)s) FROM head RETURNING hash
) UPDATE head SET hash = made.hash FROM made
"""


@contextmanager
def on_postgresql() -> Iterator[dict[str, Callable[[], int]]]:
    """Give the turns of PostgreSQL: one client and eight, unchained, and eight that chain under a locked row."""
    server = os.environ.get("VIGIE_TEST_DATABASE")
    if not server:
        yield {}
        return
    import psycopg

    def connect() -> "psycopg.Connection[Any]":
        return psycopg.connect(f"{server}/postgres", autocommit=True)

    with connect() as hand:
        hand.execute("CREATE TABLE entry (seq bigserial PRIMARY KEY, body bytea, hash bytea)")
        hand.execute("CREATE TABLE head (hash bytea)")
        hand.execute("INSERT INTO head VALUES ('')")
    kilobyte = secrets.token_bytes(1024)
    own = threading.local()
    opened = []

    def run(statement: str) -> Callable[[], Any]:
        def act() -> None:
            if not hasattr(own, "connection"):
                own.connection = connect()
                opened.append(own.connection)
            own.connection.execute(statement, {"body": kilobyte})

        return act

    plain = "INSERT INTO entry (body) VALUES (%(body)s)"
    yield {
        "PostgreSQL, 1 client": lambda: with_clients(1, run(plain))[0],
        "PostgreSQL, 8 clients": lambda: with_clients(8, run(plain))[0],
        "PostgreSQL, 8 clients, chained under FOR UPDATE": lambda: with_clients(8, run(CHAINED))[0],
    }
    for connection in opened:
        connection.close()


def own_appends(folder: Path) -> tuple[Callable[[], int], Callable[[int], tuple[int, float]]]:
    """Make the turns of vigie's own append: entry, payload, tree, checkpoint.

    One client writes for itself, as a command does; for 64 that wait the server's one writer commits together.
    """
    open_bench_home(folder)
    from vigie.ledger.actions import append, recorded, start_writer, stop_writer
    from vigie.ledger.kinds import Body, By, Kind

    class Word(Body):
        text: str

    kind, by = Kind("benchmark.word.kept", 1, Word), By(person="p-1", office="watch", via="shell")
    word = Word(text="x" * PAYLOAD)

    @recorded
    def keep() -> int:
        return append(by, kind, word, subjects=["watch"]).seq

    def waiting(number: int) -> tuple[int, float]:
        start_writer()
        try:
            return with_clients(number, keep)
        finally:
            stop_writer()

    return lambda: during(keep), waiting


def open_bench_home(folder: Path, toml: str = "") -> Any:
    """Make a home in `folder` and open it for this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigie.config.settings")
    from vigie.cli.homes import found

    return found(folder / "home", title="Benchmark", toml=toml)


def appends(folder: Path) -> None:
    one, many = own_appends(folder)
    worst: list[float] = []

    def sixty_four() -> int:
        count, wait = many(64)
        worst.append(wait)
        return count

    with on_postgresql() as peers:
        turns = {
            "raw": raw_flush(folder),
            "one": one,
            "served": lambda: many(1)[0],
            "64": sixty_four,
            "SQLite": bare_sqlite(folder),
            **peers,
        }
        rates: dict[str, list[float]] = {name: [] for name in turns}
        for _ in range(ROUNDS):
            for name, turn in turns.items():
                rates[name].append(turn() / TURN)
    middle = {name: statistics.median(of) for name, of in rates.items()}
    over = {
        name: statistics.median(a / b for a, b in zip(rates[name], rates["raw"], strict=True))
        for name in rates
    }
    slow = middle["raw"] <= 500
    floor = f"{middle['raw']:,.0f}/s"
    row(
        "bare durable append, one client", f"{middle['one']:,.0f}/s",
        "≥ 0.85 × floor" if slow else "≥ 2,500/s", f"SQLite bare {middle['SQLite']:,.0f}/s", floor, f"{over['one']:.2f}",
    )  # fmt: skip
    row(
        "the same through a serving writer",
        f"{middle['served']:,.0f}/s",
        "",
        "",
        floor,
        f"{over['served']:.2f}",
    )
    row(
        "bare append, 64 waiting clients", f"{middle['64']:,.0f}/s, worst wait {max(worst) * 1000:,.0f} ms",
        "≥ 25 × floor" if slow else "≥ 20,000/s",
        "; ".join(f"{name} {middle[name]:,.0f}/s ({over[name]:.1f} ×)" for name in peers) or "no PostgreSQL here",
        floor, f"{over['64']:.1f}",
    )  # fmt: skip


# --- answers: whole verbs, a rush of them through the doors, and all rows made again from them ---------------------

OWNERS, ASKED_FIRST = 22_000, 5_300
"""Synthetic owners, and how many of them the verbs without a door are about; the others rush to the door."""
WORDS = ("acknowledged", "doing", "done")
RUSH, WITHIN = 50_000, 60.0
"""Answers, and the seconds within which all arrive."""
KINDS = ("station", "shopping", "museum", "hall", "stadium", "school")
TOML = """
[[decides]]
scheme = "fr-vigipirate-2016"
zones = ["FR"]
"""


def asked(folder: Path) -> tuple[Any, Any, str]:
    """Make a home in which OWNERS owners were each asked for one task. Gives the home, a duty officer, the posture's id."""
    home = open_bench_home(folder, TOML)
    from vigie import times
    from vigie.accounts.actions import found_office
    from vigie.accounts.actors import Actor
    from vigie.alert import actions as alert, queries as levels
    from vigie.cli.homes import enrol
    from vigie.measures import actions
    from vigie.measures.models import Message

    actors = {}
    for name, roles in {"cabinet": ["proposer"], "approver": ["approver"], "duty": ["duty"]}.items():
        found_office(name, name, roles)
        actors[name] = Actor(enrol(name, name, secrets.token_urlsafe(12)), name, "shell")
    (home.path / "catalogues").mkdir()
    (home.path / "catalogues" / "synthetic.yaml").write_text(json.dumps(catalogue()), encoding="utf-8")
    for start in range(0, OWNERS, 4_000):
        import_tables(actors["duty"], start, min(start + 4_000, OWNERS))
    made = alert.propose(
        actors["cabinet"], scheme="fr-vigipirate-2016", code="UA", zone="FR", reasons="A synthetic reason.", effective=times.now()
    )  # fmt: skip
    alert.approve(actors["approver"], made, seen=levels.decision(made).digest)
    actions.switch(actors["approver"], made)
    posture = Message.objects.values_list("posture_id", flat=True).distinct().get()
    return home, actors["duty"], posture


def import_tables(duty: Any, start: int, end: int) -> None:
    """Enter synthetic places and owners, one of each for each number."""
    from vigie.exposure.actions import import_owners, import_sites

    sites, owners = ["id,name,kind,lat,lon,area,owner"], ["id,name,kind,mail,sites"]
    for n in range(start, end):
        sites.append(f"s{n},Site {n},{KINDS[n % len(KINDS)]},48.86,2.35,FR-75,o{n}")
        owners.append(f"o{n},Office {n},site-manager,office{n}@example.org,s{n}")
    import_sites(duty, "\n".join(sites).encode())
    import_owners(duty, "\n".join(owners).encode())


def catalogue() -> dict[str, Any]:
    """Make a catalogue of one synthetic measure for each kind of place: each owner gets one task."""
    return {
        "catalogue": "synthetic", "version": "1", "scheme": "fr-vigipirate-2016",
        "title": {"en": "Synthetic measures for measuring speed"}, "languages": ["en"], "levels": ["VIG", "SRRA", "UA"],
        "answer_within_hours": {"VIG": 168, "SRRA": 48, "UA": 24},
        "domains": {"synthetic": {"name": {"en": "Synthetic"}}},
        "owners": {"manager": {"reach": "sites", "name": {"en": "whoever runs the place"}}},
        "measures": [
            {
                "id": f"SYN-{number}", "domain": "synthetic", "words": {"en": f"Synthetic measure {number}."}, "owners": ["manager"],
                "places": [kind], "default_from": "UA", "source": "synthetic", "confidence": "sourced",
            }
            for number, kind in enumerate(KINDS)
        ],
    }  # fmt: skip


def answers(folder: Path) -> None:
    home, duty, posture = asked(folder)
    verbs(folder, duty)
    rush(home, posture)
    rebuild()


def verbs(folder: Path, duty: Any) -> None:
    """Words taken down by telephone: right, rules, entry, rows; 64 clients, against one that commits each by itself."""
    from vigie.ledger.actions import start_writer, stop_writer
    from vigie.measures.actions import take_down

    said = ((f"o{owner}", word) for owner in range(ASKED_FIRST) for word in WORDS)
    lock = threading.Lock()

    def act() -> None:
        with lock:
            owner, word = next(said)
        take_down(duty, owner, word, via="phone")

    raw = raw_flush(folder)
    flushes, alone, together, worst = [], [], [], 0.0
    for _ in range(3):
        flushes.append(raw())
        alone.append(during(act))
        start_writer()
        count, wait = with_clients(64, act)
        stop_writer()
        together.append(count)
        worst = max(worst, wait)
    ours, floor = statistics.median(together), statistics.median(flushes)
    row(
        "whole verbs (right, rules, entry, rows), 64 clients", f"{ours:,.0f}/s, worst wait {worst * 1000:,.0f} ms",
        "≥ 1,500/s, ≤ 250 ms", f"each by itself, 1 client {statistics.median(alone):,.0f}/s", f"{floor:,.0f}/s", f"{ours / floor:.1f}",
    )  # fmt: skip


def rush(home: Any, posture: str) -> None:
    """Let owners press their buttons on a real server, while somebody on duty goes on reading pages."""
    from django.contrib.auth import SESSION_KEY, get_user_model
    from django.db import connections
    from django.test import Client

    from vigie.ledger.queries import head
    from vigie.measures.queries import link_for

    port = free_port()
    # Each owner who waits for an answer holds a connection open, here as there.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    links = [
        link_for(f"o{owner}", posture).partition("/measures/")[2] for owner in range(ASKED_FIRST, OWNERS)
    ]
    posts = [(f"/measures/{link}", word) for word in WORDS for link in links][:RUSH]
    client = Client()
    client.force_login(get_user_model().objects.get(username="duty"))
    assert client.session[SESSION_KEY]
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    before = head()[0]
    connections.close_all()
    with serving(home.path, port):
        seconds, statuses, pages = asyncio.run(pressed(port, posts, cookie))
    kept = head()[0] - before
    row(
        f"{len(posts):,} answers arriving within {WITHIN:.0f} s",
        f"{kept:,} kept, {sum(count for status, count in statuses.items() if status != 302):,} refused, all told after {seconds:,.0f} s; "
        f"pages {statistics.median(pages) * 1000:,.0f} ms, slowest {max(pages) * 1000:,.0f} ms, {sum(page <= 0.3 for page in pages)} of {len(pages)} within 300 ms",
        "none lost, none refused, pages ≤ 300 ms",
    )  # fmt: skip


async def pressed(
    port: int, posts: list[tuple[str, str]], cookie: str
) -> tuple[float, dict[int, int], list[float]]:
    """Send each answer at its moment, evenly over WITHIN seconds, each owner on a connection of their own.

    Gives the seconds until the last was told, how often each status came, and the seconds of each page read meanwhile.
    """
    statuses: dict[int, int] = {}
    pages: list[float] = []
    # By then every owner is ready to press: nobody here is busy with getting ready any more.
    start = time.perf_counter() + 5

    async def ask(head: str, body: str = "") -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(f"{head} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n{body}".encode())
            line = await reader.readline()
            await reader.read()
            return int(line.split()[1])
        finally:
            writer.close()

    async def press(number: int, path: str, word: str) -> None:
        await asyncio.sleep(max(0.0, start + number * WITHIN / len(posts) - time.perf_counter()))
        form = f"given={word}"
        try:
            status = await ask(
                f"POST {path}", f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n\r\n{form}"
            )  # fmt: skip
        except (OSError, IndexError):
            status = 0
        statuses[status] = statuses.get(status, 0) + 1

    async def read() -> None:
        await asyncio.sleep(start - time.perf_counter())
        while True:
            begun = time.perf_counter()
            try:
                whole = await ask("GET /measures/", f"Cookie: {cookie}\r\n\r\n") == 200
            except (OSError, IndexError):
                whole = False
            pages.append(time.perf_counter() - begun if whole else float("inf"))
            await asyncio.sleep(0.5)

    reading = asyncio.create_task(read())
    await asyncio.gather(*(press(number, *post) for number, post in enumerate(posts)))
    seconds = time.perf_counter() - start
    if reading.done():
        reading.result()  # a page that was not shown ends the measuring
    reading.cancel()
    return seconds, statuses, pages


def rebuild() -> None:
    """Drop every table of the rooms and make it again from the record."""
    from vigie.ledger.projections import rebuild as again, rows

    before = rows()
    start = time.perf_counter()
    entries = again()
    seconds = time.perf_counter() - start
    same = "equal" if rows() == before else "NOT EQUAL"
    row(
        f"rebuild of all tables from {entries:,} entries", f"{entries / seconds:,.0f} entries/s, rows {same}",
        "≥ 8,000 entries/s, row for row equal",
    )  # fmt: skip


# --- audit: a million entries checked, one of them proven -----------------------------------------------------------

ENTRIES, AT_ONCE, PEER_ENTRIES = 1_000_000, 5_000, 100_000


def audit(folder: Path) -> None:
    home = open_bench_home(folder)
    from vigie.ledger.actions import append, recording
    from vigie.ledger.kinds import Body, By, Kind
    from vigie.ledger.proofs.actions import keep_tiles
    from vigie.ledger.proofs.queries import grown
    from vigie.ledger.queries import head, verify
    from vigie.ledger.tree import inclusion_proof

    class Word(Body):
        text: str

    kind, by = Kind("benchmark.word.kept", 1, Word), By(person="p-1", office="watch", via="shell")
    for start in range(1, ENTRIES, AT_ONCE):
        with recording():
            for number in range(start, min(start + AT_ONCE, ENTRIES)):
                append(by, kind, Word(text=f"Entry {number}."), subjects=["watch"])
    forget_pages(home.record_db)
    floor = timed(lambda: hashed(home.record_db))
    forget_pages(home.record_db)
    verdict = None

    def check() -> None:
        nonlocal verdict
        verdict = verify(tables=False)

    ours = timed(check)
    held = "holds" if verdict and verdict.verified else "DOES NOT HOLD"
    row(
        f"cold audit of {head()[0]:,} entries", f"{ours:.1f} s, {held}", "≤ 5 s", "", f"every byte read and hashed {floor:.1f} s",
        f"{ours / floor:.1f}",
    )  # fmt: skip
    keep_tiles()
    size = head()[0]
    kept = grown(size)
    proven = each(lambda number: inclusion_proof(kept.node, number, size), size)
    row(
        f"inclusion proof among {size:,}", f"{proven * 1e6:,.0f} µs", "≤ 100 µs", f"pymerkle among {PEER_ENTRIES:,}: {peer_proof() * 1e6:,.0f} µs"
    )  # fmt: skip


def forget_pages(file: Path) -> None:
    """Have the system drop what it holds of a file in memory, so that it is read from the disc."""
    with file.open("rb") as stream:
        os.fsync(stream.fileno())
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def hashed(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def timed(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def each(act: Callable[[int], Any], size: int, count: int = 2_000) -> float:
    """Do `act` for random places below `size`; give the median seconds of one."""
    chance = random.Random(6962)
    return statistics.median(timed(partial(act, chance.randrange(size))) for _ in range(count))


def peer_proof() -> float:
    from pymerkle import InmemoryTree

    tree = InmemoryTree(algorithm="sha256")
    for number in range(PEER_ENTRIES):
        tree.append_entry(f"Entry {number}.".encode())
    return each(lambda number: tree.prove_inclusion(number + 1, PEER_ENTRIES), PEER_ENTRIES)


# --- picture: what stood at one time, as known at another -----------------------------------------------------------

YEARS, PLACES = 20, 40
"""Years of a home that decides a level each month, and its places, each of which answers twice."""


def picture(folder: Path) -> None:
    from vigie import times

    first = datetime(2004, 1, 1, 8, tzinfo=UTC)
    with times.held(first):
        home = open_bench_home(folder, TOML)
        from vigie.accounts.actions import found_office
        from vigie.accounts.actors import Actor
        from vigie.alert import actions as alert, queries as levels
        from vigie.cli.homes import enrol
        from vigie.history.queries import picture as seen
        from vigie.ledger.queries import head
        from vigie.measures import actions

        actors = {}
        for name, roles in {"cabinet": ["proposer"], "approver": ["approver"], "duty": ["duty"]}.items():
            found_office(name, name, roles)
            actors[name] = Actor(enrol(name, name, secrets.token_urlsafe(12)), name, "shell")
        (home.path / "catalogues").mkdir()
        (home.path / "catalogues" / "synthetic.yaml").write_text(json.dumps(catalogue()), encoding="utf-8")
        import_tables(actors["duty"], 0, PLACES)
    for month in range(YEARS * 12):
        with times.held(first + timedelta(days=30 * month)):
            made = alert.propose(
                actors["cabinet"], scheme="fr-vigipirate-2016", code=("UA", "VIG")[month % 2], zone="FR",
                reasons="A synthetic reason.", effective=times.now(),
            )  # fmt: skip
            alert.approve(actors["approver"], made, seen=levels.decision(made).digest)
            actions.switch(actors["approver"], made)
            for word in ("acknowledged", "done") if month % 2 == 0 else ("stopped",):
                for owner in range(PLACES):
                    actions.take_down(actors["duty"], f"o{owner}", word, via="phone")
    end = first + timedelta(days=30 * YEARS * 12)
    chance = random.Random(2004)

    def one() -> float:
        at = first + (end - first) * chance.random()
        return timed(lambda: seen(at, at + (end - at) * chance.random()))

    with times.held(end):
        seconds = [one() for _ in range(30)]
    row(
        f"picture as of / as known over {YEARS} years, {head()[0]:,} entries",
        f"median {statistics.median(seconds) * 1000:,.0f} ms, slowest {max(seconds) * 1000:,.0f} ms", "≤ 200 ms",
    )  # fmt: skip


PARTS: dict[str, Callable[[Path], None]] = {
    "appends": appends,
    "answers": answers,
    "audit": audit,
    "picture": picture,
}


def main() -> None:
    if len(sys.argv) == 3 and sys.argv[1] == "--one":
        with tempfile.TemporaryDirectory(prefix="vigie-benchmark-") as folder:
            PARTS[sys.argv[2]](Path(folder))
        return
    print("| what | ours | promise | peer | floor | ours/floor |\n|---|---|---|---|---|---|", flush=True)
    for part in sys.argv[1:] or PARTS:
        command = [sys.executable, __file__, "--one", part]
        if part == "appends":
            command = [str(ROOT / "tools" / "postgresql.sh"), "--disc", *command]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
