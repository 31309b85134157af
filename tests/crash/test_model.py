"""The model of a disc after a power cut, and the recorder that feeds it."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.crash import power
from tests.crash.conftest import Recorded, environment

TRIES = 200
TOP = Path("/disc")


def call(kind, file=0, at=0, data=b""):
    return power.Call(kind, file, at, data)


def model(*calls):
    seen = power.Disc(TOP)
    for each in calls:
        seen.take(each)
    return seen


def left(seen):
    """Give every different thing a power cut may leave."""
    rng = Random(1)
    return [seen.after_a_cut(rng) for _ in range(TRIES)]


A = call("C", 1, 0, b"/disc/a")
NAMED = call("D", 0, 0, b"/disc")


def test_what_was_synced_and_named_is_always_there():
    assert left(model(A, call("W", 1, 0, b"text"), call("S", 1), NAMED)) == [{"a": b"text"}] * TRIES


def test_a_name_that_was_not_synced_may_be_lost_though_its_bytes_are_safe():
    found = left(model(A, call("W", 1, 0, b"text"), call("S", 1)))
    assert {} in found
    assert {"a": b"text"} in found
    assert {"a": b""} not in found


def test_a_name_may_be_there_without_its_bytes():
    found = left(model(A, NAMED, call("W", 1, 0, b"text")))
    assert {"a": b""} in found
    assert {"a": b"text"} in found


def test_a_later_write_may_be_there_without_an_earlier_one():
    found = left(model(A, NAMED, call("W", 1, 0, b"one"), call("W", 1, 3, b"two")))
    assert {"a": b"\0\0\0two"} in found
    assert {"a": b"one"} in found


def test_a_write_is_torn_at_sectors_and_nowhere_else():
    old, new = b"o" * 2048, b"n" * 1300
    found = left(model(A, NAMED, call("W", 1, 0, old), call("S", 1), call("W", 1, 300, new)))
    assert len({image["a"] for image in found}) > 3
    for image in found:
        edges = {n for n in range(1, 2048) if image["a"][n] != image["a"][n - 1]}
        assert edges <= {300, 512, 1024, 1536, 1600}


def test_a_file_put_in_anothers_place_leaves_the_one_or_the_other():
    b = call("C", 2, 0, b"/disc/b")
    old = [A, call("W", 1, 0, b"old"), call("S", 1), NAMED]
    moved = call("R", 0, 0, b"/disc/b\0/disc/a")
    synced = left(model(*old, b, call("W", 2, 0, b"new"), call("S", 2), moved))
    assert {image["a"] for image in synced} == {b"old", b"new"}
    hasty = left(model(*old, b, call("W", 2, 0, b"new"), moved))
    assert {image["a"] for image in hasty} == {b"old", b"new", b""}


def test_a_file_cut_short_may_come_back_whole():
    found = left(model(A, NAMED, call("W", 1, 0, b"text"), call("S", 1), call("T", 1, 2)))
    assert {image["a"] for image in found} == {b"text", b"te"}


def test_what_cannot_be_foretold_stops_the_trial():
    with pytest.raises(power.NotModelled, match="link"):
        model(call("X", 0, 0, b"link"))
    with pytest.raises(power.NotModelled, match="before the recording"):
        model(call("W", 9, 0, b"text"))


PROGRAM = """
import os, pathlib, shutil, sys
top = pathlib.Path(sys.argv[1])
(top / "in").mkdir()
with open(top / "in" / "a", "wb", buffering=0) as f:
    f.write(b"one"); os.fsync(f.fileno()); f.seek(1); f.write(b"X"); f.truncate(2)
with open(top / "in" / "a", "ab") as f:
    f.write(b"appended")
d = os.open(top / "in", os.O_RDONLY); os.pwrite(os.open(top / "p", os.O_WRONLY | os.O_CREAT), b"late", 3); os.fsync(d)
os.writev(os.open(top / "v", os.O_WRONLY | os.O_CREAT), [b"ab", b"cd"])
os.posix_fallocate(os.open(top / "f", os.O_WRONLY | os.O_CREAT), 0, 100)
shutil.copyfile(top / "in" / "a", top / "copy")
os.chdir(top); os.rename("copy", "moved"); os.truncate("moved", 3)
(top / "gone").write_text("x"); os.unlink(top / "gone")
(top / "tree" / "deep").mkdir(parents=True); (top / "tree" / "deep" / "x").write_text("x"); shutil.rmtree(top / "tree")
(top / "again").write_text("longer"); (top / "again").write_text("short")
os.fdatasync(os.open(top / "again", os.O_RDONLY))
"""


def test_the_recorder_sees_every_way_of_writing(recorder, disc):
    top, log = disc / "top", disc / "log"
    top.mkdir()
    subprocess.run(
        [sys.executable, "-c", PROGRAM, top], check=True, env=environment(Recorded(recorder, top, log))
    )
    seen = power.Disc(top)
    for each in power.read(log):
        seen.take(each)
    assert seen.whole() == {
        str(p.relative_to(top)): p.read_bytes() for p in sorted(top.rglob("*")) if p.is_file()
    }
    assert seen.whole()["moved"] == b"oXa"


def test_a_call_told_to_fail_fails_and_those_beside_it_do_not(recorder, disc):
    top = disc / "top"
    top.mkdir()
    program = """
import ctypes, os, sys
ctypes.CDLL(None).crash_arm(ctypes.c_ulong(2), ctypes.c_ulong(1), 28, 0, 1)
f = os.open(sys.argv[1] + "/a", os.O_WRONLY | os.O_CREAT)
print(os.write(f, b"whole"), os.write(f, b"half"))
try:
    os.write(f, b"none")
except OSError as fault:
    print(fault.errno)
print(os.write(f, b"whole"))
"""
    done = subprocess.run(
        [sys.executable, "-c", program, top], check=True, capture_output=True, text=True,
        env=environment(Recorded(recorder, top, None)),
    )  # fmt: skip
    assert done.stdout.split() == ["5", "2", "28", "5"]
    assert (top / "a").read_bytes() == b"wholehawhole"
