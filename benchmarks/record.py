"""The record's promises: durable appends, whole verbs, a rush of answers, audits, proofs, rebuild, pictures.

    python benchmarks/record.py [PART...]      parts: appends verbs rush audit rebuild picture; all without any

Each part runs in a process of its own, in a throw-away home on this disc, and prints ours, the promise, the peer and the
floor of the same minute, and the ratio of ours to the floor. The floor of every append is a raw `fdatasync` of one more
kilobyte of a file, measured in turns with all the others: the same disc gives 300 a second in one minute and 10,000 in the next.
Peers on PostgreSQL run where tools/postgresql.sh finds one; its cluster then lies on this disc too.
"""

import os
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
from pathlib import Path
from typing import Any

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


def own_appends(folder: Path) -> tuple[Callable[[], int], Callable[[], tuple[int, float]]]:
    """Make the turns of vigie's own append, one client and 64: entry, payload, tree, checkpoint, one writer."""
    open_bench_home(folder)
    from vigie.ledger.actions import append, recorded, start_writer
    from vigie.ledger.kinds import Body, By, Kind

    class Word(Body):
        text: str

    kind, by = Kind("benchmark.word.kept", 1, Word), By(person="p-1", office="watch", via="shell")
    word = Word(text="x" * PAYLOAD)

    @recorded
    def keep() -> int:
        return append(by, kind, word, subjects=["watch"]).seq

    start_writer()
    return lambda: during(keep), lambda: with_clients(64, keep)


def open_bench_home(folder: Path, toml: str = "") -> Any:
    """Make a home in `folder` and open it for this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigie.config.settings")
    from vigie.cli.homes import found

    return found(folder / "home", title="Benchmark", toml=toml)


def appends(folder: Path) -> None:
    one, many = own_appends(folder)
    worst: list[float] = []

    def sixty_four() -> int:
        count, wait = many()
        worst.append(wait)
        return count

    with on_postgresql() as peers:
        turns = {
            "raw": raw_flush(folder),
            "one": one,
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
        "bare append, 64 waiting clients", f"{middle['64']:,.0f}/s, worst wait {max(worst) * 1000:,.0f} ms",
        "≥ 25 × floor" if slow else "≥ 20,000/s",
        "; ".join(f"{name} {middle[name]:,.0f}/s ({over[name]:.1f} ×)" for name in peers) or "no PostgreSQL here",
        floor, f"{over['64']:.1f}",
    )  # fmt: skip


PARTS: dict[str, Callable[[Path], None]] = {"appends": appends}


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
