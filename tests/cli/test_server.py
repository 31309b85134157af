"""`vigie serve`, `vigie demo`, `vigie tick`: a real server in a process of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def get(port, path):
    """Give status and body; a redirect is not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        redirect_request = staticmethod(lambda *_: None)

    try:
        with urllib.request.build_opener(Stay).open(f"http://localhost:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.read().decode()


@contextmanager
def serving(home, port):
    env = {
        k: v for k, v in os.environ.items() if k not in {"VIGIE_HOME", "VIGIE_OPEN", "DJANGO_SETTINGS_MODULE"}
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "vigie.cli", "serve", "--home", str(home), "--port", str(port)],
        env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and process.poll() is None:
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        finally:
            process.told = process.stdout.read()
            process.stdout.close()


def test_the_console_answers_strangers_with_a_sign_in_and_stops_when_told(made):
    port = free_port()
    with serving(made, port) as process:
        assert get(port, "/accounts/login/")[0] == 200
        assert get(port, "/")[0] == 302
        assert get(port, "/static/ui/vigie.css")[0] == 200
        assert get(port, "/no-such-page/")[0] in {302, 403, 404}
    assert process.returncode is not None


def test_a_second_server_on_the_same_home_is_refused(vigie, made):
    with serving(made, free_port()):
        second = vigie("serve", "--home", made, "--port", free_port())
    assert second.code == 5
    assert "Another server holds the home" in second.err


def test_a_port_that_is_taken_is_one_sentence(vigie, made):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = vigie("serve", "--home", made, "--port", taken.getsockname()[1])
    assert done.code == 5
    assert "Give another with --port." in done.err
    assert "Traceback" not in done.err


def test_an_address_that_leads_nowhere_is_one_sentence(vigie, made):
    done = vigie("serve", "--home", made, "--port", free_port(), "--host", "no host")
    assert done.code == 2
    assert "is not an address of this machine" in done.err
    assert vigie("serve", "--home", made, "--port", 99999).code == 2


def test_a_request_under_another_name_is_not_answered(made):
    port = free_port()
    with serving(made, port):
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/accounts/login/", headers={"Host": "evil.example"}
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=10)
    with refused.value as answer:
        assert answer.code == 400


def test_a_demo_played_once_is_not_played_again(vigie, made):
    (made / "sign-ins.txt").write_text("duty  a-password  Duty officer\n")
    done = vigie("demo", "--home", made, "--no-serve")
    assert done.code == 0, done.err
    assert "was played already" in done.out
    assert "a-password" in done.out


def test_a_tick_on_a_quiet_home_says_nothing_was_due(vigie, made):
    done = vigie("tick", "--home", made)
    assert (done.code, done.out.strip()) == (0, "Nothing was due.")


def test_the_address_with_a_port_of_ones_own_stands_in_owners_links(made, tmp_path):
    home = shutil.copytree(made, tmp_path / "other")
    port = free_port()
    with serving(home, port) as process:
        assert get(port, "/accounts/login/")[0] == 200
    assert f"http://localhost:{port}" in process.told
