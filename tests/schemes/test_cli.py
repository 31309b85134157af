"""`vigie schemes` at the command line."""

import json

from typer.testing import CliRunner

from vigie.cli.schemes import app
from vigie.errors import NotFound

run = CliRunner().invoke


def test_without_a_name_all_schemes_are_listed():
    out = run(app, []).stdout
    assert len(out.splitlines()) == 32
    assert "no level, by policy" in out


def test_a_name_shows_the_scheme_with_its_words_and_sources():
    out = run(app, ["fr-vigipirate-2016"]).stdout
    assert "3/3  UA  Urgence attentat (Attack emergency)" in out
    assert "the gravest level holds" in out
    assert "sgdsn" in out.lower()


def test_json_is_json_only():
    assert json.loads(run(app, ["nl-dtn", "--json"]).stdout)["scheme"]["expiry"] == "stated-hour"
    assert len(json.loads(run(app, ["--json"]).stdout)["schemes"]) == 32


def test_an_unknown_name_is_refused():
    assert isinstance(run(app, ["nowhere"]).exception, NotFound)


def test_the_blank_scheme_passes_its_own_check(tmp_path):
    file = tmp_path / "blank.yaml"
    file.write_text(run(app, ["blank"]).stdout, encoding="utf-8")
    result = run(app, ["check", str(file)])
    assert result.exit_code == 0
    assert "can be used: xx-example-2020" in result.stdout


def test_a_faulty_file_is_answered_with_every_line_to_mend(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text(
        run(app, ["blank"]).stdout.replace("rank: 2", "rank: 7").replace("rule: single", "rule: best"),
        encoding="utf-8",
    )
    result = run(app, ["check", str(file)])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "own.yaml, line " in result.stderr
    assert "Choose one of: highest-covering" in result.stderr


def test_the_form_is_published_as_json_schema():
    assert json.loads(run(app, ["form"]).stdout)["title"].startswith("A scheme of terror-alert levels")
