"""The power goes: what the disc may hold then is what the home is opened with."""

import random
import shutil
from base64 import b64decode
from dataclasses import dataclass

import pytest

from tests.crash import power
from tests.crash.conftest import Recorded, new_home

IMAGES_PER_RUN = 500
CHECKPOINTS = [40, 1000, 8]
"""Pages after which SQLite carries its log over into the database: in the midst of the run, at its end, at each act."""
WHOLE = 0.1
"""Part of the images on which every row is compared too, and one more act is written."""


@pytest.fixture
def run(recorder, disc, drive):
    """Make a home and let eight clients write in it, all under the recorder; give the calls, in order."""

    def record(seed: int, synchronous: str, autocheckpoint: int):
        root, log = disc / f"disc-{seed}", disc / f"log-{seed}"
        root.mkdir()
        under = Recorded(recorder, root, log)
        home = new_home(root / "home", under)
        writing = drive(home, under).write(
            home, disc / f"told-{seed}", run=seed, clients=8, acts=5, rounds=2, synchronous=synchronous,
            autocheckpoint=autocheckpoint, width=random.Random(seed).choice([1, 400]),
        )  # fmt: skip
        status, told = writing.ended()
        assert status == 0
        assert all("stands" in line for line in told), told
        calls = power.read(log)
        seen = power.Disc(root)
        for call in calls:
            seen.take(call)
        files = [p for p in root.rglob("*") if p.is_file() and not p.name.endswith("-shm")]
        there = {str(p.relative_to(root)): p.read_bytes() for p in files}
        assert seen.whole() == there, "the recorder missed a write"
        return root, calls

    return record


def moments(calls, count: int, rng) -> list[int]:
    """Choose when the power goes: half of the times right after an act was acknowledged, else between any two calls."""
    marks = [n for n, call in enumerate(calls, 1) if call.kind == "A"]
    begin = marks[0]
    chosen = [
        rng.choice(marks) if rng.random() < 0.5 else rng.randint(begin, len(calls)) for _ in range(count)
    ]
    return sorted(chosen)


def promises(marks: list[str]) -> tuple[set[str], dict[int, str]]:
    """Give the acts that were acknowledged, and the checkpoints that were shown, size and root."""
    acts = {mark.removeprefix("stands ") for mark in marks if mark.startswith("stands act-")}
    heads = {}
    for mark in marks:
        if mark.startswith("head "):
            _, size, root, *_ = mark.removeprefix("head ").split("|")
            heads[int(size)] = b64decode(root).hex()
    return acts, heads


@dataclass
class Found:
    """images: how many were opened; lost: those without an act that was acknowledged; corrupt: those that do not verify."""

    images: int = 0
    lost: int = 0
    corrupt: int = 0
    faults: tuple[str, ...] = ()


def cut(root, calls, images, rng, checker, place) -> Found:
    """Let the power go `images` times, open what is left, and look."""
    found = Found()
    seen, taken = power.Disc(root), 0
    for moment in moments(calls, images, rng):
        for call in calls[taken:moment]:
            seen.take(call)
        taken = moment
        image = place / "image"
        image.mkdir()
        power.lay_out(seen.after_a_cut(rng), image)
        acts, heads = promises(seen.marks)
        left = checker.check(image / "home", again=f"act-after-{moment}" if rng.random() < WHOLE else "")
        shutil.rmtree(image)
        found.images += 1
        found.lost += not acts <= left["acts"].keys() or not heads.items() <= left["checkpoints"].items()
        twice = [act for act, count in left["acts"].items() if count > 1]
        faults = [*left["faults"], *(f"{act} stands twice" for act in twice)]
        found.corrupt += bool(faults)
        found.faults += tuple(faults[:3])
    return found


@pytest.mark.parametrize("images", [150, pytest.param(5_000, marks=pytest.mark.crash)])
def test_no_power_cut_takes_an_acknowledged_act_or_spoils_the_record(run, checker, disc, tally, images):
    total = Found()
    for seed in range(0, images, IMAGES_PER_RUN):
        root, calls = run(seed, "FULL", CHECKPOINTS[seed // IMAGES_PER_RUN % len(CHECKPOINTS)])
        found = cut(root, calls, min(IMAGES_PER_RUN, images - seed), random.Random(seed), checker, disc)
        total = Found(
            total.images + found.images,
            total.lost + found.lost,
            total.corrupt + found.corrupt,
            total.faults + found.faults,
        )
    tally("power cuts, synchronous=FULL", images=total.images, lost=total.lost, corrupt=total.corrupt)
    assert (total.lost, total.corrupt) == (0, 0), total.faults[:20]


@pytest.mark.parametrize("images", [60, pytest.param(500, marks=pytest.mark.crash)])
def test_the_same_cuts_do_take_acts_when_the_database_is_told_not_to_wait_for_the_disc(
    run, checker, disc, tally, images
):
    # Rarely carried over: at each carrying over even a database so told waits for the disc.
    root, calls = run(1, "NORMAL", max(CHECKPOINTS))
    found = cut(root, calls, images, random.Random(1), checker, disc)
    tally("power cuts, synchronous=NORMAL", images=found.images, lost=found.lost, corrupt=found.corrupt)
    assert found.lost > images / 4, "the cuts do not bite: they would find nothing amiss at FULL either"
