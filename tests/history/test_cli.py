"""`vigie level` and `vigie history` at the command line, without a home."""

import json

import pytest
import typer
from typer.testing import CliRunner

from tests.commands import run as command
from vigie import times
from vigie.cli.history import history, level
from vigie.errors import BadInput, NotFound

app = typer.Typer()
app.command("level")(level)
app.command("history")(history)


def run(*args):
    result = CliRunner().invoke(app, list(args))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_level_prints_the_object_that_programs_read():
    body = json.loads(run("level", "fr-vigipirate-2016", "--at", "2024-03-25", "--json").stdout)["level"]
    assert {
        "scheme",
        "zone",
        "code",
        "rank",
        "name",
        "since",
        "until",
        "known_until",
        "why",
        "confidence",
    } <= set(body)
    assert (body["zone"], body["code"], body["name"], body["rank"]) == ("FR", "UA", "Urgence attentat", 3)


def test_level_says_in_words_when_it_is_not_known():
    out = run("level", "fr-vigipirate-2016", "--at", "2026-06-01").stdout
    assert "last confirmed 2026-01-05, not known since" in out
    assert "in force" not in out


def test_level_as_known_then():
    out = run("level", "gb-national-2019", "--at", "2021-02-05", "--known-at", "2021-02-06", "--json").stdout
    assert json.loads(out)["level"]["code"] == "SEVERE"


def test_level_without_any_says_why():
    assert "no level, by policy" in run("level", "de-none", "--at", "2024-01-01").stdout


def test_the_count_comes_with_its_definition_and_the_others_beside_it():
    body = json.loads(
        run("history", "fr-vigipirate-2016", "--count", "UA", "--at", "2024-03-25", "--json").stdout
    )["count"]
    assert (body["count"], body["scope"], body["renewals_merged"]) == (4, "national", True)
    assert len(body["definitions"]) == 4
    assert body["left_out"][0]["date"] == "2018-03-23"


def test_the_count_in_words_names_each_time():
    out = run("history", "fr-vigipirate-2016", "--count", "UA", "--count-renewals").stdout
    assert "UA was set 7 times" in out
    assert "127 days" in out
    assert "Not counted, of low confidence: 2018-03-23" in out


def test_the_count_says_what_a_report_gets_wrong_once_that_report_is_known():
    out = run("history", "fr-vigipirate-2016", "--count", "UA", "--at", "2024-03-25").stdout
    assert "But: The plan dates from 1978" in out
    assert "it is its grid of three levels that dates from December 2016" in out
    asked = ("history", "fr-vigipirate-2016", "--count", "UA", "--json", "--at")
    told, untold = (
        json.loads(run(*asked, day).stdout)["count"]["corrections"] for day in ("2024-03-25", "2024-03-24")
    )
    assert any("1978" in one["wrong"] and one["sources"] for one in told)
    assert untold == []


def test_history_as_csv_is_csv_only():
    out = run("history", "be-ocam", "--csv").stdout
    assert out.startswith("scheme,date,known,code,zones")
    assert len(out.splitlines()) == 13


def test_history_as_json_tells_what_reports_get_wrong():
    assert json.loads(run("history", "fr-vigipirate-2016", "--json").stdout)["corrections"]


def test_history_draws_into_a_file(tmp_path):
    file = tmp_path / "fr.svg"
    assert run("history", "fr-vigipirate-2016", "--svg", str(file)).stdout == ""
    assert file.read_text(encoding="utf-8").startswith("<svg")


def test_unsure_rows_are_marked_when_asked_for():
    assert "[low confidence]" in run("history", "fr-vigipirate-2016", "--low").stdout
    assert "[low confidence]" not in run("history", "fr-vigipirate-2016").stdout


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (("level", "nowhere", "--at", "2024-01-01"), NotFound),
        (("level", "fr-vigipirate-2016", "--at", "yesterday"), BadInput),
        (("level", "fr-vigipirate-2016", "--at", "2024-01-01", "--zone", "DE"), BadInput),
        (("history", "fr-vigipirate-2016", "--count", "RED"), BadInput),
        (("history", "fr-vigipirate-2016", "--count", "UA", "--scope", "some"), BadInput),
    ],
)
def test_what_cannot_be_answered_is_refused(args, error):
    with pytest.raises(error):
        run(*args)


def test_a_homes_own_level_is_told_with_the_shipped_history(tmp_path):
    home = tmp_path / "home"
    assert command("init", "--home", home, "--json").returncode == 0
    received = command(
        "receive", "be-ocam", "4", "--zone", "BE-BRU", "--authority", "OCAM", "--words", "Niveau 4 à Bruxelles.", "--source",
        "https://example.org/notice", "--home", home,
    )  # fmt: skip
    assert received.returncode == 0, received.stderr
    today = times.now().astimezone(times.time_zone("Europe/Brussels")).date().isoformat()
    asked = ("level", "be-ocam", "--at", today, "--zone", "BE-BRU", "--json")
    told = json.loads(command(*asked, "--home", home).stdout)["level"]
    assert (told["code"], told["since"], told["standing"]) == ("4", today, "held")
    assert told["source"] == "https://example.org/notice"
    shipped = json.loads(command(*asked).stdout)["level"]
    assert shipped["code"] == "3"
    assert "not known since" in shipped["standing"]


def test_a_refusal_is_one_sentence_with_its_exit_code():
    refused = command("level", "fr-vigipirate-2016", "--at", "2024-01-01", "--zone", "DE")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "zone not in the scheme" in refused.stderr
    assert command("level", "nowhere", "--at", "2024-01-01").returncode == 4
