"""`vigie officers`: offices given, ended, stood in for, and the way back."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def manned(vigie, first_home, tmp_path_factory):
    """A home with two more offices and somebody in each; tests take copies."""
    home = Path(shutil.copytree(first_home, tmp_path_factory.mktemp("manned") / "home"))
    for name, office, role in (("anna", "cabinet", "proposer"), ("ben", "minister", "approver")):
        done = vigie("officers", "add", name, "--office", office, "--role", role, "--home", home)
        assert done.code == 0, done.err
    return home


@pytest.fixture
def staffed(manned, tmp_path):
    return Path(shutil.copytree(manned, tmp_path / "home"))


def held(vigie, home):
    listed = vigie("officers", "list", "--home", home, "--json").json
    return {p["name"]: p["offices"] for p in listed["people"]}


def test_an_office_is_given_and_ended(vigie, staffed):
    assert vigie("officers", "give", "anna", "--office", "duty", "--home", staffed).code == 0
    assert "Duty officer" in held(vigie, staffed)["anna"]
    done = vigie(
        "officers", "end", "anna", "--office", "duty", "--reason", "Moved to Lyon.", "--home", staffed
    )
    assert done.code == 0, done.err
    assert "Duty officer" not in held(vigie, staffed)["anna"]
    again = vigie(
        "officers", "end", "anna", "--office", "duty", "--reason", "Moved to Lyon.", "--home", staffed
    )
    assert again.code != 0
    assert "does not hold duty" in again.err
    assert vigie("record", "verify", "--home", staffed).code == 0


def test_an_office_that_will_be_empty_is_listed_with_its_day(vigie, staffed):
    done = vigie(
        "officers", "end", "ben", "--office", "minister", "--reason", "Left the office.", "--home", staffed
    )
    assert done.code == 0, done.err
    done = vigie("officers", "list", "--home", staffed)
    assert "Empty, or empty within thirty days:" in done.out
    line = next(line for line in done.out.splitlines() if line.strip().startswith("minister"))
    assert line.split() == ["minister", "now", "others", "wait", "for", "it"]
    vigie("officers", "close", "minister", "--reason", "No longer needed here.", "--home", staffed)
    assert "Empty" not in vigie("officers", "list", "--home", staffed).out


def test_a_term_that_ends_before_it_begins_is_refused(vigie, staffed):
    done = vigie(
        "officers", "give", "anna", "--office", "duty", "--from", "2030-01-02", "--until", "2030-01-01", "--home", staffed
    )  # fmt: skip
    assert done.code == 2
    assert "would end" in done.err


def test_deputies_are_named_and_an_unknown_office_is_refused(vigie, staffed):
    assert "stand in: second" in vigie("officers", "deputies", "minister", "second", "--home", staffed).out
    assert "stand in: nobody" in vigie("officers", "deputies", "minister", "--home", staffed).out
    done = vigie("officers", "deputies", "minister", "shadow", "--home", staffed)
    assert done.code == 4
    assert "no office shadow" in done.err


def test_a_pager_is_set_and_a_wrong_address_is_refused_with_what_is_expected(vigie, staffed):
    assert vigie("officers", "page", "ben", "ben@example.org", "--home", staffed).code == 0
    done = vigie("officers", "page", "ben", "somewhere", "--home", staffed)
    assert done.code == 2
    assert "+33612345678" in done.err


def test_nobody_who_does_not_sign_in_is_acted_on(vigie, staffed):
    for command in (
        ("give", "carl", "--office", "duty"),
        ("recover", "carl"),
        ("page", "carl", "c@example.org"),
    ):
        done = vigie("officers", *command, "--home", staffed)
        assert done.code == 2
        assert "carl" in done.err


def test_a_recovery_prints_a_code_once_and_is_on_the_record(vigie, staffed):
    done = vigie("officers", "recover", "anna", "--home", staffed, "--json").json
    assert len(done["code"].split("-")) == 5
    assert done["address"].endswith("/people/back/")
    files = [f for f in staffed.rglob("*") if f.is_file()]
    assert all(done["code"].encode() not in f.read_bytes() for f in files)
    assert vigie("record", "verify", "--home", staffed).code == 0
