"""`vigie feeds`: listening, checking a file, receiving what was heard; and the trial of two homes on loopback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import bare

ROOT = Path(__file__).resolve().parents[2]
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><title>{title}</title><updated>2024-03-25T09:00:00Z</updated></entry></feed>"
FEED = """
[[feeds]]
name = "service"
kind = "rss"
title = "The Service"
address = "service.xml"
scheme = "fr-vigipirate-2016"
zones = ["FR"]
"""


@pytest.fixture
def listening_home(made, vigie):
    with (made / "vigie.toml").open("a") as toml:
        toml.write(FEED)
    (made / "service.xml").write_text(ATOM.format(title="Urgence attentat"), encoding="utf-8")
    done = vigie("officers", "add", "anna", "--home", made, "--office", "duty")
    return made, done


def test_a_word_is_fetched_listed_and_taken(vigie, listening_home):
    made, _ = listening_home
    assert vigie("feeds", "fetch", "--home", made, "--json").json["heard"] == {"service": 1}
    listed = vigie("feeds", "--home", made, "--json").json
    [waits] = listed["waiting"]
    assert (waits["code"], waits["zone"], waits["roads"]) == ("UA", "FR", ["service"])
    assert listed["feeds"][0]["silent_since"] is None
    told = vigie("feeds", "--home", made)
    assert "vigie feeds take" in told.out
    took = vigie("feeds", "take", waits["word"], "--home", made)
    assert took.code == 0, took.err
    assert "UA for FR is received" in took.out
    assert vigie("feeds", "take", waits["word"], "--home", made).code == 5


def test_tick_listens(vigie, listening_home):
    made, _ = listening_home
    assert vigie("tick", "--home", made, "--json").json["words heard"] == 1


def test_a_word_is_set_aside_with_a_reason(vigie, listening_home):
    made, _ = listening_home
    vigie("feeds", "fetch", "service", "--home", made)
    [waits] = vigie("feeds", "--home", made, "--json").json["waiting"]
    assert vigie("feeds", "set-aside", waits["word"], "--reason", "no", "--home", made).code == 2
    assert (
        vigie("feeds", "set-aside", waits["word"], "--reason", "Their own exercise.", "--home", made).code
        == 0
    )
    assert not vigie("feeds", "--home", made, "--json").json["waiting"]


def test_a_feed_that_is_not_heard_ends_with_2_and_says_why(vigie, listening_home):
    made, _ = listening_home
    (made / "service.xml").unlink()
    done = vigie("feeds", "fetch", "--home", made)
    assert done.code == 2
    assert "There is no file" in done.out


def test_a_feed_that_is_not_named_is_refused(vigie, listening_home):
    made, _ = listening_home
    done = vigie("feeds", "fetch", "other", "--home", made)
    assert done.code == 4
    assert "service" in done.err


def test_a_home_without_feeds_says_where_to_read(vigie, made):
    assert "docs/elsewhere" in vigie("feeds", "--home", made).out


def test_a_file_is_checked_without_a_home_and_nothing_is_kept(vigie, tmp_path):
    file = tmp_path / "x.xml"
    file.write_text(ATOM.format(title="Threat level SEVERE"))
    done = vigie(
        "feeds", "check", file, "--kind", "rss", "--scheme", "gb-national-2019", "--zone", "gb", "--json"
    )
    assert done.json["said"][0]["code"] == "SEVERE"
    file.write_text(ATOM.format(title="Threat level S\u0415VERE"), encoding="utf-8")
    done = vigie("feeds", "check", file, "--kind", "rss", "--scheme", "gb-national-2019", "--zone", "GB")
    assert done.code == 2
    assert "two alphabets" in done.err
    assert vigie("feeds", "check", file).code == 2


def test_a_file_is_checked_as_a_feed_of_the_home(vigie, listening_home):
    made, _ = listening_home
    done = vigie("feeds", "check", made / "service.xml", "--feed", "service", "--home", made)
    assert "UA «Urgence attentat»" in done.out


def test_a_level_received_twice_is_told_as_a_second_road(vigie, listening_home):
    made, _ = listening_home
    words = (
        "receive",
        "fr-vigipirate-2016",
        "UA",
        "--zone",
        "FR",
        "--authority",
        "PM",
        "--words",
        "UA",
        "--home",
        made,
    )
    assert vigie(*words, "--source", "a letter").code == 0
    done = vigie(*words, "--source", "a call")
    assert done.code == 0
    assert "second road" in done.out
    assert vigie(*words, "--source", "a call").code == 5


def test_a_country_stands_for_its_scheme(vigie):
    assert (
        vigie("level", "FR", "--at", "2024-03-25", "--json").json["level"]["scheme"] == "fr-vigipirate-2016"
    )
    done = vigie("level", "GB")
    assert done.code == 2
    assert "gb-nirt-ni" in done.err


def test_a_state_s_raise_and_stand_down_reach_a_town_s_owners_and_its_silence_is_told():
    """The trial of `benchmarks/two_homes.py`, once: two servers, two persons here and there, and then one server less."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "two_homes.py"), "--runs", "1", "--every", "5", "--json"],
        check=False, env=bare({}), capture_output=True, text=True, timeout=600, cwd=os.fspath(ROOT),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert {leg: len(waits) for leg, waits in found["shown"].items()} == {"raise": 1, "stand-down": 1}
    assert set(found["silent"]) == {"owner page", "public page"}
