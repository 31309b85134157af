"""A writing server killed without warning, at any moment."""

import random
import shutil
import time

import pytest

CLIENTS = 8
PER_HOME = 10
LONGEST = 0.3
"""Seconds a server may write before it is killed: dozens of batches, some with the log carried over into the database."""
WHOLE = 0.2
"""Part of the kills after which every row is compared too, and one more act is written by the reopened home."""


@pytest.mark.parametrize("kills", [15, pytest.param(500, marks=pytest.mark.crash)])
def test_a_server_killed_while_it_writes_has_kept_every_act_it_acknowledged_once(
    first, checker, tmp_path, drive, tally, kills
):
    rng = random.Random(kills)
    driver = drive(first)
    lost = twice = acknowledged = 0
    faults = []
    for start in range(0, kills, PER_HOME):
        home = shutil.copytree(first, tmp_path / f"home-{start}")
        expected, promised = set(), {}
        for run in range(start, min(start + PER_HOME, kills)):
            server = driver.write(
                home, tmp_path / f"told-{run}", run=run, clients=CLIENTS, acts=10_000, autocheckpoint=rng.choice([20, 1000])
            )  # fmt: skip
            while not server.begun():
                time.sleep(0.005)
            time.sleep(rng.uniform(0, LONGEST))
            server.kill()
            status, lines = server.ended()
            assert status == 9, "the server ended before it was killed"
            told = [line["stands"] for line in lines if "stands" in line]
            assert len(told) == len(lines), lines
            acknowledged += len(told)
            expected.update(told)
            found = checker.check(home, again=f"act-after-{run}" if rng.random() < WHOLE else "")
            faults += found["faults"]
            lost += len(expected - found["acts"].keys())
            twice += sum(count > 1 for count in found["acts"].values())
            assert promised.items() <= found["checkpoints"].items(), "an old checkpoint is no prefix any more"
            assert found["offices"] == len(found["acts"])
            promised = found["checkpoints"]
    tally("kill -9", kills=kills, acknowledged_acts=acknowledged, lost=lost, twice=twice, faults=len(faults))
    assert (lost, twice, faults) == (0, 0, [])
