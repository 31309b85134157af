"""The page of the record says who vouches for it outside, and why nothing is written."""

import pytest

from vigie.ledger import holds
from vigie.ledger.note import COSIGNATURE, Verifier
from vigie.ledger.witnesses.actions import exchange

PRESS = Verifier("witness.example/press", COSIGNATURE, b"\x01" * 32)
TOML = f"""
[witnesses]
need = 1
[[witnesses.of]]
name = "press"
url = "http://127.0.0.1:9"
vkey = "{PRESS.vkey()}"
[time_stamps]
url = "http://127.0.0.1:9"
certificates = "authority.pem"
"""


@pytest.fixture
def page(make_home, request):
    """The record's page as an auditor reads it, in a home whose witness and authority are out of reach."""
    home = make_home(TOML)
    client = request.getfixturevalue("sign_in")("audit")

    def read():
        return client.get("/record/").content.decode()

    return home, read


def test_it_says_how_many_witnesses_countersigned_and_what_each_said(page):
    _home, read = page
    exchange()
    text = read()
    assert "countersigned by 0 of 1; 1 are needed" in text
    assert "press did not answer" in text


def test_it_says_how_many_checkpoints_wait_for_a_time_stamp(page):
    _home, read = page
    assert "1 checkpoint waits for its time stamp" in read()


def test_it_says_why_nothing_is_written(page):
    home, read = page
    assert "Nothing is written" not in read()
    holds.put(home.path, "writing", "The disc was swapped.")
    assert "Nothing is written on this home: The disc was swapped." in read()


def test_a_home_that_names_nobody_says_nothing_of_them(sign_in):
    text = sign_in("audit").get("/record/").content.decode()
    assert "Witnesses" not in text
    assert "Time stamps" not in text
