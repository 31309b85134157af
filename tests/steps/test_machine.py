"""Anything people may do, in any order, with restarts in between: what must hold of the record and of levels always does.

A small model stands beside the house: which decision is in which state, who wrote it, which one holds, what was erased.
The record lies in a file of its own, closed and opened again at each restart.
"""

import contextlib
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections
from hypothesis import HealthCheck, settings as hypothesis_settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from vigie import homes, times
from vigie.accounts.actions import found_mandate, found_office
from vigie.accounts.actors import Actor
from vigie.alert import actions, queries
from vigie.alert.moves import WrongMove
from vigie.alert.signing import DraftEdited, SamePerson
from vigie.ledger import actions as ledger, tree
from vigie.ledger.kinds import KINDS, Body, By, Kind
from vigie.ledger.models import Checkpoint, Entry
from vigie.ledger.projections import rebuild, rows
from vigie.ledger.queries import head, one, verify

PERSONS = ["p-1", "p-2", "p-3"]
CODES = ["VIG", "SRRA", "UA"]
REASON = "An attack abroad was claimed by a group that has tried here before."
START = times.parse("2024-03-22T12:00:00Z")


class Word(Body):
    text: str


def actor(person):
    return Actor(person, "both", "shell")


class Decided:
    """One decision as the model knows it."""

    def __init__(self, person, code, digest, effective, until):
        self.writers, self.code, self.digest = {person}, code, digest
        self.effective, self.until = effective, until
        self.state = "proposed"
        self.earlier = []


class House(RuleBasedStateMachine):
    """The house under anything people may do. `world` is set by the test: the folder, and how to start afresh."""

    world = None

    def __init__(self):
        super().__init__()
        self.now = START
        self.decisions = {}
        self.words = {}
        self.heads = []
        self.world.afresh()

    def at(self):
        return times.held(self.now)

    def later(self, minutes):
        self.now += timedelta(minutes=minutes)

    def some(self, data, *states):
        found = [name for name, each in self.decisions.items() if each.state in states]
        return data.draw(st.sampled_from(found)) if found else None

    def holding(self):
        return [name for name, each in self.decisions.items() if each.state == "in force"]

    @rule(person=st.sampled_from(PERSONS), code=st.sampled_from(CODES), hours=st.none() | st.integers(1, 5))
    def propose(self, person, code, hours):
        self.later(1)
        until = self.now + timedelta(hours=hours) if hours and code == "UA" else None
        stands = [self.decisions[name] for name in self.holding() if not self.over(name)]
        with self.at():
            if any(each.code == code and each.until == until for each in stands):
                with pytest.raises(actions.LevelUnchanged):
                    self._propose(person, code, until)
                return
            made = self._propose(person, code, until)
        self.decisions[made] = Decided(person, code, queries.decision(made).digest, self.now, until)

    def _propose(self, person, code, until):
        return actions.propose(
            actor(person), scheme="fr-vigipirate-2016", code=code, zone="FR", reasons=REASON, effective=self.now, until=until
        )  # fmt: skip

    def over(self, name):
        until = self.decisions[name].until
        return until is not None and until <= self.now

    def newer(self, other, name):
        return not self.over(other) and self.decisions[other].effective > self.decisions[name].effective

    @precondition(lambda self: any(d.state in ("proposed", "returned") for d in self.decisions.values()))
    @rule(data=st.data(), person=st.sampled_from(PERSONS), code=st.sampled_from(CODES))
    def revise(self, data, person, code):
        name = self.some(data, "proposed", "returned")
        each = self.decisions[name]
        self.later(1)
        with self.at():
            actions.revise(
                actor(person), name, code=code, reasons=f"{REASON} Written anew.", effective=self.now
            )
        each.earlier.append(each.digest)
        each.writers.add(person)
        each.code, each.effective, each.until, each.state = code, self.now, None, "proposed"
        each.digest = queries.decision(name).digest

    @precondition(lambda self: self.decisions)
    @rule(data=st.data(), person=st.sampled_from(PERSONS), verb=st.sampled_from(["return_", "reject"]))
    def send_back(self, data, person, verb):
        name = data.draw(st.sampled_from(sorted(self.decisions)))
        each = self.decisions[name]
        possible = {"return_": {"proposed"}, "reject": {"proposed", "returned"}}[verb]
        self.later(1)
        with self.at():
            if each.state not in possible:
                with pytest.raises(WrongMove):
                    getattr(actions, verb)(actor(person), name, "The ground for it is not shown well enough.")
                return
            getattr(actions, verb)(actor(person), name, "The ground for it is not shown well enough.")
        each.state = {"return_": "returned", "reject": "rejected"}[verb]

    @precondition(lambda self: self.decisions)
    @rule(data=st.data(), person=st.sampled_from(PERSONS), old=st.booleans())
    def sign(self, data, person, old):
        """Anyone tries to sign anything, sometimes by what they read before it was written anew."""
        name = data.draw(st.sampled_from(sorted(self.decisions)))
        each = self.decisions[name]
        seen = each.earlier[-1] if old and each.earlier else each.digest
        self.later(1)
        before = head()
        refused = (
            WrongMove if each.state != "proposed"
            else SamePerson if person in each.writers
            else DraftEdited if seen != each.digest
            else actions.TooLate if self.over(name)
            else actions.Overtaken if any(self.newer(other, name) for other in self.holding())
            else None
        )  # fmt: skip
        with self.at():
            if refused:
                with pytest.raises(refused):
                    actions.approve(actor(person), name, seen=seen)
                assert head() == before
                return
            actions.approve(actor(person), name, seen=seen)
        for other in self.holding():
            # One whose hour is past no longer stands: nothing takes its place, the clock ends it.
            if not self.over(other):
                self.decisions[other].state = "superseded"
        each.state = "in force"

    @rule(hours=st.integers(1, 6))
    def time_passes(self, hours):
        self.later(60 * hours)
        ended = [name for name in self.holding() if self.over(name)]
        with self.at():
            assert sorted(actions.note_expiries()) == sorted(ended)
        for name in ended:
            self.decisions[name].state = "expired"

    @rule(text=st.text(max_size=20).filter(lambda text: "\0" not in text and text.isprintable()))
    def say(self, text):
        self.later(1)
        with self.at(), ledger.recording():
            self.words[ledger.append(By(person="p-1", office="both", via="console"), self.world.kind, Word(text=text)).seq] = text  # fmt: skip

    @precondition(lambda self: self.words)
    @rule(data=st.data())
    def erase(self, data):
        seq = data.draw(st.sampled_from(sorted(self.words)))
        self.later(1)
        gone = self.words[seq] is None
        refused = pytest.raises(ledger.NotErasable) if gone else contextlib.nullcontext()
        with self.at(), refused, ledger.recording():
            ledger.erase(
                By(person="p-1", office="both", via="console"), [seq], ground="Its term is over.", authority="rule"
            )  # fmt: skip
        self.words[seq] = None

    @rule()
    def restart(self):
        self.world.restart()

    @rule()
    def make_the_tables_again(self):
        before = rows()
        rebuild()
        assert rows() == before

    @invariant()
    def levels_are_as_the_model_has_them(self):
        for name, each in self.decisions.items():
            row = queries.decision(name)
            assert (row.state, row.code, row.digest) == (each.state, each.code, each.digest)
            assert set(row.editors) == each.writers
            assert row.approved_by not in each.writers

    @invariant()
    def at_no_time_do_two_levels_hold_in_one_zone(self):
        with self.at():
            standing = [s for s in queries.standing() if s.zone == "FR"]
        assert len(standing) <= 1

    @invariant()
    def what_was_erased_is_gone_and_the_rest_is_as_it_was_said(self):
        for seq, text in self.words.items():
            body = one(seq)[1]
            assert (body and body.text) == text

    @invariant()
    def every_earlier_head_is_a_prefix(self):
        size, root = head()
        leaves = [bytes(leaf) for leaf in Entry.objects.order_by("seq").values_list("leaf", flat=True)]
        assert (len(leaves), tree.root_of(leaves)) == (size, root)
        for older, older_root in self.heads:
            assert tree.root_of(leaves[:older]) == older_root
        assert Checkpoint.objects.order_by("-size").first().size == size
        self.heads = [*self.heads[-30:], (size, root)]

    def teardown(self):
        with self.at():
            verdict = verify()
        assert verdict.verified, verdict.faults
        super().teardown()


