import json
import os
import subprocess
import sys

from tests.conftest import ROOT
from tests.warning.messages import SOUND, broken

ENV = {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def vigie(*words, data=b""):
    done = subprocess.run(
        [sys.executable, "-m", "vigie.cli", "cap", "check", *words],
        input=data,
        capture_output=True,
        check=False,
        env=ENV,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_sound_file_gives_0_and_says_valid(tmp_path):
    file = tmp_path / "m.xml"
    file.write_text(SOUND)
    code, out, _ = vigie(str(file))
    assert (code, out) == (0, f"{file}: valid (Update Actual 2026-05-24T18:30:00-00:00)\n")


def test_a_faulty_file_gives_2_with_line_rule_and_repair():
    code, out, _ = vigie("-", data=broken("Actual", "actual"))
    assert code == 2
    assert "line 6, alert/status: fault [enumeration]" in out
    assert "repair: Write one of: Actual, Exercise" in out


def test_json_is_json_alone_and_in_the_language_asked_for():
    code, out, err = vigie("--json", "--language", "fr", "-", data=b"")
    assert (code, err) == (2, "")
    value = json.loads(out)
    assert value["valid"] is False
    assert value["files"][0]["findings"][0] == {
        "line": 1,
        "element": "alert",
        "rule": "empty",
        "severity": "fault",
        "section": "vigie",
        "says": "Le fichier est vide.",
        "repair": "Donnez le fichier qui contient le message.",
    }


def test_a_file_that_is_not_there_is_one_sentence():
    code, out, err = vigie("/no/such/file.xml")
    assert (code, out) == (2, "")
    assert err.startswith("vigie: /no/such/file.xml cannot be read: No such file or directory.")


def test_no_home_is_needed_and_none_is_made(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(ENV, "VIGIE_HOME", str(tmp_path / "home"))
    code, _, _ = vigie("-", data=SOUND.encode())
    assert (code, list(tmp_path.iterdir())) == (0, [])
