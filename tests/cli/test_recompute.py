"""`vigie recompute`: a published count is the same again, or what changed is named."""

import json

import pytest

from tests.commands import run as command

COUNT = ("history", "fr-vigipirate-2016", "--count", "UA", "--json")
RECEIVE = ("receive", "fr-vigipirate-2016", "UA", "--zone", "FR", "--authority", "Prime Minister", "--words", "Urgence attentat.", "--source", "https://example.org/notice")  # fmt: skip


def counted(folder, *more):
    shown = command(*COUNT, *more)
    assert shown.returncode == 0, shown.stderr
    file = folder / "count.json"
    file.write_text(shown.stdout)
    return file


def changed(file, **given):
    told = json.loads(file.read_text())
    told["count"]["computed"].update(given)
    file.write_text(json.dumps(told))
    return file


def test_a_count_of_the_shipped_history_is_the_same_again(tmp_path):
    again = command("recompute", counted(tmp_path, "--at", "2024-03-25"), "--json")
    assert again.returncode == 0
    assert json.loads(again.stdout) == {"number": 4, "again": 4, "same": True, "same_data": True}


def test_a_number_that_was_made_up_is_found_out(tmp_path):
    again = command("recompute", changed(counted(tmp_path, "--at", "2024-03-25"), number=5))
    assert again.returncode == 1
    assert "It was 5, and computed again it is 4." in again.stdout


def test_a_count_over_other_tables_says_so(tmp_path):
    again = command("recompute", changed(counted(tmp_path, "--at", "2024-03-25"), data="0" * 64))
    assert again.returncode == 0
    assert "The shipped history has changed since" in again.stdout


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"count": 3}', '{"count": {"computed": {"number": "4"}}}'])
def test_what_is_no_count_is_refused_with_what_to_give(tmp_path, text):
    (tmp_path / "x.json").write_text(text)
    refused = command("recompute", tmp_path / "x.json")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "vigie history --count --json" in refused.stderr


def test_a_count_of_a_home_is_made_again_from_the_record_as_it_was_whatever_came_since(tmp_path):
    home = tmp_path / "home"
    assert command("init", "--home", home, "--json").returncode == 0
    # France is at this level by the last page there is: what a home receives confirms it, which is another time when confirmations count.
    every = ("--count-renewals", "--home", home)
    before = counted(tmp_path, *every)
    number = json.loads(before.read_text())["count"]["count"]
    assert command(*RECEIVE, "--home", home).returncode == 0
    assert json.loads(command(*COUNT, *every).stdout)["count"]["count"] == number + 1
    again = command("recompute", before, "--home", home, "--json")
    assert json.loads(again.stdout) == {"number": number, "again": number, "same": True, "same_data": True}
    assert command("record", "verify", "--home", home).returncode == 0


def test_a_count_of_another_record_is_refused(tmp_path):
    for name in ("one", "two"):
        assert command("init", "--home", tmp_path / name, "--json").returncode == 0
    file = counted(tmp_path, "--home", tmp_path / "one")
    refused = command("recompute", file, "--home", tmp_path / "two")
    assert refused.returncode == 2
    assert "this home's is not that one" in refused.stderr