class World:
    """A record in a file, as it stands when three people hold an office that proposes and approves."""

    def __init__(self, file, home, kind):
        self.file, self.home, self.kind = file, home, kind
        self.begun = {}

    def keep(self):
        connections["record"].close()
        self.begun = {
            path: path.read_bytes()
            for path in self.file.parent.iterdir()
            if path.name.startswith(self.file.name)
        }
        self.checkpoint = (self.home.path / "checkpoint").read_text()

    def afresh(self):
        connections["record"].close()
        for path in self.file.parent.glob(f"{self.file.name}*"):
            path.unlink()
        for path, data in self.begun.items():
            path.write_bytes(data)
        (self.home.path / "checkpoint").write_text(self.checkpoint)

    def restart(self):
        connections["record"].close()
        assert head()[0] >= 1


@pytest.fixture
def world(tmp_path, settings, clock, django_db_blocker):
    """A world whose record database is a file, in place of the tests' own."""
    decides = '[[decides]]\nscheme = "fr-vigipirate-2016"\nzones = ["FR"]\n'
    home = homes.create(tmp_path / "home", title="Test", instance="machine", toml=decides)
    settings.VIGIE_HOME = home
    own = connections["record"]
    with django_db_blocker.unblock():
        other = connections.create_connection("record")
        other.settings_dict = {**own.settings_dict, "NAME": str(home.record_db)}
        connections["record"] = other
        try:
            call_command("migrate", database="record", verbosity=0, interactive=False)
            ledger.open_record()
            found_office("both", "Both", ["proposer", "approver"])
            for person in PERSONS:
                found_mandate(person, "both")
            made = World(home.record_db, home, Kind("test.machine.word", 1, Word, erasable=True))
            made.keep()
            yield made
            del KINDS[made.kind.tag]
            other.close()
        finally:
            connections["record"] = own


@pytest.mark.on("sqlite", because="each of its worlds is a file of its own")
def test_whatever_people_do_in_whatever_order_the_record_and_the_levels_hold(world):
    House.world = world
    run_state_machine_as_test(
        House,
        settings=hypothesis_settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
