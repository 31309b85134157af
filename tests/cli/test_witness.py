"""Witnesses as they are run: a process of their own, a home that asks them, a database put back from a backup."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

DATABASES = ("record.sqlite3", "record.sqlite3-wal", "record.sqlite3-shm")


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def running(*words):
    """A long-running command, up when its first line is out; stopped at the end."""
    env = {
        k: v for k, v in os.environ.items() if k not in {"VIGIE_HOME", "VIGIE_OPEN", "DJANGO_SETTINGS_MODULE"}
    }
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "vigie.cli", *map(str, words)],
        env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        process.first = process.stdout.readline()
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.rest, process.err = process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise


class Press:
    """A newspaper's witness, in a folder of its own."""

    def __init__(self, vigie, folder):
        self.vigie, self.folder, self.port = vigie, folder, free_port()
        self.vkey = vigie("witness", "init", folder, "--name", "witness.example/press", "--json").json["vkey"]

    def toml(self, **more):
        lines = [f"{key} = {json.dumps(value)}" for key, value in ({"need": 1} | more).items()]
        return "\n".join(
            ["[witnesses]", *lines, "[[witnesses.of]]", 'name = "press"', f'url = "http://127.0.0.1:{self.port}"', f'vkey = "{self.vkey}"', ""]
        )  # fmt: skip

    def watch(self, home):
        vkey = head(self.vigie, home)["vkey"]
        done = self.vigie("witness", "watch", vkey, "--dir", self.folder)
        assert done.code == 0, done.err

    def serving(self):
        return running("witness", "serve", "--dir", self.folder, "--port", self.port)


@pytest.fixture
def press(vigie, tmp_path, made):
    witness = Press(vigie, tmp_path / "press")
    with (made / "vigie.toml").open("a") as stream:
        stream.write(witness.toml())
    witness.watch(made)
    return witness


def act(vigie, home, name):
    return vigie("officers", "add", name, "--office", f"office-{name}", "--home", home, "--json")


def head(vigie, home):
    done = vigie("record", "head", "--home", home, "--json")
    assert done.code == 0, done.err
    return done.json


def kept_aside(home, to):
    to.mkdir()
    for name in DATABASES:
        if (home / name).exists():
            shutil.copy(home / name, to / name)


def put_back(home, where):
    for name in DATABASES:
        (home / name).unlink(missing_ok=True)
        if (where / name).exists():
            shutil.copy(where / name, home / name)


def test_a_database_put_back_is_found_declared_and_goes_on_under_a_new_name(vigie, press, made, tmp_path):
    with press.serving():
        vigie("tick", "--home", made)
        kept_aside(made, tmp_path / "old")
        assert act(vigie, made, "ana").code == 0
        vigie("tick", "--home", made)
        newer = head(vigie, made)
        assert newer["countersigned"]["by"] == 1

        put_back(made, tmp_path / "old")
        (made / "checkpoint").unlink()  # whoever puts a database back may put this file back too
        vigie("tick", "--home", made)
        refused = act(vigie, made, "ben")
        assert refused.code == 5
        assert f"press shows a checkpoint that this home signed at {newer['entries']} entries" in refused.err
        assert "vigie record declare-rollback" in refused.err

        with running("serve", "--home", made, "--port", free_port()) as server:
            assert server.first
        assert "nothing is written on this home" in server.err

        assert vigie("record", "declare-rollback", "--reason", " ", "--home", made).code == 2
        declared = vigie(
            "record", "declare-rollback", "--reason", "the disc failed", "--home", made, "--json"
        )
        assert declared.code == 0, declared.err
        assert act(vigie, made, "ben").code == 0
        vigie("tick", "--home", made)
        assert "press does not watch" in vigie("record", "head", "--home", made).out

        press.watch(made)
        vigie("tick", "--home", made)
        assert head(vigie, made)["countersigned"]["by"] == 1
        checked = vigie("record", "verify", "--home", made)
        assert checked.code == 0, checked.out
        logs = vigie("witness", "logs", "--dir", press.folder, "--json").json
    old, new = sorted(logs, key=lambda log: len(log["origin"]))
    assert old["entries"] == newer["entries"]
    assert new["origin"].startswith(old["origin"] + "/")


def test_a_server_has_a_new_act_countersigned_within_seconds(vigie, press, made):
    with press.serving(), running("serve", "--home", made, "--port", free_port()) as server:
        assert server.first
        act(vigie, made, "ana")
        until = time.monotonic() + 45
        while time.monotonic() < until:
            now = head(vigie, made)
            if now["countersigned"]["entries"] == now["entries"]:
                break
        assert now["countersigned"]["entries"] == now["entries"]
