"""Two homes on loopback: the State's raise reaches the town's owner pages within 60 seconds, and so does its stand-down.

    python benchmarks/two_homes.py [--runs 100] [--every 5] [--json]

Both homes are served by `vigie serve`, each on a port of its own; the town listens to the State's public site as its
vigie.toml says. A run is a raise and a stand-down: two persons decide and publish at the State; from that moment it is
counted until an owner's page of the town shows the words, as heard and not confirmed. Then one person of the town receives
a raise, two receive a stand-down, and the page is asked again. In the end the State's server is stopped, and the town is
asked since when it has heard nothing. Exit code 1 when the promise is not kept.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from serving import bare, free_port, serving

PROMISE = 60.0
LOOK = 1.1
"""Seconds between two looks at an owner's page: a link answers sixty times a minute."""
PATIENCE = 150.0
SCHEME, HIGH, LOW = "fr-vigipirate-2016", "UA", "SRRA"


# --- the people of a home, in a process of its own ------------------------------------------------------------------


def people(home: Path) -> None:
    """Do what a line of standard input asks, and answer with a line: acts of persons of this home, at its shell."""
    from vigie.cli.home import open_home

    open_home(home)
    acts = _Acts()
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(getattr(acts, order.pop("do"))(**order)), flush=True)


class _Acts:
    """What persons do. Each method is one order."""

    def seat(self, offices: dict[str, list[str]]) -> None:
        """Open offices of these roles, each held by a person of its own."""
        from django.contrib.auth import get_user_model

        from vigie.accounts.actions import found_mandate, found_office
        from vigie.accounts.actors import Actor

        self.actors = {}
        for office, roles in offices.items():
            found_office(office, office.title(), roles)
            user = get_user_model().objects.create_user(username=f"{office}-holder")
            found_mandate(f"p-{user.pk}", office)
            self.actors[office] = Actor(f"p-{user.pk}", office, "shell")

    def vkey(self) -> str:
        """Give the key of the public log."""
        from vigie.ledger.outer import queries

        return queries.vkey("public")

    def decide(self, code: str) -> float:
        """Two persons decide a level, a third publishes it. Gives when that was done (POSIX seconds)."""
        from datetime import timedelta

        from vigie import steps, times
        from vigie.alert import actions, queries
        from vigie.warning import actions as warning

        now = times.now()
        made = actions.propose(
            self.actors["cabinet"], scheme=SCHEME, code=code, zone="FR", reasons="A trial of the way from one home to another.",
            legal_basis="", assessment="", effective=now, until=None, review=now + timedelta(days=7),
        )  # fmt: skip
        steps.sign(self.actors["premier"], made, seen=queries.decision(made).digest)
        warning.publish(self.actors["speaker"], because=made)
        return time.time()

    def settle(self) -> str:
        """Make the town's places known and its first level received. Gives the path of one owner's page."""
        from importlib.resources import files
        from urllib.parse import urlsplit

        from vigie import steps, times
        from vigie.exposure import actions as exposure
        from vigie.measures import queries

        data = files("vigie.exposure") / "data"
        exposure.import_sites(
            self.actors["watch"], (data / "example-sites.csv").read_bytes(), file="sites.csv"
        )
        exposure.import_owners(
            self.actors["watch"], (data / "example-owners.csv").read_bytes(), file="owners.csv"
        )
        steps.receive(
            self.actors["watch"], scheme=SCHEME, code=LOW, zone="FR", authority="Prime Minister", words="La posture est au niveau sécurité renforcée.",
            source="a letter", effective=times.now(),
        )  # fmt: skip
        [posture] = queries.standing()
        return urlsplit(queries.link_for("ex-town", posture.id)).path

    def receive(self) -> dict[str, Any]:
        """One person receives what was heard; a lowering is looked at by a second. Gives what is then tasked."""
        from vigie import steps
        from vigie.alert import queries as levels
        from vigie.feeds import queries
        from vigie.measures.models import Task
        from vigie.steps import listening

        [call] = queries.calls()
        made = listening.take(self.actors["watch"], call.first.id)
        waited = levels.reception(made).state == "waits for a second"
        if waited:
            steps.look(self.actors["second"], made, agrees=True)
        return {
            "code": levels.holds(SCHEME, "FR").winner.code, "two": waited, "tasks": Task.objects.filter(posture__cause=made).count(),
        }  # fmt: skip


