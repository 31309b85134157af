"""The shipped histories as open data."""

import csv
import io
import json
from hashlib import sha256

import frictionless
import pytest
from typer.testing import CliRunner

from vigie.cli import app
from vigie.history.package import PACKAGE, package

FILES = dict(package())
ABOUT = json.loads(FILES[PACKAGE])


def rows(name, files=FILES):
    return list(csv.DictReader(io.StringIO(files[name].decode())))


@pytest.mark.parametrize("resource", ABOUT["resources"], ids=lambda resource: resource["name"])
def test_each_table_is_what_its_description_says(resource):
    data = FILES[resource["path"]]
    assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{sha256(data).hexdigest()}")
    assert "Licence" in resource["description"]
    fields = resource["schema"]["fields"]
    found = rows(resource["path"])
    assert list(found[0]) == [field["name"] for field in fields]
    for field in fields:
        values = [row[field["name"]] for row in found]
        rules = field.get("constraints", {})
        assert all(values) or not rules.get("required"), field["name"]
        assert set(values) <= set(rules.get("enum", values))
        assert len(set(values)) == len(values) or not rules.get("unique")
        if field["type"] == "integer":
            assert all(int(value) >= rules.get("minimum", 0) for value in values if value)


def test_rows_of_low_confidence_come_on_request_only_and_keep_their_mark():
    more = dict(package(low=True))
    assert len(rows("level-history.csv")) == 137
    assert len(rows("level-history.csv", more)) == 143
    assert {row["confidence"] for row in rows("level-history.csv")} == {"high", "medium"}
    assert sum(row["confidence"] == "low" for row in rows("level-history.csv", more)) == 6


def test_the_command_writes_them_whole_and_never_over_what_is_there(tmp_path):
    place = tmp_path / "data"
    assert CliRunner().invoke(app, ["open-data", str(place)]).exit_code == 0
    assert {file.name for file in place.iterdir()} == set(FILES)
    again = CliRunner().invoke(app, ["open-data", str(place)])
    assert again.exit_code != 0
    assert {file.name for file in place.iterdir()} == set(FILES)


def test_a_peer_that_knows_the_standard_takes_the_package(tmp_path):
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    report = frictionless.validate(str(tmp_path / PACKAGE))
    assert report.valid, report.flatten(["title", "message"])
