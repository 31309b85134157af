"""The program that is killed: a process that writes acts into real homes as a server does, and one that looks afterwards.

Run as `python driver.py HOME`, with HOME any home; it sets Django up once, then reads one command per line (JSON):

    {"do": "write", "home": …, "run": …, "acts": …, "clients": …, "told": …, …}   in a child process: answers {"pid": …} at
                                                    once, and {"ended": status} when the child is gone
    {"do": "check", "home": …, "again": …}          answers {"faults": [...], "acts": {...}, "checkpoints": {...}, …}

A child is forked per run, so that five hundred kills do not start Django five hundred times. `told` is a file outside
the home to which a line goes as soon as an act was acknowledged: it stands however the child ends.
"""

import ctypes
import faulthandler
import fcntl
import json
import os
import sqlite3
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path


def set_up(home: Path) -> None:
    os.environ["VIGIE_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "vigie.config.settings"
    import django

    django.setup()
    # What a child would import itself, once.
    import vigie.steps  # noqa: F401
    from vigie.ledger import actions, queries  # noqa: F401


def turn_to(home: Path) -> None:
    """Let this process work on another home than the one it was set up with."""
    from django.conf import settings
    from django.db import connections

    from vigie import homes

    settings.VIGIE_HOME = homes.load(home)
    for alias, file in (("default", "desk_db"), ("record", "record_db")):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = str(getattr(settings.VIGIE_HOME, file))


class Recorder:
    """The recorder this process was started under; without one nothing is noted and nothing fails."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None) if "CRASH_ROOT" in os.environ else None

    def mark(self, words: str) -> None:
        if self._library:
            self._library.crash_mark(words.encode())

    def arm(self, at: int, kinds: int, error: int, *, sticky: bool, shortly: bool) -> None:
        self._library.crash_arm(ctypes.c_ulong(at), ctypes.c_ulong(kinds), error, int(sticky), int(shortly))

    @property
    def calls(self) -> int:
        return self._library.crash_calls() if self._library else 0


def _act(name: str, width: int) -> None:
    from vigie.accounts.kinds import OFFICE_OPENED, OfficeOpened
    from vigie.ledger.actions import append, recorded
    from vigie.ledger.kinds import By

    @recorded
    def opens() -> None:
        append(
            By(person="p-1", office="duty", via="console"),
            OFFICE_OPENED,
            OfficeOpened(office=name, title="Office " * width, roles=["reader"]),
            subjects=[name],
        )

    opens()


class Told:
    """Where the acts that were acknowledged or refused are written down: outside the home, and in the recorder's log."""

    def __init__(self, file: str, recorder: Recorder) -> None:
        self._file = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._recorder = recorder

    def line(self, **line: object) -> None:
        os.write(self._file, (json.dumps(line) + "\n").encode())

    def act(self, what: str, act: str, **more: str) -> None:
        self._recorder.mark(f"{what} {act}")
        self.line(**{what: act}, **more)


def _client(told: Told, names: list[str], width: int, seen: Callable[[], None]) -> None:
    """Write acts one after the other; `seen` is called after each that stands."""
    from django.db import connections

    from vigie.errors import VigieError

    for name in names:
        try:
            _act(name, width)
        except VigieError as fault:
            told.act("refused", name, kind=type(fault).__name__, said=str(fault))
        except Exception as fault:  # noqa: BLE001 - a fault without a sentence is a finding of the test
            told.act("broke", name, kind=type(fault).__name__, said=str(fault))
        else:
            told.act("stands", name)
            seen()
    connections.close_all()


def write(order: dict) -> None:
    """Write acts, each client in a thread of its own, and tell of each one that was acknowledged or refused."""
    from django.db import connections

    from vigie.ledger.actions import start_writer, stop_writer

    home, recorder = Path(order["home"]), Recorder()
    turn_to(home)
    options = connections["record"].settings_dict["OPTIONS"]
    options["init_command"] = options["init_command"].replace(
        "synchronous=FULL", f"synchronous={order.get('synchronous', 'FULL')}"
    ) + f"PRAGMA wal_autocheckpoint={order.get('autocheckpoint', 1000)};"  # fmt: skip
    recorder.mark("stands home")
    told = Told(order["told"], recorder)

    def head_seen() -> None:
        with (home / "checkpoint").open() as stream:
            fcntl.flock(stream, fcntl.LOCK_SH)
            recorder.mark("head " + stream.read().replace("\n", "|"))

    if fail := order.get("fail"):
        recorder.arm(**fail)
    for again in range(order.get("rounds", 1)):
        start_writer()
        clients = []
        for number in range(order["clients"]):
            names = [f"act-{order['run']}-{again}-{number}-{turn}" for turn in range(order["acts"])]
            watch = head_seen if number == 0 and not fail else lambda: None
            clients.append(threading.Thread(target=_client, args=(told, names, order.get("width", 1), watch)))
        for each in clients:
            each.start()
        for each in clients:
            each.join()
        stop_writer()
    if fail:
        told.line(calls=recorder.calls)


def check(home: Path, again: str) -> dict:
    """Open a home as it was left, and look.

    again: name of an act that it must then take, and every row be the record's; "" to look at the record alone.
    """
    from django.db import DatabaseError, connections

    from vigie.accounts.models import Office
    from vigie.errors import VigieError
    from vigie.ledger.models import Checkpoint
    from vigie.ledger.projections import entries
    from vigie.ledger.queries import head, verify

    found = {"faults": [], "acts": {}, "checkpoints": {}, "size": 0, "offices": 0}
    try:
        for file in ("record.sqlite3", "desk.sqlite3"):
            with closing(sqlite3.connect(home / file)) as plain:
                for (said,) in plain.execute("PRAGMA integrity_check"):
                    if said != "ok":
                        found["faults"].append(f"{file}: {said}")
        turn_to(home)
        (home / "keys" / "web.key").read_text(encoding="ascii")
        found["faults"] += [f"{f.where}: {f.what}" for f in verify(tables=False).faults]
        for written, _ in entries():
            for subject in written.subjects:
                if subject.startswith("act-"):
                    found["acts"][subject] = found["acts"].get(subject, 0) + 1
        found["checkpoints"] = {row.size: row.root.hex() for row in Checkpoint.objects.all()}
        found["size"], _ = head()
        found["offices"] = Office.objects.filter(id__startswith="act-").count()
        if again:
            _act(again, 1)
            found["faults"] += [f"{f.where}: {f.what} (after one more act)" for f in verify().faults]
    except (VigieError, DatabaseError, sqlite3.Error, OSError, ValueError) as fault:
        found["faults"].append(f"{type(fault).__name__}: {fault}")
    finally:
        connections.close_all()
    return found


def main() -> None:
    # The commands' own pipe must not be a child's to print into.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(value: dict) -> None:
        answers.write(json.dumps(value) + "\n")
        answers.flush()

    set_up(Path(sys.argv[1]))
    answer({"ready": True})
    for line in sys.stdin:
        order = json.loads(line)
        if order["do"] == "check":
            answer(check(Path(order["home"]), order.get("again", "")))
            continue
        pid = os.fork()
        if pid == 0:
            status = 70
            faulthandler.dump_traceback_later(60, exit=True)  # nothing here may wait for ever
            try:
                write(order)
                status = 0
            finally:
                sys.stderr.flush()
                os._exit(status)
        answer({"pid": pid})
        answer({"ended": os.waitpid(pid, 0)[1]})


if __name__ == "__main__":
    main()
