"""`vigie incidents` at the command line, without a home."""

import json

import pytest
import typer
from typer.testing import CliRunner

from tests.commands import run as command
from vigie.cli.incidents import incidents
from vigie.errors import BadInput

WINDOW = ("--area", "FR", "--from", "2015-01", "--to", "2024-03-25")
app = typer.Typer()
app.command("incidents")(incidents)


def run(*args):
    result = CliRunner().invoke(app, list(args))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def test_the_founding_figures_stand_beside_our_count_and_the_rest_is_said():
    body = json.loads(run(*WINDOW, "--count", "--json"))["count"]
    said = {figure["said"]: figure for figure in body["figures"]}
    assert set(said) == {"24", "nearly fifty"}
    assert said["24"]["listed"] == body["listed"]["completed"]
    assert said["24"]["unlisted"] == 24 - said["24"]["listed"] > 0
    assert (said["nearly fifty"]["unlisted"], said["nearly fifty"]["unsaid"]) == (None, None)
    assert set(body["uncovered"]) == {"failed", "disputed"}


def test_the_count_in_words_gives_the_source_and_makes_nothing_equal():
    out = run(*WINDOW, "--count")
    assert "nearly fifty foiled; our list: " in out
    assert "Unmatched: not known, no number was said." in out
    assert "said and not in our list" in out
    assert "press report of 25 March 2024" in out
    assert "neither number is made to fit the other" in out


def test_a_window_nobody_spoke_of_has_our_count_and_no_figure():
    body = json.loads(run("--from", "2015-02", "--to", "2015-03", "--count", "--json"))["count"]
    assert (body["figures"], sum(body["listed"].values())) == ([], 1)
    assert "None was found." in run("--from", "2015-02", "--to", "2015-03", "--count")


def test_without_a_count_each_incident_is_listed_with_its_source():
    body = json.loads(run(*WINDOW, "--json"))["incidents"]
    counted = json.loads(run(*WINDOW, "--count", "--json"))["count"]
    assert len(body["incidents"]) == sum(counted["listed"].values())
    assert all(each["source"] for each in body["incidents"])
    assert "https://" in run("--area", "fr-06")


def test_unsure_incidents_are_marked_when_asked_for_and_never_counted():
    assert "[low confidence]" in run("--low")
    assert "[low confidence]" not in run()
    assert run("--count", "--low") == run("--count")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--area", "DE"), "in FR only"),
        (("--from", "yesterday"), "is not a date"),
        (("--to", "2024-13"), "not in the calendar"),
        (("--from", "2020", "--to", "2019"), "before it begins"),
        (("--from", "2014"), "begins in 2015-01"),
    ],
)
def test_a_date_or_an_area_that_cannot_be_answered_is_refused(args, said):
    with pytest.raises(BadInput, match=said):
        run(*args)


def test_the_command_needs_no_home():
    done = command("incidents", *WINDOW, "--count")
    assert done.returncode == 0, done.stderr
    assert "in our list" in done.stdout
