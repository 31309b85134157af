"""A disc that fails at one call, or from one call on: an act is refused in a sentence, or it stands."""

import errno
import shutil

import pytest

from tests.crash.conftest import Recorded

WRITES, SYNCS, OPENS, NAMES = 1, 2, 4, 8
"""Kinds of calls, as recorder.c numbers them."""

FAILURES = {
    "one write or sync fails": {"kinds": WRITES | SYNCS, "error": errno.EIO, "sticky": False, "shortly": False},
    "the disc dies": {"kinds": WRITES | SYNCS | OPENS | NAMES, "error": errno.EIO, "sticky": True, "shortly": False},
    "the disc is full": {"kinds": WRITES, "error": errno.ENOSPC, "sticky": True, "shortly": True},
    "one file cannot be opened, moved or removed": {"kinds": OPENS | NAMES, "error": errno.EIO, "sticky": False, "shortly": False},
}  # fmt: skip


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.crash), 23])
@pytest.mark.parametrize("failure", FAILURES)
def test_whichever_call_fails_an_act_is_refused_in_a_sentence_or_it_stands(
    recorder, first, checker, disc, drive, tally, failure, every
):
    root = disc / "disc"
    root.mkdir()
    writer = drive(first, Recorded(recorder, root, None))

    def run(at: int):
        home = shutil.copytree(first, root / "home")
        told = disc / f"told-{at}"
        status, lines = writer.write(
            home, told, run=at, clients=2, acts=3, autocheckpoint=20, fail=FAILURES[failure] | {"at": at}
        ).ended()  # fmt: skip
        assert status == 0
        left = checker.check(home, again="act-after")
        shutil.rmtree(home)
        return lines, left

    lines, left = run(0)
    [calls] = [line["calls"] for line in lines if "calls" in line]
    assert left["faults"] == []
    lost = refused = 0
    corrupt = []
    for at in range(1, calls + 1, every):
        lines, left = run(at)
        stands = {line["stands"] for line in lines if "stands" in line}
        no = [line for line in lines if "refused" in line]
        assert not [line for line in lines if "broke" in line], f"call {at}"
        lost += not stands <= left["acts"].keys()
        corrupt += [(at, fault) for fault in left["faults"]]
        corrupt += [(at, f"{act} stands twice") for act, count in left["acts"].items() if count > 1]
        refused += len(no)
        # Of an act whose flush failed nobody knows, and its sentence says so; of all others nothing was kept.
        surprises = [line for line in no if line["refused"] in left["acts"] and line["kind"] != "DiscFailed"]
        assert not surprises, f"call {at}"
        if not FAILURES[failure]["sticky"]:
            assert stands, f"one failure at call {at} stopped the server for good"
    tally(
        f"every call, {failure}",
        failing_calls=len(range(1, calls + 1, every)),
        acts_refused=refused,
        lost=lost,
        corrupt=len({at for at, _ in corrupt}),
    )
    assert lost == 0
    assert corrupt == []