class Crew:
    """The people of a home, as seen from here."""

    def __init__(self, home: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--people", str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=bare()
        )  # fmt: skip

    def do(self, act: str, **given: Any) -> Any:
        """Have an act done, and give what it gives."""
        self._process.stdin.write(json.dumps({"do": act, **given}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline() or "null")

    def leave(self) -> None:
        """Let them go home."""
        self._process.stdin.close()
        self._process.wait(30)


# --- the trial ------------------------------------------------------------------------------------------------------


def vigie(*words: object) -> None:
    subprocess.run(
        [sys.executable, "-m", "vigie.cli", *map(str, words)],
        check=True,
        env=bare(),
        stdout=subprocess.DEVNULL,
    )


def page(port: int, path: str) -> str:
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": "language=en"})
    with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310 - an address of ours
        return str(answer.read().decode())


def waited(port: int, path: str, words: str, *, there: bool = True) -> float:
    """Ask an owner's page until it has the words, or has them no more. Gives when (POSIX seconds); raises TimeoutError."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if (words in page(port, path)) == there:
            return time.time()
        time.sleep(LOOK)
    raise TimeoutError(f"{path} did not change within {PATIENCE} s: {words!r} there: {there}")


def trial(folder: Path, runs: int, every: int, chance: random.Random) -> dict[str, Any]:
    state, town = folder / "state", folder / "town"
    at_state, at_town = free_port(), free_port()
    for home, title, port in ((state, "State", at_state), (town, "Town", at_town)):
        vigie("init", "--home", home, "--title", title)
        file = home / "vigie.toml"
        file.write_text(
            f'address = "http://127.0.0.1:{port}"\nlanguages = ["en", "fr"]\n' + _without(file.read_text())
        )
    with (state / "vigie.toml").open("a") as toml:
        toml.write(f'\n[[decides]]\nscheme = "{SCHEME}"\nzones = ["FR"]\n')
    capital = Crew(state)
    capital.do("seat", offices={"cabinet": ["proposer"], "premier": ["approver"], "speaker": ["information"]})
    key = capital.do("vkey")
    capital.do("decide", code=LOW)
    with (town / "vigie.toml").open("a") as toml:
        toml.write(
            f'\n[[feeds]]\nname = "state"\nkind = "vigie"\ntitle = "The State"\naddress = "http://127.0.0.1:{at_state}/public/"\n'
            f'vkey = "{key}"\nscheme = "{SCHEME}"\nzones = ["FR"]\nevery_seconds = {every}\nsilent_after_minutes = 1\n'
        )
    hall = Crew(town)
    hall.do("seat", offices={"watch": ["duty"], "second": ["duty"]})
    path = hall.do("settle")
    legs: dict[str, list[float]] = {"raise": [], "stand-down": []}
    settled: dict[str, list[float]] = {"raise": [], "stand-down": []}
    heard = "Heard, not confirmed here"
    with serving(town, at_town):
        with serving(state, at_state):
            waited(at_town, path, heard, there=False)
            for _ in range(runs):
                for leg, code in (("raise", HIGH), ("stand-down", LOW)):
                    time.sleep(chance.uniform(0, every))  # wherever in the town's rhythm it falls
                    begun = capital.do("decide", code=code)
                    legs[leg].append(waited(at_town, path, heard) - begun)
                    pressed = time.time()
                    done = hall.do("receive")
                    if done["code"] != code or done["two"] != (code == LOW) or not done["tasks"]:
                        raise AssertionError(done)
                    settled[leg].append(waited(at_town, path, heard, there=False) - pressed)
        silent = "Nothing has been heard from The State since"
        dead = time.time()
        told = {"owner page": waited(at_town, path, silent) - dead}
        told["public page"] = waited(at_town, "/public/heard.txt", silent) - dead
    capital.leave()
    hall.leave()
    return {"every": every, "shown": legs, "received": settled, "silent": told}


def _without(toml: str) -> str:
    return (
        "\n".join(line for line in toml.splitlines() if not line.startswith(("address", "languages"))) + "\n"
    )


def line(name: str, waits: list[float]) -> str:
    ordered = sorted(waits)
    at = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return f"| {name} | {len(ordered)} | {ordered[0]:.1f} s | {statistics.median(ordered):.1f} s | {at:.1f} s | {ordered[-1]:.1f} s |"


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--runs", type=int, default=100)
    asked.add_argument("--every", type=int, default=5, help="seconds between two looks of the town")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--people", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.people:
        people(given.people)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        found = trial(Path(folder), given.runs, given.every, random.Random(given.seed))
    worst = max(max(waits) for waits in found["shown"].values())
    if given.json:
        print(json.dumps(found))
    else:
        print(
            f"looks every {given.every} s; promise: shown within {PROMISE:.0f} s of the State's publication"
        )
        print("| what | runs | least | median | 95 % | most |\n|---|---|---|---|---|---|")
        for leg, waits in found["shown"].items():
            print(line(f"{leg}, shown on an owner's page", waits))
        for leg, waits in found["received"].items():
            print(line(f"{leg}, from a person's word to that page", waits))
        print(
            f"feed dead: the owner's page says so after {found['silent']['owner page']:.0f} s, the public one by {found['silent']['public page']:.0f} s"
        )
        print(f"worst {worst:.1f} s: {'kept' if worst <= PROMISE else 'NOT KEPT'}")
    return 0 if worst <= PROMISE else 1


if __name__ == "__main__":
    sys.exit(main())
