"""`vigie follows` at the command line: what a level would set in motion, and nothing set in motion by it."""

import json

import pytest

from tests.commands import run as command


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    made = tmp_path_factory.mktemp("follows") / "home"
    assert command("init", "--home", made, "--json").returncode == 0
    return made


def test_it_says_measures_the_public_page_and_what_is_not_known(home):
    told = command("follows", "fr-vigipirate-2016", "UA", "fr", "--home", home)
    assert told.returncode == 0, told.stderr
    for words in (
        "switched on: ",
        "The public page (",
        "Urgence attentat",
        "no patrol plan is drawn",
        "not known for ",
    ):
        assert words in told.stdout


def test_it_says_the_same_as_json_and_no_more(home):
    told = json.loads(command("follows", "fr-vigipirate-2016", "UA", "FR", "--home", home, "--json").stdout)
    assert told["switch"]["on"]
    assert told["patrols"]["available"] is None
    assert told["texts"][0]["text"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("fr-vigipirate-2016", "XX", "FR"), "XX"),
        (("fr-vigipirate-2016", "UA", "ZZ"), "ZZ"),
        (("fr-vigipirate-2016", "UA", "FR", "--keep", "NO 1"), "NO 1"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_no_answer(home, given, words):
    told = command("follows", *given, "--home", home)
    assert told.returncode != 0
    assert told.stdout == ""
    assert words in told.stderr
